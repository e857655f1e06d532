import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { APIInteraction, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import parseSpdx from 'spdx-expression-parse';
import { commands } from '../../commands/index.ts';
import { factsOf } from '../catalog/cited.ts';
import type { DataProblem, Place } from '../catalog/cross-problems.ts';
import { createFinder } from '../catalog/find.ts';
import type { Framework, NotFramework } from '../catalog/framework.ts';
import { type Catalog, readCatalog } from '../catalog/load.ts';
import { capabilities, keysOf, purposes } from '../catalog/vocabulary.ts';
import {
  cardPages,
  longestCustomId,
  longestLanguages,
  longestSearch,
  type State,
  writeCustomId,
} from '../custom-id.ts';
import { createHandle, type Handle } from '../handle.ts';
import { checkResponse } from '../playground/limits.ts';
import { sentence } from '../playground/problem.ts';
import { pageLimits, visibleText } from '../reply/markdown.ts';
import { createBorrowedFinder } from './borrowed.ts';
import { generatedFiles } from './generated.ts';
import { iconProblems, type PlaceOf } from './icons.ts';

/** The longest id that the schema allows. */
const longestId = 'x'.repeat(20);

/** The highest page number that a custom_id is read with. */
const longestPart = 999;

/** The longest state that each kind of button or menu may have to hold. */
const longestStates: State[] = [
  { at: 'card', id: longestId, page: 'capabilities', part: longestPart },
  { at: 'list', language: longestId, kind: 'full-stack', part: longestPart },
  { at: 'search', text: 'x'.repeat(longestSearch), part: longestPart },
  {
    at: 'comparison',
    ids: Array.from({ length: 4 }, () => longestId),
    view: 'differences',
    part: longestPart,
  },
  {
    at: 'recommendation',
    languages: ['x'.repeat(longestLanguages)],
    purpose: keysOf(purposes)[0],
    needs: keysOf(capabilities),
    view: 'ranking',
    part: longestPart,
    changes: 'needs',
  },
];

function stateProblems(): DataProblem[] {
  return longestStates
    .map((state) => ({ at: state.at, length: writeCustomId(state).length }))
    .filter(({ length }) => length > longestCustomId)
    .map(({ at, length }) => ({
      file: '../src/custom-id.ts',
      path: [],
      message: `the longest button of a ${at} needs ${length} characters; Discord allows ${longestCustomId}`,
    }));
}

function schemaProblems(folder: string): DataProblem[] {
  return generatedFiles()
    .filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text)
    .map(({ file }) => ({
      file: path.relative(folder, file),
      path: [],
      message: 'is not what the code says: run npm run data:check -- --write',
    }));
}

/** What is looked at of a dataset, and where each of it stands. */
type Looked = { frameworks: readonly Framework[]; notFrameworks: readonly NotFramework[]; placeOf: PlaceOf };

function notFrameworkProblems({ notFrameworks, placeOf }: Looked, today: string): DataProblem[] {
  return notFrameworks
    .filter(({ source }) => source.read > today)
    .map((thing) => {
      return { ...placeOf(thing, 'source', 'read'), message: `${thing.source.read} is still to come` };
    });
}

function entryProblems(framework: Framework, { placeOf }: Looked, today: string): DataProblem[] {
  const at = (...path: PropertyKey[]) => placeOf(framework, ...path);
  const problems: DataProblem[] = [];
  try {
    parseSpdx(framework.licence.value);
  } catch {
    const message = `'${framework.licence.value}' is no SPDX expression; the identifiers are listed at https://spdx.org/licenses/`;
    problems.push({ ...at('licence', 'value'), message });
  }
  for (const [key, { read }] of Object.entries(framework.sources)) {
    if (read > today) problems.push({ ...at('sources', key, 'read'), message: `${read} is still to come` });
  }
  const { release } = framework;
  if (release?.date !== undefined && release.date > today) {
    problems.push({ ...at('release', 'date'), message: `${release.date} is still to come` });
  }
  return problems;
}

