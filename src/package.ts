import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Context } from './command.ts';

type Package = { version: string; repository?: string | { url: string }; engines: { node: string } };

function readManifest(): Package {
  const file = path.join(import.meta.dirname, '../package.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Package;
}

/** Which Node this copy needs: `>=24`. */
export function requiredNode(): string {
  return readManifest().engines.node;
}

/** What this copy says of itself: its version, and the address of its repository if it has one. */
export function readPackage(): Pick<Context, 'version' | 'repository'> {
  const { version, repository } = readManifest();
  const url = typeof repository === 'string' ? repository : repository?.url;
  const address = url?.replace(/^git\+/, '').replace(/\.git$/, '');
  return { version, repository: address?.startsWith('https://') ? address : undefined };
}
