import type { ContainerNode, Node } from 'takumi-js';
import type { Comparison, Row } from '../../catalog/compare.ts';
import { monthOf } from '../../catalog/dates.ts';
import { languageNames } from '../../catalog/facts.ts';
import type { Framework, Icons } from '../../catalog/framework.ts';
import { ageIn, oldestOf, withoutAge } from '../../catalog/freshness.ts';
import { keptCycle, supportOf } from '../../catalog/support.ts';
import { keysOf, type Level, levels, unrecorded } from '../../catalog/vocabulary.ts';
import { artOf } from '../art.ts';
import { initialsOf } from '../initials.ts';
import { listOf } from '../markdown.ts';
import type { ReplyContext } from '../reply.ts';
import { accentsOf, ink, legible } from './colours.ts';
import { drawable } from './drawable.ts';
import {
  badge,
  box,
  column,
  contentWidth,
  page,
  roughWidth,
  row,
  type Style,
  section,
  shape,
  sizes,
  words,
} from './nodes.ts';
import type { Shape } from './shapes.ts';
import { type Art, tile } from './tile.ts';
import { type Axis, axisOf, placeOf, ticksOf } from './timeline.ts';

/**
 * One of the compared: the letter or number and the colour by which it is known throughout the picture, what its tile
 * shows, and the colour of its language.
 */
type Contender = {
  framework: Framework;
  at: number;
  mark: string;
  accent: string;
  art: Art;
  languageColour: string;
};

/** What is the same for every part of a picture. */
type Scene = { comparison: Comparison; contenders: Contender[]; context: ReplyContext };

const statusColours = {
  active: ink.good,
  maintenance: ink.caution,
  dormant: ink.caution,
  ended: ink.bad,
} as const satisfies Record<Framework['status']['value'], string>;

/** How large names are written: by how many stand beside each other, and smaller where one is longer than most are. */
const nameSizes: Record<number, number> = { 2: 60, 3: 48 };
const smallName = 42;
const longName = 24;

/** The sides of the tiles above the names, by how many stand beside each other. */
const tileSizes: Record<number, number> = { 2: 112, 3: 96 };
const smallTile = 84;

/** The square before a bar, and the room between the two. */
const lane = { badge: 54, gap: 18 } as const;

/** How long the longest bar is. */
const laneWidth = contentWidth - lane.badge - lane.gap;

function sceneOf(comparison: Comparison, context: ReplyContext, icons: Icons): Scene {
  const { frameworks } = comparison;
  const colours = frameworks.map(
    ({ languages }) => context.catalog.languageById.get(languages.value[0] ?? '')?.colour ?? ink.muted,
  );
  const accents = accentsOf(colours);
  const marks = initialsOf(frameworks);
  const contenders = frameworks.map((framework, at) => ({
    framework,
    at,
    // One letter fits a badge; a name in another alphabet may begin with several, or with none that can be drawn.
    mark: drawable(marks[at] ?? '').charAt(0) || `${at + 1}`,
    accent: accents[at] ?? ink.text,
    art: artOf({ ...framework, name: drawable(framework.name) }, context.catalog, icons),
    languageColour: legible(colours[at] ?? ink.muted),
  }));
  return { comparison, contenders, context };
}

/** What a row says of one framework. */
function said({ comparison }: Scene, label: string, at: number): string | undefined {
  return comparison.rows.find((one) => one.label === label)?.cells[at]?.said?.text;
}

/** A piece of a line of facts. */
type Piece = { text: string; style: Style };

/** The room between pieces on one line. */
const pieceGap = 16;

/** On which lines two or three pieces may stand, the fewest lines first: the places of the pieces on each line. */
const layouts = [[[0, 1, 2]], [[0, 1], [2]], [[0], [1, 2]], [[0], [1], [2]]] as const;

/**
 * The pieces of each column on as few lines as they fit on in all columns, so that none breaks where the others do not:
 * lines of pieces for each column.
 */
function levelLines(columns: readonly Piece[][], width: number): Piece[][][] {
  const fits = (line: readonly Piece[]) =>
    line.length < 2 ||
    line.reduce((sum, { text }) => sum + roughWidth(text), pieceGap * (line.length - 1)) <= width;
  const options = layouts.map((layout) =>
    columns.map((pieces) =>
      layout.map((line) => line.flatMap((at) => pieces[at] ?? [])).filter((line) => line.length > 0),
    ),
  );
  return options.find((lines) => lines.every((own) => own.every(fits))) ?? [];
}

/** A line of pieces; one that is alone may take a second line of its own. */
function pieceLine(pieces: readonly Piece[]): Node {
  const nodes = pieces.map(({ text, style }) => words(text, style, 2));
  return row(nodes, { columnGap: pieceGap, flexWrap: 'wrap' });
}

