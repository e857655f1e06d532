import type { Comparison, Row as ComparisonRow, Side } from '../catalog/compare.ts';
import { compare } from '../catalog/compare.ts';
import type { Framework } from '../catalog/framework.ts';
import { keysOf, type Level, levels, unrecorded } from '../catalog/vocabulary.ts';
import { type ComparisonView, comparisonViews } from '../custom-id.ts';
import { legend } from './card.ts';
import { initialsOf } from './initials.ts';
import {
  type Block,
  joined,
  type Line,
  line,
  listOf,
  noteBlock,
  paginate,
  type Segment,
  sourcesBlock,
} from './markdown.ts';
import {
  button,
  buttonRows,
  colourOf,
  nextButton,
  pageAt,
  type Reply,
  type ReplyContext,
  sourcesFooter,
} from './reply.ts';

/** What a comparison shows: two to four different frameworks, how much of them, and `note`, a line above it. */
export type ComparisonQuery = {
  frameworks: readonly Framework[];
  view: ComparisonView;
  part: number;
  note?: string;
};

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
  const marks = initialsOf(comparison.frameworks);
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

function sideBlocks(sides: readonly Side[]): Block[] {
  const alone = sides.flatMap(({ framework, has }) =>
    has.length === 0 ? [] : [line({ text: framework.name, style: 'bold' }, ': ', ...joined(', ', has))],
  );
  const choices = sides.flatMap(({ framework, chooseIf }): Block[] =>
    chooseIf.length === 0
      ? []
      : [{ heading: `Choose ${framework.name} if`, lines: chooseIf.map((reason) => line('• ', reason)) }],
  );
  return [{ heading: 'What only one brings itself', lines: alone }, ...choices];
}

function sourceBlocks({ rows, sides }: Comparison): Block[] {
  const said = [
    ...rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.said ?? [])),
    ...sides.flatMap(({ chooseIf }) => chooseIf),
  ];
  return [sourcesBlock(said.flatMap(({ sources }) => sources))];
}

function blocksOf(comparison: Comparison, { view, note }: ComparisonQuery): Block[] {
  if (view === 'sources') return sourceBlocks(comparison);
  const { alike, sides } = comparison;
  const common = alike.levels.flatMap(({ level, labels }) =>
    labels.length === 0 ? [] : [line(`${levels[level].symbol} ${labels.join(' · ')}`)],
  );
  const count = alike.facts.length + alike.levels.reduce((sum, { labels }) => sum + labels.length, 0);
  const shared: Block[] =
    count === 0
      ? []
      : [
          {
            heading: `Alike in ${count}`,
            lines: [...(alike.facts.length === 0 ? [] : [line(alike.facts.join(' · '))]), ...common],
          },
        ];
  return [
    ...noteBlock(note),
    ...shared,
    ...rowBlocks(comparison, view),
    ...(view === 'everything' ? unknownBlock(comparison) : sideBlocks(sides)),
  ];
}

/** Frameworks side by side: what is alike in one line, what differs, what speaks for each, every line with its sources. */
export function comparison(query: ComparisonQuery, { catalog, today }: ReplyContext): Reply {
  const { frameworks, view } = query;
  const compared = compare(frameworks, catalog, today);
  const shownLevels = compared.rows.flatMap(({ cells }) =>
    cells.flatMap(({ level }): Level[] => (level ? [level] : [])),
  );
  const symbols = view === 'sources' ? undefined : legend(shownLevels, true);
  const pages = paginate(blocksOf(compared, query), { legend: symbols });
  const shown = pageAt(pages, query.part);
  const ids = frameworks.map(({ id }) => id);
  const state = { at: 'comparison', ids, view, part: shown.part } as const;
  const [first] = frameworks;
  const views = keysOf(comparisonViews).map((key) =>
    button(
      comparisonViews[key].label,
      { ...state, view: key, part: key === view ? shown.part : 0 },
      key === view,
    ),
  );
  return {
    embed: {
      title: listOf(frameworks.map(({ name }) => name)),
      color: first && colourOf(first, catalog),
      description: shown.markdown,
      footer: sourcesFooter(shown.sources),
    },
    rows: buttonRows(
      [...views, ...nextButton(pages.length, state)],
      frameworks.map(({ name, id }) => button(name, { at: 'card', id, page: 'overview', part: 0 })),
    ),
  };
}
