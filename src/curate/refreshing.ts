import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { type Framework, frameworkSchema, problemsIn } from '../catalog/framework.ts';
import { readCatalog } from '../catalog/load.ts';
import { failure } from '../failure.ts';
import { isUnreachable } from './ask.ts';
import { applied, type Given, type Proposal, proposalsFor } from './changes.ts';
import { formatJson, writeWhole } from './entry-file.ts';
import { table } from './markdown-table.ts';
import { describeProblem } from './problems.ts';
import { registries } from './registries/index.ts';
import type { Get, Subject } from './registries/registry.ts';

/** How many entries are worked on at a time. */
const atOnce = 4;

const change = z.strictObject({
  field: z.string(),
  before: z.string(),
  after: z.string(),
  by: z.string(),
  suspicion: z.string().optional(),
  isWritten: z.boolean(),
});

const outcome = z.strictObject({
  id: z.string(),
  changes: z.array(change),
  /** How many facts a registry has said again. */
  confirmed: z.number(),
  /** Who gave no answer, why, and whether that may be otherwise the next time. */
  missing: z.array(z.strictObject({ by: z.string(), reason: z.string(), mayPass: z.boolean() })),
});

/** What became of one entry. */
export type Outcome = z.infer<typeof outcome>;

const unfinished = z.strictObject({ today: z.string(), accept: z.boolean(), outcomes: z.array(outcome) });

/** What is refreshed, and how. */
export type RefreshOptions = {
  /** The data folder. */
  folder: string;
  /** Entries; none means all. */
  ids: readonly string[];
  /** YYYY-MM-DD. */
  today: string;
  /** Whether what is suspicious is written too. */
  accept: boolean;
  get: Get;
  /** Addresses other than the registries' own, by the registries' keys. */
  addresses?: Record<string, string>;
  /** A file that remembers, while a run is unfinished, what it has done; the next run goes on from there. */
  progress: string;
  /** Called after each entry. */
  onDone?: (done: number, total: number) => void;
};

/**
 * Asks every registry that has something to say about a framework.
 *
 * @returns the answers in the registries' order, and who gave none.
 */
export async function askAll(
  framework: Subject,
  { get, today, addresses = {} }: Pick<RefreshOptions, 'get' | 'today' | 'addresses'>,
): Promise<{ given: Given[]; missing: Outcome['missing'] }> {
  const asked = await Promise.all(
    registries.map(async ({ key, label, address, subject, ask }) => {
      const name = subject(framework);
      if (name === undefined) return {};
      try {
        const context = { get, today, framework, address: addresses[key] ?? address };
        const answer = await ask(name, context);
        if (answer === undefined)
          return { missing: { by: label, reason: 'it does not know the name', mayPass: false } };
        return { given: { key, label, answer } };
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        return { missing: { by: `${label} (${error.host})`, reason: error.message, mayPass: true } };
      }
    }),
  );
  return {
    given: asked.flatMap(({ given }) => given ?? []),
    missing: asked.flatMap(({ missing }) => missing ?? []),
  };
}

/** The entries that are named, or all. */
function chosen(folder: string, ids: readonly string[]): Framework[] {
  const { catalog, problems } = readCatalog(folder);
  if (problems.length > 0) {
    const lines = problems.map((problem) => describeProblem(folder, problem));
    throw failure(`The dataset has to be whole before it is refreshed:\n${lines.join('\n')}`);
  }
  const unknown = ids.filter((id) => !catalog.byId.has(id));
  if (unknown.length > 0) {
    const known = catalog.frameworks.map(({ id }) => id).join(', ');
    throw failure(`No entry has the id ${unknown.join(', ')}. The entries are ${known}.`);
  }
  return catalog.frameworks.filter(({ id }) => ids.length === 0 || ids.includes(id));
}

/** What an unfinished run of the same day has done already; where somebody was out of reach, it is done again. */
function doneBefore({ progress, today, accept }: RefreshOptions): Outcome[] {
  if (!existsSync(progress)) return [];
  const read = unfinished.safeParse(JSON.parse(readFileSync(progress, 'utf8')));
  if (!read.success || read.data.today !== today || read.data.accept !== accept) return [];
  return read.data.outcomes.filter(({ missing }) => !missing.some(({ mayPass }) => mayPass));
}

/** Proposals that say something new, as they are reported. */
function reported(proposals: readonly Proposal[], isWritten: boolean): Outcome['changes'] {
  return proposals
    .filter(({ before, after }) => before !== after)
    .map(({ apply: _, ...change }) => ({ ...change, isWritten }));
}

/** Whether an entry is what an entry must be. */
function passes(entry: Framework): boolean {
  return frameworkSchema.safeParse(entry).success && problemsIn(entry).length === 0;
}

