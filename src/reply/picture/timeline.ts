/**
 * Where time lies on the axis of a support timeline: 0 is today, 1 the axis' end, the first day of a year.
 */
export type Axis = { today: string; endYear: number };

/** A year on the axis: where it begins, of 0 to 1. */
type Tick = { year: number; at: number };

const mostYears = 12;

/** The moment a partial date (YYYY, YYYY-MM or YYYY-MM-DD) has passed: the first moment after it. */
function momentAfter(date: string): number {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return Date.UTC(year + 1, 0);
  return day === undefined ? Date.UTC(year, month) : Date.UTC(year, month - 1, day + 1);
}

/** An axis from a day (YYYY-MM-DD) to the end of the year of the last of the dates, or of the year after next. */
export function axisOf(today: string, ends: readonly string[]): Axis {
  const year = Number(today.slice(0, 4));
  const last = Math.max(...ends.map((end) => Number(end.slice(0, 4))), year + 2);
  return { today, endYear: Math.min(last, year + mostYears) + 1 };
}

/** Where the end of a partial date lies on the axis: 0 where it has passed, 1 where it lies behind the axis' end. */
export function placeOf(date: string, { today, endYear }: Axis): number {
  const start = Date.parse(today);
  const share = (momentAfter(date) - start) / (Date.UTC(endYear, 0) - start);
  return Math.max(0, Math.min(1, share));
}

/** The years that begin on the axis, all but the one with which it ends. */
export function ticksOf(axis: Axis): Tick[] {
  const first = Number(axis.today.slice(0, 4)) + 1;
  const years = Array.from({ length: axis.endYear - first }, (_, index) => first + index);
  return years.map((year) => ({ year, at: placeOf(`${year - 1}`, axis) }));
}
