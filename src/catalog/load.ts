import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Catalog, createCatalog } from './catalog.ts';
import { crossProblems, type DataProblem, fileOf, type Parts, type Place } from './cross-problems.ts';
import {
  type Framework,
  frameworkSchema,
  type Icons,
  iconsSchema,
  languagesSchema,
  notFrameworksSchema,
  ordinaryWordsSchema,
  problemsIn,
} from './framework.ts';
import { allAtOnce } from './steps.ts';

export type { Catalog } from './catalog.ts';

/** The folder of the shipped dataset. */
export const shippedData = path.join(import.meta.dirname, '../../data');

/** What an object or record may hold, for where something else was found in it. */
function fieldsOf(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) {
    return schema.keyType.options.map(String);
  }
  return [];
}

/** What contributors read where zod's own words would not help them. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  const { code, inst, input, path: place } = issue;
  if (code === 'unrecognized_keys') return `no such field; allowed are ${fieldsOf(inst).join(', ')}`;
  if (input === undefined && issue.code === 'invalid_type') {
    const meaning = inst instanceof z.ZodType ? inst.description : undefined;
    return meaning === undefined ? `is missing (${issue.expected})` : `is missing: ${meaning}`;
  }
  if (code === 'too_small' && place?.at(-1) === 'cites') return 'name at least one source';
  return undefined;
}

/** A problem that zod found, at the place of its cause and with what is allowed there. */
function problemsOf(file: Pick<Place, 'folder' | 'file'>, issue: z.core.$ZodIssue): DataProblem[] {
  const { message, path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ ...file, path: [...path, key], message }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((reason) => ({ ...file, path, message: `the key: ${reason.message}` }));
  }
  return [{ ...file, path, message }];
}

/** The files that a catalogue is made of: their texts by their names, relative to the data folder. */
type Texts = ReadonlyMap<string, string>;

const singleFiles = ['languages.json', 'not-frameworks.json', 'ordinary-words.json'] as const;

/** What of those the operator's own folder may hold. */
const localFiles = ['languages.json', 'not-frameworks.json'] as const;

/** A data folder's files: its name where it is the operator's own, their texts, and what is no file of a dataset. */
type Files = { folder: string | undefined; texts: Texts; problems: DataProblem[] };

function isEntry(file: string): boolean {
  return file.startsWith('frameworks/');
}

/** What is in a folder but hidden files: editors and mounted volumes keep theirs there. */
function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();
}

