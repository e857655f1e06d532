import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Framework } from '../../src/catalog/framework.ts';
import { shippedData } from '../../src/catalog/load.ts';

/** Files of a data folder by their names, each as its text or as what is to stand in it as JSON. */
export type OwnFiles = Record<string, unknown>;

/** The name of an entry's file. */
export const entryFile = (id: string) => `frameworks/${id}.json`;

/** A shipped entry with something changed. */
export function corrected(id: string, change: (entry: Framework) => void): Framework {
  const entry = JSON.parse(readFileSync(path.join(shippedData, entryFile(id)), 'utf8')) as Framework;
  change(entry);
  return entry;
}

const wiki = { title: 'Quoll handbook', url: 'https://wiki.corp.example:8443/quoll', read: '2026-11-20' };

/** An entry for a framework that is nobody else's, known from an address that nobody else reaches. */
export function inHouse(id = 'quoll', name = 'Quoll', language = 'kotlin'): Framework {
  const cites = ['wiki'];
  return {
    id,
    name,
    tier: 'listed',
    status: { value: 'active', cites },
    aliases: [`${id} service kit`],
    packages: [],
    languages: { value: [language], cites },
    kind: { value: 'api', cites },
    patterns: [],
    summary: {
      value: 'What all our services begin with: routes, sign-in and tracing as we have them.',
      cites,
    },
    licence: { value: 'LicenseRef-In-House', cites },
    links: { website: wiki.url },
    release: { version: '4.2', date: '2026-11', cites },
    support: [],
    advantages: [],
    features: [],
    tradeOffs: [],
    goodFor: [{ purpose: 'rest-api', text: 'what a service of ours needs is there', cites }],
    notGoodFor: [],
    usedBy: [],
    adoption: [],
    capabilities: { authentication: { level: 'built-in', by: 'sign-in of the house', cites } },
    sources: { wiki },
  };
}

/** Puts files into a folder, in the place of what they held, each as a whole: nobody reads half of one. */
export function putInto(folder: string, files: OwnFiles): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    const beside = path.join(path.dirname(file), `.${path.basename(file)}.new`);
    writeFileSync(beside, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    renameSync(beside, file);
  }
}

/** How to make operators' own folders, which are gone when the tests of a file are over. */
export function ownFolders(): (files: OwnFiles) => string {
  const root = mkdtempSync(path.join(tmpdir(), 'framewise-own-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return (files) => {
    const folder = path.join(mkdtempSync(path.join(root, 'case-')), 'own');
    mkdirSync(folder);
    putInto(folder, files);
    return folder;
  };
}
