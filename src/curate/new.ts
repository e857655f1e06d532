import path from 'node:path';
import { cancel, select, text } from '@clack/prompts';
import { dayOf } from '../catalog/dates.ts';
import { shippedData } from '../catalog/load.ts';
import { keysOf, registries } from '../catalog/vocabulary.ts';
import { dataDir, githubToken, loadEnvironmentFile } from '../config.ts';
import { failure, reportFailure } from '../failure.ts';
import { readArguments } from './arguments.ts';
import { createAsk } from './ask.ts';
import { describeDraft, draftEntry, type Known } from './draft.ts';

const usage = `npm run data:new -- <id> --name "Its name" [--package registry:name] [--repository https://github.com/owner/name]
  [--website https://…] [--endoflife product] [--dir folder]
With --dir, or DATA_DIR, it is an entry of your own there, beside the shipped ones. Registries: ${keysOf(registries).join(', ')}. What is not given is asked for, in a terminal.`;

const kept = path.join(import.meta.dirname, '../../node_modules/.cache/framewise');

const options = {
  name: { type: 'string' },
  package: { type: 'string' },
  repository: { type: 'string' },
  website: { type: 'string' },
  endoflife: { type: 'string' },
  dir: { type: 'string' },
} as const;

/** What somebody answered; an empty answer is none. */
function answered(value: string | symbol): string | undefined {
  if (typeof value === 'symbol') {
    cancel('Nothing was written.');
    process.exit(1);
  }
  return value === '' ? undefined : value;
}

/** Asks for what no flag said; what may be unknown may be left empty. */
async function completed(known: Partial<Known>): Promise<Partial<Known>> {
  const ask = async (message: string, placeholder: string) =>
    answered(await text({ message, placeholder, defaultValue: '' }));
  const name = known.name ?? (await ask('What is it called?', 'Express'));
  let own = known.package;
  if (own === undefined) {
    const options = keysOf(registries).map((value) => ({ value: value as string, label: registries[value] }));
    const message = 'Where is its own package?';
    const registry = answered(
      await select({ message, options: [...options, { value: '', label: 'nowhere' }] }),
    );
    const pack = registry === undefined ? undefined : await ask(`Its name on ${registry}?`, 'express');
    own = pack === undefined ? undefined : `${registry}:${pack}`;
  }
  const repository = known.repository ?? (await ask('Its repository?', 'https://github.com/owner/name'));
  const website =
    known.website ?? (await ask('Its website?', 'https://…, empty for what the registries say'));
  return {
    ...known,
    ...(name === undefined ? {} : { name }),
    ...(own === undefined ? {} : { package: own }),
    ...(repository === undefined ? {} : { repository }),
    ...(website === undefined ? {} : { website }),
  };
}

/** Begins an entry with what the registries know, and says what is left for people to find out. */
async function main(): Promise<void> {
  const { values, positionals } = readArguments({ allowPositionals: true, options }, usage);
  const [id] = positionals;
  const { dir, ...told } = values;
  loadEnvironmentFile();
  if (id === undefined || positionals.length > 1) throw failure(`One id is needed.\n${usage}`);
  const known = process.stdin.isTTY ? await completed(told) : told;
  const { name } = known;
  if (name === undefined) throw failure(`--name is missing: what is it called?\n${usage}`);
  const { get, close } = createAsk({
    cache: path.join(kept, 'answers.sqlite'),
    githubToken: githubToken(process.env),
  });
  try {
    const draft = await draftEntry(
      { ...known, id, name },
      { folder: shippedData, local: dir ?? dataDir(process.env), today: dayOf(new Date()), get },
    );
    console.log(describeDraft(draft));
  } finally {
    await close();
  }
}

await main().catch(reportFailure);
