import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Language, Source } from '../catalog/framework.ts';
import { readCatalog } from '../catalog/load.ts';
import { normalise } from '../catalog/normalise.ts';
import { keysOf, registries as packageRegistries } from '../catalog/vocabulary.ts';
import { failure } from '../failure.ts';
import type { Given } from './changes.ts';
import { formatJson, writeWhole } from './entry-file.ts';
import { describeProblem } from './problems.ts';
import { askAll, type Outcome, type RefreshOptions } from './refreshing.ts';
import { present, type Subject } from './registries/registry.ts';

/** What a contributor says of a framework. `package` is `registry:name`, `endoflife` a product of endoflife.date. */
export type Known = {
  id: string;
  name: string;
  package?: string | undefined;
  repository?: string | undefined;
  website?: string | undefined;
  endoflife?: string | undefined;
};

/** A new entry: its file, what is still to be found out, and who gave no answer. */
export type Draft = { file: string; gaps: string[]; missing: Outcome['missing'] };

function isPackageRegistry(name: string): name is keyof typeof packageRegistries {
  return Object.hasOwn(packageRegistries, name);
}

/** The package that is named `registry:name`. */
function packageOf(text: string): { registry: keyof typeof packageRegistries; name: string } {
  const [registry = '', ...rest] = text.split(':');
  const name = rest.join(':');
  if (!isPackageRegistry(registry) || name === '') {
    const allowed = keysOf(packageRegistries).join(', ');
    throw failure(`--package '${text}' is not of the form registry:name; registries are ${allowed}.`);
  }
  return { registry, name };
}

/** The first answer that says a thing, and what it says. */
function first<Value>(
  given: readonly Given[],
  said: (answer: Given['answer']) => Value | undefined,
): { value: Value; cites: string[] } | undefined {
  for (const { key, answer } of given) {
    const value = said(answer);
    if (value !== undefined) return { value, cites: [key] };
  }
  return undefined;
}

/** What is told of a new entry: by who begins it, by the registries, and which languages there are. */
type Told = {
  known: Known;
  subject: Subject;
  given: readonly Given[];
  languages: readonly Language[];
  schema: string;
};

/** The id of a language by any of its names: GitHub says `c#`. */
function languageId(text: string, languages: readonly Language[]): string | undefined {
  const key = normalise(text);
  return languages.find(({ id, name, aliases }) =>
    [id, name, ...aliases].some((one) => normalise(one) === key),
  )?.id;
}

/** An entry of the listed tier with what the registries said; what nobody said is left out. */
function entryFrom({ known, subject, given, languages: spoken, schema }: Told, today: string): object {
  const languages = first(given, ({ language = '' }) => {
    const id = languageId(language, spoken);
    return id === undefined ? undefined : [id];
  });
  const licence = first(given, (answer) => answer.licence);
  const ended = first(given, (answer) => answer.ended);
  const release = first(given, (answer) => answer.release);
  const support = first(given, (answer) => answer.support);
  const links = Object.assign({}, ...given.map(({ answer }) => answer.links).reverse(), subject.links);
  const { website, documentation, repository, package: page, community } = links;
  const entry = {
    $schema: schema,
    id: known.id,
    name: known.name,
    tier: 'listed',
    ...(ended === undefined ? {} : { status: { value: 'ended', cites: ended.cites } }),
    aliases: [],
    packages: subject.packages,
    ...(languages === undefined ? {} : { languages }),
    patterns: [],
    ...(licence === undefined ? {} : { licence }),
    links: { website: website ?? repository, documentation, repository, package: page, community },
    ...(release === undefined ? {} : { release: { ...release.value, cites: release.cites } }),
    support: (support?.value ?? []).map((line) => ({ ...line, cites: support?.cites ?? [] })),
    advantages: [],
    features: [],
    tradeOffs: [],
    goodFor: [],
    notGoodFor: [],
    usedBy: [],
    adoption: given.flatMap(({ key, answer }) =>
      answer.adoption === undefined ? [] : [{ ...answer.adoption, cites: [key] }],
    ),
    capabilities: {},
  };
  const text = JSON.stringify(entry);
  const sources: Record<string, Source> = {};
  for (const { key, answer } of given) {
    if (text.includes(`"cites":["${key}"]`)) sources[key] = { ...answer.source, read: today };
  }
  return { ...entry, sources };
}

/** Where an entry is begun: in a data folder, or in an operator's own (`local`) that lies over it. */
type DraftOptions = Pick<RefreshOptions, 'folder' | 'today' | 'get' | 'addresses'> & {
  local?: string | undefined;
};

/**
 * Begins an entry: asks the registries what they know of a framework and writes a file that holds it.
 *
 * @returns the file, what its check misses, and which registries gave no answer.
 * @throws Failure when the id is taken or no id, or the package is not named as it must be.
 */
export async function draftEntry(known: Known, options: DraftOptions): Promise<Draft> {
  const { folder, local, today } = options;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(known.id) || known.id.length > 20) {
    throw failure(
      `'${known.id}' is no id: lower-case letters, digits and single hyphens, at most 20 characters.`,
    );
  }
  const name = `frameworks/${known.id}.json`;
  const file = path.join(local ?? folder, name);
  const shipped = path.join(folder, name);
  if (existsSync(shipped)) {
    const what =
      local === undefined ? `npm run data:refresh -- ${known.id} updates it` : `copy it to ${file}`;
    throw failure(`${shipped} exists already; ${what}.`);
  }
  if (existsSync(file)) throw failure(`${file} exists already.`);
  const own = known.package === undefined ? undefined : packageOf(known.package);
  const product = `https://endoflife.date/${known.endoflife}`;
  const named: Subject = {
    packages: own === undefined ? [] : [{ ...own, cites: [] }],
    links: present({ website: known.website, repository: known.repository }),
    sources: known.endoflife === undefined ? {} : { asked: { title: '', url: product, read: today } },
  };
  const { given, missing } = await askAll(named, options);
  const registry = given.find(({ answer }) => answer.links?.package !== undefined);
  const packages = named.packages.map((pack) => ({
    ...pack,
    cites: registry === undefined ? [] : [registry.key],
  }));
  const { languages } = readCatalog(folder, { local }).catalog;
  const schema = path.relative(path.dirname(file), path.join(folder, 'schema/framework.schema.json'));
  const told = { known, subject: { ...named, packages }, given, languages, schema };
  mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, formatJson(entryFrom(told, today)));
  const problems = readCatalog(folder, { local }).problems.filter((problem) => problem.file === name);
  return { file, missing, gaps: problems.map((problem) => describeProblem(folder, problem)) };
}

/** What was begun, as a contributor reads it. */
export function describeDraft({ file, gaps, missing }: Draft): string {
  return [
    `${path.relative(process.cwd(), file)} is begun.`,
    ...(missing.length === 0
      ? []
      : [`No answer from\n${missing.map(({ by, reason }) => `- ${by}: ${reason}`).join('\n')}`]),
    gaps.length === 0
      ? 'Nothing is missing for the listed tier.'
      : `Still to be found out, each with the page that says it (docs/dataset.md has the rules):\n${gaps.map((gap) => `- ${gap}`).join('\n')}`,
    'Then `npm run data:check`. For the full tier it needs advantages, features, trade-offs and purposes too.',
  ].join('\n\n');
}
