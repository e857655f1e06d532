import { adoptionLevel } from './adoption.ts';
import { surveyShare } from './facts.ts';
import type { Framework } from './framework.ts';
import { keepLast } from './keep-last.ts';
import type { Catalog } from './load.ts';
import { isSupported } from './support.ts';
import { type AdoptionLevel, type Capability, keysOf, levels, type Purpose } from './vocabulary.ts';

/** What somebody looks for. All of it may be absent: then the best across everything is asked for. */
export type Wish = {
  /** Ids of languages of which it may be any one; none for all. */
  languages?: readonly string[];
  /** Ids of languages that it must not be in. */
  without?: readonly string[];
  purpose?: Purpose;
  needs: readonly Capability[];
};

/**
 * How much each term counts; `docs/recommendation.md` explains the terms. A purpose that the framework is known to be good
 * for weighs more than all the rest of what it is, since a source says so; what somebody needs weighs more than what others
 * use.
 */
export const weights = { purpose: 50, needs: 25, adoption: 20, wanted: 10, support: 5, health: 5 } as const;

/** One of the terms of a score. */
export type Term = keyof typeof weights;

/** A framework in a ranking: the sum of its terms by their weights, and each term from 0 to 1. */
export type Scored = { framework: Framework; score: number; terms: Record<Term, number> };

/** What each purpose asks of a framework. */
export const wantedFor = {
  'rest-api': ['routing', 'forms', 'authentication', 'authorisation', 'openapi', 'testing'],
  'full-stack-site': [
    'orm',
    'migrations',
    'templates',
    'forms',
    'sessions',
    'authentication',
    'csrf',
    'mail',
  ],
  realtime: ['websockets', 'async', 'authentication'],
  microservices: ['openapi', 'di', 'async', 'jobs', 'testing'],
  'minimal-service': ['routing', 'testing', 'hot-reload'],
  'admin-crud': ['admin', 'orm', 'migrations', 'forms', 'authentication', 'authorisation'],
  'serverless-edge': ['routing', 'async'],
  'high-throughput': ['async', 'caching', 'jobs'],
  enterprise: ['di', 'authentication', 'authorisation', 'testing', 'openapi', 'i18n'],
  prototype: ['cli', 'orm', 'migrations', 'authentication', 'admin', 'hot-reload'],
  learning: ['cli', 'templates', 'testing', 'hot-reload'],
} as const satisfies Record<Purpose, readonly Capability[]>;

/** How near a capability is, from 0 (left to others or not recorded) to 1 (built in). */
export function nearness(framework: Framework, capability: Capability): number {
  const level = framework.capabilities[capability]?.level;
  return level === undefined ? 0 : levels[level].rank / levels['built-in'].rank;
}

/** Whether every need is met, by whomever. */
export function meets(framework: Framework, needs: readonly Capability[]): boolean {
  return needs.every((need) => nearness(framework, need) > 0);
}

/** What each further place in a list of purposes takes from the fit: what it is made for most stands first there. */
const perPlace = 0.05;

/** How well a framework fits a purpose: 1 for what it is made for most, 0 for what nothing says that it is good for. */
function fitOf({ goodFor }: Framework, purpose: Purpose | undefined): number {
  const place = goodFor.findIndex((fit) => fit.purpose === purpose);
  return place < 0 ? 0 : 1 - perPlace * place;
}

/** What use counts for: unknown is in the middle, so that nobody is punished for what no survey asked. */
const use = {
  surveyed: 0.6,
  mainstream: 0.8,
  established: 0.6,
  unknown: 0.5,
  niche: 0.25,
} as const satisfies Record<AdoptionLevel | 'surveyed' | 'unknown', number>;

function useOf(framework: Framework, most: ReadonlyMap<string, number>, catalog: Catalog): number {
  const share = surveyShare(framework);
  const largest = most.get(framework.languages.value[0] ?? '');
  if (share !== undefined && largest !== undefined)
    return use.surveyed + (1 - use.surveyed) * (share / largest);
  return use[adoptionLevel(framework, catalog) ?? 'unknown'];
}

/** The largest survey share among those that can be written in each language. */
function largestShares({ frameworks }: Catalog): Map<string, number> {
  const most = new Map<string, number>();
  for (const framework of frameworks) {
    const share = surveyShare(framework) ?? 0;
    for (const id of framework.languages.value) most.set(id, Math.max(share, most.get(id) ?? 0));
  }
  return most;
}

