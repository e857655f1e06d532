import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
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

/** Everything the bot knows, in memory: frameworks sorted by name, languages, and what is neither. */
export type Catalog = {
  readonly frameworks: readonly Framework[];
  readonly byId: ReadonlyMap<string, Framework>;
  readonly languages: readonly Language[];
  readonly languageById: ReadonlyMap<string, Language>;
  readonly notFrameworks: readonly NotFramework[];
  /** Words of English that are no slip in a name, though they look like one. */
  readonly ordinaryWords: ReadonlySet<string>;
};

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

function readFile<T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  problems: DataProblem[],
): T | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
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

/**
 * Reads and checks a data folder.
 *
 * @returns the catalogue, and every problem of every file; the catalogue holds what could be read, so it is to be used
 * only when there is no problem.
 */
export function readCatalog(folder: string): { catalog: Catalog; problems: DataProblem[] } {
  const problems: DataProblem[] = [];
  const frameworks: Framework[] = [];
  const present = readdirSync(path.join(folder, 'frameworks')).sort();
  const files = present.filter((file) => file.endsWith('.json'));
  for (const name of present.filter((file) => !files.includes(file))) {
    problems.push({ file: `frameworks/${name}`, path: [], message: 'is no entry: their names end in .json' });
  }
  for (const name of files) {
    const file = `frameworks/${name}`;
    const framework = readFile(folder, file, frameworkSchema, problems);
    if (framework === undefined) continue;
    problems.push(...problemsIn(framework).map((problem) => ({ file, ...problem })));
    if (`${framework.id}.json` === name) frameworks.push(framework);
    else {
      const message = `the id is '${framework.id}', so the file's name is '${framework.id}.json'`;
      problems.push({ file, path: ['id'], message });
    }
  }
  const ids = new Set(files.map((name) => path.basename(name, '.json')));
  const languages = readFile(folder, 'languages.json', languagesSchema, problems)?.languages ?? [];
  const notFrameworks =
    readFile(folder, 'not-frameworks.json', notFrameworksSchema, problems)?.notFrameworks ?? [];
  // A folder may do without: it is made from the entries, and only spares some words of English a wrong answer.
  const hasOrdinary = existsSync(path.join(folder, 'ordinary-words.json'));
  const ordinary = hasOrdinary
    ? readFile(folder, 'ordinary-words.json', ordinaryWordsSchema, problems)
    : undefined;
  problems.push(...crossProblems({ ids, frameworks, languages, notFrameworks }));
  // By code units: the first comparison by a language's rules takes as long as reading ten entries.
  frameworks.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  const catalog = {
    frameworks,
    byId: new Map(frameworks.map((framework) => [framework.id, framework])),
    languages,
    languageById: new Map(languages.map((language) => [language.id, language])),
    notFrameworks,
    ordinaryWords: new Set(ordinary?.words),
  };
  return { catalog, problems };
}

/**
 * The catalogue of a data folder.
 *
 * @throws Error with one line per problem when anything in the folder is not as it must be.
 */
export function loadCatalog(folder: string = shippedData): Catalog {
  const { catalog, problems } = readCatalog(folder);
  if (problems.length === 0) return catalog;
  const lines = problems.map(({ file, path, message }) => `${file}: ${path.join('.')}: ${message}`);
  throw new Error(`The dataset in ${folder} has ${problems.length} problem(s):\n${lines.join('\n')}`);
}

/** The icons of the frameworks, by id. They are made from the entries, and a folder may do without. */
export function loadIcons(folder: string = shippedData): Icons {
  const file = path.join(folder, 'icons.json');
  return existsSync(file) ? iconsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}
