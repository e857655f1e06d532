import type { Catalog } from './catalog.ts';
import { type Cited, factsOf } from './cited.ts';
import type { Framework } from './framework.ts';
import { type Sourced, sourced } from './sources.ts';
import { supportOf } from './support.ts';

/** After so many days without anybody reading it again, a fact that changes with time counts as old. */
export const staleAfterDays = 180;

const day = 24 * 60 * 60 * 1000;

/** The days from one date to another, both YYYY-MM-DD. */
function daysBetween(first: string, second: string): number {
  return Math.round((Date.parse(second) - Date.parse(first)) / day);
}

/** The date of the newest of the pages that say a thing. */
function lastRead(framework: Framework, { cites }: Cited): string | undefined {
  return cites
    .flatMap((key) => framework.sources[key]?.read ?? [])
    .sort()
    .at(-1);
}

/** The day, YYYY-MM-DD, on which the newest source of a catalogue was read; '' for an empty one. */
export function lastReadIn({ frameworks }: Pick<Catalog, 'frameworks'>): string {
  const days = frameworks.flatMap(({ sources }) => Object.values(sources).map(({ read }) => read));
  return days.reduce((latest, day) => (day > latest ? day : latest), '');
}

/** How many days ago a fact was last read, when that is so long that it may no longer hold; else undefined. */
function staleDays(framework: Framework, fact: Cited, today: string): number | undefined {
  const read = lastRead(framework, fact);
  const days = read === undefined ? 0 : daysBetween(read, today);
  return days > staleAfterDays ? days : undefined;
}

/** What is said beside a fact that may no longer hold: `, read 9 months ago`; nothing beside one that was read lately. */
export function ageWords(framework: Framework, fact: Cited, today: string): string {
  // What has ended has no newer release.
  if (framework.status.value === 'ended' && fact === framework.release) return '';
  const days = staleDays(framework, fact, today);
  return days === undefined ? '' : `, read ${Math.floor(days / 30.44)} months ago`;
}

/** What {@link ageWords} puts behind a text. */
const age = /, (read \d+ months ago)$/;

/** Text without what {@link ageWords} put behind it: two facts are the same though one was read longer ago. */
export function withoutAge(text: string): string {
  return text.replace(age, '');
}

/** What {@link ageWords} put behind a text, `read 9 months ago`; undefined where it put nothing. */
export function ageIn(text: string): string | undefined {
  return age.exec(text)?.[1];
}

/** Of texts that say the same but for their age, the one that was read longest ago. */
export function oldestOf(texts: readonly string[]): string | undefined {
  // More digits, or greater ones, are more months.
  return texts.toSorted((a, b) => b.length - a.length || (b > a ? 1 : -1))[0];
}

/** A piece of text with the pages behind a fact that changes with time; it says when it may no longer hold. */
export function volatile(framework: Framework, text: string, fact: Cited, today: string): Sourced {
  return sourced(framework, `${text}${ageWords(framework, fact, today)}`, fact);
}

/** Whether a fact at a place of an entry changes with time: release, support that is not over, status, adoption. */
function isVolatile(framework: Framework, [field, index]: PropertyKey[], today: string): boolean {
  if (field === 'status') return framework.status.value !== 'ended';
  if (field === 'support') {
    const line = framework.support[Number(index)];
    return line !== undefined && supportOf(line, today).phase !== 'ended';
  }
  return (field === 'release' && framework.status.value !== 'ended') || field === 'adoption';
}

/** A fact that changes with time and was not read for long: its place in the entry, and how many days ago it was. */
export type StaleFact = { path: PropertyKey[]; days: number };

/** The facts of an entry that somebody should read again, as of a day (YYYY-MM-DD). */
export function staleFacts(framework: Framework, today: string): StaleFact[] {
  return factsOf(framework)
    .filter(({ path }) => isVolatile(framework, path, today))
    .flatMap(({ path, fact }) => {
      const days = staleDays(framework, fact, today);
      return days === undefined ? [] : [{ path, days }];
    });
}
