import { compare, type Row } from '../catalog/compare.ts';
import { monthOf } from '../catalog/dates.ts';
import { headline, releaseFact } from '../catalog/facts.ts';
import type { Framework, Source } from '../catalog/framework.ts';
import { type Sourced, sourced } from '../catalog/sources.ts';
import { levels, purposes, unrecorded } from '../catalog/vocabulary.ts';
import { escapeText, listOf } from './markdown.ts';
import type { ReplyContext } from './reply.ts';

/** Numbers sources in the order in which they are first cited. */
function createNotes() {
  const cited: Source[] = [];
  const numberOf = (source: Source) => {
    const at = cited.findIndex(({ url }) => url === source.url);
    return at < 0 ? cited.push(source) : at + 1;
  };
  return {
    /** A text with the marks of its footnotes. */
    cite: ({ text, sources }: Sourced) =>
      `${escapeText(text)}${sources.map((source) => `[^${numberOf(source)}]`).join('')}`,
    /** The footnotes, with the date of the copy that was read. */
    footnotes: () =>
      cited.map(
        ({ title, url, read }, at) => `[^${at + 1}]: [${escapeText(title)}](${url}), read on ${read}.`,
      ),
  };
}

type Notes = ReturnType<typeof createNotes>;

/** One cell of the table of facts: the level where it has one, and what is said. */
function cellText({ level, said }: Row['cells'][number], notes: Notes): string {
  if (said === undefined) return unrecorded.label;
  const text = level === undefined || level === 'none' ? '' : `${levels[level].label}: `;
  return `${text}${notes.cite(said)}`;
}

/** For what a framework is, or is not, good, and why: `REST API: …`. */
function fitText(framework: Framework, fit: Framework['goodFor'][number], notes: Notes): string {
  return notes.cite(sourced(framework, `${purposes[fit.purpose].label}: ${fit.text}`, fit));
}

function optionLines(framework: Framework, context: ReplyContext, notes: Notes): string[] {
  const { summary } = framework;
  const release = releaseFact(framework, context.today);
  return [
    `### ${escapeText(framework.name)}`,
    '',
    notes.cite(sourced(framework, summary.value, summary)),
    '',
    `- ${escapeText(headline(framework, context.catalog, context.today))}`,
    ...(release === undefined ? [] : [`- ${notes.cite(release)}`]),
    ...framework.goodFor.map((fit) => `- Good for ${fitText(framework, fit, notes)}`),
    ...framework.advantages.map(
      (claim) => `- Good: ${notes.cite(sourced(framework, `${claim.title}: ${claim.text}`, claim))}`,
    ),
    ...framework.notGoodFor.map((fit) => `- Bad for ${fitText(framework, fit, notes)}`),
    ...framework.tradeOffs.map(
      (claim) => `- Bad: ${notes.cite(sourced(framework, `${claim.title}: ${claim.text}`, claim))}`,
    ),
    '',
  ];
}

/**
 * A comparison as a decision record, a Markdown file to be committed to a repository: the context and the consequences are
 * left to fill in, the options and facts stand there with footnotes to their sources and the dates of the copies that were
 * read. The form is that of MADR (https://adr.github.io/madr/).
 */
export function decisionRecord(frameworks: readonly Framework[], context: ReplyContext): string {
  const notes = createNotes();
  const { rows, sides } = compare(frameworks, context.catalog, context.today);
  const names = frameworks.map(({ name }) => escapeText(name));
  const cells = (texts: readonly string[]) => `| ${texts.join(' | ')} |`;
  const lines = [
    `# Choose a backend framework: ${listOf(names, 'or')}`,
    '',
    '- Status: proposed',
    `- Date: ${context.today}`,
    '- Deciders: *who decides*',
    '',
    '## Context and Problem Statement',
    '',
    '*What is to be built, by whom, for whom, until when; what has to be so and what may be.*',
    '',
    '## Considered Options',
    '',
    ...names.map((name) => `- ${name}`),
    '',
    '## Decision Outcome',
    '',
    '*Chosen: … because …*',
    '',
    '### Consequences',
    '',
    '- Good, because *…*',
    '- Bad, because *…*',
    '',
    '### Confirmation',
    '',
    '*How it will be seen whether this was right.*',
    '',
    '## Pros and Cons of the Options',
    '',
    ...frameworks.flatMap((framework) => optionLines(framework, context, notes)),
    '## When to choose which',
    '',
    ...sides.flatMap(({ framework, chooseIf }) =>
      chooseIf.length === 0
        ? []
        : [
            `Choose ${escapeText(framework.name)} if`,
            '',
            ...chooseIf.map((reason) => `- ${notes.cite(reason)}`),
            '',
          ],
    ),
    '## Facts compared',
    '',
    cells(['', ...names]),
    cells(['---', ...names.map(() => '---')]),
    ...rows.map((row) => cells([escapeText(row.label), ...row.cells.map((cell) => cellText(cell, notes))])),
    '',
    '## Sources',
    '',
    `As of ${monthOf(context.today)}.`,
    '',
    ...notes.footnotes(),
    '',
  ];
  return lines.join('\n');
}
