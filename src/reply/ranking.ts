import { compareUse } from '../catalog/adoption.ts';
import { frameworkCounts } from '../catalog/facts.ts';
import type { Framework } from '../catalog/framework.ts';
import { keepLast } from '../catalog/keep-last.ts';
import type { Catalog } from '../catalog/load.ts';
import type { Place, Recommendation } from '../catalog/recommend.ts';
import { speaks, type Wish } from '../catalog/score.ts';
import { type Capability, capabilities, keysOf, type Purpose, purposes } from '../catalog/vocabulary.ts';
import type { Change } from '../catalog/what-if.ts';
import { whyNot } from '../catalog/why-not.ts';
import type { RecommendationView } from '../custom-id.ts';
import { type Block, joined, line, listOf, noteBlock, paginate, sourcesBlock } from './markdown.ts';
import {
  button,
  buttonRows,
  cardButton,
  clip,
  colourOf,
  frameworkOptions,
  menuRow,
  mostMenuOptions,
  named,
  neutralColour,
  nextButton,
  pageAt,
  type Reply,
  type ReplyContext,
  type Row,
  sourcesFooter,
} from './reply.ts';

/**
 * What a recommendation shows: the ranking, its sources, or why a framework is not first; `note` is a line above it such as
 * what was understood, `about` the framework that is asked for.
 */
export type RankingQuery = {
  recommendation: Recommendation;
  view: RecommendationView;
  part: number;
  note?: string;
  about?: Framework;
};

/** What a menu sends for 'any purpose' and 'any language': no short code and no id is like it. */
const anyOfThem = '*';

/** How many places stand before what would change them, so that both are on the first page. */
const shownFirst = 3;

/** The most names in a sentence. */
const mostNamed = 3;

/** The most needs that can be chosen at once: more than that is not a wish but a wish list. */
const mostNeeds = 10;

/** A wish as a title: `REST API in Python, with admin and mail`. */
function titleOf({ languages = [], without = [], purpose, needs }: Wish, { catalog }: ReplyContext): string {
  const named = (ids: readonly string[]) =>
    listOf(
      ids.map((id) => catalog.languageById.get(id)?.name ?? id),
      'or',
    );
  const parts = [purpose === undefined ? 'Backend frameworks' : purposes[purpose].label];
  if (languages.length > 0) parts.push(` in ${named(languages)}`);
  if (without.length > 0) parts.push(` ${languages.length > 0 ? 'and ' : ''}not in ${named(without)}`);
  if (needs.length > 0) parts.push(`, with ${needWords(needs)}`);
  return clip(parts.join(''), 256);
}

/** Needs as a sentence lists them. */
function needWords(needs: readonly Capability[]): string {
  return listOf(needs.map((need) => capabilities[need].label));
}

/** What it is made for, what it has and what it costs: a line each, told apart by the sign before it. */
function placeBlock({ framework, fit, has, costs }: Place, index: number, context: ReplyContext): Block {
  return {
    lines: [
      line(named(framework, context, `${index + 1}  `)),
      line('+ ', fit),
      ...(has.length === 0 ? [] : [line('+ ', ...joined(' · ', has))]),
      ...(costs.length === 0 ? [] : [line('− ', ...joined(' · ', costs))]),
    ],
  };
}

