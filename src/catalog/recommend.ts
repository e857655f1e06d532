import { useFact } from './adoption.ts';
import { surveyShare } from './facts.ts';
import type { Framework } from './framework.ts';
import type { Catalog } from './load.ts';
import { type Sourced, sourced } from './sources.ts';
import { isSupported } from './support.ts';
import { type Capability, capabilities, levels, type Purpose, purposes, statuses } from './vocabulary.ts';

/** What somebody looks for. All of it may be absent: then the best across everything is asked for. */
export type Wish = { language?: string; purpose?: Purpose; needs: readonly Capability[] };

/** One place of a ranking: why it is here and what it costs. */
export type Place = { framework: Framework; score: number; why: Sourced[]; costs: Sourced[] };

/** The answer to a wish. */
export type Recommendation = {
  wish: Wish;
  /** Best first, five at most; empty when nothing fits. */
  places: Place[];
  /** What meets language and needs, but says itself that it is not for the purpose. */
  leftOut: { framework: Framework; because: Sourced }[];
  /** When the needs leave nothing: the fewest needs to drop, and the frameworks that suit the purpose then. */
  drop?: { needs: Capability[]; leaves: Framework[] };
};

/**
 * How much each term counts. A purpose that the framework is known to be good for weighs more than all the rest of what
 * it asks for, since a source says so; what somebody needs weighs more than what others use. `docs/recommendation.md`
 * explains the terms.
 */
export const weights = { goodFor: 50, wanted: 20, needs: 25, supported: 10, adoption: 20 } as const;

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

const mostPlaces = 5;
const mostReasons = 3;
const mostCosts = 2;

/** How near a capability is, from 0 (left to others or not recorded) to 1 (built in). */
function nearness(framework: Framework, capability: Capability): number {
  const level = framework.capabilities[capability]?.level;
  return level === undefined ? 0 : levels[level].rank / levels['built-in'].rank;
}

