import { adoptionFacts, languageNames, surveyShare } from './facts.ts';
import type { Framework } from './framework.ts';
import { keepLast } from './keep-last.ts';
import type { Catalog } from './load.ts';
import type { Sourced } from './sources.ts';
import { type AdoptionLevel, adoptionLevels, keysOf, statuses, tiers } from './vocabulary.ts';

type Figure = Framework['adoption'][number];

/** The surveys, the one that asks about most languages first. Each is only compared with itself. */
const surveys = ['stack-overflow', 'jetbrains', 'state-of-js'] as const;

/** From which part of the largest share in its language a share is `mainstream`, and from which `established`. */
const parts = { mainstream: 1 / 4, established: 1 / 20 } as const;

/**
 * What downloads decide where no survey asked. They count machines, and who gets a package with another one, so they
 * never make a framework mainstream: `established` from a million downloads a month from npm, or within the first fifth of
 * PyPI's 15,000.
 */
const isEstablished = {
  'npm-downloads': (downloads: number) => downloads >= 1_000_000,
  'pypi-rank': (rank: number) => rank <= 3_000,
} as const;

function figureOf(framework: Framework, measure: Figure['measure']): Figure | undefined {
  return framework.adoption.find((figure) => figure.measure === measure);
}

function levelByShare(share: number, largest: number): AdoptionLevel {
  if (share >= largest * parts.mainstream) return 'mainstream';
  return share >= largest * parts.established ? 'established' : 'niche';
}

/**
 * How much a framework is used beside the others that can be written in its main language, by the rule that
 * `docs/dataset.md` states; undefined where nothing recorded decides it. Figures of different measures are never
 * compared.
 */
export const adoptionLevel = keepLast(levelOf);

function levelOf(framework: Framework, { frameworks }: Catalog): AdoptionLevel | undefined {
  const [language = ''] = framework.languages.value;
  for (const survey of surveys) {
    const figure = figureOf(framework, survey);
    if (figure === undefined) continue;
    const peers = frameworks.filter(({ languages }) => languages.value.includes(language));
    const shares = peers.flatMap((peer) => figureOf(peer, survey)?.value ?? []);
    return levelByShare(figure.value, Math.max(figure.value, ...shares));
  }
  for (const measure of ['npm-downloads', 'pypi-rank'] as const) {
    const figure = figureOf(framework, measure);
    if (figure !== undefined) return isEstablished[measure](figure.value) ? 'established' : 'niche';
  }
  return undefined;
}

/**
 * Which of two frameworks is used more, for sorting; 0 where nothing recorded tells them apart. The share of one survey
 * decides, then the levels, then which is kept up better, then of which more is recorded.
 */
export function compareUse(catalog: Catalog): (a: Framework, b: Framework) => number {
  const levels = keysOf(adoptionLevels);
  const known = new Map<Framework, number>();
  const rank = (framework: Framework): number => {
    const before = known.get(framework);
    if (before !== undefined) return before;
    const level = adoptionLevel(framework, catalog);
    const found = level === undefined ? levels.length : levels.indexOf(level);
    known.set(framework, found);
    return found;
  };
  const share = (framework: Framework) => surveyShare(framework) ?? 0;
  const keeping = keysOf(statuses);
  const neglect = ({ status }: Framework) => keeping.indexOf(status.value);
  const depth = keysOf(tiers);
  const brevity = ({ tier }: Framework) => depth.indexOf(tier);
  return (a, b) =>
    share(b) - share(a) || rank(a) - rank(b) || neglect(a) - neglect(b) || brevity(a) - brevity(b);
}

/** How much it is used, by its level and its first figure: `Mainstream in Python: 11.7 % of …`. */
export function useFact(framework: Framework, catalog: Catalog, today: string): Sourced | undefined {
  const [figure] = adoptionFacts(framework, today);
  const level = adoptionLevel(framework, catalog);
  if (figure === undefined || level === undefined) return figure;
  const [language] = languageNames(framework, catalog);
  return { ...figure, text: `${adoptionLevels[level].label} in ${language}: ${figure.text}` };
}
