import { adoptionLevel } from './adoption.ts';
import { monthOf } from './dates.ts';
import { languageNames } from './facts.ts';
import type { Framework } from './framework.ts';
import type { Catalog } from './load.ts';
import { meets, nearness, type Scored, scoringOf, speaks, type Wish, wantedFor } from './score.ts';
import { type Sourced, sourced } from './sources.ts';
import { isSupported } from './support.ts';
import {
  adoptionLevels,
  type Capability,
  capabilities,
  keysOf,
  type Level,
  purposes,
  statuses,
} from './vocabulary.ts';
import { type Change, changesOf } from './what-if.ts';

/**
 * One place of a ranking: what it is made for or, where nothing says that, what it is; what it has of what is asked for; and
 * what it costs.
 */
export type Place = Scored & { fit: Sourced; has: Sourced[]; costs: Sourced[] };

/** The answer to a wish. */
export type Recommendation = {
  wish: Wish;
  /** Best first, five at most; empty when nothing fits. */
  places: Place[];
  /** All that fit, best first. */
  ranked: Scored[];
  /** What meets language and needs, but says itself that it is not for the purpose. */
  leftOut: { framework: Framework; because: Sourced }[];
  /** The smallest changes of the wish that put another framework first. */
  changes: Change[];
  /** When the needs leave nothing: the fewest needs to drop, and the frameworks that suit the purpose then. */
  drop?: { needs: Capability[]; leaves: Framework[] };
};

const mostPlaces = 5;
const mostCosts = 2;

/** How many of the capabilities that a purpose asks for are told, beside those that were asked for by name. */
const mostWanted = 3;

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

/** How a capability at each level is told of several at once. */
const levelWords = {
  'built-in': 'built in',
  official: 'from official add-ons',
  community: 'from the community',
  none: 'left to others',
} as const satisfies Record<Level, string>;

/** Capabilities in short, those of one level together: `ORM, mail built in`, with the first source of each. */
function inShort(framework: Framework, keys: readonly Capability[]): Sourced[] {
  return keysOf(levelWords).flatMap((level) => {
    const same = keys.flatMap((key) => {
      const fact = framework.capabilities[key];
      return fact?.level === level ? [{ label: capabilities[key].label, fact }] : [];
    });
    if (same.length === 0) return [];
    const sources = same.flatMap(({ fact }) => sourced(framework, '', fact).sources.slice(0, 1));
    return [{ text: `${same.map(({ label }) => label).join(', ')} ${levelWords[level]}`, sources }];
  });
}

function reasonsFor(
  { framework, terms }: Scored,
  { purpose, needs }: Wish,
  catalog: Catalog,
  today: string,
): Pick<Place, 'fit' | 'has' | 'costs'> {
  const wanted: readonly Capability[] = purpose === undefined ? [] : wantedFor[purpose];
  const others = wanted.filter((key) => !needs.includes(key));
  const isNear = (key: Capability) => nearness(framework, key) > 0.5;
  const isFar = (key: Capability) =>
    framework.capabilities[key] !== undefined && nearness(framework, key) < 0.5;
  const made = framework.goodFor.find((candidate) => candidate.purpose === purpose);
  const general = purpose === undefined ? framework.goodFor[0] : undefined;
  const { summary } = framework;
  const fit =
    made ??
    (general && { ...general, text: `${purposes[general.purpose].label}: ${general.text}` }) ??
    undefined;
  const level = adoptionLevel(framework, catalog);
  const [language = ''] = languageNames(framework, catalog);
  const [figure] = framework.adoption;
  const use =
    level === undefined || figure === undefined
      ? []
      : [sourced(framework, `${adoptionLevels[level].label.toLowerCase()} in ${language}`, figure)];
  const lacking = [
    ...(made === undefined && purpose !== undefined
      ? [{ text: 'nothing recorded says that it is made for this', sources: [] }]
      : []),
    ...inShort(framework, others.filter(isFar).slice(0, mostWanted)),
    ...framework.tradeOffs.slice(0, 1).map((claim) => sourced(framework, claim.title, claim)),
  ];
  // What was asked for by name is accounted for in full; only the rest is cut.
  const owed = [
    ...keptWords(framework, terms, today),
    ...needs.filter(isFar).flatMap((key) => capabilityWords(framework, key) ?? []),
  ];
  return {
    fit: fit === undefined ? sourced(framework, summary.value, summary) : sourced(framework, fit.text, fit),
    has: [
      ...inShort(framework, [...needs.filter(isNear), ...others.filter(isNear).slice(0, mostWanted)]),
      ...use,
    ],
    costs: [...owed, ...lacking.slice(0, Math.max(0, mostCosts - owed.length))],
  };
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
  const scoring = scoringOf(catalog, today);
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
  const ranked = scoring.rank(
    wish,
    fitting.filter((framework) => discouraged(framework) === undefined),
  );
  const places = ranked
    .slice(0, mostPlaces)
    .map((scored) => ({ ...scored, ...reasonsFor(scored, wish, catalog, today) }));
  return {
    wish,
    places,
    ranked,
    leftOut,
    changes: changesOf(wish, ranked, candidates, scoring),
    drop: fitting.length === 0 && needs.length > 0 ? fewestToDrop(needs, suited) : undefined,
  };
}

/** The frameworks of a language (its id), best first, five at most. */
export function bestIn(language: string, catalog: Catalog, today: string): Framework[] {
  return recommend({ languages: [language], needs: [] }, catalog, today).places.map(
    ({ framework }) => framework,
  );
}
