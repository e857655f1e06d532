import anyAscii from 'any-ascii';
import Fuse from 'fuse.js';
import { compareUse } from './adoption.ts';
import { createDescriptionReader, type Understood } from './describe.ts';
import type { Framework, Language, NotFramework } from './framework.ts';
import type { Catalog } from './load.ts';
import { createMentionFinder } from './mentions.ts';
import { createNameIndex, keysFor, type Thing } from './name-index.ts';
import { createNames, type Names, type Near } from './names.ts';
import { normalise } from './normalise.ts';
import { createOffers } from './offers.ts';
import { isFiller, readPasted, readQuestion, readVersion } from './question.ts';
import { createSearch, type Search } from './search.ts';
import { soundOf } from './sound.ts';
import { editDistance, properNames, slipCost, slipsAllowed } from './spelling.ts';

/**
 * How something was found, best first: `exact` by name or id, `alias` by another of its spellings, `paste` by an address,
 * a command or a line of code, `prefix` by its beginning, `typo` by a slip of the finger, `sound` by how it sounds.
 */
type Tier = 'exact' | 'alias' | 'paste' | 'prefix' | 'typo' | 'sound';

/**
 * What a text stands for; `version` is what was asked for beside the name, `others` the names of what else is called so
 * and used less. `several` are used alike, so that nobody but the asker knows which is meant.
 */
export type Found =
  | { is: 'framework'; framework: Framework; tier: Tier; version?: string; others?: string[] }
  | { is: 'several'; frameworks: Framework[] }
  | { is: 'language'; language: Language; tier: Tier }
  | { is: 'not-framework'; thing: NotFramework; tier: Tier }
  | { is: 'none' };

/** Finds what people mean. */
export type Finder = {
  /** What a whole text stands for. */
  find(text: string): Found;
  /** Up to five frameworks that a text which stands for nothing may have meant, nearest first. */
  suggest(text: string): Framework[];
  /** The language that a text names, also by what only nearly names it; a framework's name gives its main language. */
  findLanguage(text: string): { language: Language; via?: Framework } | undefined;
  /** Frameworks to offer while somebody types, best first; with an empty text, the most used of every language. */
  offer(text: string, limit: number): Framework[];
  /** Languages to offer while somebody types, those with most entries first. */
  offerLanguages(text: string, limit: number): Language[];
  search: Search;
  /** What a description in plain words asks for. */
  understand(description: string): Understood;
  /** The frameworks that a message names, in the order of their first mention. */
  frameworksIn(message: string): Framework[];
  /** Makes all that is otherwise made when it is first asked for, in steps of some milliseconds. */
  prepare(): Generator<void, void>;
};

/** The most frameworks that are suggested: one row of buttons. */
const mostSuggestions = 5;

/** The most letters of a text that are read as a question. */
const longestQuestion = 200;

/** The fewest letters from which the beginning of a name stands for it. */
const shortestPrefix = 3;

/** From how many letters a name is looked for by how it sounds, and from how many with one sound amiss. */
const shortestSound = { same: 4, near: 7 } as const;

/** The only thing among the nearest, or the only framework there: what is asked for is one. Undefined for several. */
function nearestOnly(near: readonly Near<Thing>[]): Thing | undefined {
  const least = Math.min(...near.map(({ distance }) => distance));
  const nearest = [...new Set(near.filter(({ distance }) => distance === least).map(({ thing }) => thing))];
  const frameworks = nearest.filter(({ is }) => is === 'framework');
  const [first, ...others] = frameworks.length === 0 ? nearest : frameworks;
  return others.length === 0 ? first : undefined;
}

/** Whether a word and a name begin alike: who slips still begins with one of its first two letters, or beside the first. */
function beginAlike(word: string, name: string): boolean {
  const [own, first, second] = [word.charAt(0), name.charAt(0), name.charAt(1)];
  if (own === first || own === second) return true;
  return word.slice(1) === name.slice(1) && word.length > 5 && slipCost(own, first) === 1;
}

/** What of {@link beginAlike} the first two letters decide, so that most names are not looked at. */
function mayBegin(word: string): Parameters<Names<Thing>['within']>[3] {
  const own = word.charAt(0);
  return (letter, following) => letter === own || following.has(own) || slipCost(own, letter) === 1;
}

/** The slips that a name of so many letters may hold: none of three, one of four, which has no letter changed. */
function slipsIn(name: string): number {
  return name.length < 4 ? 0 : slipsAllowed(name.length);
}

/** The names in which a word has the fewest slips, and no more than they may hold: one is looked for before two. */
function slippedFrom(key: string, names: Names<Thing>): Near<Thing>[] {
  for (let most = 1; most <= slipsAllowed(key.length); most++) {
    const near = names
      .within(key, most, slipCost, mayBegin(key))
      // The shorter of the two decides: what 'sporting' has too much is no slip in 'spring'.
      .filter(({ spelling, distance }) => distance <= slipsIn(spelling) && beginAlike(key, spelling));
    if (near.length > 0) return near;
  }
  return [];
}