/** Every text of more than one word in a value, with its place: an address is no sentence. */
function textsIn(value: unknown, place: PropertyKey[] = []): { text: string; path: PropertyKey[] }[] {
  if (typeof value === 'string') return value.includes(' ') ? [{ text: value, path: place }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    textsIn(child, [...place, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Sentences that stand in somebody else's text: a fact is free to be told, its words are theirs. */
function borrowedProblems(
  { frameworks, notFrameworks, placeOf }: Looked,
  borrowed: ReturnType<typeof createBorrowedFinder>,
): DataProblem[] {
  return [...frameworks, ...notFrameworks].flatMap((thing) =>
    textsIn(thing).flatMap(({ text, path: place }) => {
      const run = borrowed(text);
      if (run === undefined) return [];
      const message = `'${run}' stands in a text by others: use your own words`;
      return [{ ...placeOf(thing, ...place), message }];
    }),
  );
}

/** A press of a button by who asked. */
function press(customId: string): APIInteraction {
  const user = { id: '1' };
  return {
    id: '1',
    type: 3,
    data: { custom_id: customId, component_type: 2 },
    message: { content: '', interaction_metadata: { user } },
    user,
  } as unknown as APIInteraction;
}

type Sent = { embeds: { description: string }[]; components: APIMessageTopLevelComponent[] };

/** Every page of a card as it is sent, each part once. */
async function pagesOf(
  framework: Framework,
  handle: Handle,
): Promise<{ page: string; body: { data: Sent } }[]> {
  const pages: { page: string; body: { data: Sent } }[] = [];
  for (const page of keysOf(cardPages)) {
    const seen = new Set<string>();
    for (let part = 0; ; part++) {
      const { body } = await handle.respond(
        press(writeCustomId({ at: 'card', id: framework.id, page, part })),
      );
      const sent = body as unknown as { data: Sent };
      const text = sent.data.embeds[0]?.description ?? '';
      if (seen.has(text)) break;
      seen.add(text);
      pages.push({ page: `${page} ${part + 1}`, body: sent });
    }
  }
  return pages;
}

async function pageProblems(
  catalog: Catalog,
  { frameworks, placeOf }: Looked,
  today: string,
): Promise<DataProblem[]> {
  const problems: DataProblem[] = [];
  const context = { catalog, finder: createFinder(catalog), today, version: '0' };
  let place: Place = { file: 'frameworks', path: [] };
  const log = {
    error: (details: object) => {
      const { err } = details as { err?: unknown };
      problems.push({ ...place, message: `a card cannot be made: ${String(err)}` });
    },
  };
  const handle = createHandle(commands, () => context, log);
  for (const framework of frameworks) {
    place = placeOf(framework);
    for (const { page, body } of await pagesOf(framework, handle)) {
      for (const problem of checkResponse(body)) {
        problems.push({ ...place, message: `the page ${page} would be refused: ${sentence(problem)}` });
      }
      const visible = visibleText(body.data.embeds[0]?.description ?? '').length;
      if (visible > pageLimits.visible) {
        const message = `the page ${page} shows ${visible} characters; a phone's two screens hold ${pageLimits.visible}`;
        problems.push({ ...place, message });
      }
    }
  }
  return problems;
}

/** What a check does beside the usual: the operator's own folder, and what says which words of a text are somebody else's. */
type CheckOptions = { local?: string | undefined; borrowed?: ReturnType<typeof createBorrowedFinder> };

/**
 * Every problem of a data folder: of each file, between files, and of what would be sent to Discord from it. With an
 * operator's own folder, those of that one as it lies over the other.
 *
 * @param today YYYY-MM-DD; nothing that was read or released may lie after it.
 * @returns the problems, the whole catalogue, and those of its frameworks that were looked at.
 */
export async function findProblems(
  folder: string,
  today: string,
  { local, borrowed = createBorrowedFinder() }: CheckOptions = {},
): Promise<{ catalog: Catalog; frameworks: readonly Framework[]; problems: DataProblem[] }> {
  const { catalog, problems, places } = readCatalog(folder, { local, isTrusting: local !== undefined });
  const isLooked = (thing: object) => places.get(thing)?.folder === local;
  const looked: Looked = {
    frameworks: catalog.frameworks.filter(isLooked),
    notFrameworks: catalog.notFrameworks.filter(isLooked),
    placeOf: (thing, ...within) => {
      const { file, path: place, folder } = places.get(thing) ?? { file: '', path: [] };
      return { folder, file, path: [...place, ...within] };
    },
  };
  problems.push(...looked.frameworks.flatMap((framework) => entryProblems(framework, looked, today)));
  problems.push(...iconProblems(looked.frameworks, looked.placeOf));
  problems.push(...notFrameworkProblems(looked, today), ...borrowedProblems(looked, borrowed));
  if (local === undefined) problems.push(...schemaProblems(folder), ...stateProblems());
  // A card made from data that is wrong already says nothing new.
  if (problems.length === 0) problems.push(...(await pageProblems(catalog, looked, today)));
  return { catalog, frameworks: looked.frameworks, problems };
}

/** The 1-based line of a place in a JSON text; for a place that is absent, that of its nearest parent. */
function lineOf(text: string, place: readonly PropertyKey[]): number {
  const tree = parseTree(text);
  for (let length = place.length; tree !== undefined && length > 0; length--) {
    const node = findNodeAtLocation(tree, place.slice(0, length) as (string | number)[]);
    if (node !== undefined) return text.slice(0, node.offset).split('\n').length;
  }
  return 1;
}

/**
 * A problem as a contributor reads it: `data/frameworks/koa.json:12 licence.value: what is allowed`; a file of the operator's
 * own folder with the way to it.
 */
export function describeProblem(shipped: string, problem: DataProblem): string {
  const { folder, file, path: place, message } = problem;
  const whole = path.join(folder ?? shipped, file);
  const name = folder === undefined ? path.relative(path.dirname(shipped), whole) : whole;
  const isRead = place.length > 0 && whole.endsWith('.json') && existsSync(whole);
  const text = isRead ? readFileSync(whole, 'utf8') : '';
  // A file that is no JSON has no places; the parser's message names the line.
  const line = place.length === 0 ? Number(/\(line (\d+) /.exec(message)?.[1] ?? 1) : lineOf(text, place);
  return `${name}:${line} ${place.length === 0 ? '' : `${place.join('.')}: `}${message}`;
}

/** How many facts frameworks hold. */
export function countFacts({ frameworks }: Pick<Catalog, 'frameworks'>): number {
  return frameworks.reduce((sum, framework) => sum + factsOf(framework).length, 0);
}
