import { styleText } from 'node:util';
import type { Finding } from './finding.ts';

const symbols = {
  ok: { sign: '✓', colour: 'green' },
  warning: { sign: '!', colour: 'yellow' },
  wrong: { sign: '✗', colour: 'red' },
} as const satisfies Record<Finding['state'], object>;

/** How wide the column is that says what a line is about. */
const aboutWidth = 15;
const indent = ' '.repeat(2 + aboutWidth);

/**
 * Words in lines of at most so many characters; what has no space stays whole, so that an address can be opened. Control
 * characters are left out: an application can have any name.
 */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/[\s\p{Cc}]+/u)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function linesOf(finding: Finding, width: number): string[] {
  const { state, about, says } = finding;
  const { sign, colour } = symbols[state];
  const label = about.padEnd(aboutWidth);
  const [first = '', ...others] = wrap(says, width - indent.length);
  const lines = [
    `${styleText(colour, sign)} ${state === 'ok' ? label : styleText('bold', label)}${first}`,
    ...others.map((line) => indent + line),
  ];
  if (finding.state === 'ok') return lines;
  const [action = '', ...rest] = wrap(finding.remedy, width - indent.length - 2);
  return [
    ...lines,
    `${indent}${styleText('cyan', '→')} ${action}`,
    ...rest.map((line) => `${indent}  ${line}`),
  ];
}

/** How it stands in one sentence. */
function verdict(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
  const [wrongs, warnings] = [count('wrong'), count('warning')];
  const things = (many: number) => (many === 1 ? '1 thing' : `${many} things`);
  if (wrongs === 0 && warnings === 0) return 'All is well.';
  if (wrongs === 0) return `Nothing is wrong; ${things(warnings)} to know.`;
  const known = warnings === 0 ? '' : `, and ${things(warnings)} to know`;
  return `${things(wrongs)} ${wrongs === 1 ? 'is' : 'are'} wrong${known}.`;
}

/**
 * The findings as an operator reads them, in groups: a line for each with its symbol, and the remedy below where there is
 * one; colours where standard output shows them.
 *
 * @param width the columns of the terminal; lines are never longer than 80.
 */
export function writeReport(groups: readonly (readonly Finding[])[], closing: string, width: number): string {
  const columns = Math.max(40, Math.min(width, 80));
  const parts = groups
    .filter((group) => group.length > 0)
    .map((group) => group.flatMap((finding) => linesOf(finding, columns)).join('\n'));
  const end = [verdict(groups.flat()), ...wrap(closing, columns)].filter((line) => line !== '');
  return [...parts, end.join('\n')].join('\n\n');
}
