import { monthOf } from './dates.ts';
import type { Framework, SupportCycle } from './framework.ts';
import type { Catalog } from './load.ts';
import { type Sourced, sourced } from './sources.ts';
import { currentCycle, ltsCycle, supportOf } from './support.ts';
import { kinds, measures, statuses } from './vocabulary.ts';

/** The names of a framework's languages, the main one first. */
export function languageNames(framework: Framework, catalog: Catalog): string[] {
  return framework.languages.value.map((id) => catalog.languageById.get(id)?.name ?? id);
}

/** What kind of framework it is, in its main language: `Python · full-stack · active`. */
export function headline(framework: Framework, catalog: Catalog): string {
  const [language = ''] = languageNames(framework, catalog);
  return [language, kinds[framework.kind.value].label, statuses[framework.status.value].label].join(' · ');
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

/** The newest release with its support on a day: `Now 6.1, Aug 2026, fixes until Apr 2027`. */
export function releaseFact(framework: Framework, today: string): Sourced | undefined {
  const { release } = framework;
  if (release === undefined) return undefined;
  const line = currentCycle(framework);
  const support = line === undefined ? undefined : supportWords(line, today);
  const date = release.date === undefined ? undefined : monthOf(release.date);
  const text = [`Now ${release.version}`, date, support].filter((part) => part !== undefined).join(', ');
  return sourced(framework, text, {
    cites: [...new Set([...release.cites, ...(support ? (line?.cites ?? []) : [])])],
  });
}

/** The newest supported long-term release, unless it is the current one: `LTS 5.2, security fixes until Apr 2028`. */
export function ltsFact(framework: Framework, today: string): Sourced | undefined {
  const line = ltsCycle(framework, today);
  const support = line === undefined ? undefined : supportWords(line, today);
  return line === undefined || support === undefined
    ? undefined
    : sourced(framework, `LTS ${line.cycle}, ${support}`, line);
}

/** Since when there has been a release: `since 2005`. */
export function sinceFact(framework: Framework): Sourced | undefined {
  const { firstRelease } = framework;
  return firstRelease === undefined
    ? undefined
    : sourced(framework, `since ${firstRelease.value.slice(0, 4)}`, firstRelease);
}

/** How much it is used, by each measure recorded: `12.6 % of the developers asked had worked with it (2025)`. */
export function adoptionFacts(framework: Framework): Sourced[] {
  return framework.adoption.map((figure) => {
    const sentence = measures[figure.measure]
      .replace('{value}', figure.value.toLocaleString('en'))
      .replace('{group}', figure.group ?? 'developers');
    return sourced(framework, `${sentence} (${figure.period})`, figure);
  });
}

/** The share of those asked who use it, in short: `11.7 % of professional developers (2025)`. */
export function shareFact(framework: Framework): Sourced | undefined {
  const figure = framework.adoption.find(({ measure }) => measure === 'stack-overflow');
  if (figure === undefined) return undefined;
  return sourced(
    framework,
    `${figure.value} % of ${figure.group ?? 'developers'} (${figure.period})`,
    figure,
  );
}

/**
 * The share, in percent, of the developers asked in the Stack Overflow survey who had worked with it: the one measure
 * that is the same for all languages, so the one that orders what is offered and what is recommended.
 */
export function surveyShare(framework: Framework): number | undefined {
  return framework.adoption.find(({ measure }) => measure === 'stack-overflow')?.value;
}