/** The frameworks side by side: who each is, in rows that stay level. */
function headPart(scene: Scene): Node {
  const { contenders, context } = scene;
  const gap = contenders.length === 2 ? 48 : 26;
  const width = (contentWidth - gap * (contenders.length - 1)) / contenders.length;
  const isLong = contenders.some(({ framework }) => framework.name.length > longName);
  const nameSize = (isLong ? undefined : nameSizes[contenders.length]) ?? smallName;
  const tileSize = tileSizes[contenders.length] ?? smallTile;
  const level = (node: (contender: Contender) => Node, style: Style = {}): ContainerNode =>
    row(
      contenders.map((contender) => column([node(contender)], { width, flexShrink: 0 })),
      { gap, ...style },
    );
  // What none of them has recorded takes no room here: the words name it.
  const fact = (label: string, node: (text: string, contender: Contender) => Node): Node[] =>
    contenders.every(({ at }) => said(scene, label, at) === undefined)
      ? []
      : [
          level((contender) => {
            const text = said(scene, label, contender.at);
            return text === undefined
              ? words(`${label}: ${unrecorded.label}`, { color: ink.muted }, 2)
              : node(text, contender);
          }),
        ];
  const kindLines = levelLines(
    contenders.map(({ framework, at, languageColour }) => {
      const [language = ''] = languageNames(framework, context.catalog);
      return [
        { text: language, style: { color: languageColour, fontWeight: 700 } },
        { text: said(scene, 'kind', at) ?? '', style: { color: ink.muted } },
        {
          text: withoutAge(said(scene, 'status', at) ?? ''),
          style: { color: statusColours[framework.status.value] },
        },
      ];
    }),
    width,
  );
  const releaseLines = levelLines(
    contenders.map(({ at }) => {
      const [version = '', ...date] = withoutAge(said(scene, 'newest', at) ?? '').split(', ');
      return [
        { text: version, style: { fontWeight: 700 } },
        ...date.map((text) => ({ text, style: { color: ink.muted } })),
      ];
    }),
    width,
  );
  const rows = [
    level(
      ({ art, mark, accent }) =>
        row(
          [
            tile(art, tileSize),
            badge(mark, accent, lane.badge),
            box({ flexGrow: 1, height: 8, borderRadius: 4, backgroundColor: accent }),
          ],
          { alignItems: 'center', gap: 16 },
        ),
      { marginBottom: 8 },
    ),
    level(({ framework: { name } }) => words(name, { fontSize: nameSize, fontWeight: 700 }, 3)),
    ...(kindLines[0] ?? []).map((_, line) => level(({ at }) => pieceLine(kindLines[at]?.[line] ?? []))),
    box({ height: 4 }),
    ...fact('newest', (_, { at }) => column((releaseLines[at] ?? []).map(pieceLine))),
    ...fact('since', (text) => words(`since ${text}`, {}, 1)),
    ...fact('licence', (text) => words(text, {}, 5)),
    // Between more than two there is no room for sentences.
    ...(contenders.length === 2 ? fact('maintainer', (text) => words(text, {}, 3)) : []),
  ];
  return column(rows, { gap: 6 });
}

/** Which facts of the head nobody has read again for long, a line for each framework: there is no room beside them. */
function ageNotes(scene: Scene): Node[] {
  return scene.contenders.flatMap(({ framework: { name }, at }) => {
    const labels = new Map<string, string[]>();
    for (const label of ['status', 'newest']) {
      const age = ageIn(said(scene, label, at) ?? '');
      if (age !== undefined) labels.set(age, [...(labels.get(age) ?? []), label]);
    }
    if (labels.size === 0) return [];
    const parts = [...labels].map(([age, of]) => `${listOf(of)} ${age}`);
    return [words(`${name}: ${parts.join(', ')}`, { color: ink.muted }, 3)];
  });
}

function shapeColour(kind: Shape, accent: string): string {
  return kind === 'none' || kind === 'unrecorded' ? ink.muted : accent;
}

