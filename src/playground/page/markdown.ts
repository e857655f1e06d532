/** Text within a line, as Discord's Markdown understands it. */
export type Inline =
  | string
  | { type: 'strong' | 'em' | 'u' | 's' | 'spoiler'; content: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; href: string; content: Inline[] }
  | { type: 'time'; seconds: number; style: string }
  | { type: 'mention'; kind: 'user' | 'role' | 'channel' | 'command'; id: string; name?: string }
  | { type: 'emoji'; id: string; name: string };

/** Lines of a message, as Discord's Markdown understands them. */
export type Block =
  | { type: 'text'; content: Inline[] }
  | { type: 'heading'; level: 1 | 2 | 3; content: Inline[] }
  | { type: 'subtext'; content: Inline[] }
  | { type: 'quote'; blocks: Block[] }
  | { type: 'list'; start?: number; items: Block[][] }
  | { type: 'pre'; language: string; text: string };

type Rule = readonly [
  pattern: RegExp,
  make: (match: readonly (string | undefined)[], depth: number) => Inline,
];

function wrap(type: 'strong' | 'em' | 'u' | 's' | 'spoiler'): Rule[1] {
  return (match, depth) => ({ type, content: parseInline(match[1] ?? '', depth + 1) });
}

function address(href: string): string | undefined {
  return URL.canParse(href) && ['http:', 'https:', 'discord:'].includes(new URL(href).protocol)
    ? href
    : undefined;
}

function link(href: string, text: string, label: Inline[]): Inline {
  const safe = address(href);
  return safe === undefined ? text : { type: 'link', href: safe, content: label };
}

