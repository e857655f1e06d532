import type { APIButtonComponent, APISelectMenuOption } from 'discord-api-types/v10';
import type { Comparison, Row as ComparisonRow, Side } from '../catalog/compare.ts';
import { compare, similarTo } from '../catalog/compare.ts';
import type { Framework } from '../catalog/framework.ts';
import { type Level, levels, unrecorded } from '../catalog/vocabulary.ts';
import { type ComparisonView, comparisonViews } from '../custom-id.ts';
import { legend } from './card.ts';
import { decisionRecord } from './decision-record.ts';
import { initialsOf } from './initials.ts';
import { kept } from './kept.ts';
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
import { notice, privateNotice } from './notice.ts';
import {
  button,
  buttonRows,
  cardButton,
  colourOf,
  frameworkOptions,
  menuRow,
  mostMenuOptions,
  nextButton,
  pageAt,
  type Reply,
  type ReplyContext,
  type Row,
  sourcesFooter,
  titled,
} from './reply.ts';

/** What a comparison shows: two to four different frameworks, how much of them, and `note`, a line above it. */
export type ComparisonQuery = {
  frameworks: readonly Framework[];
  view: ComparisonView;
  part: number;
  note?: string;
};

/** The most labels that are named of what is not recorded of a framework. */
const mostGaps = 4;

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

/** What is not recorded of each, in short, so that a gap is not taken for a likeness. */
function unknownLine({ rows, frameworks }: Comparison): Line[] {
  const gaps = frameworks.flatMap(({ name }, at) => {
    const missing = rows.filter(({ cells }) => cells[at]?.said === undefined).map(({ label }) => label);
    const named = missing.slice(0, mostGaps).join(', ');
    const more = missing.length > mostGaps ? ` and ${missing.length - mostGaps} more` : '';
    return missing.length === 0 ? [] : [`${name}: ${named}${more}`];
  });
  return gaps.length === 0 ? [] : [{ segments: [`Not recorded: ${gaps.join(' · ')}`], small: true }];
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
    ...(view === 'everything'
      ? unknownBlock(comparison)
      : [...sideBlocks(sides), { lines: unknownLine(comparison) }]),
  ];
}

/** The rows under a comparison: what else can be seen or done, the frameworks' cards, and a menu to change which they are. */
function rowsOf(
  { frameworks, view }: ComparisonQuery,
  more: APIButtonComponent[],
  context: ReplyContext,
): Row[] {
  const { pictures } = context;
  const ids = frameworks.map(({ id }) => id);
  const others = (['differences', 'everything', 'picture', 'record', 'ask', 'sources'] as const).filter(
    (key) => key !== view && (key !== 'picture' || pictures !== undefined),
  );
  const views = others.map((key) =>
    button(comparisonViews[key].label, { at: 'comparison', ids, view: key, part: 0 }),
  );
  const cards = frameworks.map((framework) => cardButton(framework, context));
  return [
    ...buttonRows(views, [...cards, ...more]),
    menuRow(
      { at: 'comparison', ids, view: 'choose', part: 0 },
      { placeholder: comparisonViews.choose.label, options: changesOf(frameworks, context) },
    ),
  ];
}

/** What a menu sends before an id for taking a framework away. */
export const takeAway = '-';

/** How the frameworks of a comparison can be changed by one: taken away where two are left then, added, swapped for the last. */
function changesOf(frameworks: readonly Framework[], context: ReplyContext): APISelectMenuOption[] {
  const last = frameworks.at(-1);
  const taken = frameworkOptions(frameworks.length > 2 ? frameworks : [], context).map((option) => ({
    ...option,
    label: `Without ${option.label}`,
    value: `${takeAway}${option.value}`,
  }));
  // In turn what is most like each of them: of each as many as fill the menu, besides those that are compared already.
  const similar = frameworks.map((framework) =>
    similarTo(framework, context.catalog).slice(0, mostMenuOptions + mostCompared),
  );
  const inTurn = (similar[0] ?? []).flatMap((_, at) => similar.flatMap((list) => list[at] ?? []));
  const others = [...new Set(inTurn)].filter((one) => !frameworks.includes(one));
  const added = frameworkOptions(others, context).map((option) =>
    frameworks.length < mostCompared ? option : { ...option, description: `instead of ${last?.name}` },
  );
  return [...taken, ...added].slice(0, mostMenuOptions);
}

/** How many frameworks can be compared at once. */
export const mostCompared = 4;

