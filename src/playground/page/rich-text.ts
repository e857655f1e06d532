import { el, outside } from './dom.ts';
import { ownEmoji } from './emoji.ts';
import { type Block, type Inline, parseInline, parseMarkdown } from './markdown.ts';

/** Says how a mention reads: a member's name for an id. */
export type Naming = (kind: 'user' | 'role' | 'channel' | 'command', id: string) => string | undefined;

const marks = { user: '@', role: '@', channel: '#', command: '/' } as const;

const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_628_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** How far away a moment is, in words: `in 3 days`. */
export function relative(seconds: number): string {
  const away = seconds - Date.now() / 1000;
  const [unit, size] = units.find(([, one]) => Math.abs(away) >= one) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(Math.round(away / size), unit);
}

function time(seconds: number, style: string): HTMLElement {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return el('span', {}, 'Invalid date');
  const text =
    style === 'R' ? relative(seconds) : new Intl.DateTimeFormat(undefined, styles[style]).format(date);
  const title = new Intl.DateTimeFormat(undefined, styles.F).format(date);
  const isRelative = style === 'R' && 'relative';
  return el('time', { datetime: date.toISOString(), title, class: 'time', 'data-style': isRelative }, text);
}

function spoiler(content: Node[]): HTMLElement {
  const cover = el(
    'span',
    { class: 'spoiler', role: 'button', tabindex: 0, 'aria-label': 'Spoiler: show' },
    ...content,
  );
  const show = () => {
    cover.classList.add('shown');
    for (const name of ['role', 'tabindex', 'aria-label']) cover.removeAttribute(name);
  };
  cover.addEventListener('click', show);
  cover.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter' || key === ' ') show();
  });
  return cover;
}

function inlineNodes(parts: readonly Inline[], naming: Naming): Node[] {
  return parts.map((part) => {
    if (typeof part === 'string') return document.createTextNode(part);
    switch (part.type) {
      case 'code':
        return el('code', {}, part.text);
      case 'link': {
        const link = outside(part.href, ...inlineNodes(part.content, naming));
        // Raised numbers are set apart by their shape: a line below them would only be noise.
        if (/^[⁰¹²³⁴-⁹]+$/.test(link.textContent)) link.className = 'raised';
        return link;
      }
      case 'time':
        return time(part.seconds, part.style);
      case 'mention': {
        const name = part.name ?? naming(part.kind, part.id) ?? `unknown-${part.kind}`;
        return el('span', { class: 'mention' }, `${marks[part.kind]}${name}`);
      }
      case 'emoji':
        return ownEmoji(part.id, part.name);
      case 'spoiler':
        return spoiler(inlineNodes(part.content, naming));
      default:
        return el(part.type, {}, ...inlineNodes(part.content, naming));
    }
  });
}

function blockNodes(blocks: readonly Block[], naming: Naming): Node[] {
  return blocks.map((block) => {
    switch (block.type) {
      case 'heading':
        // The page has its own first level; a message's headings begin below it.
        return el(`h${block.level + 1}` as 'h2' | 'h3' | 'h4', {}, ...inlineNodes(block.content, naming));
      case 'subtext':
        return el('small', { class: 'subtext' }, ...inlineNodes(block.content, naming));
      case 'quote':
        return el('blockquote', {}, ...blockNodes(block.blocks, naming));
      case 'list':
        return el(
          block.start === undefined ? 'ul' : 'ol',
          { start: block.start },
          ...block.items.map((item) => el('li', {}, ...blockNodes(item, naming))),
        );
      case 'pre':
        return el('pre', { tabindex: 0 }, el('code', {}, block.text));
      default:
        return el('div', { class: 'lines' }, ...inlineNodes(block.content, naming));
    }
  });
}

/** Discord's Markdown as nodes: a message's text, an embed's description or a field's value. */
export function richText(source: string, naming: Naming): Node[] {
  return blockNodes(parseMarkdown(source), naming);
}

/** The part of it that titles understand: no blocks. */
export function richLine(source: string, naming: Naming): Node[] {
  return inlineNodes(parseInline(source), naming);
}

/** Says anew how far away the moments on the page are that are told so. */
export function refreshTimes(): void {
  for (const told of document.querySelectorAll<HTMLTimeElement>('time[data-style="relative"]')) {
    told.textContent = relative(Date.parse(told.dateTime) / 1000);
  }
}
