import type { Framework, SupportCycle } from './framework.ts';

/**
 * How a release line is supported on a day. `until` is the last day of that phase as the source gives it (a year, a
 * month or a day), absent when no end is announced or none is recorded.
 */
export type Support = { phase: 'fixes' | 'security' | 'ended' | 'unknown'; until?: string };

/** Whether a day (YYYY-MM-DD) lies within a period that ends with a date known to the year, month or day. */
function isWithin(today: string, end: string): boolean {
  return today.slice(0, end.length) <= end;
}

/** How a release line is supported on a day (YYYY-MM-DD, UTC). */
export function supportOf(line: SupportCycle, today: string): Support {
  const { fixesUntil, securityUntil } = line;
  const isOver = (end: string | undefined) =>
    end !== undefined && end !== 'open' && (end === 'ended' || !isWithin(today, end));
  const known = (end: string | undefined) =>
    end === undefined || end === 'open' || end === 'ended' ? {} : { until: end };
  if (fixesUntil !== undefined && !isOver(fixesUntil)) return { phase: 'fixes', ...known(fixesUntil) };
  if (securityUntil !== undefined && !isOver(securityUntil))
    return { phase: 'security', ...known(securityUntil) };
  const last = securityUntil ?? fixesUntil;
  // Bug fixes that are over say nothing about security fixes, so only the end of security support is an end.
  if (last === undefined || securityUntil === undefined) return { phase: 'unknown' };
  return { phase: 'ended', ...known(last) };
}

/** The line of the support table that a version belongs to: `6.1.2` is of `6.1`, else of `6`. */
export function cycleOf(framework: Framework, version: string): SupportCycle | undefined {
  const matching = framework.support.filter(
    ({ cycle }) => version === cycle || version.startsWith(`${cycle}.`),
  );
  return matching.sort((a, b) => b.cycle.length - a.cycle.length)[0];
}

/** The line that a version which somebody typed means: its own line, or for `5` the newest of `5.2` and `5.1`. */
export function lineOf(framework: Framework, version: string): SupportCycle | undefined {
  const newest = framework.support.find(({ cycle }) => cycle.startsWith(`${version}.`));
  return cycleOf(framework, version) ?? newest;
}

/** The line of the newest release. */
export function currentCycle(framework: Framework): SupportCycle | undefined {
  return framework.release === undefined ? undefined : cycleOf(framework, framework.release.version);
}

/** The newest long-term support line that is still supported on a day, unless it is the current one. */
export function ltsCycle(framework: Framework, today: string): SupportCycle | undefined {
  const current = currentCycle(framework);
  const isKept = (line: SupportCycle) => ['fixes', 'security'].includes(supportOf(line, today).phase);
  const line = framework.support.find((candidate) => candidate.lts === true && isKept(candidate));
  return line === current ? undefined : line;
}

/** The line whose support a comparison tells: the newest supported long-term one, else that of the newest release. */
export function keptCycle(framework: Framework, today: string): SupportCycle | undefined {
  return ltsCycle(framework, today) ?? currentCycle(framework);
}

/** Whether any release line is supported on a day; undefined when the table does not say. */
export function isSupported(framework: Framework, today: string): boolean | undefined {
  const phases = framework.support.map((line) => supportOf(line, today).phase);
  if (phases.some((phase) => phase === 'fixes' || phase === 'security')) return true;
  return phases.length > 0 && phases.every((phase) => phase === 'ended') ? false : undefined;
}
