import type { Comparison, Row as ComparisonRow, Side } from '../catalog/compare.ts';
import { compare } from '../catalog/compare.ts';
import type { Framework, Source } from '../catalog/framework.ts';
import { type Level, levels, unrecorded } from '../catalog/vocabulary.ts';
import type { ComparisonView } from '../custom-id.ts';
import { type CardContext, legend } from './card.ts';
import { type Block, joined, type Line, line, paginate, type Segment } from './markdown.ts';
import { button, buttonRows, colourOf, nextButton, type Reply, sourceCount } from './reply.ts';

/** What a comparison shows: two to four different frameworks, how much of them, and `note`, a line above it. */
export type ComparisonQuery = {
  frameworks: readonly Framework[];
  view: ComparisonView;
  part: number;
  note?: string;
};

/** Names as a sentence lists them: `Django, Laravel and Koa`. */
export function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A short mark for each framework, above its column of symbols: initials, or numbers where initials collide. */
function marksOf(frameworks: readonly Framework[]): string[] {
  const initials = frameworks.map(({ name }) => name[0] ?? '');
  return new Set(initials).size === initials.length
    ? initials
    : initials.map((_, index) => String(index + 1));
}

/** One line of the grid: symbols in the order of the heading, the label, and what provides it in the same order. */
function gridLine({ label, cells }: ComparisonRow, marks: readonly string[], isBrief: boolean): Line {
  const symbols = cells.map(({ level }) => (level === undefined ? unrecorded.symbol : levels[level].symbol));
  const lead: Segment[] = [`${symbols.join(' ')}  `, { text: label, style: 'bold' }];
  if (isBrief)
    return line(...lead, { text: '', sources: cells.flatMap(({ said }) => said?.sources.slice(0, 1) ?? []) });
  // 'not recorded' is what its symbol says already; who says the rest is then marked.
  const needsMarks = cells.length > 2 || cells.some(({ said }) => said === undefined);
  const words = cells.map(({ level, said }, index) => {
    if (said === undefined) return undefined;
    const text = level === 'none' ? 'none' : said.text;
    return { ...said, text: needsMarks ? `${marks[index]} ${text}` : text };
  });
  const said = joined(' · ', words);
  return line(...lead, ...(said.length === 0 ? [] : [': ', ...said]));
}

/** One line of facts, in the order of the heading. */
function factLine({ label, cells }: ComparisonRow): Line {
  const words = cells.map(({ said }) => said ?? unrecorded.label);
  return line({ text: label, style: 'bold' }, ': ', ...joined(' · ', words));
}

function isGrid({ capability }: ComparisonRow): boolean {
  return capability !== undefined;
}

function rowBlocks(comparison: Comparison, view: ComparisonView): Block[] {
  const rows = comparison.rows.filter(({ differs }) => view !== 'differences' || differs);
  const marks = marksOf(comparison.frameworks);
  // Among more than two, the symbols speak; what provides each stands in the view of everything.
  const isBrief = view === 'differences' && comparison.frameworks.length > 2;
  const grid = rows.filter(isGrid).map((row) => gridLine(row, marks, isBrief));
  const facts = rows.filter((row) => !isGrid(row)).map(factLine);
  const named = comparison.frameworks.map(({ name }, index) => `${marks[index]} ${name}`).join(' · ');
  const head = line({ text: marks.join(' '), style: 'bold' }, `  in this order: ${named}`);
  const heading = view === 'differences' ? 'What differs' : 'Everything';
  return [{ heading, lines: grid.length === 0 ? facts : [head, ...grid, ...facts] }];
}

function unknownBlock({ rows, frameworks }: Comparison): Block[] {
  const lines = frameworks.flatMap(({ name }, at) => {
    const missing = rows.filter(({ cells }) => cells[at]?.said === undefined).map(({ label }) => label);
    return missing.length === 0 ? [] : [line({ text: name, style: 'bold' }, `: ${missing.join(', ')}`)];
  });
  return lines.length === 0 ? [] : [{ heading: 'Not recorded', lines }];
}

