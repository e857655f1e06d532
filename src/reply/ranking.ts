import type { Place, Recommendation, Wish } from '../catalog/recommend.ts';
import { type Capability, capabilities, keysOf, type Purpose, purposes } from '../catalog/vocabulary.ts';
import type { RecommendationView } from '../custom-id.ts';
import { type Block, line, listOf, noteBlock, paginate, sourcesBlock } from './markdown.ts';
import {
  button,
  buttonRows,
  clip,
  colourOf,
  menuRow,
  neutralColour,
  nextButton,
  pageAt,
  type Reply,
  type ReplyContext,
  type Row,
  sourcesFooter,
} from './reply.ts';

/** What a recommendation shows: the ranking or its sources, and `note`, a line above it such as what was understood. */
export type RankingQuery = {
  recommendation: Recommendation;
  view: RecommendationView;
  part: number;
  note?: string;
};

/** What a menu sends for 'any purpose': no short code of a purpose is like it. */
const anyPurpose = 'any';

/** The most names in a sentence. */
const mostNamed = 3;

/** The most needs that can be chosen at once: more than that is not a wish but a wish list. */
const mostNeeds = 10;

/** A wish as a title: `REST API in Python, with admin and mail`. */
function titleOf({ language, purpose, needs }: Wish, { catalog }: ReplyContext): string {
  const parts = [purpose === undefined ? 'Backend frameworks' : purposes[purpose].label];
  if (language !== undefined) parts.push(` in ${catalog.languageById.get(language)?.name ?? language}`);
  if (needs.length > 0) parts.push(`, with ${needWords(needs)}`);
  return clip(parts.join(''), 256);
}

/** Needs as a sentence lists them. */
function needWords(needs: readonly Capability[]): string {
  return listOf(needs.map((need) => capabilities[need].label));
}

/** One line for each reason and each cost, told apart by the sign before it. */
function placeBlock({ framework, why, costs }: Place, index: number): Block {
  return {
    lines: [
      line({ text: `${index + 1}  ${framework.name}`, style: 'bold' }),
      ...why.map((reason) => line('+ ', reason)),
      ...costs.map((cost) => line('− ', cost)),
    ],
  };
}

function nothingBlocks({ wish, drop }: Recommendation, { catalog }: ReplyContext): Block[] {
  const language = wish.language === undefined ? undefined : catalog.languageById.get(wish.language);
  if (drop !== undefined) {
    const names = drop.leaves.map(({ name }) => name);
    const fits = `${listOf(names.slice(0, mostNamed))} ${names.length === 1 ? 'fits' : 'fit'}`;
    const more = names.length > mostNamed ? `, and ${names.length - mostNamed} more` : '';
    return [
      { lines: [line('Nothing recorded here has all of that.')] },
      { heading: 'What to drop', lines: [line(`Without ${needWords(drop.needs)}, ${fits}${more}.`)] },
    ];
  }
  if (
    language !== undefined &&
    !catalog.frameworks.some(({ languages }) => languages.value.includes(language.id))
  ) {
    const known = catalog.languages.filter(({ id }) =>
      catalog.frameworks.some(({ languages }) => languages.value.includes(id)),
    );
    return [
      { lines: [line(`No framework in ${language.name} is recorded here yet.`)] },
      { lines: [line(`Recorded are frameworks in ${listOf(known.map(({ name }) => name))}.`)] },
    ];
  }
  return [{ lines: [line('Nothing recorded here is made for that; another purpose may do.')] }];
}

function leftOutBlock({ leftOut, wish }: Recommendation): Block[] {
  if (leftOut.length === 0 || wish.purpose === undefined) return [];
  const lines = leftOut
    .slice(0, 3)
    .map(({ framework, because }) => line({ text: framework.name, style: 'bold' }, ': ', because));
  return [{ heading: 'Left out', lines }];
}