/** The proposals that can be written, one after another, and the others with the reason why not. */
function sifted(
  entry: Framework,
  proposals: readonly Proposal[],
  accept: boolean,
): { written: Proposal[]; held: Proposal[] } {
  const written: Proposal[] = [];
  const held: Proposal[] = [];
  for (const proposal of proposals) {
    if (proposal.suspicion !== undefined && !accept) held.push(proposal);
    else if (passes(applied(entry, [...written, proposal]))) written.push(proposal);
    else held.push({ ...proposal, suspicion: 'the entry would not pass its check' });
  }
  return { written, held };
}

async function refreshOne(entry: Framework, options: RefreshOptions): Promise<Outcome> {
  const { given, missing } = await askAll(entry, options);
  const proposals = proposalsFor(entry, given, options.today);
  const { written, held } = sifted(entry, proposals, options.accept);
  if (written.length > 0) {
    const file = path.join(options.folder, 'frameworks', `${entry.id}.json`);
    writeWhole(file, formatJson(applied(entry, written)));
  }
  return {
    id: entry.id,
    changes: [...reported(written, true), ...reported(held, false)],
    confirmed: proposals.filter(({ before, after }) => before === after).length,
    missing,
  };
}

/**
 * Brings entries up to what registries say today. Each file is written as a whole; what is suspicious is reported and
 * not written unless `accept` is set. A run that was stopped is gone on with by the next one of the same day.
 *
 * @returns what became of each entry, sorted by id, and how many of these an earlier run had done.
 * @throws Failure when an id is unknown or the dataset is not whole.
 */
export async function refresh(options: RefreshOptions): Promise<{ outcomes: Outcome[]; resumed: number }> {
  const entries = chosen(options.folder, options.ids);
  const before = doneBefore(options).filter(({ id }) => entries.some((entry) => entry.id === id));
  const outcomes = [...before];
  const limit = pLimit(atOnce);
  mkdirSync(path.dirname(options.progress), { recursive: true });
  const rest = entries.filter(({ id }) => !before.some((outcome) => outcome.id === id));
  await Promise.all(
    rest.map((entry) =>
      limit(async () => {
        outcomes.push(await refreshOne(entry, options));
        const { today, accept } = options;
        writeWhole(options.progress, JSON.stringify({ today, accept, outcomes }));
        options.onDone?.(outcomes.length, entries.length);
      }),
    ),
  );
  rmSync(options.progress, { force: true });
  return { outcomes: outcomes.sort((a, b) => a.id.localeCompare(b.id)), resumed: before.length };
}

/** A run as people read it, in Markdown: what changed, what is suspicious, and who gave no answer. */
export function describeRun(outcomes: readonly Outcome[]): string {
  const changes = outcomes.flatMap(({ id, changes }) => changes.map((change) => ({ id, ...change })));
  const rows = (test: (change: (typeof changes)[number]) => boolean) =>
    changes
      .filter(test)
      .map(({ id, field, before, after, by, suspicion }) => [
        id,
        field,
        before,
        after,
        suspicion === undefined ? by : `${by}: ${suspicion}`,
      ]);
  const changed = rows(({ suspicion }) => suspicion === undefined);
  const accepted = rows(({ suspicion, isWritten }) => suspicion !== undefined && isWritten);
  const held = rows(({ isWritten }) => !isWritten);
  const reasons = new Map<string, string[]>();
  for (const { id, missing } of outcomes) {
    for (const { by, reason } of missing) {
      const why = `${by}: ${reason}`;
      reasons.set(why, [...(reasons.get(why) ?? []), id]);
    }
  }
  const confirmed = outcomes.reduce((sum, outcome) => sum + outcome.confirmed, 0);
  const section = (title: string, lines: readonly string[][], is = 'is') =>
    lines.length === 0 ? [] : [`## ${title}`, table(['entry', 'field', 'was', is, 'by'], lines)];
  return [
    `${outcomes.length} ${outcomes.length === 1 ? 'entry' : 'entries'} asked about: ${changed.length} changed, ${confirmed} confirmed, ${accepted.length + held.length} suspicious.`,
    ...section('Changed', changed),
    ...section('Suspicious, written all the same', accepted),
    ...section('Suspicious, not written', held, 'would be'),
    ...(held.length === 0
      ? []
      : [
          'Look at each page; then `npm run data:refresh -- <id> --accept` writes what the check lets through.',
        ]),
    ...(reasons.size === 0
      ? []
      : ['## Not answered', [...reasons].map(([why, ids]) => `- ${why} (${ids.join(', ')})`).join('\n')]),
  ].join('\n\n');
}