function readShippedFiles(folder: string): Files {
  const present = namesIn(path.join(folder, 'frameworks'));
  const entries = present.filter((name) => name.endsWith('.json')).map((name) => `frameworks/${name}`);
  const files = [...entries, ...singleFiles.filter((file) => existsSync(path.join(folder, file)))];
  return {
    folder: undefined,
    texts: new Map(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')])),
    problems: strayEntries(undefined, present),
  };
}

function strayEntries(folder: string | undefined, names: readonly string[]): DataProblem[] {
  return names
    .filter((name) => !name.endsWith('.json'))
    .map((name) => {
      const message = 'is no entry: their names end in .json';
      return { folder, file: `frameworks/${name}`, path: [], message };
    });
}

/** The operator's own files. Whatever cannot be read is a problem, since a reload must not end the bot. */
function readLocalFiles(folder: string): Files {
  const problems: DataProblem[] = [];
  const attempt = <T>(file: string, read: (place: string) => T): T | undefined => {
    try {
      return read(path.join(folder, file));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      problems.push({ folder, file, path: [], message: `cannot be read (${code})` });
      return undefined;
    }
  };
  const top = attempt('', namesIn) ?? [];
  const present = top.includes('frameworks') ? (attempt('frameworks', namesIn) ?? []) : [];
  problems.push(...strayEntries(folder, present));
  const known: readonly string[] = localFiles;
  for (const file of top.filter((name) => name.endsWith('.json') && !known.includes(name))) {
    const message = `is not read: entries belong into frameworks/, and beside it only ${localFiles.join(' and ')}`;
    problems.push({ folder, file, path: [], message });
  }
  const entries = present.filter((name) => name.endsWith('.json')).map((name) => `frameworks/${name}`);
  const texts = new Map<string, string>();
  for (const file of [...entries, ...localFiles.filter((name) => top.includes(name))]) {
    const text = attempt(file, (place) => readFileSync(place, 'utf8'));
    if (text !== undefined) texts.set(file, text);
  }
  return { folder, texts, problems };
}

/** What a file holds, or undefined with what is wrong among the problems. */
function checkFile<T>(file: string, schema: z.ZodType<T>, { folder, texts, problems }: Files): T | undefined {
  const text = texts.get(file);
  if (text === undefined) {
    // The operator's own folder may do without: the shipped ones are there.
    if (folder === undefined) problems.push({ file, path: [], message: 'is missing' });
    return undefined;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    problems.push({ folder, file, path: [], message });
    return undefined;
  }
  const result = schema.safeParse(content, { error: wording });
  if (result.success) return result.data;
  problems.push(...result.error.issues.flatMap((issue) => problemsOf({ folder, file }, issue)));
  return undefined;
}

type Things = Pick<Parts, 'frameworks' | 'languages' | 'notFrameworks'>;

function placesOf(folder: string | undefined, things: Things): Map<object, Place> {
  const { frameworks, languages, notFrameworks } = things;
  const place = (file: string, ...path: PropertyKey[]): Place => ({ folder, file, path });
  return new Map<object, Place>([
    ...frameworks.map((one) => [one, place(`frameworks/${one.id}.json`)] as const),
    ...languages.map((one, at) => [one, place('languages.json', 'languages', at)] as const),
    ...notFrameworks.map((one, at) => [one, place('not-frameworks.json', 'notFrameworks', at)] as const),
  ]);
}

/** Checks each file for itself, a step for each entry; what is wrong is added to the files' problems. */
function* checkFiles(files: Files): Generator<void, Parts> {
  const { folder, texts, problems } = files;
  const frameworks: Framework[] = [];
  const entries = [...texts.keys()].filter(isEntry);
  for (const file of entries) {
    yield;
    const framework = checkFile(file, frameworkSchema, files);
    if (framework === undefined) continue;
    problems.push(...problemsIn(framework).map((problem) => ({ folder, file, ...problem })));
    if (`frameworks/${framework.id}.json` === file) frameworks.push(framework);
    else {
      const message = `the id is '${framework.id}', so the file's name is '${framework.id}.json'`;
      problems.push({ folder, file, path: ['id'], message });
    }
  }
  const things = {
    frameworks,
    languages: checkFile('languages.json', languagesSchema, files)?.languages ?? [],
    notFrameworks: checkFile('not-frameworks.json', notFrameworksSchema, files)?.notFrameworks ?? [],
  };
  // A folder may do without: it is made from the entries, and only spares some words of English a wrong answer.
  const ordinary = texts.has('ordinary-words.json')
    ? checkFile('ordinary-words.json', ordinaryWordsSchema, files)
    : undefined;
  return {
    ...things,
    ids: new Set(entries.map((file) => path.basename(file, '.json'))),
    ordinaryWords: ordinary?.words ?? [],
    places: placesOf(folder, things),
  };
}

/** What is in texts that passed the check before: taken as it is. */
function trustFiles({ folder, texts }: Files): Parts {
  const parsed = (file: string) => JSON.parse(texts.get(file) ?? '{}');
  const things: Things = {
    frameworks: [...texts.keys()].filter(isEntry).map(parsed),
    languages: parsed('languages.json').languages,
    notFrameworks: parsed('not-frameworks.json').notFrameworks,
  };
  return {
    ...things,
    ids: new Set(things.frameworks.map(({ id }) => id)),
    ordinaryWords: parsed('ordinary-words.json').words ?? [],
    places: placesOf(folder, things),
  };
}

/** One dataset over another: what has the same id takes the place of the whole of it. */
function laidOver(below: Parts, above: Parts): Parts {
  const merged = <Thing extends { id: string }>(shipped: readonly Thing[], local: readonly Thing[]) => {
    const replaced = new Set(local.map(({ id }) => id));
    return [...shipped.filter(({ id }) => !replaced.has(id)), ...local];
  };
  return {
    ids: new Set([...below.ids, ...above.ids]),
    frameworks: merged(below.frameworks, above.frameworks),
    languages: merged(below.languages, above.languages),
    notFrameworks: merged(below.notFrameworks, above.notFrameworks),
    ordinaryWords: below.ordinaryWords,
    places: new Map([...below.places, ...above.places]),
  };
}

/**
 * What became of reading data folders: the catalogue of what could be read, so that it is to be used only when there is no
 * problem; every problem of every file; and where each thing of the catalogue stands.
 */
export type Reading = { catalog: Catalog; problems: DataProblem[]; places: Parts['places'] };

/**
 * How data folders are read: `local` is the operator's own folder, which is laid over the other; with `isTrusting`, files
 * that are those which `data:check` last found without a problem are not checked again.
 */
type ReadOptions = { local?: string | undefined; isTrusting?: boolean };

/** Reads a data folder like {@link readCatalog}, in steps of some milliseconds. */
export function* readingCatalog(
  folder: string,
  { local, isTrusting = false }: ReadOptions = {},
): Generator<void, Reading> {
  const shipped = readShippedFiles(folder);
  yield;
  const isTrusted = isTrusting && isChecked(folder, shipped);
  const below = isTrusted ? trustFiles(shipped) : yield* checkFiles(shipped);
  const own = local === undefined ? undefined : readLocalFiles(local);
  const above = own && (yield* checkFiles(own));
  const parts = above === undefined ? below : laidOver(below, above);
  yield;
  const problems = [
    ...shipped.problems,
    ...(own?.problems ?? []),
    ...(isTrusted && own === undefined ? [] : crossProblems(parts)),
  ];
  const { frameworks, languages, notFrameworks, ordinaryWords, places } = parts;
  const ids = (above?.frameworks ?? []).map(({ id }) => id);
  const catalog = createCatalog({ frameworks, languages, notFrameworks, ordinaryWords, local: ids });
  return { catalog, problems, places };
}

/** Reads and checks a data folder, and the operator's own over it where there is one. */
export function readCatalog(folder: string, options: ReadOptions = {}): Reading {
  return allAtOnce(readingCatalog(folder, options));
}

/** Where a data folder keeps the fingerprint of the files that `data:check` last found without a problem. */
export const fingerprintFile = 'checked.sha256';

function fingerprintOf(texts: Texts): string {
  return hash('sha256', JSON.stringify([...texts]));
}

/** The fingerprint of a data folder's files, as {@link fingerprintFile} holds it: SHA-256 in hexadecimal digits. */
export function fingerprint(folder: string): string {
  return fingerprintOf(readShippedFiles(folder).texts);
}

function isChecked(folder: string, { texts, problems }: Files): boolean {
  const file = path.join(folder, fingerprintFile);
  return (
    problems.length === 0 && existsSync(file) && readFileSync(file, 'utf8').trim() === fingerprintOf(texts)
  );
}

/** Problems as an operator reads them where no lines are told: how many, and a line for each. */
export function listProblems(problems: readonly DataProblem[]): string {
  const lines = problems.map((one) =>
    [fileOf(one), one.path.join('.'), one.message].filter((part) => part !== '').join(': '),
  );
  return `The dataset has ${problems.length} problem(s):\n${lines.join('\n')}`;
}

/**
 * The catalogue of a data folder, and of the operator's own over it where there is one. Checking takes several times as
 * long as reading, so files that are those which `data:check` last found without a problem are not checked again; as soon
 * as one differs, all are. The operator's own are checked each time.
 *
 * @throws Error with one line per problem when anything in the folders is not as it must be.
 */
export function loadCatalog(folder: string = shippedData, local?: string): Catalog {
  const { catalog, problems } = readCatalog(folder, { local, isTrusting: true });
  if (problems.length === 0) return catalog;
  throw new Error(listProblems(problems));
}

/** The icons of the frameworks, by id. They are made from the entries, and a folder may do without. */
export function loadIcons(folder: string = shippedData): Icons {
  const file = path.join(folder, 'icons.json');
  return existsSync(file) ? iconsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}
