import { adoptionLevel, compareUse } from './adoption.ts';
import { frameworkCounts } from './facts.ts';
import type { Framework, Language } from './framework.ts';
import type { Catalog } from './load.ts';
import { createNames } from './names.ts';
import { normalise } from './normalise.ts';

/** What is offered while somebody types. */
export type Offers = {
  /** Frameworks with a name, another spelling or a language that begins so, best first; none when nothing does. */
  frameworks(text: string, limit: number): Framework[];
  /** Languages with a name that begins so, those with most frameworks first. */
  languages(text: string, limit: number): Language[];
};

/** Which of a framework's spellings begins with what is typed: the less, the better it fits. */
const fits = { name: 0, alias: 1, word: 2, language: 3 } as const;

/** What a spelling offers, and how well it fits. */
type Entry = { frameworks: readonly Framework[]; fit: number };

type Spelling = { spelling: string; thing: Entry; least: number };

/** How much of a name has to be typed before one slip in it is looked past. */
const shortestSlipped = 3;

/**
 * Up to how many letters what is offered is kept: what everybody types first, and what begins most names. There are only as
 * many such beginnings as names have.
 */
const longestKept = 3;

/** The most used of every language, then the second of each: what to show who has typed nothing yet. */
function spread(used: readonly Framework[], catalog: Catalog): Framework[] {
  const placed = new Map<string, number>();
  const rows = used.map((framework) => {
    const [language = ''] = framework.languages.value;
    const place = placed.get(language) ?? 0;
    placed.set(language, place + 1);
    return { framework, place, isMainstream: adoptionLevel(framework, catalog) === 'mainstream' };
  });
  return rows
    .sort((a, b) => Number(b.isMainstream) - Number(a.isMainstream) || a.place - b.place)
    .map(({ framework }) => framework);
}

function spelled(texts: readonly string[], fit: number, frameworks: readonly Framework[]): Spelling[] {
  const thing = { frameworks, fit };
  return texts.map((text) => ({ spelling: normalise(text), thing, least: Number.POSITIVE_INFINITY }));
}

/** Every spelling under which frameworks are offered: their own, and those of their languages. */
function spellingsOf({ frameworks, languages }: Catalog): Spelling[] {
  const own = frameworks.flatMap((framework) => {
    const { id, name, aliases, sharedNames = [] } = framework;
    return [
      ...spelled([name, id], fits.name, [framework]),
      ...spelled([...aliases, ...sharedNames], fits.alias, [framework]),
      ...spelled(name.split(/[\s.-]+/).slice(1), fits.word, [framework]),
    ];
  });
  const spoken = languages.flatMap(({ id, name, aliases }) => {
    const inIt = frameworks.filter((framework) => framework.languages.value.includes(id));
    return inIt.length === 0 ? [] : spelled([id, name, ...aliases], fits.language, inIt);
  });
  return [...own, ...spoken];
}

/** Builds what is offered, in an order that is the same for every text. */
export function createOffers(catalog: Catalog): Offers {
  const used = [...catalog.frameworks].sort(compareUse(catalog));
  const order = new Map(used.map((framework, at) => [framework, at]));
  const atFirst = spread(used, catalog);
  const counts = frameworkCounts(catalog);
  const names = createNames(spellingsOf(catalog));

  const kept = new Map<string, readonly Framework[]>();

  const begunWith = (key: string, slips: number): Framework[] => {
    const best = new Map<Framework, number>();
    for (const { thing, spelling, distance } of names.begunWithin(key, slips)) {
      // Who slips still begins with the right letter, or with the second.
      if (distance > 0 && spelling.charAt(0) !== key.charAt(0) && spelling.charAt(1) !== key.charAt(0))
        continue;
      if (distance > 0 && thing.fit > fits.alias) continue;
      const isWhole = spelling === key && thing.fit <= fits.alias;
      const score = distance * 10 + (isWhole ? -1 : thing.fit);
      for (const framework of thing.frameworks)
        best.set(framework, Math.min(score, best.get(framework) ?? score));
    }
    return [...best]
      .sort(([a, one], [b, other]) => one - other || (order.get(a) ?? 0) - (order.get(b) ?? 0))
      .map(([framework]) => framework);
  };

  return {
    frameworks(text, limit) {
      const key = normalise(text);
      if (key === '') return atFirst.slice(0, limit);
      const begun = kept.get(key) ?? begunWith(key, 0);
      if (begun.length > 0 && key.length <= longestKept) kept.set(key, begun);
      const isSlipped = begun.length === 0 && key.length >= shortestSlipped;
      return (isSlipped ? begunWith(key, 1) : begun).slice(0, limit);
    },

    languages(text, limit) {
      const key = normalise(text);
      const matching = catalog.languages.filter(({ id, name, aliases }) =>
        [id, name, ...aliases].some((spelled) => normalise(spelled).startsWith(key)),
      );
      // A language without an entry is worth naming only to who types it.
      const worthNaming = matching.filter(({ id }) => key !== '' || counts.has(id));
      return worthNaming.sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0)).slice(0, limit);
    },
  };
}