// In order: the first that matches where the reader stands is taken.
const rules: readonly Rule[] = [
  [/^\\([^\p{L}\p{N}\s])/u, ([, character = '']) => character],
  [/^(`+)(?!`)([\s\S]*?[^`])\1(?!`)/, ([, , text = '']) => ({ type: 'code', text: text.trim() })],
  [
    /^\[((?:\\.|[^[\]\\]|\[[^\]]*\])+)\]\(<?(https?:\/\/[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"[^"]*")?\)/,
    ([whole = '', label = '', href = ''], depth) => link(href, whole, parseInline(label, depth + 1)),
  ],
  [/^<(https?:\/\/[^\s<>]+)>/, ([whole = '', href = '']) => link(href, whole, [href])],
  [/^https?:\/\/[^\s<>]*[^\s<>.,:;"'\])*_~|!?]/, ([href = '']) => link(href, href, [href])],
  [
    /^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/,
    ([, seconds = '0', style = 'f']) => ({ type: 'time', seconds: Number(seconds), style }),
  ],
  [/^<@!?(\d+)>/, ([, id = '']) => ({ type: 'mention', kind: 'user', id })],
  [/^<@&(\d+)>/, ([, id = '']) => ({ type: 'mention', kind: 'role', id })],
  [/^<#(\d+)>/, ([, id = '']) => ({ type: 'mention', kind: 'channel', id })],
  [/^<\/([^:<>]{1,98}):(\d+)>/, ([, name = '', id = '']) => ({ type: 'mention', kind: 'command', id, name })],
  [/^<a?:(\w{2,32}):(\d+)>/, ([, name = '', id = '']) => ({ type: 'emoji', id, name })],
  [/^\|\|([\s\S]+?)\|\|/, wrap('spoiler')],
  [/^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/, wrap('strong')],
  [/^__((?:\\[\s\S]|[^\\])+?)__(?!_)/, wrap('u')],
  [/^~~((?:\\[\s\S]|[^\\])+?)~~/, wrap('s')],
  [/^\*(?=\S)((?:\*\*(?:\\[\s\S]|[^\\*])+\*\*|\\[\s\S]|[^\\*])+?)\*(?!\*)/, wrap('em')],
  [/^_((?:__(?:\\[\s\S]|[^\\_])+__|\\[\s\S]|[^\\_])+?)_(?!\w)/, wrap('em')],
];

/** Marks within marks: nobody means more than this, and each level reads its text again. */
const deepest = 6;

const special = /[\\`[<|*_~h]/;

/** Reads text within a line. Whatever is not Markdown stays as it is. */
export function parseInline(text: string, depth = 0): Inline[] {
  if (depth > deepest) return [text];
  const parts: Inline[] = [];
  const add = (part: Inline) => {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  };
  let rest = text;
  while (rest !== '') {
    const here = rest;
    const rule = rules.find(([pattern]) => pattern.test(here));
    const match = rule?.[0].exec(here);
    if (rule && match && !(parts.length > 0 && breaksWord(parts.at(-1), match[0]))) {
      add(rule[1](match, depth));
      rest = rest.slice(match[0].length);
      continue;
    }
    const next = rest.slice(1).search(special);
    add(next < 0 ? rest : rest.slice(0, next + 1));
    rest = next < 0 ? '' : rest.slice(next + 1);
  }
  return parts;
}

/** snake_case is a word, not emphasis; an address begins where a word does. */
function breaksWord(before: Inline | undefined, match: string): boolean {
  return typeof before === 'string' && /\w$/.test(before) && /^(_(?!_)|http)/.test(match);
}

const item = /^(\s*)([-*]|\d{1,9}\.)\s+(.*)/;

/** The words of a heading without the signs that may close it. */
function withoutClosing(text: string): string {
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  return text.slice(0, end).trimEnd() || text;
}

type Item = { indent: number; number: number | undefined; lines: string[] };

function parseList(lines: readonly string[]): Block {
  const items: Item[] = [];
  const base = item.exec(lines[0] ?? '')?.[1]?.length ?? 0;
  for (const line of lines) {
    const [, space = '', mark = '', text = ''] = item.exec(line) ?? [];
    if (mark !== '' && space.length < base + 2) {
      items.push({
        indent: space.length,
        number: mark.endsWith('.') ? Number.parseInt(mark, 10) : undefined,
        lines: [text],
      });
    } else items.at(-1)?.lines.push(line.slice(Math.min(base + 2, line.length - line.trimStart().length)));
  }
  const start = items[0]?.number;
  return {
    type: 'list',
    ...(start === undefined ? {} : { start }),
    items: items.map((one) => parseLines(one.lines)),
  };
}

function parseLines(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let text: string[] = [];
  const flush = () => {
    if (text.length > 0) blocks.push({ type: 'text', content: parseInline(text.join('\n')) });
    text = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,3})\s+(.+)/.exec(line);
    const subtext = /^-#\s+(.+)/.exec(line);
    const until = (goesOn: (line: string) => boolean): string[] => {
      let end = at + 1;
      while (end < lines.length && goesOn(lines[end] ?? '')) end += 1;
      const taken = lines.slice(at, end);
      at = end - 1;
      return taken;
    };
    if (heading) {
      flush();
      const level = heading[1]?.length === 1 ? 1 : heading[1]?.length === 2 ? 2 : 3;
      blocks.push({ type: 'heading', level, content: parseInline(withoutClosing(heading[2] ?? '')) });
    } else if (subtext) {
      flush();
      blocks.push({ type: 'subtext', content: parseInline(subtext[1] ?? '') });
    } else if (/^>>>\s/.test(line)) {
      flush();
      const [first = '', ...others] = until(() => true);
      blocks.push({ type: 'quote', blocks: parseLines([first.replace(/^>>>\s/, ''), ...others]) });
    } else if (/^>\s/.test(line)) {
      flush();
      const quoted = until((next) => /^>\s/.test(next)).map((one) => one.replace(/^>\s/, ''));
      blocks.push({ type: 'quote', blocks: parseLines(quoted) });
    } else if (item.test(line)) {
      flush();
      const [, base = '', mark = ''] = item.exec(line) ?? [];
      // A line as far to the left with the other kind of mark begins another list.
      const goesOn = (next: string) => {
        const [, space = '', other = ''] = item.exec(next) ?? [];
        if (other === '') return /^\s{2,}\S/.test(next);
        return space.length > base.length + 1 || other.endsWith('.') === mark.endsWith('.');
      };
      blocks.push(parseList(until(goesOn)));
    } else text.push(line);
  }
  flush();
  return blocks;
}

const fence = /```(?:([\w+#.-]+)\n)?\n?([\s\S]+?)\n?```/g;

/** Reads a message, or the description or a field of an embed, in Discord's dialect of Markdown. */
export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  const plain = (text: string) => {
    const trimmed = text.replace(/^\n|\n$/g, '');
    if (trimmed !== '') blocks.push(...parseLines(trimmed.split('\n')));
  };
  for (const match of source.matchAll(fence)) {
    plain(source.slice(from, match.index));
    blocks.push({ type: 'pre', language: match[1] ?? '', text: match[2] ?? '' });
    from = match.index + match[0].length;
  }
  plain(source.slice(from));
  return blocks;
}