/** A release within a year counts in full, one within two in half; without a date it is in the middle. */
function healthOf({ release }: Framework, today: string): number {
  const date = release?.date;
  if (date === undefined) return 0.5;
  const yearsAgo = (years: number) =>
    `${Number(today.slice(0, 4)) - years}${today.slice(4)}`.slice(0, date.length);
  if (date >= yearsAgo(1)) return 1;
  return date >= yearsAgo(2) ? 0.5 : 0;
}

/** How much may be missing of the needs before nothing is left of what they count: a whole one and a half. */
const mostMissing = 1.5;

/** How well needs are met. What is missing adds up, so a need that all meet alike changes no order. */
function needsMet(framework: Framework, needs: readonly Capability[]): number {
  const missing = needs.reduce((sum, need) => sum + 1 - nearness(framework, need), 0);
  return Math.max(0, 1 - missing / mostMissing);
}

function average(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Whether a framework can be written in what is asked for: in one of the languages, and in another than those shut out. */
export function speaks({ languages: { value } }: Framework, { languages = [], without = [] }: Wish): boolean {
  const left = without.length === 0 ? value : value.filter((id) => !without.includes(id));
  if (languages.length > 0) return left.some((id) => languages.includes(id));
  return left[0] === value[0];
}

/**
 * Whether an entry is recorded in short. Such a one stands behind all that are recorded in full: nobody has written down yet
 * what it is good for and what it costs, so nothing could be said for it.
 */
export function isShort({ tier }: Framework): boolean {
  return tier === 'listed';
}

/** How frameworks are put in order. */
export type Scoring = {
  /** All of them by a wish, best first. */
  rank(wish: Wish, among: readonly Framework[]): Scored[];
  /** Only the best, for when many wishes are tried; undefined among none. */
  first(wish: Wish, among: readonly Framework[]): Framework | undefined;
};

const termKeys = keysOf(weights);

function sumOf(terms: Record<Term, number>): number {
  let sum = 0;
  for (const term of termKeys) sum += weights[term] * terms[term];
  return sum;
}

/** The scoring as of a day (YYYY-MM-DD). What does not depend on the needs is worked out once for each framework. */
export const scoringOf = keepLast((catalog: Catalog, today: string): Scoring => {
  const most = largestShares(catalog);
  const known = new Map<Framework, Pick<Scored['terms'], 'adoption' | 'support' | 'health'>>();
  const fits = new Map<Framework, Map<Purpose | undefined, Pick<Scored['terms'], 'purpose' | 'wanted'>>>();

  const knownOf = (framework: Framework) => {
    const before = known.get(framework);
    if (before !== undefined) return before;
    const isKept = framework.status.value === 'active' && isSupported(framework, today) !== false;
    const found = {
      adoption: useOf(framework, most, catalog),
      support: isKept ? 1 : 0,
      health: healthOf(framework, today),
    };
    known.set(framework, found);
    return found;
  };

  const fitsOf = (framework: Framework, purpose: Purpose | undefined) => {
    const byPurpose = fits.get(framework) ?? new Map();
    fits.set(framework, byPurpose);
    const before = byPurpose.get(purpose);
    if (before !== undefined) return before;
    const wanted: readonly Capability[] = purpose === undefined ? [] : wantedFor[purpose];
    const found = {
      purpose: fitOf(framework, purpose),
      wanted: average(wanted.map((capability) => nearness(framework, capability))),
    };
    byPurpose.set(purpose, found);
    return found;
  };

  const termsOf = (framework: Framework, { purpose, needs }: Wish): Scored['terms'] => {
    const { adoption, support, health } = knownOf(framework);
    const fit = fitsOf(framework, purpose);
    return {
      purpose: fit.purpose,
      needs: needsMet(framework, needs),
      adoption,
      wanted: fit.wanted,
      support,
      health,
    };
  };

  return {
    rank: (wish, among) =>
      among
        .map((framework) => {
          const terms = termsOf(framework, wish);
          return { framework, score: sumOf(terms), terms };
        })
        .sort((a, b) => Number(isShort(a.framework)) - Number(isShort(b.framework)) || b.score - a.score),

    first(wish, among) {
      let best: Framework | undefined;
      let highest = Number.NEGATIVE_INFINITY;
      const inFull = among.filter((framework) => !isShort(framework));
      for (const framework of inFull.length > 0 ? inFull : among) {
        const score = sumOf(termsOf(framework, wish));
        if (score > highest) [best, highest] = [framework, score];
      }
      return best;
    },
  };
});
