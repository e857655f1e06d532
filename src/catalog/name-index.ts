import { compareUse } from './adoption.ts';
import type { Framework, Language, NotFramework } from './framework.ts';
import type { Catalog } from './load.ts';
import { normalise } from './normalise.ts';
import { type Pasted, readPasted } from './question.ts';

/** Something that has a name here. */
export type Thing =
  | { is: 'framework'; framework: Framework }
  | { is: 'language'; language: Language }
  | { is: 'not-framework'; thing: NotFramework }
  | { is: 'several'; frameworks: Framework[] };

/** A text as it is looked up: 'express.js', 'koajs', whose ending says only which language it is, without it too. */
export function keysFor(text: string): string[] {
  const key = normalise(text);
  return key.length > 4 && key.endsWith('js') ? [key, key.slice(0, -2)] : [key];
}

/** What a name leads to that several things have, and what else has it. */
type Shared = { thing: Thing; others: string[] };

/** What is looked up whole: by names, by packages, by where it lives. */
type Index = {
  shared: Map<string, Shared>;
  exact: Map<string, Thing>;
  aliases: Map<string, Thing>;
  others: Map<string, Thing>;
  languages: Map<string, Thing>;
  packages: Map<string, Thing>;
  scopes: Map<string, Thing | null>;
  places: Map<string, Thing | null>;
};

/** A package's name as it is looked up; in Scala's the version of the language stands behind it: `http4s-dsl_2.13`. */
function packageKey(name: string): string {
  return name.toLowerCase().replace(/_(?:2\.1\d|3)$/, '');
}

/** What comes before the slash or colon of a package's name: `@nestjs`, `laravel`, `org.springframework.boot`. */
function scopeOf(name: string): string | undefined {
  return /^(@?[^/:]+)[/:]/.exec(name)?.[1]?.toLowerCase();
}

/** Where something lives: `github.com/owner/name`, or a host that is its own; one on which it has a page is others' too. */
function placesOf({ links: { website, documentation, repository } }: Framework): string[] {
  const whole = [website, documentation].filter((url) => url !== undefined && new URL(url).pathname === '/');
  const hosts = whole.flatMap((url) => readPasted(url ?? '')?.host ?? []);
  const code = readPasted(repository ?? '')?.repository;
  return [...hosts, ...(code === undefined ? [] : [code])];
}

/** Notes what a key leads to; what leads to two things leads nowhere. */
function note(map: Map<string, Thing | null>, key: string, thing: Thing): void {
  const before = map.get(key);
  map.set(key, before === undefined || before === thing ? thing : null);
}

/** The names that several things have: each leads to the framework that is used more, or to all that are used alike. */
function sharedNamesOf(catalog: Catalog, things: Iterable<Thing>): Map<string, Shared> {
  const compare = compareUse(catalog);
  const owners = new Map<string, { frameworks: [Framework, Thing][]; rest: string[] }>();
  for (const thing of things) {
    if (thing.is !== 'framework' && thing.is !== 'not-framework') continue;
    const named = thing.is === 'framework' ? thing.framework : thing.thing;
    for (const name of named.sharedNames ?? []) {
      const key = normalise(name);
      const owned = owners.get(key) ?? { frameworks: [], rest: [] };
      if (thing.is === 'framework') owned.frameworks.push([thing.framework, thing]);
      else owned.rest.push(named.name);
      owners.set(key, owned);
    }
  }
  const shared = new Map<string, Shared>();
  for (const [key, { frameworks, rest }] of owners) {
    const [first, ...less] = frameworks.sort(([a], [b]) => compare(a, b));
    if (first === undefined) continue;
    const even = frameworks.filter(([framework]) => compare(framework, first[0]) === 0);
    const all: Thing = { is: 'several', frameworks: even.map(([framework]) => framework) };
    const others = [...less.map(([{ name }]) => name), ...rest];
    shared.set(key, { thing: even.length > 1 ? all : first[1], others });
  }
  return shared;
}

