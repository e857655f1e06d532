import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Catalog, createCatalog } from './catalog.ts';
import {
  type Framework,
  frameworkSchema,
  type Icons,
  iconsSchema,
  type Language,
  languagesSchema,
  type NotFramework,
  notFrameworksSchema,
  ordinaryWordsSchema,
  problemsIn,
} from './framework.ts';
import { normalise } from './normalise.ts';

export type { Catalog } from './catalog.ts';

/** Something wrong in the dataset: the file relative to the data folder, the place in it, and what is allowed there. */
export type DataProblem = { file: string; path: PropertyKey[]; message: string };

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
function problemsOf(file: string, issue: z.core.$ZodIssue): DataProblem[] {
  const { message, path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ file, path: [...path, key], message }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((reason) => ({ file, path: [...path], message: `the key: ${reason.message}` }));
  }
  return [{ file, path: [...path], message }];
}

/** The files that a catalogue is made of: their texts by their names, relative to the data folder. */
type Texts = ReadonlyMap<string, string>;

const singleFiles = ['languages.json', 'not-frameworks.json', 'ordinary-words.json'] as const;

/** A data folder's files: those that count, and the names of those that do not belong to the entries. */
type Files = { texts: Texts; strays: readonly string[] };

function readFiles(folder: string): Files {
  const present = readdirSync(path.join(folder, 'frameworks')).sort();
  const entries = present.filter((file) => file.endsWith('.json')).map((file) => `frameworks/${file}`);
  const files = [...entries, ...singleFiles.filter((file) => existsSync(path.join(folder, file)))];
  return {
    texts: new Map(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')])),
    strays: present.filter((file) => !file.endsWith('.json')),
  };
}

function isEntry(file: string): boolean {
  return file.startsWith('frameworks/');
}

function readFile<T>(
  texts: Texts,
  file: string,
  schema: z.ZodType<T>,
  problems: DataProblem[],
): T | undefined {
  const text = texts.get(file);
  if (text === undefined) {
    problems.push({ file, path: [], message: 'is missing' });
    return undefined;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    problems.push({ file, path: [], message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
  const result = schema.safeParse(content, { error: wording });
  if (result.success) return result.data;
  problems.push(...result.error.issues.flatMap((issue) => problemsOf(file, issue)));
  return undefined;
}

type Owner = { id: string; sharedNames?: string[] | undefined };

type Spelling = { spelled: string; file: string; path: PropertyKey[]; owner: Owner };

/** Whether an entry says of a name that another entry has it too. */
function isShared({ sharedNames = [] }: Owner, key: string): boolean {
  return sharedNames.some((name) => normalise(name) === key);
}

function collisions(spellings: Spelling[]): DataProblem[] {
  const bySpelling = Map.groupBy(spellings, ({ spelled }) => normalise(spelled));
  return [...bySpelling].flatMap(([key, [first, ...others]]) => {
    if (first === undefined) return [];
    const { spelled, file, path: place, owner } = first;
    const strangers = others.filter((other) => other.owner !== owner);
    if (strangers.length === 0 && isShared(owner, key)) {
      const message = `'${spelled}' is shared with no other entry: make it an alias`;
      return [{ file, path: place, message }];
    }
    return strangers
      .filter((other) => !isShared(owner, key) || !isShared(other.owner, key))
      .map((other) => ({
        file: other.file,
        path: other.path,
        message: `'${other.spelled}' is already a name of '${owner.id}' (${file}): leave it to one of the two, or put it into 'sharedNames' of both`,
      }));
  });
}

function spellingsOf(
  file: string,
  at: PropertyKey[],
  thing: Owner & { name: string; aliases: readonly string[] },
): Spelling[] {
  const owner = thing;
  return [
    { spelled: thing.id, file, path: [...at, 'id'], owner },
    { spelled: thing.name, file, path: [...at, 'name'], owner },
    ...thing.aliases.map((spelled, index) => ({ spelled, file, path: [...at, 'aliases', index], owner })),
    ...(thing.sharedNames ?? []).map((spelled, index) => {
      return { spelled, file, path: [...at, 'sharedNames', index], owner };
    }),
  ];
}

/** `ids` are those of all entries, also of such as are wrong in themselves. */
type Parts = {
  ids: ReadonlySet<string>;
  frameworks: Framework[];
  languages: Language[];
  notFrameworks: NotFramework[];
};

/** What no single file can show: names that collide, ids that lead nowhere. */
function crossProblems({ ids, frameworks, languages, notFrameworks }: Parts): DataProblem[] {
  const problems: DataProblem[] = [];
  const languageIds = new Set(languages.map(({ id }) => id));
  for (const framework of frameworks) {
    const file = `frameworks/${framework.id}.json`;
    framework.languages.value.forEach((id, index) => {
      if (languageIds.has(id)) return;
      const known = languages.map((language) => language.id).join(', ');
      problems.push({
        file,
        path: ['languages', 'value', index],
        message: `unknown language '${id}'; known: ${known}`,
      });
    });
    const { successor } = framework.status;
    if (successor !== undefined && !ids.has(successor)) {
      problems.push({ file, path: ['status', 'successor'], message: `no entry has the id '${successor}'` });
    }
  }
  notFrameworks.forEach(({ instead }, at) => {
    instead.forEach((id, index) => {
      if (ids.has(id)) return;
      const place = ['notFrameworks', at, 'instead', index];
      problems.push({ file: 'not-frameworks.json', path: place, message: `no entry has the id '${id}'` });
    });
  });
  // A language and a framework may share a spelling ('dotnet'): each option knows which of the two it asks for.
  const names = [
    ...frameworks.flatMap((framework) => [
      ...spellingsOf(`frameworks/${framework.id}.json`, [], framework),
      ...framework.packages.map(({ name }, index) => ({
        spelled: name,
        file: `frameworks/${framework.id}.json`,
        path: ['packages', index, 'name'],
        owner: framework,
      })),
    ]),
    ...notFrameworks.flatMap((thing, at) => spellingsOf('not-frameworks.json', ['notFrameworks', at], thing)),
  ];
  const languageNames = languages.flatMap((language, at) =>
    spellingsOf('languages.json', ['languages', at], language),
  );
  return [...problems, ...collisions(names), ...collisions(languageNames)];
}

function checkFiles({ texts, strays }: Files): { catalog: Catalog; problems: DataProblem[] } {
  const problems: DataProblem[] = [];
  const frameworks: Framework[] = [];
  for (const name of strays) {
    problems.push({ file: `frameworks/${name}`, path: [], message: 'is no entry: their names end in .json' });
  }
  const files = [...texts.keys()].filter(isEntry);
  for (const file of files) {
    const framework = readFile(texts, file, frameworkSchema, problems);
    if (framework === undefined) continue;
    problems.push(...problemsIn(framework).map((problem) => ({ file, ...problem })));
    if (`frameworks/${framework.id}.json` === file) frameworks.push(framework);
    else {
      const message = `the id is '${framework.id}', so the file's name is '${framework.id}.json'`;
      problems.push({ file, path: ['id'], message });
    }
  }
  const ids = new Set(files.map((file) => path.basename(file, '.json')));
  const languages = readFile(texts, 'languages.json', languagesSchema, problems)?.languages ?? [];
  const notFrameworks =
    readFile(texts, 'not-frameworks.json', notFrameworksSchema, problems)?.notFrameworks ?? [];
  // A folder may do without: it is made from the entries, and only spares some words of English a wrong answer.
  const ordinary = texts.has('ordinary-words.json')
    ? readFile(texts, 'ordinary-words.json', ordinaryWordsSchema, problems)
    : undefined;
  problems.push(...crossProblems({ ids, frameworks, languages, notFrameworks }));
  const ordinaryWords = ordinary?.words ?? [];
  return { catalog: createCatalog({ frameworks, languages, notFrameworks, ordinaryWords }), problems };
}

/** The catalogue of texts that passed the check before: taken as they are. */
function trustTexts(texts: Texts): Catalog {
  const parsed = (file: string) => JSON.parse(texts.get(file) ?? '{}');
  return createCatalog({
    frameworks: [...texts.keys()].filter(isEntry).map(parsed),
    languages: parsed('languages.json').languages,
    notFrameworks: parsed('not-frameworks.json').notFrameworks,
    ordinaryWords: parsed('ordinary-words.json').words ?? [],
  });
}

/**
 * Reads and checks a data folder.
 *
 * @returns the catalogue, and every problem of every file; the catalogue holds what could be read, so it is to be used
 * only when there is no problem.
 */
export function readCatalog(folder: string): { catalog: Catalog; problems: DataProblem[] } {
  return checkFiles(readFiles(folder));
}

/** Where a data folder keeps the fingerprint of the files that `data:check` last found without a problem. */
export const fingerprintFile = 'checked.sha256';

function fingerprintOf(texts: Texts): string {
  return hash('sha256', JSON.stringify([...texts]));
}

/** The fingerprint of a data folder's files, as {@link fingerprintFile} holds it: SHA-256 in hexadecimal digits. */
export function fingerprint(folder: string): string {
  return fingerprintOf(readFiles(folder).texts);
}

function isChecked(folder: string, { texts, strays }: Files): boolean {
  const file = path.join(folder, fingerprintFile);
  return (
    strays.length === 0 && existsSync(file) && readFileSync(file, 'utf8').trim() === fingerprintOf(texts)
  );
}

/**
 * The catalogue of a data folder. Checking takes several times as long as reading, so files that are those which
 * `data:check` last found without a problem are not checked again; as soon as one differs, all are.
 *
 * @throws Error with one line per problem when anything in the folder is not as it must be.
 */
export function loadCatalog(folder: string = shippedData): Catalog {
  const files = readFiles(folder);
  if (isChecked(folder, files)) return trustTexts(files.texts);
  const { catalog, problems } = checkFiles(files);
  if (problems.length === 0) return catalog;
  const lines = problems.map(({ file, path, message }) => `${file}: ${path.join('.')}: ${message}`);
  throw new Error(`The dataset in ${folder} has ${problems.length} problem(s):\n${lines.join('\n')}`);
}

/** The icons of the frameworks, by id. They are made from the entries, and a folder may do without. */
export function loadIcons(folder: string = shippedData): Icons {
  const file = path.join(folder, 'icons.json');
  return existsSync(file) ? iconsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}