function sideBlocks(sides: readonly Side[], isPair: boolean): Block[] {
  const alone = sides.flatMap(({ framework, has }) =>
    has.length === 0 ? [] : [line({ text: framework.name, style: 'bold' }, ': ', ...joined(', ', has))],
  );
  const heading = isPair ? 'What the other lacks' : 'What the others lack';
  const choices = sides.flatMap(({ framework, chooseIf }): Block[] =>
    chooseIf.length === 0
      ? []
      : [{ heading: `Choose ${framework.name} if`, lines: chooseIf.map((reason) => line('• ', reason)) }],
  );
  return [{ heading, lines: alone }, ...choices];
}

function sourceBlocks({ rows, sides }: Comparison): Block[] {
  const said = [
    ...rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.said ?? [])),
    ...sides.flatMap(({ chooseIf }) => chooseIf),
  ];
  return sourcesBlock(said.flatMap(({ sources }) => sources));
}

/** A list of pages with the month in which each was read, every page once. */
export function sourcesBlock(sources: readonly Source[]): Block[] {
  const byAddress = new Map(sources.map((source) => [source.url, source]));
  const lines = [...byAddress.values()].map((source) => line({ text: source.title, sources: [source] }));
  return [{ heading: 'Sources', lines }];
}

function blocksOf(comparison: Comparison, { view, note }: ComparisonQuery): Block[] {
  if (view === 'sources') return sourceBlocks(comparison);
  const { alike, frameworks, sides } = comparison;
  const who = frameworks.length === 2 ? 'Both' : 'All';
  const notes: Block[] = note === undefined ? [] : [{ lines: [line({ text: note, style: 'italic' })] }];
  const shared: Block[] =
    alike.length === 0 ? [] : [{ lines: [line(`${who}: ${alike.join(', ')} (${alike.length} alike)`)] }];
  return [
    ...notes,
    ...shared,
    ...rowBlocks(comparison, view),
    ...(view === 'everything' ? unknownBlock(comparison) : sideBlocks(sides, frameworks.length === 2)),
  ];
}

/** Frameworks side by side: what is alike in one line, what differs, what speaks for each, every line with its sources. */
export function comparison(query: ComparisonQuery, { catalog, today }: CardContext): Reply {
  const { frameworks, view } = query;
  const compared = compare(frameworks, catalog, today);
  const shownLevels = compared.rows.flatMap(({ cells }) =>
    cells.flatMap(({ level }): Level[] => (level ? [level] : [])),
  );
  const pages = paginate(
    blocksOf(compared, query),
    view === 'sources' ? undefined : legend(shownLevels, true),
  );
  const part = Math.min(query.part, pages.length - 1);
  const shown = pages[part] ?? { markdown: unrecorded.label, sources: [] };
  const state = { at: 'comparison', ids: frameworks.map(({ id }) => id), view, part } as const;
  const [first] = frameworks;
  const views = [
    button(
      'Only differences',
      { ...state, view: 'differences', part: view === 'differences' ? part : 0 },
      view === 'differences',
    ),
    button(
      'Everything',
      { ...state, view: 'everything', part: view === 'everything' ? part : 0 },
      view === 'everything',
    ),
    button('Sources', { ...state, view: 'sources', part: view === 'sources' ? part : 0 }, view === 'sources'),
  ];
  return {
    embed: {
      title: listOf(frameworks.map(({ name }) => name)),
      color: first && colourOf(first, catalog),
      description: shown.markdown,
      footer: { text: sourceCount(shown.sources) },
    },
    rows: buttonRows(
      [...views, ...nextButton(pages.length, state)],
      frameworks.map(({ name, id }) => button(name, { at: 'card', id, page: 'overview', part: 0 })),
    ),
  };
}
