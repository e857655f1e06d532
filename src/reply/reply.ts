import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APIEmbedFooter,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  type RESTAPIPoll,
} from 'discord-api-types/v10';
import type { Comparison } from '../catalog/compare.ts';
import { monthOf } from '../catalog/dates.ts';
import type { Framework, Source } from '../catalog/framework.ts';
import { keepLast } from '../catalog/keep-last.ts';
import type { Catalog } from '../catalog/load.ts';
import { kinds, statuses } from '../catalog/vocabulary.ts';
import { type State, writeCustomId } from '../custom-id.ts';
import { listOf, type Mark, type Page, type Segment, withMark } from './markdown.ts';

/** One row of buttons, or of one menu. */
export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** A file beside a message: its name, what is in it, and for a picture what it shows, for who cannot see it. */
export type ReplyFile = { name: string; data: Uint8Array | string; description?: string };

/**
 * What a command answers with: an embed or a poll, the rows under it and files; whether only the asker is to see it; whether
 * it is no answer but a notice, over which nobody else is mentioned; whether it stands as a message of its own beside the
 * one whose button was pressed; and what is said to everybody after it.
 */
export type Reply = {
  embed?: APIEmbed;
  poll?: RESTAPIPoll;
  rows: Row[];
  files?: readonly ReplyFile[];
  isPrivate?: true;
  isNotice?: true;
  isNew?: true;
  after?: Reply;
};

/**
 * A picture of a comparison: the file's name, its bytes, its size in pixels, and what it shows, for who cannot see it, in at
 * most 1,024 characters.
 */
export type Picture = { name: string; data: Uint8Array; width: number; height: number; alt: string };

/** What draws comparisons. */
export type Pictures = { draw(comparison: Comparison, context: ReplyContext): Promise<Picture> };

/** The marks of frameworks, by id. Any may be missing: it is then the name alone that is shown. */
export type Marks = ReadonlyMap<string, Mark>;

/**
 * What replies are made from: the catalogue, the day (YYYY-MM-DD) as of which support is told, marks if there are any, and
 * what draws pictures, where that is possible, and in how many seconds who asks may have one.
 */
export type ReplyContext = {
  catalog: Catalog;
  today: string;
  marks?: Marks | undefined;
  pictures?: Pictures | undefined;
  pictureIn?: (() => number) | undefined;
};

/** The page with a number, or the nearest there is; `part` is its number. */
export function pageAt(pages: readonly Page[], wanted: number): Page & { part: number } {
  const part = Math.max(0, Math.min(wanted, pages.length - 1));
  return { ...(pages[part] ?? { markdown: 'Nothing is recorded here.', lines: [], sources: [] }), part };
}

/** The edge of answers that belong to no language. */
export const neutralColour = 0x5865f2;

/** The colour of a framework's main language as the number that Discord wants. */
export function colourOf(framework: Framework, catalog: Catalog): number {
  const hex = catalog.languageById.get(framework.languages.value[0] ?? '')?.colour;
  return hex === undefined ? neutralColour : Number.parseInt(hex.slice(1), 16);
}

/** Text cut to a length, with an ellipsis where something is missing. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

/** A button that leads to a state; `isCurrent` marks what is being shown. */
export function button(label: string, state: State, isCurrent = false): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: isCurrent ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label: clip(label, 80),
    custom_id: writeCustomId(state),
  };
}

/** What only the marks are needed for. */
type Marked = Pick<ReplyContext, 'marks'>;

/** A framework's mark as Discord wants it in a button or an option, or nothing where there is none. */
function emojiOf(mark: Mark | undefined): { emoji?: Mark } {
  return mark === undefined ? {} : { emoji: { id: mark.id, name: mark.name } };
}

/** A button with a framework's name and mark that leads to a state. */
export function frameworkButton(
  framework: Framework,
  state: State,
  { marks }: Marked,
  isCurrent = false,
): APIButtonComponent {
  return { ...button(framework.name, state, isCurrent), ...emojiOf(marks?.get(framework.id)) };
}

/** A button with a framework's name and mark that leads to its card. */
export function cardButton(framework: Framework, context: Marked): APIButtonComponent {
  return frameworkButton(framework, { at: 'card', id: framework.id, page: 'overview', part: 0 }, context);
}

/** A framework's name in a line, in bold, behind its mark; `before` stands between the two, such as its place. */
export function named(framework: Framework, { marks }: Marked, before = ''): Segment {
  return { text: `${before}${framework.name}`, style: 'bold', mark: marks?.get(framework.id) };
}