/** Lines of the grid under the marks of the frameworks. */
function gridColumn({ contenders }: Scene, rows: readonly Row[], width: number): Node {
  const size = contenders.length === 4 ? 34 : 38;
  const gap = contenders.length === 4 ? 7 : 14;
  const head = row(
    contenders.map(({ mark, accent }) =>
      row([words(mark, { color: accent, fontWeight: 700 })], { width: size + gap, justifyContent: 'center' }),
    ),
    // Each letter stands over the middle of its marks.
    { marginLeft: -gap / 2 },
  );
  const lines = rows.map(({ cells, label, differs }) =>
    row(
      [
        row(
          contenders.map(({ accent }, at) => {
            const kind: Shape = cells[at]?.level ?? 'unrecorded';
            return shape(kind, shapeColour(kind, accent), size);
          }),
          { gap, flexShrink: 0, height: 46, alignItems: 'center' },
        ),
        words(label, { color: differs ? ink.text : ink.muted }, 2),
      ],
      { gap: 20 },
    ),
  );
  return column([head, ...lines], { width, flexShrink: 0, gap: 8 });
}

function legendNode(kinds: readonly Shape[]): Node {
  const labels = { ...levels, unrecorded };
  return row(
    kinds.map((kind) =>
      row([shape(kind, ink.muted, 32), words(labels[kind].label, { color: ink.muted })], {
        gap: 12,
        alignItems: 'center',
      }),
    ),
    { flexWrap: 'wrap', columnGap: 36, rowGap: 6 },
  );
}

/** What all bring alike, a paragraph for each level. */
function alikeNodes({ comparison }: Scene): Node[] {
  return comparison.alike.levels
    .filter(({ labels }) => labels.length > 0)
    .map(({ level, labels }) =>
      row(
        [
          row([shape(level, ink.text, 34)], { height: 46, alignItems: 'center', flexShrink: 0 }),
          words(labels.join(', '), { color: ink.muted, flexGrow: 1 }, 8),
        ],
        { gap: 20 },
      ),
    );
}

function capabilityParts(scene: Scene): Node[] {
  const grid = scene.comparison.rows.filter(({ capability }) => capability !== undefined);
  const isKnown = ({ cells }: Row) => cells.some(({ level }) => level !== undefined);
  const isFull = ({ cells }: Row) => cells.every(({ level }) => level !== undefined);
  const differing = grid.filter(({ differs }) => differs);
  const partial = grid.filter((line) => !line.differs && isKnown(line) && !isFull(line));
  const lines = [...differing, ...partial];
  const gap = 24;
  const width = (contentWidth - gap) / 2;
  const half = Math.ceil(lines.length / 2);
  const shown = new Set<Level | undefined>(
    grid.filter(isKnown).flatMap(({ cells }) => cells.map(({ level }) => level)),
  );
  const kinds: Shape[] = [
    ...keysOf(levels).filter((level) => shown.has(level)),
    ...(lines.some((line) => !isFull(line)) ? (['unrecorded'] as const) : []),
  ];
  const alike = alikeNodes(scene);
  if (lines.length === 0 && alike.length === 0) {
    return [section('What each brings', [words(unrecorded.label, { color: ink.muted })])];
  }
  const columns = [lines.slice(0, half), lines.slice(half)].filter((part) => part.length > 0);
  return [
    ...(lines.length === 0
      ? []
      : [
          section(differing.length === lines.length ? 'What differs' : 'What each brings', [
            row(
              columns.map((part) => gridColumn(scene, part, width)),
              { gap },
            ),
            ...(alike.length === 0 ? [legendNode(kinds)] : []),
          ]),
        ]),
    ...(alike.length === 0 ? [] : [section('Alike', [column(alike, { gap: 4 }), legendNode(kinds)])]),
  ];
}

/** A bar of support: to its last day where that is known, fading where no end is announced. */
function supportBar({ framework, accent }: Contender, today: string, axis: Axis): Node[] {
  const line = keptCycle(framework, today);
  const support = line && supportOf(line, today);
  if (support === undefined || support.phase === 'ended' || support.phase === 'unknown') return [];
  const share = support.until === undefined ? 1 : placeOf(support.until, axis);
  const isOpen = support.until === undefined;
  // Security fixes alone are a thinner bar: less is done.
  const height = support.phase === 'fixes' ? 26 : 12;
  return [
    box({
      position: 'absolute',
      left: 0,
      top: (26 - height) / 2,
      width: Math.max(height, Math.round(share * laneWidth)),
      height,
      borderRadius: height / 2,
      ...(isOpen
        ? { backgroundImage: `linear-gradient(90deg, ${accent} 35%, ${accent}00 98%)` }
        : { backgroundColor: accent }),
    }),
  ];
}

/** How wide a year's label is, with room beside it. */
const yearWidth = 110;

