import Fuse from 'fuse.js';
import { frameworkCounts, surveyShare } from './facts.ts';
import type { Framework, Language, NotFramework } from './framework.ts';
import type { Catalog } from './load.ts';
import { createMentionFinder } from './mentions.ts';
import { normalise } from './normalise.ts';
import { editDistance, properNames, slipCost, slipsAllowed } from './spelling.ts';

/** How a framework was found: `exact` by name or id, `alias` by another of its spellings, the others by nearness. */
type Tier = 'exact' | 'alias' | 'prefix' | 'typo';

/** What a text stands for. `none` holds up to five frameworks that it may have meant, nearest first. */
export type Found =
  | { is: 'framework'; framework: Framework; tier: Tier }
  | { is: 'language'; language: Language }
  | { is: 'not-framework'; thing: NotFramework }
  | { is: 'none'; suggestions: Framework[] };

/** Finds what people mean. */
export type Finder = {
  /** What a whole text stands for. */
  find(text: string): Found;
  /** The language that a text names, also by what only nearly names it; a framework's name gives its main language. */
  findLanguage(text: string): { language: Language; via?: Framework } | undefined;
  /** Frameworks to offer while somebody types, best first; with an empty text, the most used ones first. */
  offer(text: string, limit: number): Framework[];
  /** Languages to offer while somebody types, those with most entries first. */
  offerLanguages(text: string, limit: number): Language[];
  /** The frameworks that a message names, in the order of their first mention. */
  frameworksIn(message: string): Framework[];
};

/**
 * `least` is how many of its letters it takes, where its beginning alone may be a word of another meaning; `slips`, how
 * many it may hold, where that is not as many as its length allows.
 */
type Spelling<T> = { key: string; thing: T; least?: number; slips?: number };

/** The only element that all matches lead to, or undefined when there is none or more than one. */
function onlyOne<T>(matches: Spelling<T>[]): T | undefined {
  const [first, ...others] = new Set(matches.map(({ thing }) => thing));
  return others.length === 0 ? first : undefined;
}

function nearest<T>(key: string, spellings: Spelling<T>[]): T | undefined {
  let best: Spelling<T>[] = [];
  let least = slipsAllowed(key.length);
  if (least === 0) return undefined;
  for (const spelling of spellings) {
    if (Math.abs(spelling.key.length - key.length) > least) continue;
    // Who types a name wrongly still begins with one of its first two letters: 'jango', but not 'mango' or 'trails'.
    if (spelling.key[0] !== key[0] && spelling.key[1] !== key[0]) continue;
    const distance = editDistance(key, spelling.key, slipCost);
    // The shorter of the two decides: what 'sporting' has too much is no slip in 'spring'.
    if (distance > Math.min(least, spelling.slips ?? slipsAllowed(spelling.key.length))) continue;
    if (distance < least) best = [];
    least = distance;
    best.push(spelling);
  }
  return onlyOne(best);
}

/** The most frameworks that are suggested: one row of buttons. */
const mostSuggestions = 5;

/** The fewest letters from which the beginning of a name stands for it. */
const shortestPrefix = 3;

function resolve<T>(
  key: string,
  spellings: Spelling<T>[],
): { thing: T; tier: 'prefix' | 'typo' } | undefined {
  if (key.length >= shortestPrefix) {
    const begins = spellings.filter(
      ({ key: whole, least = 0 }) => key.length >= least && whole.startsWith(key),
    );
    const thing = onlyOne(begins);
    if (thing !== undefined) return { thing, tier: 'prefix' };
  }
  const thing = nearest(key, spellings);
  return thing === undefined ? undefined : { thing, tier: 'typo' };
}

