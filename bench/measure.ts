import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

/*
 * What the benchmarks share: statistics, tables, and what a process costs. Each of them prints Markdown, which bench/run.ts
 * writes into the documents.
 */

/** The value below which a share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The value in the middle. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The median, and from where to where the numbers lay. */
export function spread(numbers: readonly number[], digits = 0): string {
  const [middle, least, most] = [median(numbers), Math.min(...numbers), Math.max(...numbers)].map((number) =>
    number.toFixed(digits),
  );
  return `${middle} (${least} to ${most})`;
}

/** How many times as much the one median is as the other, in bold where that is not within its bar. */
export function ratio(
  ours: readonly number[],
  theirs: readonly number[],
  bar: { least?: number; most?: number },
): string {
  const times = median(ours) / median(theirs);
  const isWithin = times >= (bar.least ?? 0) && times <= (bar.most ?? Number.POSITIVE_INFINITY);
  return isWithin ? times.toFixed(2) : `**${times.toFixed(2)}**`;
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** The machine, and how busy it was in the minute before: a sentence. */
export function describeMachine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  const load = loadavg()[0]?.toFixed(1);
  return `${day}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'an unknown processor'}, ${gibibytes} GB of memory, load average before ${load}.`;
}

/**
 * Milliseconds of CPU that a process has used, all its threads together. Linux only:
 * https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
 */
export function cpuOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks)
    .map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6)
    .reduce((sum, one) => sum + one, 0);
}

/** A line of a process's /proc/…/status, in megabytes: `VmRSS` is its resident memory, `RssAnon` what it has of its own. */
export function memoryOf(pid: number, line: 'VmRSS' | 'RssAnon'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${line}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
}
