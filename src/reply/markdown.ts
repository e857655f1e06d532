import { monthOf } from '../catalog/dates.ts';
import type { Source } from '../catalog/framework.ts';
import type { Sourced } from '../catalog/sources.ts';

/**
 * The small picture of a framework, an emoji of the application's own: its id at Discord, and its name there.
 * https://docs.discord.com/developers/resources/emoji#emoji-object-applicationowned-emoji
 */
export type Mark = { id: string; name: string };

/**
 * Text as members see it, before it becomes Markdown. No text in it is Markdown: what would be read as such is escaped
 * when it is written, so nothing that a contributor or a member typed can change how an answer looks. A mark stands
 * before the text, as wide as {@link markWidth} letters and a space.
 */
export type Segment =
  | string
  | (Partial<Sourced> & { text: string; style?: 'bold' | 'italic'; mark?: Mark | undefined });

/** One line. `small` is Discord's subtext. */
export type Line = { segments: Segment[]; small?: true };

/** Lines under a heading; without one, they are set apart by an empty line. */
export type Block = { heading?: string; lines: Line[] };

/** A page: its Markdown, the lines on it, and the sources that it numbers, in their order. */
export type Page = { markdown: string; lines: Line[]; sources: Source[] };

/** The most that one page may hold: characters of Markdown (Discord's limit of an embed's description) and visible ones. */
export const pageLimits = {
  /** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
  markdown: 4096,
  /** Two screens of a phone of 390×844 points. */
  visible: 1200,
} as const;

/** Names as a sentence lists them: `Django, Laravel and Koa`. */
export function listOf(names: readonly string[], last = 'and'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}

/** A line above an answer, such as what was typed; nothing when there is nothing to say. */
export function noteBlock(note: string | undefined): Block[] {
  return note === undefined ? [] : [{ lines: [line({ text: note, style: 'italic' })] }];
}

/** A list of pages with the month in which each was read, every address once. */
export function sourcesBlock(sources: readonly Source[]): Block {
  const byAddress = new Map(sources.map((source) => [source.url, source]));
  const lines = [...byAddress.values()].map((source) =>
    line({ text: source.title, sources: [source] }, ` read ${monthOf(source.read)}`),
  );
  return { heading: 'Sources', lines };
}

/** A line of the given segments. */
export function line(...segments: Segment[]): Line {
  return { segments };
}

