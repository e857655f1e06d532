import { monthOf } from './dates.ts';
import type { Framework, SupportCycle } from './framework.ts';
import { ageWords, volatile } from './freshness.ts';
import { keepLast } from './keep-last.ts';
import type { Catalog } from './load.ts';
import { type Sourced, sourced } from './sources.ts';
import { currentCycle, ltsCycle, supportOf } from './support.ts';
import { kinds, measures, statuses } from './vocabulary.ts';

type Figure = Framework['adoption'][number];

/** The names of a framework's languages, the main one first. */
export function languageNames(framework: Framework, catalog: Catalog): string[] {
  return framework.languages.value.map((id) => catalog.languageById.get(id)?.name ?? id);
}

/** How many frameworks can be written in each language, by the languages' ids; a language without one is absent. */
export const frameworkCounts = keepLast(({ frameworks }: Catalog): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const id of frameworks.flatMap(({ languages }) => languages.value)) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
});

/** What kind of framework it is, in its main language, and its status on a day: `Python · full-stack · active`. */
export function headline(framework: Framework, catalog: Catalog, today: string): string {
  const { kind, status } = framework;
  const [language = ''] = languageNames(framework, catalog);
  const age = status.value === 'ended' ? '' : ageWords(framework, status, today);
  return [language, kinds[kind.value].label, `${statuses[status.value].label}${age}`].join(' · ');
}

/** How a release line is supported on a day, in words: `security fixes until Apr 2028`; undefined when not recorded. */
export function supportWords(line: SupportCycle, today: string): string | undefined {
  const { phase, until } = supportOf(line, today);
  if (phase === 'unknown') return undefined;
  if (phase === 'ended')
    return until === undefined ? 'support has ended' : `support ended in ${monthOf(until)}`;
  if (until === undefined)
    return phase === 'fixes' ? 'supported, no end announced' : 'security fixes, no end announced';
  return `${phase === 'fixes' ? 'fixes' : 'security fixes'} until ${monthOf(until)}`;
}

/**
 * The newest release with its support on a day: `Now 6.1, Aug 2026, fixes until Apr 2027`; where there are no more, or
 * none for years, `Last release 3.0.0, Jun 2016`.
 */
export function releaseFact(framework: Framework, today: string): Sourced | undefined {
  const { release } = framework;
  if (release === undefined) return undefined;
  const line = currentCycle(framework);
  const support = line === undefined ? undefined : supportWords(line, today);
  const date = release.date === undefined ? undefined : monthOf(release.date);
  const isOver = framework.status.value === 'ended' || framework.status.value === 'dormant';
  const version = `${isOver ? 'Last release' : 'Now'} ${release.version}`;
  const text = [version, date, support].filter((part) => part !== undefined).join(', ');
  const cites = [...new Set([...release.cites, ...(support ? (line?.cites ?? []) : [])])];
  return sourced(framework, `${text}${ageWords(framework, release, today)}`, { cites });
}

/** The newest supported long-term release, unless it is the current one: `LTS 5.2, security fixes until Apr 2028`. */
export function ltsFact(framework: Framework, today: string): Sourced | undefined {
  const line = ltsCycle(framework, today);
  const support = line === undefined ? undefined : supportWords(line, today);
  return line === undefined || support === undefined
    ? undefined
    : volatile(framework, `LTS ${line.cycle}, ${support}`, line, today);
}

/** Since when there has been a release: `since 2005`. */
export function sinceFact(framework: Framework): Sourced | undefined {
  const { firstRelease } = framework;
  return firstRelease === undefined
    ? undefined
    : sourced(framework, `since ${firstRelease.value.slice(0, 4)}`, firstRelease);
}

/** A figure of adoption as a sentence: `11.7 % of the professional developers asked had worked with it (2025)`. */
export function adoptionWords({ measure, value, group = 'developers', period }: Figure): string {
  const sentence = measures[measure].replace('{value}', value.toLocaleString('en')).replace('{group}', group);
  return `${sentence} (${period})`;
}

/** How much it is used, by each measure recorded. */
export function adoptionFacts(framework: Framework, today: string): Sourced[] {
  return framework.adoption.map((figure) => volatile(framework, adoptionWords(figure), figure, today));
}

/** The share of those asked who use it, in short: `11.7 % of professional developers (2025)`. */
export function shareFact(framework: Framework, today: string): Sourced | undefined {
  const figure = framework.adoption.find(({ measure }) => measure === 'stack-overflow');
  if (figure === undefined) return undefined;
  const { value, group = 'developers', period } = figure;
  return volatile(framework, `${value} % of ${group} (${period})`, figure, today);
}

/**
 * The share, in percent, of the developers asked in the Stack Overflow survey who had worked with it: the one measure
 * that is the same for all languages, so the one that orders what is offered and what is recommended.
 */
export function surveyShare(framework: Framework): number | undefined {
  return framework.adoption.find(({ measure }) => measure === 'stack-overflow')?.value;
}