function makeComparison(query: ComparisonQuery, context: ReplyContext): Reply {
  const { frameworks, view } = query;
  const { catalog, today } = context;
  const compared = compare(frameworks, catalog, today);
  const shownLevels = compared.rows.flatMap(({ cells }) =>
    cells.flatMap(({ level }): Level[] => (level ? [level] : [])),
  );
  const symbols = view === 'sources' ? undefined : legend(shownLevels, true);
  const pages = paginate(blocksOf(compared, query), { legend: symbols });
  const shown = pageAt(pages, query.part);
  const [first] = frameworks;
  const state = { at: 'comparison', ids: frameworks.map(({ id }) => id), view, part: shown.part } as const;
  return {
    embed: {
      title: titled(frameworks, context),
      color: first && colourOf(first, catalog),
      description: shown.markdown,
      footer: sourcesFooter(shown.sources),
    },
    rows: rowsOf(query, nextButton(pages.length, state), context),
  };
}

/** Frameworks side by side: what is alike in one line, what differs, what speaks for each, every line with its sources. */
export function comparison(query: ComparisonQuery, context: ReplyContext): Reply {
  const { frameworks, view, part, note } = query;
  const ids = frameworks.map(({ id }) => id);
  const make = () => makeComparison(query, context);
  return note === undefined ? kept({ at: 'comparison', ids, view, part }, context, make) : make();
}

/** The comparison drawn, as one picture in place of the words. */
export async function pictureReply(query: ComparisonQuery, context: ReplyContext): Promise<Reply> {
  const { frameworks } = query;
  const { catalog, today, pictures } = context;
  if (pictures === undefined) return comparison({ ...query, view: 'differences' }, context);
  const wait = context.pictureIn?.() ?? 0;
  if (wait > 0) {
    const seconds = `${wait} ${wait === 1 ? 'second' : 'seconds'}`;
    const lines = [`Pictures take a while to draw, and there were many. Press again in ${seconds}.`];
    return { ...privateNotice('A short break', lines), isNew: true };
  }
  const compared = compare(frameworks, catalog, today);
  const { name, data, alt } = await pictures.draw(compared, context);
  const [first] = frameworks;
  const said = compared.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.said?.sources ?? []));
  return {
    embed: {
      title: titled(frameworks, context),
      color: first && colourOf(first, catalog),
      image: { url: `attachment://${name}` },
      footer: sourcesFooter(said),
    },
    files: [{ name, data, description: alt }],
    rows: rowsOf({ ...query, view: 'picture' }, [], context),
  };
}

/** A file's name for what is compared: `django-or-laravel`. */
function fileName(frameworks: readonly Framework[]): string {
  return frameworks.map(({ id }) => id).join('-or-');
}

/** The comparison as a decision record, a file that only who pressed gets. */
export function recordReply(frameworks: readonly Framework[], context: ReplyContext): Reply {
  const reply = notice('Decision record', [
    `${listOf(frameworks.map(({ name }) => name))} as a Markdown file for your repository. The options and facts stand in it with their sources; the context, the decision and what follows from it are yours to fill in.`,
  ]);
  const data = decisionRecord(frameworks, context);
  return {
    ...reply,
    isPrivate: true,
    isNew: true,
    files: [{ name: `decision-${fileName(frameworks)}.md`, data }],
  };
}

/** For how many hours a poll is open. https://docs.discord.com/developers/resources/poll#poll-create-request-object */
const pollHours = 24;

function pollQuestion(frameworks: readonly Framework[]): string {
  return `${listOf(
    frameworks.map(({ name }) => name),
    'or',
  )}: which one would you take?`;
}

/** What the poll would be, for the asker only, with the button that posts it. */
export function pollPreview(frameworks: readonly Framework[]): Reply {
  const ids = frameworks.map(({ id }) => id);
  const post = button(comparisonViews.poll.label, { at: 'comparison', ids, view: 'poll', part: 0 });
  const lines = [
    'This is what everybody here would see and could vote on for a day:',
    line({ text: pollQuestion(frameworks), style: 'bold' }),
    ...frameworks.map(({ name }) => `• ${name}`),
    'Nothing is posted before you press.',
  ];
  return { ...notice('Ask the channel?', lines, [post]), isPrivate: true, isNew: true };
}

/** The poll, for everybody in the channel, after the preview has given way to a word of it: it is posted once. */
export function postPoll(frameworks: readonly Framework[]): Reply {
  const poll: Reply = {
    poll: {
      question: { text: pollQuestion(frameworks) },
      answers: frameworks.map(({ name }) => ({ poll_media: { text: name } })),
      duration: pollHours,
      allow_multiselect: false,
    },
    rows: [],
  };
  return {
    ...privateNotice('Asked', ['The poll stands below, and everybody here can vote for a day.']),
    after: poll,
  };
}