/** Builds the index; a name in it leads to the same thing for ever, so that things can be compared. */
function createIndex(catalog: Catalog, frameworks: readonly Thing[]): Index {
  const compare = compareUse(catalog);
  const notFrameworks = catalog.notFrameworks.map((thing): Thing => ({ is: 'not-framework', thing }));
  const index: Index = {
    shared: sharedNamesOf(catalog, [...frameworks, ...notFrameworks]),
    exact: new Map(),
    aliases: new Map(),
    others: new Map(),
    languages: new Map(),
    packages: new Map(),
    scopes: new Map(),
    places: new Map(),
  };
  for (const thing of frameworks) {
    if (thing.is !== 'framework') continue;
    const { name, id, aliases, packages } = thing.framework;
    for (const spelled of [name, id]) index.exact.set(normalise(spelled), thing);
    for (const alias of aliases) index.aliases.set(normalise(alias), thing);
    for (const pack of packages) {
      index.aliases.set(normalise(pack.name), thing);
      index.packages.set(packageKey(pack.name), thing);
      // Coordinates of the JVM's languages are often pasted without the group.
      const hasGroup = pack.registry === 'maven' || pack.registry === 'clojars';
      const artifact = hasGroup ? pack.name.split(/[:/]/)[1] : undefined;
      if (artifact !== undefined) index.packages.set(packageKey(artifact), thing);
      const scope = scopeOf(pack.name);
      if (scope !== undefined) note(index.scopes, scope, thing);
    }
    for (const place of placesOf(thing.framework)) {
      const before = index.places.get(place);
      // Blazor lives in the repository of ASP.NET Core, which is used more.
      const order = before?.is === 'framework' ? compare(before.framework, thing.framework) : 0;
      if (order === 0) note(index.places, place, thing);
      else if (order > 0) index.places.set(place, thing);
    }
  }
  for (const named of notFrameworks) {
    if (named.is !== 'not-framework') continue;
    for (const spelled of [named.thing.id, named.thing.name, ...named.thing.aliases])
      index.others.set(normalise(spelled), named);
  }
  for (const language of catalog.languages) {
    const named: Thing = { is: 'language', language };
    for (const spelled of [language.id, language.name, ...language.aliases])
      index.languages.set(normalise(spelled), named);
  }
  return index;
}

/** What leads to a thing when it is spelled in full. */
export type NameIndex = {
  /** By a name, an alias, a package or a language's name. */
  byName(name: string): Thing | undefined;
  /** The names of what else is called so, where the thing found is only the more used one. */
  alsoCalled(name: string): string[];
  /** By what was pasted: an address, an install command, an import. */
  byPaste(pasted: Pasted): Thing | undefined;
  /** Whether a text is the name itself, and not another of its spellings. */
  isName(text: string): boolean;
  language(text: string): Language | undefined;
  /** The spellings of languages and of what is no framework, with what they lead to. */
  elsewhere: [string, Thing][];
  languages: [string, Thing][];
};

/** Builds the index of a catalogue's names; `frameworks` are its frameworks as things. */
export function createNameIndex(catalog: Catalog, frameworks: readonly Thing[]): NameIndex {
  const index = createIndex(catalog, frameworks);

  const byName: NameIndex['byName'] = (name) => {
    for (const key of keysFor(name)) {
      const thing =
        index.shared.get(key)?.thing ??
        index.exact.get(key) ??
        index.aliases.get(key) ??
        index.others.get(key) ??
        index.languages.get(key);
      if (thing !== undefined) return thing;
    }
    return undefined;
  };

  const byPlace = ({ host, repository }: Pasted): Thing | null | undefined => {
    if (repository !== undefined) return index.places.get(repository);
    // A page of documentation may have a host of its own: `docs.djangoproject.com`.
    return index.places.get(host ?? '') ?? index.places.get(host?.split('.').slice(-2).join('.') ?? '');
  };

  const byPaste: NameIndex['byPaste'] = (pasted) => {
    const place = byPlace(pasted);
    if (place !== undefined && place !== null) return place;
    const path = pasted.repository?.split('/').slice(1).join('/');
    const names = [...pasted.packages, ...(path === undefined ? [] : [path])];
    const named = names
      .map((name) => index.packages.get(packageKey(name)) ?? byName(name))
      .find((thing) => thing !== undefined);
    const scoped = pasted.packages.map((name) => index.scopes.get(scopeOf(name) ?? '')).find(Boolean);
    return named ?? scoped ?? undefined;
  };

  return {
    byName,
    alsoCalled: (name) => keysFor(name).flatMap((key) => index.shared.get(key)?.others ?? []),
    byPaste,
    isName: (text) => keysFor(text).some((key) => index.exact.has(key)),
    language: (text) => {
      const thing = index.languages.get(normalise(text));
      return thing?.is === 'language' ? thing.language : undefined;
    },
    elsewhere: [...index.others, ...index.languages],
    languages: [...index.languages],
  };
}