/** The most characters of a title: https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const longestTitle = 256;

/**
 * Frameworks as the title of an embed: `Django`, `Django, Laravel and Koa`, each behind its mark. Where that is too long
 * all go without, and what is too long still is cut.
 */
export function titled(frameworks: Framework | readonly Framework[], { marks }: Marked): string {
  const list = 'id' in frameworks ? [frameworks] : frameworks;
  const withMarks = listOf(list.map(({ id, name }) => withMark(marks?.get(id), name)));
  if (withMarks.length <= longestTitle) return withMarks;
  return clip(listOf(list.map(({ name }) => name)), longestTitle);
}

/** A button that opens an address. */
export function linkButton(label: string, url: string): APIButtonComponent {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label: clip(label, 80), url };
}

/**
 * Rows of at most five buttons each.
 * https://docs.discord.com/developers/components/reference#action-row
 */
export function buttonRows(...groups: APIButtonComponent[][]): Row[] {
  return groups.flatMap((group) => {
    const rows: Row[] = [];
    for (let at = 0; at < group.length; at += 5) {
      rows.push({ type: ComponentType.ActionRow, components: group.slice(at, at + 5) });
    }
    return rows;
  });
}

/** A menu: what it says while nothing is chosen, what it offers, and how many may be chosen (one unless told). */
export type Menu = { placeholder: string; options: APISelectMenuOption[]; least?: number; most?: number };

/** A row with a menu whose chosen values complete a state. */
export function menuRow(state: State, { placeholder, options, least = 1, most = 1 }: Menu): Row {
  const menu: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: writeCustomId(state),
    placeholder: clip(placeholder, 150),
    min_values: least,
    max_values: Math.min(most, options.length),
    options,
  };
  return { type: ComponentType.ActionRow, components: [menu] };
}

/** The most options of a menu: https://docs.discord.com/developers/components/reference#string-select */
export const mostMenuOptions = 25;

/**
 * Frameworks as the options of a menu, 25 at most: mark and name, and under it the language, the kind, and the status where
 * it is not active. A summary would be cut on a phone, and be most of what an answer sends.
 */
export function frameworkOptions(
  frameworks: readonly Framework[],
  context: Pick<ReplyContext, 'catalog' | 'marks'>,
): APISelectMenuOption[] {
  const { catalog, marks } = context;
  return frameworks
    .slice(0, mostMenuOptions)
    .map((framework) => optionOf(framework, catalog, marks?.get(framework.id)));
}

const optionOf = keepLast(
  (framework: Framework, catalog: Catalog, mark: Mark | undefined): APISelectMenuOption => {
    const { id, name, languages, kind, status } = framework;
    const language = catalog.languageById.get(languages.value[0] ?? '')?.name ?? '';
    const ended = status.value === 'active' ? [] : [statuses[status.value].label];
    return {
      label: name,
      value: id,
      description: [language, kinds[kind.value].label, ...ended].join(' · '),
      ...emojiOf(mark),
    };
  },
);

/** The button that turns the pages of what is too long for one message, or none when there is one page only. */
export function nextButton(pages: number, state: State & { part: number }): APIButtonComponent[] {
  if (pages < 2) return [];
  const next = (state.part + 1) % pages;
  return [
    button(next === 0 ? 'Back to page 1' : `More (page ${next + 1} of ${pages})`, { ...state, part: next }),
  ];
}

/** The newest month in which one of the sources was read: `newest Aug 2026`. */
export function newest(sources: readonly Source[]): string {
  const dates = sources.map(({ read }) => read).sort();
  return `newest ${monthOf(dates.at(-1) ?? '')}`;
}

/**
 * The footer: how many sources a page shows, of how many, and how new, `9 of 41 sources · newest Aug 2026`, behind
 * other words if there are any. Undefined where there is nothing to say.
 */
export function sourcesFooter(
  shown: readonly Source[],
  all?: number,
  ...words: string[]
): APIEmbedFooter | undefined {
  const parts = shown.length === 0 ? words : [...words, sourceCount(shown, all)];
  return parts.length === 0 ? undefined : { text: parts.join(' · ') };
}

function sourceCount(shown: readonly Source[], all?: number): string {
  const count = all === undefined ? `${shown.length}` : `${shown.length} of ${all}`;
  return `${count} ${(all ?? shown.length) === 1 ? 'source' : 'sources'} · ${newest(shown)}`;
}
