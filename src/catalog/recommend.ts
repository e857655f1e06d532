import { useFact } from './adoption.ts';
import { monthOf } from './dates.ts';
import type { Framework } from './framework.ts';
import type { Catalog } from './load.ts';
import { createScoring, meets, nearness, type Scored, speaks, type Wish, wantedFor } from './score.ts';
import { type Sourced, sourced } from './sources.ts';
import { isSupported } from './support.ts';
import { type Capability, capabilities, purposes, statuses } from './vocabulary.ts';
import { type Change, changesOf } from './what-if.ts';

/** One place of a ranking: why it is here and what it costs. */
export type Place = Scored & { why: Sourced[]; costs: Sourced[] };

/** The answer to a wish. */
export type Recommendation = {
  wish: Wish;
  /** Best first, five at most; empty when nothing fits. */
  places: Place[];
  /** The frameworks that fit, all of them, best first. */
  ranked: Framework[];
  /** What meets language and needs, but says itself that it is not for the purpose. */
  leftOut: { framework: Framework; because: Sourced }[];
  /** The smallest changes of the wish that put another framework first. */
  changes: Change[];
  /** When the needs leave nothing: the fewest needs to drop, and the frameworks that suit the purpose then. */
  drop?: { needs: Capability[]; leaves: Framework[] };
};

const mostPlaces = 5;
const mostReasons = 3;
const mostCosts = 2;

/** A capability with its level and provider, in words: `admin built in: generated from the models`. */
export function capabilityWords(framework: Framework, capability: Capability): Sourced | undefined {
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

/** What has to be said of a framework that is no longer kept up, whatever was asked for. */
export function keptWords(framework: Framework, terms: Scored['terms'], today: string): Sourced[] {
  const { status, release, support } = framework;
  const cites = support[0]?.cites ?? [];
  return [
    ...(status.value === 'active' ? [] : [sourced(framework, statuses[status.value].label, status)]),
    ...(isSupported(framework, today) === false
      ? [sourced(framework, 'no release line is supported any more', { cites })]
      : []),
    ...(terms.health === 0 && release?.date !== undefined
      ? [sourced(framework, `no release since ${monthOf(release.date)}`, release)]
      : []),
  ];
}

function reasonsFor(
  { framework, terms }: Scored,
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
  const owed = [...keptWords(framework, terms, today), ...words(needs.filter(isFar))];
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
  const { purpose, needs } = wish;
  const score = createScoring(catalog, today);
  const candidates = catalog.frameworks.filter(
    (framework) => framework.status.value !== 'ended' && speaks(framework, wish),
  );
  const discouraged = (framework: Framework) => framework.notGoodFor.find((fit) => fit.purpose === purpose);
  const fitting = candidates.filter((framework) => meets(framework, needs));
  const leftOut = fitting.flatMap((framework) => {
    const fit = discouraged(framework);
    return fit === undefined ? [] : [{ framework, because: sourced(framework, fit.text, fit) }];
  });
  const suited = candidates.filter((framework) => discouraged(framework) === undefined);
  const ranked = score(
    wish,
    fitting.filter((framework) => discouraged(framework) === undefined),
  );
  const places = ranked
    .slice(0, mostPlaces)
    .map((scored) => ({ ...scored, ...reasonsFor(scored, wish, catalog, today) }));
  return {
    wish,
    places,
    ranked: ranked.map(({ framework }) => framework),
    leftOut,
    changes: changesOf(wish, ranked, candidates, score),
    drop: fitting.length === 0 && needs.length > 0 ? fewestToDrop(needs, suited) : undefined,
  };
}
