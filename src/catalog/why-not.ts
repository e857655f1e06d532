import { useFact } from './adoption.ts';
import { languageNames } from './facts.ts';
import type { Framework } from './framework.ts';
import type { Catalog } from './load.ts';
import { capabilityWords, keptWords, type Recommendation } from './recommend.ts';
import { isShort, nearness, type Scored, speaks, type Term, wantedFor, weights } from './score.ts';
import { type Sourced, sourced } from './sources.ts';
import { type Capability, capabilities, keysOf, purposes, unrecorded } from './vocabulary.ts';

/** Why a framework is not in the first place of a recommendation. */
export type WhyNot = {
  framework: Framework;
  /** Its place among all that fit, from 1; absent when it does not fit at all. */
  place?: number;
  /** What keeps it out, or what the first has before it, the weightiest first. */
  reasons: Sourced[];
};

/** The most reasons that are given. */
const mostReasons = 4;

function unsourced(text: string): Sourced {
  return { text, sources: [] };
}

/** A capability of a framework in words, also when nothing is recorded of it. */
function wordsOf(framework: Framework, key: Capability): Sourced {
  return capabilityWords(framework, key) ?? unsourced(`${capabilities[key].label}: ${unrecorded.label}`);
}

/** What shuts a framework out of an answer, whatever else it has. */
function obstacles(framework: Framework, { wish }: Recommendation, catalog: Catalog): Sourced[] {
  const { status, languages } = framework;
  const discouraged = framework.notGoodFor.find(({ purpose }) => purpose === wish.purpose);
  return [
    ...(speaks(framework, wish)
      ? []
      : [sourced(framework, `it is written in ${languageNames(framework, catalog).join(', ')}`, languages)]),
    ...(status.value === 'ended'
      ? [sourced(framework, 'its makers have ended it: nothing is fixed any more', status)]
      : []),
    ...wish.needs.filter((need) => nearness(framework, need) === 0).map((need) => wordsOf(framework, need)),
    ...(discouraged === undefined ? [] : [sourced(framework, discouraged.text, discouraged)]),
  ];
}

/** What one term says of a framework that has less of it than the first. */
function lackOf(
  term: Term,
  own: Scored,
  first: Scored,
  { wish }: Recommendation,
  catalog: Catalog,
  today: string,
): Sourced[] {
  const { framework, terms } = own;
  const isBehind = (key: Capability) => nearness(framework, key) < nearness(first.framework, key);
  switch (term) {
    case 'purpose': {
      const { purpose } = wish;
      if (purpose === undefined) return [];
      const label = purposes[purpose].label;
      const fit = framework.goodFor.find((one) => one.purpose === purpose);
      if (fit === undefined) return [unsourced(`nothing recorded says that it is made for this: ${label}`)];
      return [
        sourced(framework, `other things are what it is made for first; of this it says: ${fit.text}`, fit),
      ];
    }
    case 'needs':
      return wish.needs.filter(isBehind).map((key) => wordsOf(framework, key));
    case 'wanted': {
      const wanted: readonly Capability[] = wish.purpose === undefined ? [] : wantedFor[wish.purpose];
      return wanted
        .filter((key) => !wish.needs.includes(key) && isBehind(key))
        .map((key) => wordsOf(framework, key));
    }
    case 'adoption': {
      const use = useFact(framework, catalog, today);
      if (use === undefined)
        return [unsourced('how much it is used is not recorded, so it counts as the middle')];
      return [{ ...use, text: `it is used less: ${use.text}` }];
    }
    default:
      return keptWords(framework, terms, today);
  }
}

/**
 * Why a framework is not what a recommendation puts first: what shuts it out, or, where it fits, in which terms the first
 * has more, the ones that make the largest difference first.
 */
export function whyNot(
  framework: Framework,
  recommendation: Recommendation,
  catalog: Catalog,
  today: string,
): WhyNot {
  const { ranked, places } = recommendation;
  const against = obstacles(framework, recommendation, catalog);
  const at = ranked.findIndex((one) => one.framework === framework);
  const [first] = places;
  if (against.length > 0 || at < 0 || first === undefined)
    return { framework, reasons: against.slice(0, mostReasons) };
  const own = ranked[at];
  if (own === undefined || at === 0) return { framework, place: at + 1, reasons: [] };
  const behind = keysOf(weights)
    .map((term) => ({ term, by: weights[term] * (first.terms[term] - own.terms[term]) }))
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by);
  const isBehindFull = isShort(framework) && !isShort(first.framework);
  const reasons = [
    ...(isBehindFull ? [unsourced('what it is good for and what it costs is not recorded yet')] : []),
    ...behind.flatMap(({ term }) => lackOf(term, own, first, recommendation, catalog, today).slice(0, 2)),
  ];
  const once = new Map(reasons.map((reason) => [reason.text, reason]));
  return { framework, place: at + 1, reasons: [...once.values()].slice(0, mostReasons) };
}
