import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { contentOf, createCatalog } from '../../src/catalog/catalog.ts';
import { createFinder } from '../../src/catalog/find.ts';
import {
  fingerprint,
  fingerprintFile,
  loadCatalog,
  readCatalog,
  shippedData,
} from '../../src/catalog/load.ts';
import { describeProblem, findProblems } from '../../src/curate/problems.ts';
import { readDataset } from '../../src/knowledge.ts';
import { corrected, entryFile, inHouse, type OwnFiles, ownFolders } from '../helpers/own-entries.ts';

const today = '2026-11-22';
const folderWith = ownFolders();
const shipped = loadCatalog();

const root = mkdtempSync(path.join(tmpdir(), 'framewise-over-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const wombat = { id: 'wombat', name: 'Wombat', aliases: ['wombat lang'], colour: '#123456' };
const potoroo = {
  id: 'potoroo',
  name: 'Potoroo',
  aliases: [],
  what: 'Our cache.',
  instead: ['quoll', 'koa'],
  source: { title: 'Handbook', url: 'https://wiki.corp.example/potoroo', read: '2026-11-20' },
};

describe('entries of an operator’s own', () => {
  const folder = folderWith({
    [entryFile('quoll')]: inHouse('quoll', 'Quoll', 'wombat'),
    [entryFile('koa')]: corrected('koa', (koa) => {
      koa.licence.value = 'Apache-2.0';
      koa.aliases = [];
    }),
    'languages.json': { languages: [wombat] },
    'not-frameworks.json': { notFrameworks: [potoroo] },
    // What editors and mounted volumes leave there is not looked at.
    'frameworks/.koa.json.swp': 'x',
    '.git/config.json': 'x',
    'README.md': 'ours',
  });
  const catalog = readDataset(folder);

  test('are added, or take the place of the whole of what has their id', () => {
    expect(catalog.frameworks).toHaveLength(shipped.frameworks.length + 1);
    expect([...catalog.local].sort()).toEqual(['koa', 'quoll']);
    expect(catalog.byId.get('koa')).toMatchObject({ licence: { value: 'Apache-2.0' }, aliases: [] });
    expect(catalog.byId.get('express')).toEqual(shipped.byId.get('express'));
    expect(catalog.languages).toHaveLength(shipped.languages.length + 1);
    expect(catalog.languageById.get('wombat')).toMatchObject(wombat);
    expect(catalog.notFrameworks).toHaveLength(shipped.notFrameworks.length + 1);
    expect(shipped.local.size).toBe(0);
  });

  test.each([
    ['quoll', { is: 'framework', tier: 'exact' }],
    ['quoll service kit', { is: 'framework', tier: 'alias' }],
    ['potoroo', { is: 'not-framework', thing: { id: 'potoroo' } }],
    ['wombat lang', { is: 'language', language: { id: 'wombat' } }],
  ])('%s is found', (text, found) => {
    expect(createFinder(catalog).find(text)).toMatchObject(found);
  });

  test('are the same when the catalogue has been written down as plain JSON, as it is for the edge', () => {
    expect(createCatalog(JSON.parse(JSON.stringify(contentOf(catalog))))).toEqual(catalog);
  });

  test('cost no check of the shipped ones', () => {
    const trusted = path.join(mkdtempSync(path.join(root, 'case-')), 'data');
    cpSync(shippedData, trusted, { recursive: true });
    const koa = corrected('koa', (entry) => Object.assign(entry.kind, { value: 'tiny' }));
    writeFileSync(path.join(trusted, entryFile('koa')), JSON.stringify(koa));
    writeFileSync(path.join(trusted, fingerprintFile), fingerprint(trusted));
    const own = folderWith({ [entryFile('quoll')]: inHouse() });
    expect(loadCatalog(trusted, own).byId.get('koa')?.kind.value).toBe('tiny');
    writeFileSync(path.join(trusted, fingerprintFile), 'another');
    expect(() => loadCatalog(trusted, own)).toThrow(/^frameworks\/koa\.json: kind\.value: /m);
  });

  test('may be none', () => {
    expect(loadCatalog(shippedData, folderWith({}))).toEqual(shipped);
  });
});

/** What is in the folder, in which file, at which place, and what the message says. */
type Wrong = [what: string, files: OwnFiles, file: string, place: string, says: string[]];

const quollWith = (change: object): OwnFiles => ({ [entryFile('quoll')]: { ...inHouse(), ...change } });

const wrong: readonly Wrong[] = [
  [
    'a kind that is none',
    quollWith({ kind: { value: 'tiny', cites: ['wiki'] } }),
    entryFile('quoll'),
    'kind.value',
    ['full-stack'],
  ],
  [
    'a fact without a source',
    quollWith({ licence: { value: 'MIT', cites: [] } }),
    entryFile('quoll'),
    'licence.cites',
    ['at least one source'],
  ],
  [
    'a source that nothing cites',
    quollWith({ sources: { ...inHouse().sources, x: inHouse().sources.wiki } }),
    entryFile('quoll'),
    'sources.x',
    ['nothing in this entry cites'],
  ],
  [
    'an address that Discord refuses',
    quollWith({ links: { website: 'https://wiki/quoll' } }),
    entryFile('quoll'),
    'links.website',
    ['https://', 'a host with a dot in it'],
  ],
  [
    'an unknown language',
    quollWith({ languages: { value: ['wombat'], cites: ['wiki'] } }),
    entryFile('quoll'),
    'languages.value.0',
    ["'wombat'", 'kotlin'],
  ],
  [
    'an unknown successor',
    quollWith({ status: { value: 'ended', successor: 'numbat', cites: ['wiki'] } }),
    entryFile('quoll'),
    'status.successor',
    ["'numbat'"],
  ],
  [
    'a shipped framework’s name',
    quollWith({ name: 'Django' }),
    entryFile('quoll'),
    'name',
    ["'Django'", "'django' (frameworks/django.json)"],
  ],
  [
    'a shipped framework’s package',
    quollWith({ aliases: ['@koa/router'] }),
    entryFile('quoll'),
    'aliases.0',
    ["'koa'"],
  ],
  [
    'a name that stands for something else',
    quollWith({ name: 'React' }),
    entryFile('quoll'),
    'name',
    ["'react' (not-frameworks.json)"],
  ],
  [
    'a file’s name that is not the id',
    { 'frameworks/quokka.json': inHouse() },
    'frameworks/quokka.json',
    'id',
    ["'quoll.json'"],
  ],
  ['a file that is no JSON', { [entryFile('quoll')]: '{\n  "id": ' }, entryFile('quoll'), '', ['JSON']],
  [
    'a file in the wrong place',
    { 'quoll.json': inHouse() },
    'quoll.json',
    '',
    ['entries belong into frameworks/'],
  ],
  ['a file that is no entry', { 'frameworks/notes.txt': 'x' }, 'frameworks/notes.txt', '', ['end in .json']],
  [
    'a folder that is called like an entry',
    { 'frameworks/quoll.json/x': 'x' },
    entryFile('quoll'),
    '',
    ['cannot be read (EISDIR)'],
  ],
  [
    'a language with a shipped one’s name',
    { 'languages.json': { languages: [{ ...wombat, name: 'Python' }] } },
    'languages.json',
    'languages.0.name',
    ["'python' (languages.json)"],
  ],
  [
    'a colour in words',
    { 'languages.json': { languages: [{ ...wombat, colour: 'brown' }] } },
    'languages.json',
    'languages.0.colour',
    ['#rrggbb'],
  ],
  [
    'what stands beside nothing',
    { 'not-frameworks.json': { notFrameworks: [potoroo] } },
    'not-frameworks.json',
    'notFrameworks.0.instead.0',
    ["'quoll'"],
  ],
  [
    'a page that does not fit',
    quollWith({
      usedBy: Array.from({ length: 60 }, (_, at) => ({
        name: `A team of ours with a long name ${at}`,
        cites: ['wiki'],
      })),
    }),
    entryFile('quoll'),
    '',
    ['the page features'],
  ],
];

describe('what is wrong in the operator’s folder is told with its place there', () => {
  test.each(wrong)('%s', async (_, files, file, place, says) => {
    const folder = folderWith(files);
    const where = path.join(folder, file);
    // To who starts the bot.
    let message = '';
    try {
      readDataset(folder);
    } catch (error) {
      expect(error).toMatchObject({ name: 'Failure' });
      message = String(error);
    }
    const told = message
      .split('\n')
      .find((line) => line.startsWith(place === '' ? `${where}: ` : `${where}: ${place}: `));
    expect(told, message).toBeDefined();
    expect(message).toContain('DATA_DIR');
    // To who runs the check, with the line, and of nothing else.
    const { problems } = await findProblems(shippedData, today, { local: folder });
    const lines = problems.map((problem) => describeProblem(shippedData, problem));
    const checked = lines.find((line) => line.startsWith(`${where}:`) && line.includes(place));
    expect(checked, lines.join('\n')).toMatch(/:\d+ /);
    for (const line of lines) expect(line.startsWith(folder), line).toBe(true);
    for (const words of says) {
      expect(told).toContain(words);
      if (!words.startsWith('the page')) expect(checked).toContain(words);
    }
  });

  test('as are the rules that only the check knows', async () => {
    const folder = folderWith({
      ...quollWith({
        licence: { value: 'ours', cites: ['wiki'] },
        release: { version: '9', date: '2099', cites: ['wiki'] },
      }),
      'not-frameworks.json': {
        notFrameworks: [{ ...potoroo, source: { ...potoroo.source, read: '2099-01-01' } }],
      },
    });
    const { problems, frameworks } = await findProblems(shippedData, today, { local: folder });
    expect(frameworks.map(({ id }) => id)).toEqual(['quoll']);
    expect(problems.map(({ folder: own, file, path: place }) => [own, file, place.join('.')])).toEqual([
      [folder, entryFile('quoll'), 'licence.value'],
      [folder, entryFile('quoll'), 'release.date'],
      [folder, 'not-frameworks.json', 'notFrameworks.0.source.read'],
    ]);
  });

  test('no folder at all', () => {
    const nowhere = path.join(root, 'nowhere');
    expect(() => readDataset(nowhere)).toThrow(`${nowhere}: cannot be read (ENOENT)`);
    const file = path.join(root, 'file');
    writeFileSync(file, '');
    expect(() => readDataset(file)).toThrow(`${file}: cannot be read (ENOTDIR)`);
    mkdirSync(path.join(root, 'wrong'));
    writeFileSync(path.join(root, 'wrong/frameworks'), '');
    expect(() => readDataset(path.join(root, 'wrong'))).toThrow('wrong/frameworks: cannot be read');
  });

  test('all problems at once', () => {
    const { problems } = readCatalog(shippedData, {
      isTrusting: true,
      local: folderWith({
        ...quollWith({ name: '' }),
        [entryFile('numbat')]: { ...inHouse('numbat', 'Numbat'), tier: 'half' },
        'languages.json': '[]',
      }),
    });
    expect(problems.map(({ file }) => file)).toEqual([
      entryFile('numbat'),
      entryFile('quoll'),
      'languages.json',
    ]);
  });
});
