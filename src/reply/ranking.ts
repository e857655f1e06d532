import type { Place, Recommendation, Wish } from '../catalog/recommend.ts';
import type { Sourced } from '../catalog/sources.ts';
import { type Capability, capabilities, keysOf, type Purpose, purposes } from '../catalog/vocabulary.ts';
import type { RecommendationView } from '../custom-id.ts';
import {
  type Block,
  joined,
  type Line,
  line,
  listOf,
  noteBlock,
  paginate,
  sourcesBlock,
} from './markdown.ts';
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
  sourceCount,
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

function reasons(parts: readonly Sourced[]) {
  return joined('; ', parts);
}

function placeBlock({ framework, why, costs }: Place, index: number): Block {
  const head: Line = line(
    { text: `${index + 1}  ${framework.name}`, style: 'bold' },
    ...(why.length === 0 ? [] : [': ', ...reasons(why)]),
  );
  return {
    lines:
      costs.length === 0
        ? [head]
        : [head, line({ text: 'costs you', style: 'italic' }, ': ', ...reasons(costs))],
  };
}

function nothingBlocks({ wish, drop }: Recommendation, { catalog }: ReplyContext): Block[] {
  const language = wish.language === undefined ? undefined : catalog.languageById.get(wish.language);
  if (drop !== undefined) {
    const fits = drop.leaves === 1 ? 'one framework fits' : `${drop.leaves} frameworks fit`;
    return [
      { lines: [line('Nothing recorded here has all of that.')] },
      { heading: 'What to drop', lines: [line(`Without ${needWords(drop.needs)}, ${fits}.`)] },
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
  const { places, leftOut } = recommendation;
  if (view === 'sources') {
    const said = [
      ...places.flatMap(({ why, costs }) => [...why, ...costs]),
      ...leftOut.map(({ because }) => because),
    ];
    return [sourcesBlock(said.flatMap(({ sources }) => sources))];
  }
  return [
    ...noteBlock(note),
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
  const pages = paginate(blocksOf(query, context));
  const shown = pageAt(pages, query.part);
  const state = { at: 'recommendation', ...wish, view, part: shown.part } as const;
  const best = places.map(({ framework }) => framework);
  const [first] = best;
  const lookups = best
    .slice(0, 3)
    .map(({ name, id }) => button(name, { at: 'card', id, page: 'overview', part: 0 }));
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
      footer: { text: `ranked by fit, needs, support and adoption · ${sourceCount(shown.sources)}` },
    },
    rows: [
      ...buttonRows([...lookups, ...compareButton, ...viewButton], nextButton(pages.length, state)),
      ...menus(wish),
    ],
  };
}