function nothingBlocks({ wish, drop }: Recommendation, { catalog }: ReplyContext): Block[] {
  const { languages = [] } = wish;
  if (drop !== undefined) {
    const names = drop.leaves.map(({ name }) => name);
    const fits = `${listOf(names.slice(0, mostNamed))} ${names.length === 1 ? 'fits' : 'fit'}`;
    const more = names.length > mostNamed ? `, and ${names.length - mostNamed} more` : '';
    return [
      { lines: [line('Nothing recorded here has all of that.')] },
      { heading: 'What to drop', lines: [line(`Without ${needWords(drop.needs)}, ${fits}${more}.`)] },
    ];
  }
  const written = new Set(catalog.frameworks.flatMap((framework) => framework.languages.value));
  if (languages.length > 0 && !languages.some((id) => written.has(id))) {
    const names = (ids: readonly string[]) => ids.map((id) => catalog.languageById.get(id)?.name ?? id);
    const known = catalog.languages.filter(({ id }) => written.has(id)).map(({ name }) => name);
    return [
      { lines: [line(`No framework in ${listOf(names(languages), 'or')} is recorded here yet.`)] },
      { lines: [line(`Recorded are frameworks in ${listOf(known)}.`)] },
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

/** A change of the wish in words: `with admin or migrations needed`, `for Realtime`. */
function changeWords(change: Change): string {
  if (change.by === 'purpose')
    return `for ${listOf(
      change.purposes.map((purpose) => purposes[purpose].label),
      'or',
    )}`;
  const needs = listOf(
    change.needs.map((need) => capabilities[need].label),
    'or',
  );
  return change.by === 'with' ? `with ${needs} needed` : `without the need for ${needs}`;
}

/** What would put another framework first; of one that nothing would move, that it is so. */
function changesBlock({ changes, places, ranked }: Recommendation): Block[] {
  if (places.length === 0 || ranked.length < 2) return [];
  const lines = changes.map((change) =>
    line(`${changeWords(change)}, `, { text: change.first.name, style: 'bold' }, ' is first', {
      text: '',
      sources: change.because.flatMap(({ sources }) => sources.slice(0, 1)),
    }),
  );
  const none = line('No single need and no other purpose puts another one first.');
  return [{ heading: 'What would change this', lines: lines.length === 0 ? [none] : lines }];
}

/** Who is ranked without knowing how much they are used. */
function unknownUseBlock({ places }: Recommendation): Block[] {
  const unknown = places.filter(({ framework }) => framework.adoption.length === 0);
  if (unknown.length === 0) return [];
  const names = listOf(unknown.map(({ framework }) => framework.name));
  const text = `How much ${names} ${unknown.length === 1 ? 'is' : 'are'} used is not recorded; that counts as the middle.`;
  return [{ lines: [{ segments: [text], small: true }] }];
}

/** That a framework does not fit, beside so many that do. */
function notAmong({ name }: Framework, count: number): string {
  if (count === 0) return `${name} does not fit; nothing recorded here does.`;
  return count === 1 ? `${name} is not the one that fits.` : `${name} is not among the ${count} that fit.`;
}

function whyNotBlocks(query: RankingQuery, { catalog, today }: ReplyContext): Block[] {
  const { recommendation, about, note } = query;
  const first = recommendation.places[0]?.framework;
  if (about === undefined) {
    return [
      ...noteBlock(note),
      {
        lines: [
          line(
            first === undefined
              ? 'Nothing fits.'
              : `First is ${first.name}. Choose one below to see what keeps it from there.`,
          ),
        ],
      },
    ];
  }
  const { place, reasons } = whyNot(about, recommendation, catalog, today);
  const count = recommendation.ranked.length;
  const where =
    place === undefined
      ? notAmong(about, count)
      : place === 1
        ? `${about.name} is ${count === 1 ? 'the only one that fits' : `the first of the ${count} that fit`}.`
        : `${about.name} fits, in place ${place} of ${count}. ${first?.name ?? ''} is first.`;
  const heading = place === undefined ? 'What keeps it out' : 'Where the first has more';
  return [
    ...noteBlock(note),
    { lines: [line(where)] },
    ...(reasons.length === 0 ? [] : [{ heading, lines: reasons.map((reason) => line('− ', reason)) }]),
  ];
}

function blocksOf(query: RankingQuery, context: ReplyContext): Block[] {
  const { recommendation, view, note } = query;
  const { wish, places, leftOut } = recommendation;
  if (view === 'sources') {
    const said = [
      ...places.flatMap(({ fit, has, costs }) => [fit, ...has, ...costs]),
      ...leftOut.map(({ because }) => because),
    ];
    return [sourcesBlock(said.flatMap(({ sources }) => sources))];
  }
  if (view === 'whyNot') return whyNotBlocks(query, context);
  const blocks = places.map((place, index) => placeBlock(place, index, context));
  const isMadeFor = places.some(({ framework }) =>
    framework.goodFor.some(({ purpose }) => purpose === wish.purpose),
  );
  const nearest =
    places.length === 0 || wish.purpose === undefined || isMadeFor
      ? []
      : noteBlock(
          places.length === 1
            ? 'Nothing recorded here says that it is made for this; this is the nearest.'
            : 'Nothing recorded here says of any that it is made for this; these are the nearest.',
        );
  return [
    ...noteBlock(note),
    ...nearest,
    ...(places.length === 0 ? nothingBlocks(recommendation, context) : blocks.slice(0, shownFirst)),
    ...changesBlock(recommendation),
    ...blocks
      .slice(shownFirst)
      .map((block, index) => (index === 0 ? { ...block, heading: 'Behind them' } : block)),
    ...leftOutBlock(recommendation),
    ...unknownUseBlock(recommendation),
  ];
}

/** The frameworks that 'Why not …?' offers: those that fit but are not first, then the others by their use. */
function whyNotOptions({ ranked, wish }: Recommendation, context: ReplyContext) {
  const { catalog } = context;
  const [first, ...others] = ranked.map(({ framework }) => framework);
  const rest = [...catalog.frameworks].sort(compareUse(catalog));
  const inIt = rest.filter((framework) => speaks(framework, wish));
  const asked = new Set([...others, ...inIt, ...rest]);
  if (first !== undefined) asked.delete(first);
  return frameworkOptions([...asked], context);
}

function whyNotMenu(recommendation: Recommendation, context: ReplyContext): Row {
  const state = { at: 'recommendation', view: 'whyNot', part: 0, ...recommendation.wish } as const;
  const options = whyNotOptions(recommendation, context);
  return menuRow({ ...state, changes: 'whyNot' }, { placeholder: 'Why not …?', options });
}

/** The languages in which there are frameworks, those with most of them first. */
const spokenLanguages = keepLast((catalog: Catalog) => {
  const counts = frameworkCounts(catalog);
  return catalog.languages
    .filter(({ id }) => counts.has(id))
    .sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
});

/** The languages that the menu offers: those with most frameworks, and those that are asked for. */
function languageOptions({ languages = [] }: Wish, { catalog }: ReplyContext) {
  const counts = frameworkCounts(catalog);
  const asked = catalog.languages.filter(({ id }) => languages.includes(id));
  const most = spokenLanguages(catalog).filter(({ id }) => !languages.includes(id));
  return [...asked, ...most].slice(0, mostMenuOptions - 1).map(({ id, name }) => ({
    label: name,
    value: id,
    description: `${counts.get(id) ?? 'no'} ${counts.get(id) === 1 ? 'framework' : 'frameworks'}`,
    default: languages.includes(id),
  }));
}

function menus(wish: Wish, context: ReplyContext): Row[] {
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
      { ...state, changes: 'language' },
      {
        placeholder: 'Language: any',
        options: [{ label: 'Any language', value: anyOfThem }, ...languageOptions(wish, context)],
        most: Math.max(1, wish.languages?.length ?? 0),
      },
    ),
    menuRow(
      { ...state, changes: 'purpose' },
      {
        placeholder: 'Purpose: any',
        options: [{ label: 'Any purpose', value: anyOfThem }, ...purposeOptions],
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
    .map((framework) => cardButton(framework, context));
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
  const viewButtons = (['ranking', 'sources'] as const)
    .filter((key) => key !== view && best.length > 0)
    .map((key) => button(key === 'ranking' ? 'Ranking' : 'Sources', { ...state, view: key, part: 0 }));
  const whyNotButton =
    isRanking && best.length > 0 ? [button('Why not …?', { ...state, view: 'whyNot', part: 0 })] : [];
  const { about } = query;
  const aboutButtons =
    view !== 'whyNot' || about === undefined || first === undefined || about === first
      ? []
      : [
          cardButton(about, context),
          button(`Compare with ${first.name}`, {
            at: 'comparison',
            ids: [first.id, about.id],
            view: 'differences',
            part: 0,
          }),
        ];
  return {
    embed: {
      title:
        about === undefined || view !== 'whyNot'
          ? titleOf(wish, context)
          : clip(`Why not ${about.name}?`, 256),
      color: first === undefined ? neutralColour : colourOf(first, context.catalog),
      description: shown.markdown,
      footer:
        best.length === 0
          ? undefined
          : sourcesFooter(shown.sources, undefined, 'ranked by fit, needs, use, support and releases'),
    },
    rows: [
      ...buttonRows(view === 'whyNot' ? aboutButtons : [...lookups, ...compareButton, ...whyNotButton], [
        ...viewButtons,
        ...dropButton,
        ...nextButton(pages.length, state),
      ]),
      ...(view === 'whyNot' ? [whyNotMenu(recommendation, context)] : menus(wish, context)),
    ],
  };
}