/** From how many letters the beginning of a name stands for it: more than half, so that 'api' is not API Platform. */
function least(key: string): number {
  return Math.max(shortestPrefix, Math.floor(key.length / 2) + 1);
}

/** Whether a text is in letters that stand for sounds and are not those of English: they can be spelled in those. */
function isOtherAlphabet(text: string): boolean {
  return /[^\p{ASCII}]/u.test(text) && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
}

/** A thing as an answer, with how it was found. */
function asFound(thing: Thing, tier: Tier, version?: string, others: string[] = []): Found {
  if (thing.is === 'several') return thing;
  if (thing.is !== 'framework') return { ...thing, tier };
  return {
    ...thing,
    tier,
    ...(version === undefined ? {} : { version }),
    ...(others.length === 0 ? {} : { others }),
  };
}

/** What only some answers use is made when the first of them asks: starting does not wait for it. */
function whenNeeded<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * Builds the index of names. What it answers, it answers without a pass over the names.
 *
 * @param searchIndex what `writeSearchIndex` wrote of this catalogue, where that was done before.
 */
export function createFinder(catalog: Catalog, searchIndex?: string): Finder {
  const frameworks = catalog.frameworks.map((framework): Thing => ({ is: 'framework', framework }));
  const index = createNameIndex(catalog, frameworks);
  const { byName, byPaste } = index;
  const isLanguage = (word: string) => index.language(word) !== undefined;
  const spelled = frameworks.flatMap((thing) => {
    if (thing.is !== 'framework') return [];
    const { name, id } = thing.framework;
    const keys = [name, id].map(normalise);
    // 'python sanic' and 'plug framework' are no names of their own: the words beside the name would let it have more
    // slips than it may, and 'play framework' be taken for Plug. 'Ruby on Rails' is a name.
    const isOwn = (alias: string) => {
      if (alias === name || alias === id) return true;
      const words = alias.split(' ');
      const naming = words.filter((word) => !isFiller(word) && !isLanguage(word));
      return (
        !isLanguage(words[0] ?? '') &&
        (naming.length === words.length || !keys.includes(normalise(naming.join(' '))))
      );
    };
    const own = properNames(thing.framework).filter(isOwn).flatMap(keysFor);
    // A name that several have stands for what it leads to when it is spelled in full.
    return own.map((spelling) => ({ thing: byName(spelling) ?? thing, spelling }));
  });
  const elsewhere = index.elsewhere
    .filter(([spelling]) => spelling.length > 4)
    .map(([spelling, thing]) => ({ thing, spelling }));
  const names = createNames([
    ...spelled.map((one) => ({ ...one, least: least(one.spelling) })),
    // The beginning of what is no framework is often a word of its own: 'maria' is not MariaDB.
    ...elsewhere.map((one) => ({ ...one, least: Number.POSITIVE_INFINITY })),
  ]);
  const languageNames = createNames(
    index.languages.map(([spelling, thing]) => ({ thing, spelling, least: least(spelling) })),
  );
  const sounds = createNames(
    spelled
      .map((one) => ({ thing: one, spelling: soundOf(one.spelling), least: 0 }))
      .filter(({ spelling }) => spelling.length >= shortestSound.same),
  );
  const offers = whenNeeded(() => createOffers(catalog));
  const read = whenNeeded(() => createDescriptionReader(catalog));
  const mentioned = whenNeeded(() => createMentionFinder(catalog));
  const fuse = whenNeeded(() => {
    const byUse = [...catalog.frameworks].sort(compareUse(catalog));
    return new Fuse(
      byUse.map((framework) => ({ framework, names: properNames(framework) })),
      { keys: ['names'], threshold: 0.3, minMatchCharLength: 3, ignoreDiacritics: true },
    );
  });
  const fuzzy = (text: string) =>
    text.trim().length < shortestPrefix
      ? []
      : fuse()
          .search(text.trim().slice(0, 64), { limit: mostSuggestions })
          .map(({ item }) => item.framework);

  /** What a text may have meant, without a pass over all names: what one of its words names, then names like it. */
  const nearby = (text: string): Framework[] => {
    const words = text.split(/\s+/);
    const named = words.flatMap((word) => byName(word) ?? []);
    const key = normalise(text).slice(0, 64);
    // One slip more than what is answered is still worth a question.
    const near = key.length > 3 ? names.within(key, slipsAllowed(key.length) + 1, () => 1) : [];
    const things = [...named, ...near.sort((a, b) => a.distance - b.distance).map(({ thing }) => thing)];
    return things.flatMap((thing) => {
      if (thing.is === 'several') return thing.frameworks;
      return thing.is === 'framework' ? thing.framework : [];
    });
  };

  const byBeginning = (key: string): Thing | undefined =>
    key.length < shortestPrefix || catalog.ordinaryWords.has(key) || isFiller(key)
      ? undefined
      : names.beginning(key);

  /** What a word was meant for, although it is spelled otherwise. */
  const byNearness = (key: string): { thing: Thing; tier: Tier } | undefined => {
    if (key.length < shortestPrefix || catalog.ordinaryWords.has(key)) return undefined;
    const begun = byBeginning(key);
    if (begun !== undefined) return { thing: begun, tier: 'prefix' };
    const near = slippedFrom(key, names);
    const sound = soundOf(key);
    const slipped = nearestOnly(near);
    if (slipped !== undefined) {
      // What sounds just like one name was not meant for another that is a slip away: 'nekst' is not Nest.
      const same = sounds.within(sound, 0, () => 1).map((one) => ({ ...one, thing: one.thing.thing }));
      const heard = nearestOnly(same);
      const isOther = heard !== undefined && heard !== slipped;
      return isOther ? { thing: heard, tier: 'sound' } : { thing: slipped, tier: 'typo' };
    }
    if (near.length > 0 || sound.length < shortestSound.same) return undefined;
    const most = sound.length < shortestSound.near ? 0 : 1;
    const alike = sounds
      .within(
        sound,
        most,
        () => 1,
        (letter) => letter === sound[0],
      )
      // Of Falcon and Phalcon, 'falkon' is written more like the first.
      .map(({ thing: { thing, spelling }, distance }) => {
        return { thing, spelling, distance: distance * longestQuestion + editDistance(key, spelling) };
      });
    const heard = nearestOnly(alike);
    return heard === undefined ? undefined : { thing: heard, tier: 'sound' };
  };

  const findSpelled = (text: string): Found => {
    const named = byName(text);
    if (named !== undefined) {
      // 'express 5' is another spelling of Express, and asks for its version all the same.
      const versioned = readVersion(text);
      const isAsked = !index.isName(text) && versioned?.isApart === true && byName(versioned.name) === named;
      const name = isAsked ? versioned.name : text;
      const tier = index.isName(text) ? 'exact' : 'alias';
      return asFound(named, tier, isAsked ? versioned.version : undefined, index.alsoCalled(name));
    }
    const pasted = readPasted(text);
    const pointed = pasted === undefined ? undefined : byPaste(pasted);
    if (pointed !== undefined) return asFound(pointed, 'paste', pasted?.version);
    // Before words are taken away: 'ruby on' is the beginning of Ruby on Rails, and not a question about Ruby.
    const begun = byBeginning(normalise(text));
    if (begun !== undefined) return asFound(begun, 'prefix');
    const { names: asked, version } = readQuestion(text, isLanguage);
    for (const name of asked) {
      const thing = byName(name);
      if (thing !== undefined) return asFound(thing, 'alias', version, index.alsoCalled(name));
    }
    // 'a framework' is not ABP Framework with two slips.
    const telling = asked.filter((name) => !name.split(/\s+/).every(isFiller));
    for (const key of telling.flatMap(keysFor)) {
      const near = byNearness(key);
      if (near !== undefined) return asFound(near.thing, near.tier, version);
    }
    return { is: 'none' };
  };

  const find = (typed: string): Found => {
    const text = typed.slice(0, longestQuestion);
    const found = findSpelled(text);
    if (found.is !== 'none' || !isOtherAlphabet(text)) return found;
    const spelled = findSpelled(anyAscii(text));
    return 'tier' in spelled && spelled.tier === 'exact' ? { ...spelled, tier: 'alias' } : spelled;
  };

  const findLanguage: Finder['findLanguage'] = (typed) => {
    const text = typed.slice(0, longestQuestion);
    const key = normalise(text);
    const language = index.language(text);
    if (language !== undefined) return { language };
    const named = byName(text);
    if (named?.is === 'framework') {
      const main = catalog.languageById.get(named.framework.languages.value[0] ?? '');
      if (main !== undefined) return { language: main, via: named.framework };
    }
    if (named !== undefined || key.length < shortestPrefix) return undefined;
    const slipped = languageNames.beginning(key) ?? nearestOnly(slippedFrom(key, languageNames));
    return slipped?.is === 'language' ? { language: slipped.language } : undefined;
  };

  const offer: Finder['offer'] = (typed, limit) => {
    const text = typed.slice(0, longestQuestion);
    const begun = offers().frameworks(text, limit);
    // What only looks like it is worth a line when nothing begins so.
    return begun.length > 0 ? begun : [...new Set(nearby(text))].slice(0, limit);
  };

  const suggest: Finder['suggest'] = (typed) => {
    const text = typed.slice(0, longestQuestion);
    return [...new Set([...nearby(text), ...fuzzy(text)])].slice(0, mostSuggestions);
  };
  const search = createSearch(catalog, searchIndex);
  function* prepare(): Generator<void, void> {
    for (const make of [offers, read, mentioned, fuse]) {
      make();
      yield;
    }
    yield* search.prepare();
  }
  return {
    find,
    suggest,
    findLanguage,
    offer,
    offerLanguages: (text, limit) => offers().languages(text.slice(0, longestQuestion), limit),
    search,
    understand: (description) => read()(description),
    frameworksIn: (message) => mentioned()(message),
    prepare,
  };
}