function average(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/**
 * A framework's survey share beside the largest among its peers, from 0 to 1. Unknown counts as the least of what is
 * known, or as half of it where only one figure is known: the survey asked about what it took to be used most.
 */
function adoptionShare(framework: Framework, peers: readonly Framework[]): number {
  const known = peers.flatMap((peer) => surveyShare(peer) ?? []);
  if (known.length === 0) return 0.5;
  const unknown = known.length === 1 ? Math.max(...known) / 2 : Math.min(...known);
  return (surveyShare(framework) ?? unknown) / Math.max(...known);
}

function scoreOf(
  framework: Framework,
  { purpose, needs }: Wish,
  peers: readonly Framework[],
  today: string,
): number {
  const isGood = purpose !== undefined && framework.goodFor.some((fit) => fit.purpose === purpose);
  const wanted = purpose === undefined ? [] : wantedFor[purpose];
  const isKept = framework.status.value === 'active' && isSupported(framework, today) !== false;
  return (
    (isGood ? weights.goodFor : 0) +
    weights.wanted * average(wanted.map((capability) => nearness(framework, capability))) +
    weights.needs * average(needs.map((capability) => nearness(framework, capability))) +
    (isKept ? weights.supported : 0) +
    weights.adoption * adoptionShare(framework, peers)
  );
}

/** A capability with its level and provider, in words: `admin built in: generated from the models`. */
function capabilityWords(framework: Framework, capability: Capability): Sourced | undefined {
  const fact = framework.capabilities[capability];
  if (fact === undefined) return undefined;
  const { label } = capabilities[capability];
  if (fact.level === 'none') return sourced(framework, `${label} is left to others`, fact);
  const how = {
    'built-in': 'built in',
    official: 'from an official add-on',
    community: 'from the community',
  }[fact.level];
  return sourced(framework, `${label} ${how}: ${fact.by ?? ''}`, fact);
}

function reasonsFor(
  framework: Framework,
  { purpose, needs }: Wish,
  catalog: Catalog,
  today: string,
): { why: Sourced[]; costs: Sourced[] } {
  const fit = framework.goodFor.find((candidate) => candidate.purpose === purpose);
  const wanted: readonly Capability[] = purpose === undefined ? [] : wantedFor[purpose];
  const isNear = (key: Capability) => nearness(framework, key) > 0.5;
  const isFar = (key: Capability) =>
    framework.capabilities[key] !== undefined && nearness(framework, key) < 0.5;
  const words = (list: readonly Capability[]) => list.flatMap((key) => capabilityWords(framework, key) ?? []);
  const others = wanted.filter((key) => !needs.includes(key));
  const general = framework.goodFor.map((other) =>
    sourced(framework, `${purposes[other.purpose].label}: ${other.text}`, other),
  );
  const use = useFact(framework, catalog, today);
  const more = [
    ...words(others.filter(isNear)).slice(0, fit === undefined ? mostReasons : mostReasons - 1),
    ...(purpose === undefined ? general : []),
    ...(use === undefined ? [] : [use]),
  ];
  // What was asked for by name is accounted for in full; only the rest is cut.
  const asked = [
    ...(fit === undefined ? [] : [sourced(framework, fit.text, fit)]),
    ...words(needs.filter(isNear)),
  ];
  const why = [...asked, ...more.slice(0, Math.max(0, mostReasons - asked.length))];
  // An entry that holds the essentials only still says what it is.
  if (why.length === 0) why.push(sourced(framework, framework.summary.value, framework.summary));
  const { status } = framework;
  const owed = [
    ...(status.value === 'active' ? [] : [sourced(framework, statuses[status.value].label, status)]),
    ...words(needs.filter(isFar)),
  ];
  const lacking = [
    ...(fit === undefined && purpose !== undefined
      ? [{ text: 'nothing recorded says that it is made for this', sources: [] }]
      : []),
    ...words(others.filter(isFar)),
    ...framework.tradeOffs
      .slice(0, 1)
      .map((claim) => sourced(framework, `${claim.title}: ${claim.text}`, claim)),
  ];
  const costs = [...owed, ...lacking.slice(0, Math.max(0, mostCosts - owed.length))];
  return { why, costs };
}

function meets(framework: Framework, needs: readonly Capability[]): boolean {
  return needs.every((need) => nearness(framework, need) > 0);
}

/** The fewest needs without which something fits, and what fits then. */
function fewestToDrop(
  needs: readonly Capability[],
  candidates: readonly Framework[],
): Recommendation['drop'] {
  let best: Recommendation['drop'];
  // What a candidate lacks is a set that would have to go for it; the smallest such set is the answer.
  for (const candidate of candidates) {
    const lacking = needs.filter((need) => nearness(candidate, need) === 0);
    const kept = needs.filter((need) => !lacking.includes(need));
    const leaves = candidates.filter((framework) => meets(framework, kept));
    const isBetter =
      best === undefined ||
      lacking.length < best.needs.length ||
      (lacking.length === best.needs.length && leaves.length > best.leaves.length);
    if (isBetter) best = { needs: lacking, leaves };
  }
  return best;
}

/**
 * The frameworks that fit a wish best, as of a day (YYYY-MM-DD). Needs are conditions: what is left to others or not
 * recorded does not meet them. Ended frameworks are never recommended. Among equals the names decide.
 */
export function recommend(wish: Wish, catalog: Catalog, today: string): Recommendation {
  const { language, purpose, needs } = wish;
  const candidates = catalog.frameworks.filter(
    ({ status, languages }) =>
      status.value !== 'ended' && (language === undefined || languages.value.includes(language)),
  );
  const fitting = candidates.filter((framework) => meets(framework, needs));
  const discouraged = (framework: Framework) => framework.notGoodFor.find((fit) => fit.purpose === purpose);
  const leftOut = fitting.flatMap((framework) => {
    const fit = discouraged(framework);
    return fit === undefined ? [] : [{ framework, because: sourced(framework, fit.text, fit) }];
  });
  const places = fitting
    .filter((framework) => discouraged(framework) === undefined)
    .map((framework) => ({
      framework,
      score: scoreOf(framework, wish, candidates, today),
      ...reasonsFor(framework, wish, catalog, today),
    }))
    .sort((a, b) => b.score - a.score)
    .slice(0, mostPlaces);
  const suited = candidates.filter((framework) => discouraged(framework) === undefined);
  const drop = fitting.length === 0 && needs.length > 0 ? fewestToDrop(needs, suited) : undefined;
  return { wish, places, leftOut, drop };
}