/** Parts of a line with a separator between them; absent ones are left out. */
export function joined(separator: string, parts: readonly (Segment | undefined)[]): Segment[] {
  const present = parts.filter((part) => part !== undefined);
  return present.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

/** What begins or ends something in Discord's Markdown wherever it stands. */
const special = /[\\*_~`|<[\]]|@(?=everyone|here)/g;

/** What a line begins with when it is a heading, a quote, a list or subtext. */
const lineStart = /^(\s*\d*)([-#>+]|\.(?=\s))/;

/** Characters that print nothing or turn the direction of writing, line breaks among them. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Something of this is in any text that has to be escaped; most texts have nothing of it, and are done with. */
const suspicious = /[^ -~]|[\\*_~`|<[\]@]|:\/\//;

/**
 * Text so that Discord shows it as it is within a line: no formatting, mention, link or line break comes of it.
 * https://docs.discord.com/developers/reference#message-formatting
 */
export function escapeText(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.replace(unprintable, ' ').replace(special, '\\$&').replaceAll('://', ':\\//');
}

/** How many letters a mark is as wide as. */
const markWidth = 2;

/**
 * Text with a mark before it, on the same line.
 * https://docs.discord.com/developers/reference#message-formatting-formats
 */
export function withMark(mark: Mark | undefined, text: string): string {
  return mark === undefined ? text : `<:${mark.name}:${mark.id}>\u00a0${text}`;
}

/** What members read of Markdown that was written here: no link's address, no sign of style, no backslash. */
export function visibleText(markdown: string): string {
  return markdown
    .replace(/(?<!\\)<:\w+:\d+>/g, '▪'.repeat(markWidth))
    .replace(/\]\(https?:[^)]*\)/g, '')
    .replace(/^(-# |#+ )/gm, '')
    .replace(/(?<!\\)(\*\*|\*|\[)/g, '')
    .replace(/\\(?=[^A-Za-z0-9\s])/g, '');
}

/** Text that a member typed, short enough to be repeated: one line of at most 60 characters. */
export function echo(text: string): string {
  const clean = text.replace(unprintable, ' ').trim().toWellFormed();
  const letters = [...clean];
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : clean;
}

/** An address that cannot end a masked link early. */
function linkTarget(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29');
}

const raisedDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number in raised digits: 12 becomes ¹². */
function raised(number: number): string {
  return String(number).replace(/\d/g, (digit) => raisedDigits[Number(digit)] ?? digit);
}

const signs = { bold: '**', italic: '*' } as const;

type Written = { markdown: string; visible: number };

function writeLine({ segments, small }: Line, numberOf: (source: Source) => number): Written {
  let markdown = '';
  let visible = 0;
  for (const segment of segments) {
    const part: Exclude<Segment, string> = typeof segment === 'string' ? { text: segment } : segment;
    const { text, style, mark, sources = [] } = part;
    const sign = style === undefined ? '' : signs[style];
    markdown += withMark(mark, `${sign}${escapeText(text)}${sign}`);
    visible += text.length + (mark === undefined ? 0 : markWidth + 1);
    if (sources.length === 0) continue;
    // What two facts in one piece have in common is one receipt.
    for (const [url, source] of new Map(sources.map((source) => [source.url, source]))) {
      const number = raised(numberOf(source));
      // A space that does not break keeps a receipt beside what it proves.
      markdown += `\u00a0[${number}](${linkTarget(url)})`;
      visible += 1 + number.length;
    }
  }
  const plain = markdown.replace(lineStart, '$1\\$2');
  return { markdown: small ? `-# ${plain}` : plain, visible };
}

/**
 * How pages are made: what each ends with, the most lines of each where something besides their length limits them, and
 * whether a block is kept on one page where one page can hold it.
 */
export type Paging = { legend?: Line | undefined; most?: number; isWhole?: boolean };

/** A heading. Discord takes a `#` at its end for Markdown, as in `C#`, unless something stands behind it. */
function headingLine(text: string): string {
  return text.endsWith('#') ? `### **${escapeText(text)}**` : `### ${escapeText(text)}`;
}

/**
 * Blocks as pages that fit. Lines stay whole; a block that is continued repeats its heading. Each page numbers its
 * sources from 1 and ends with the legend, if there is one.
 *
 * @throws Error when a single line is too long for a page: the dataset's limits on texts and addresses rule that out.
 */
export function paginate(
  blocks: readonly Block[],
  { legend, most = Number.POSITIVE_INFINITY, isWhole = false }: Paging = {},
): Page[] {
  const pages: Page[] = [];
  let sources: Source[] = [];
  let written: string[] = [];
  let lines: Line[] = [];
  let length = { markdown: 0, visible: 0 };
  const foot = legend === undefined ? { markdown: '', visible: 0 } : writeLine(legend, () => 0);
  const numberOf = (source: Source) => {
    const at = sources.findIndex(({ url }) => url === source.url);
    return at >= 0 ? at + 1 : sources.push(source);
  };
  const close = () => {
    if (written.length === 0) return;
    if (legend !== undefined) written.push(foot.markdown);
    pages.push({ markdown: written.join('\n'), lines, sources });
    sources = [];
    written = [];
    lines = [];
    length = { markdown: 0, visible: 0 };
  };
  const add = (pieces: string[], visible: number) => {
    written.push(...pieces);
    length.visible += visible + pieces.length;
    for (const piece of pieces) length.markdown += piece.length + 1;
  };

  for (const { heading, lines: contents } of blocks) {
    if (isWhole && written.length > 0) {
      const parts = contents.map((content) => writeLine(content, () => 99));
      const markdownSize = parts.reduce((sum, part) => sum + part.markdown.length + 1, length.markdown);
      const visibleSize = parts.reduce((sum, part) => sum + part.visible + 1, length.visible);
      const isOver =
        markdownSize + foot.markdown.length > pageLimits.markdown ||
        visibleSize + foot.visible > pageLimits.visible;
      if (isOver) close();
    }
    contents.forEach((content, index) => {
      const write = (): { pieces: string[]; visible: number } => {
        const body = writeLine(content, numberOf);
        const opens = index === 0 || written.length === 0;
        if (opens && heading !== undefined) {
          return {
            pieces: [headingLine(heading), body.markdown],
            visible: body.visible + heading.length,
          };
        }
        return {
          pieces: opens && written.length > 0 ? ['', body.markdown] : [body.markdown],
          visible: body.visible,
        };
      };
      const numbered = sources.length;
      let next = write();
      const size = next.pieces.reduce((sum, piece) => sum + piece.length + 1, 0);
      const isTooLong =
        lines.length >= most ||
        length.markdown + size + foot.markdown.length > pageLimits.markdown ||
        length.visible + next.visible + next.pieces.length + foot.visible > pageLimits.visible;
      if (isTooLong) {
        if (written.length === 0) throw new Error(`A line of ${size} characters does not fit a page`);
        sources = sources.slice(0, numbered);
        close();
        next = write();
      }
      add(next.pieces, next.visible);
      lines.push(content);
    });
  }
  close();
  return pages;
}