function blocksOf({ recommendation, view, note }: RankingQuery, context: ReplyContext): Block[] {
  const { wish, places, leftOut } = recommendation;
  if (view === 'sources') {
    const said = [
      ...places.flatMap(({ why, costs }) => [...why, ...costs]),
      ...leftOut.map(({ because }) => because),
    ];
    return [sourcesBlock(said.flatMap(({ sources }) => sources))];
  }
  const isMadeFor = places.some(({ framework }) =>
    framework.goodFor.some(({ purpose }) => purpose === wish.purpose),
  );
  const nearest =
    places.length === 0 || wish.purpose === undefined || isMadeFor
      ? []
      : noteBlock('Nothing recorded here says that it is made for this; these are the nearest.');
  return [
    ...noteBlock(note),
    ...nearest,
    ...(places.length === 0 ? nothingBlocks(recommendation, context) : places.map(placeBlock)),
    ...leftOutBlock(recommendation),
  ];
}

function menus(wish: Wish): Row[] {
  const state = { at: 'recommendation', view: 'ranking', part: 0, ...wish } as const;
  const purposeOptions = keysOf(purposes).map((key: Purpose) => ({
    label: purposes[key].label,
    value: purposes[key].code,
    description: purposes[key].sentence,
    default: key === wish.purpose,
  }));
  const needOptions = keysOf(capabilities).map((key) => ({
    label: capabilities[key].label,
    value: capabilities[key].code,
    description: capabilities[key].sentence,
    default: wish.needs.includes(key),
  }));
  return [
    menuRow(
      { ...state, changes: 'purpose' },
      {
        placeholder: 'Purpose: any',
        options: [{ label: 'Any purpose', value: anyPurpose }, ...purposeOptions],
      },
    ),
    menuRow(
      { ...state, changes: 'needs' },
      {
        placeholder: 'Needs: none',
        options: needOptions,
        least: 0,
        most: Math.max(mostNeeds, wish.needs.length),
      },
    ),
  ];
}

/** The best frameworks for a wish with the reasons and costs of each, menus to change the wish, buttons to go on. */
export function ranking(query: RankingQuery, context: ReplyContext): Reply {
  const { recommendation, view } = query;
  const { wish, places } = recommendation;
  const blocks = blocksOf(query, context);
  const pages = paginate(blocks, { isWhole: view === 'ranking' });
  const shown = pageAt(pages, query.part);
  const state = { at: 'recommendation', ...wish, view, part: shown.part } as const;
  const best = places.map(({ framework }) => framework);
  const [first] = best;
  const onPage = new Set(
    shown.lines.flatMap(({ segments: [head] }) => (typeof head === 'object' ? head.text : [])),
  );
  const lookups = best
    .filter(({ name }, index) => view === 'sources' || onPage.has(`${index + 1}  ${name}`))
    .slice(0, 3)
    .map(({ name, id }) => button(name, { at: 'card', id, page: 'overview', part: 0 }));
  const { drop } = recommendation;
  const dropButton =
    drop === undefined
      ? []
      : [
          button(`Without ${needWords(drop.needs)}`, {
            ...state,
            needs: wish.needs.filter((need) => !drop.needs.includes(need)),
            view: 'ranking',
            part: 0,
          }),
        ];
  const compared = best.slice(0, 4).map(({ id }) => id);
  const compareButton =
    compared.length < 2
      ? []
      : [button('Compare these', { at: 'comparison', ids: compared, view: 'differences', part: 0 })];
  const isRanking = view === 'ranking';
  const viewButton =
    best.length === 0
      ? []
      : [
          button(isRanking ? 'Sources' : 'Ranking', {
            ...state,
            view: isRanking ? 'sources' : 'ranking',
            part: 0,
          }),
        ];
  return {
    embed: {
      title: titleOf(wish, context),
      color: first === undefined ? neutralColour : colourOf(first, context.catalog),
      description: shown.markdown,
      footer:
        best.length === 0
          ? undefined
          : sourcesFooter(shown.sources, undefined, 'ranked by fit, needs, support and adoption'),
    },
    rows: [
      ...buttonRows(
        [...lookups, ...compareButton, ...viewButton],
        [...dropButton, ...nextButton(pages.length, state)],
      ),
      ...menus(wish),
    ],
  };
}