/** Builds the index of names. It answers exact names and aliases by one look-up, the rest by a pass over the names. */
export function createFinder(catalog: Catalog): Finder {
  const exact = new Map<string, Framework>();
  const aliases = new Map<string, Framework>();
  for (const framework of catalog.frameworks) {
    for (const name of [framework.name, framework.id]) exact.set(normalise(name), framework);
    const others = [...framework.aliases, ...framework.packages.map(({ name }) => name)];
    for (const alias of others) aliases.set(normalise(alias), framework);
  }
  const languages = new Map<string, Language>();
  for (const language of catalog.languages) {
    for (const name of [language.id, language.name, ...language.aliases])
      languages.set(normalise(name), language);
  }
  const others = new Map<string, NotFramework>();
  for (const thing of catalog.notFrameworks) {
    for (const name of [thing.id, thing.name, ...thing.aliases]) others.set(normalise(name), thing);
  }
  const spellings = <T>(...maps: Map<string, T>[]): Spelling<T>[] =>
    maps.flatMap((map) => [...map].map(([key, thing]) => ({ key, thing })));
  const frameworkSpellings = catalog.frameworks.flatMap((thing) =>
    properNames(thing).map((name) => {
      const key = normalise(name);
      // More than half of it: 'djan' is Django and not Django REST framework, 'api' is not API Platform.
      const least = Math.floor(key.length / 2) + 1;
      // Short names are too near to everyday words: 'slam' is not Slim, 'hone' not Hono.
      return key.length < 5 ? { key, thing, least, slips: 0 } : { key, thing, least };
    }),
  );
  const languageSpellings = spellings(languages);
  const byUse = [...catalog.frameworks].sort((a, b) => (surveyShare(b) ?? 0) - (surveyShare(a) ?? 0));
  const counts = frameworkCounts(catalog);
  const offered = byUse.map((framework) => ({
    framework,
    keys: [framework.name, framework.id, ...framework.aliases].map(normalise),
    spoken: framework.languages.value.map((id) => normalise(catalog.languageById.get(id)?.name ?? id)),
  }));
  const named = byUse.map((framework) => ({ framework, names: properNames(framework) }));
  const fuse = new Fuse(named, {
    keys: ['names'],
    threshold: 0.3,
    minMatchCharLength: 3,
    ignoreDiacritics: true,
  });
  const fuzzy = (text: string, limit: number) =>
    text.trim().length < shortestPrefix
      ? []
      : fuse.search(text.trim().slice(0, 64), { limit }).map(({ item }) => item.framework);

  // 'express.js', 'koajs': the ending says only which language it is.
  const keysFor = (text: string) => {
    const key = normalise(text);
    return key.length > 4 && key.endsWith('js') ? [key, key.slice(0, -2)] : [key];
  };

  /** What a text may have meant: the frameworks that one of its words names, then those with a name like it. */
  const suggest = (text: string) => {
    const words = text.slice(0, 200).split(/\s+/).flatMap(keysFor);
    const named = words.flatMap((word) => exact.get(word) ?? aliases.get(word) ?? []);
    const key = normalise(text).slice(0, 64);
    // One slip more than what is answered is still worth a question.
    const allowed = (name: string) => slipsAllowed(name.length) + 1;
    const near = frameworkSpellings
      .filter(({ key: name }) => key.length > 3 && Math.abs(key.length - name.length) <= allowed(name))
      .map(({ key: name, thing }) => ({ thing, name, distance: editDistance(key, name) }))
      .filter(({ name, distance }) => distance <= allowed(name))
      .sort((a, b) => a.distance - b.distance)
      .map(({ thing }) => thing);
    return [...new Set([...named, ...near, ...fuzzy(text, mostSuggestions)])].slice(0, mostSuggestions);
  };

  const find = (text: string): Found => {
    const keys = keysFor(text);
    for (const [tier, index] of [
      ['exact', exact],
      ['alias', aliases],
    ] as const) {
      for (const key of keys) {
        const framework = index.get(key);
        if (framework !== undefined) return { is: 'framework', framework, tier };
      }
    }
    for (const key of keys) {
      const thing = others.get(key);
      if (thing !== undefined) return { is: 'not-framework', thing };
      const language = languages.get(key);
      if (language !== undefined) return { is: 'language', language };
    }
    for (const key of keys) {
      const near = resolve(key, frameworkSpellings);
      if (near !== undefined) return { is: 'framework', framework: near.thing, tier: near.tier };
    }
    return { is: 'none', suggestions: suggest(text) };
  };

  const findLanguage: Finder['findLanguage'] = (text) => {
    const key = normalise(text);
    const language = languages.get(key);
    if (language !== undefined) return { language };
    const found = find(text);
    if (found.is === 'framework' && (found.tier === 'exact' || found.tier === 'alias')) {
      const main = catalog.languageById.get(found.framework.languages.value[0] ?? '');
      if (main !== undefined) return { language: main, via: found.framework };
    }
    const near = resolve(key, languageSpellings);
    return near === undefined ? undefined : { language: near.thing };
  };

  const offer: Finder['offer'] = (text, limit) => {
    const key = normalise(text);
    if (key === '') return byUse.slice(0, limit);
    const begins = offered.filter(({ keys }) => keys.some((name) => name.startsWith(key)));
    const speaks = offered.filter(({ spoken }) => spoken.some((name) => name.startsWith(key)));
    const matching = [...begins, ...speaks].map(({ framework }) => framework);
    return [...new Set([...matching, ...fuzzy(text, limit)])].slice(0, limit);
  };

  const offerLanguages: Finder['offerLanguages'] = (text, limit) => {
    const key = normalise(text);
    const matching = catalog.languages.filter(({ id, name, aliases: more }) =>
      [id, name, ...more].some((spelled) => normalise(spelled).startsWith(key)),
    );
    // A language without an entry is worth naming only to who types it.
    const worthNaming = matching.filter(({ id }) => key !== '' || counts.has(id));
    return worthNaming.sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0)).slice(0, limit);
  };

  return { find, findLanguage, offer, offerLanguages, frameworksIn: createMentionFinder(catalog) };
}