function axisNode(axis: Axis): Node {
  const places = ticksOf(axis).map(({ year, at }) => ({ year, left: Math.round(at * laneWidth) }));
  const labels: { year: number; left: number }[] = [];
  let free = 130;
  for (const { year, left } of places) {
    if (left < free || left + yearWidth > laneWidth) continue;
    labels.push({ year, left });
    free = left + yearWidth;
  }
  return row(
    [
      words('today', { position: 'absolute', left: 0, top: 0, color: ink.text, fontWeight: 700 }),
      ...labels.map(({ year, left }) =>
        words(`${year}`, { position: 'absolute', left, top: 0, color: ink.muted }),
      ),
    ],
    { position: 'relative', height: 46, marginLeft: lane.badge + lane.gap },
  );
}

/** How long each is supported, from today on; nothing where it is recorded for none. */
function supportParts(scene: Scene): Node[] {
  const { contenders, context } = scene;
  const { today } = context;
  const told = contenders.map((contender) => ({ contender, text: said(scene, 'support', contender.at) }));
  if (told.every(({ text }) => text === undefined)) return [];
  const ends = contenders.flatMap(({ framework }) => {
    const line = keptCycle(framework, today);
    return (line && supportOf(line, today).until) ?? [];
  });
  const axis = axisOf(today, ends);
  const ticks = ticksOf(axis).map(({ at }) =>
    box({
      position: 'absolute',
      left: Math.round(at * laneWidth),
      top: 0,
      width: 3,
      height: 26,
      backgroundColor: ink.background,
    }),
  );
  const lanes = told.map(({ contender, text }) => {
    const bar = row([...supportBar(contender, today, axis), ...ticks], {
      position: 'relative',
      width: laneWidth,
      height: 26,
      borderRadius: 13,
      overflow: 'hidden',
      backgroundColor: ink.track,
    });
    const nodes =
      text === undefined
        ? [words(unrecorded.label, { color: ink.muted, paddingLeft: 12 })]
        : [words(text, { paddingLeft: 12 }, 2), bar];
    return row(
      [badge(contender.mark, contender.accent, lane.badge), column(nodes, { width: laneWidth, gap: 6 })],
      { gap: lane.gap, alignItems: 'center' },
    );
  });
  const todayLine = box({
    position: 'absolute',
    left: lane.badge + lane.gap - 4,
    top: 0,
    bottom: 46,
    width: 4,
    borderRadius: 2,
    backgroundColor: ink.text,
  });
  return [
    section('Support', [column([...lanes, axisNode(axis), todayLine], { position: 'relative', gap: 20 })]),
  ];
}

/** The share of a survey, and of whom: what stands in the row `use`. */
const share = /^([\d.]+) % (.+)$/;

/** How much each is used, as bars; nothing unless two have a share of the same survey. */
function useParts(scene: Scene): Node[] {
  const shares = scene.contenders.map((contender) => {
    const [, value, group] = share.exec(said(scene, 'use', contender.at) ?? '') ?? [];
    return { contender, value, group };
  });
  const known = shares.filter(({ value }) => value !== undefined);
  const groups = known.map(({ group = '' }) => group);
  const surveys = new Set(groups.map(withoutAge));
  const group = oldestOf(groups);
  if (known.length < 2 || group === undefined || surveys.size > 1) return [];
  const most = Math.max(...known.map(({ value }) => Number(value)));
  const longest = laneWidth - 170;
  const lanes = shares.map(({ contender: { mark, accent }, value }) =>
    row(
      [
        badge(mark, accent, lane.badge),
        ...(value === undefined
          ? [words(unrecorded.label, { color: ink.muted })]
          : [
              box({
                width: Math.max(8, Math.round((Number(value) / most) * longest)),
                height: 26,
                borderRadius: 6,
                backgroundColor: accent,
              }),
              words(`${value} %`, { fontWeight: 700 }),
            ]),
      ],
      { gap: lane.gap, alignItems: 'center' },
    ),
  );
  return [section('Use', [column(lanes, { gap: 12 })], group)];
}

/**
 * A comparison as a tree that takumi draws, 1200 pixels wide and as high as it needs: who the frameworks are, what they
 * bring by shapes, how long they are supported from today on, how much they are used. But for the marks of those that
 * have an icon it shows nothing that the words of the comparison do not say.
 */
export function comparisonPicture(
  comparison: Comparison,
  context: ReplyContext,
  icons: Icons,
): ContainerNode {
  const scene = sceneOf(comparison, context, icons);
  return column(
    [
      headPart(scene),
      ...capabilityParts(scene),
      ...supportParts(scene),
      ...useParts(scene),
      column(
        [...ageNotes(scene), words(`Framewise · as of ${monthOf(context.today)}`, { color: ink.muted })],
        { gap: 6 },
      ),
    ],
    {
      width: page.width,
      padding: `${page.margin}px`,
      gap: 30,
      backgroundColor: ink.background,
      fontFamily: 'Inter',
      fontSize: sizes.body,
    },
  );
}
