import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/catalog/framework.ts';
import { type Inline, parseMarkdown, type Block as ReadBlock } from '../../src/playground/page/markdown.ts';
import {
  type Block,
  echo,
  escapeText,
  joined,
  line,
  pageLimits,
  paginate,
  visibleText,
} from '../../src/reply/markdown.ts';

/** The text that a reader of Discord's Markdown sees where nothing but text comes of it, else what came of it. */
function seen(markdown: string): unknown {
  const blocks: ReadBlock[] = parseMarkdown(markdown);
  const [only] = blocks;
  if (blocks.length !== 1 || only?.type !== 'text') return blocks;
  return only.content.every((part: Inline) => typeof part === 'string') ? only.content.join('') : blocks;
}

/** Texts that Discord would make something of. They are to be seen as they are. */
const hostile = [
  ...[
    '*',
    '_',
    '~',
    '`',
    '|',
    '<',
    '>',
    '[',
    ']',
    '(',
    ')',
    '\\',
    '#',
    '-',
    '+',
    '.',
    ':',
    '@',
    '!',
    '"',
    '&',
    '/',
  ],
  ...['**bold**', '*italic*', '__underlined__', '_italic_', '~~struck~~', '||spoiler||', '***both***'],
  ...['`code`', '``code``', '```\nblock\n```', '```js\nblock```', '`', '```'],
  ...[
    'snake_case_name',
    '5 * 3 * 2',
    'a | b || c',
    '~/home',
    'C:\\Users\\name',
    '\\*not escaped\\*',
    '\\\\',
    '\\',
  ],
  ...['<@123456789012345678>', '<@!123456789012345678>', '<@&123456789012345678>', '<#123456789012345678>'],
  ...['</framework lookup:123456789012345678>', '<:smile:123456789012345678>', '<a:wave:123456789012345678>'],
  ...[
    '<id:customize>',
    '<t:1700000000>',
    '<t:1700000000:R>',
    '<https://example.org>',
    '<mailto:a@example.org>',
  ],
  ...['@everyone', '@here', '@everyone@here'],
  ...[
    '[link](https://example.org)',
    '[link](<https://example.org>)',
    '[a [b] c](https://example.org "title")',
  ],
  ...['[¹](https://example.org)', '](https://example.org)', '[x]: https://example.org', '[', ']', '[]()'],
  ...['https://example.org/a_b_c', 'http://example.org', 'see https://example.org.', 'HTTPS://EXAMPLE.ORG'],
  ...['discord://-/channels/1/2', 'steam://run/1', 'xhttps://example.org', 'https:\\//example.org'],
  ...['# heading', '## heading', '### heading', '#not a heading', '-# subtext', '-#subtext'],
  ...[
    '> quote',
    '>>> long quote',
    '>no quote',
    '- item',
    '* item',
    '+ item',
    '1. item',
    '12. item',
    '  - deeper',
    '1) item',
  ],
];

describe('text is seen as it is', () => {
  test.each(hostile)('%j', (text) => {
    const plain = text.replaceAll('\n', ' ');
    expect(seen(`a ${escapeText(text)}`)).toBe(`a ${plain}`);
    const [page] = paginate([{ lines: [line(text)] }]);
    expect(seen(page?.markdown ?? '')).toBe(plain);
  });

  test.each(hostile)('%j, in bold, in italics, small and in a heading', (text) => {
    const plain = text.replaceAll('\n', ' ');
    const within = (style: 'bold' | 'italic') =>
      parseMarkdown(
        paginate([{ lines: [line('a ', { text: `x${text}x`, style }, ' b')] }])[0]?.markdown ?? '',
      );
    expect(within('bold')).toEqual([
      { type: 'text', content: ['a ', { type: 'strong', content: [`x${plain}x`] }, ' b'] },
    ]);
    expect(within('italic')).toEqual([
      { type: 'text', content: ['a ', { type: 'em', content: [`x${plain}x`] }, ' b'] },
    ]);
    const small = paginate([{ lines: [{ segments: [`x${text}`], small: true }] }])[0]?.markdown;
    expect(parseMarkdown(small ?? '')).toEqual([{ type: 'subtext', content: [`x${plain}`] }]);
    const headed = paginate([{ heading: `x${text}x`, lines: [line('y')] }])[0]?.markdown;
    expect(parseMarkdown(headed ?? '')).toEqual([
      { type: 'heading', level: 3, content: [`x${plain}x`] },
      { type: 'text', content: ['y'] },
    ]);
  });

  test.each(hostile.slice(0, 16))('%j before and after any of them', (mark) => {
    for (const text of hostile) {
      const plain = text.replaceAll('\n', ' ');
      expect(seen(`a ${escapeText(mark + text)}`)).toBe(`a ${mark}${plain}`);
      expect(seen(`a ${escapeText(text + mark)}`)).toBe(`a ${plain}${mark}`);
    }
  });

  test.each([
    ['*', '\\*'],
    ['_', '\\_'],
    ['~', '\\~'],
    ['`', '\\`'],
    ['|', '\\|'],
    ['<', '\\<'],
    ['[', '\\['],
    [']', '\\]'],
    ['\\', '\\\\'],
    ['a://b', 'a:\\//b'],
    ['@everyone', '\\@everyone'],
    ['@here', '\\@here'],
    ['@koa/router', '@koa/router'],
    ['plain, with (brackets) & 100 %', 'plain, with (brackets) & 100 %'],
  ])('%j is written %j', (text, markdown) => {
    expect(escapeText(text)).toBe(markdown);
  });

  test.each([
    ['one\ntwo', 'one two'],
    ['one\r\n\r\n# two', 'one # two'],
    ['one\u2028two\u2029three', 'one two three'],
    ['tab\there', 'tab here'],
    ['nul\u0000l', 'nul l'],
    ['\u001b[31mred', ' \\[31mred'],
    ['right\u202eto left', 'right to left'],
    ['\u2066isolated\u2069', ' isolated '],
    ['zero\u200bwidth\u200d\ufeff', 'zero width '],
    ['@every\u200bone', '@every one'],
    ['*\u200b*bold*\u200b*', '\\* \\*bold\\* \\*'],
  ])('no line break, control or direction character is left in %j', (text, markdown) => {
    expect(escapeText(text)).toBe(markdown);
  });

  test('what begins a line is plain only there', () => {
    const markdown = paginate([
      { lines: [line('# not a heading'), line('a # b'), line('- x'), line('1. y')] },
    ])[0]?.markdown;
    expect(markdown).toBe('\\# not a heading\na # b\n\\- x\n1\\. y');
  });
});

describe('what a member typed is repeated', () => {
  test.each([
    ['  django  ', 'django'],
    ['a\nb', 'a b'],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['x'.repeat(61), `${'x'.repeat(59)}…`],
    ['🎉'.repeat(61), `${'🎉'.repeat(59)}…`],
    ['a\ud800b', 'a\ufffdb'],
    ['', ''],
    ['\u202e\u200b', ''],
  ])('%j as %j', (typed, repeated) => {
    expect(echo(typed)).toBe(repeated);
  });
});

const source = (name: string): Source => ({
  title: name,
  url: `https://example.org/${name}`,
  read: '2026-11-22',
});
const from = (text: string, ...names: string[]) => ({ text, sources: names.map(source) });
const numbered = (most: number, length: number): Block['lines'] =>
  Array.from({ length: most }, (_, index) => line(`${index} `.padEnd(length, 'x')));

describe('a page', () => {
  test('shows a source of two facts in one piece once', () => {
    const [page] = paginate([{ lines: [line(from('fact', 'a', 'b', 'a'))] }]);
    expect(visibleText(page?.markdown ?? '')).toBe('fact\u00a0¹\u00a0²');
  });

  test('numbers its sources, each once, and links them', () => {
    const [page] = paginate([
      { lines: [line(from('first', 'a', 'b'), ', ', from('second', 'b')), line(from('third', 'c', 'a'))] },
    ]);
    expect(page?.markdown).toBe(
      'first\u00a0[¹](https://example.org/a)\u00a0[²](https://example.org/b), second\u00a0[²](https://example.org/b)\n' +
        'third\u00a0[³](https://example.org/c)\u00a0[¹](https://example.org/a)',
    );
    expect(page?.sources.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
  });

  test('numbers twelve with two digits', () => {
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const [page] = paginate([{ lines: [line(from('all', ...names))] }]);
    expect(page?.markdown).toContain('[⁹](https://example.org/s8)\u00a0[¹⁰](https://example.org/s9)');
    expect(page?.markdown).toContain('[¹²](https://example.org/s11)');
  });

  test('an address with brackets does not end its link', () => {
    const [page] = paginate([{ lines: [line(from('fact', 'Ruby_(language)'))] }]);
    expect(page?.markdown).toBe('fact\u00a0[¹](https://example.org/Ruby_%28language%29)');
  });

  test('sets blocks apart: a heading, or an empty line where there is none', () => {
    const [page] = paginate([
      { lines: [line('one')] },
      { heading: 'Two', lines: [line('two')] },
      { lines: [line('three'), line('four')] },
      { heading: 'Five', lines: [] },
    ]);
    expect(page?.markdown).toBe('one\n### Two\ntwo\n\nthree\nfour');
  });

  test('joins what is there', () => {
    expect(joined(' · ', ['a', undefined, 'b', undefined])).toEqual(['a', ' · ', 'b']);
    expect(joined(' · ', [undefined])).toEqual([]);
  });

  test('of nothing is none', () => {
    expect(paginate([])).toEqual([]);
    expect(paginate([{ heading: 'Empty', lines: [] }], { legend: line('legend') })).toEqual([]);
  });
});

describe('pages', () => {
  const legend = { segments: ['● built in  ○ left to others'], small: true } as const;

  test.each([
    ['short lines', numbered(300, 20), undefined],
    ['short lines and a legend', numbered(300, 20), { segments: [...legend.segments], small: legend.small }],
    ['long lines', numbered(40, 500), undefined],
    ['a line as long as a page', numbered(3, pageLimits.visible - 'Lines'.length - 2), undefined],
    [
      'lines full of escapes',
      Array.from({ length: 9 }, (_, index) => line(`${index}${'*'.repeat(900)}`)),
      undefined,
    ],
    [
      'lines full of long addresses',
      Array.from({ length: 60 }, (_, index) => line(from(`${index}`, 'y'.repeat(200) + index))),
      undefined,
    ],
  ])('hold the limits and lose nothing: %s', (_, lines, foot) => {
    const pages = paginate([{ heading: 'Lines', lines }], { legend: foot });
    expect(pages.length).toBeGreaterThan(1);
    for (const { markdown } of pages) {
      expect(markdown.length).toBeLessThanOrEqual(pageLimits.markdown);
      expect(visibleText(markdown).length).toBeLessThanOrEqual(pageLimits.visible);
      expect(markdown.startsWith('### Lines\n')).toBe(true);
      expect(markdown.endsWith('\n-# ● built in  ○ left to others')).toBe(foot !== undefined);
    }
    const written = pages
      .flatMap(({ markdown }) => markdown.split('\n'))
      .filter((one) => !/^(###|-#) /.test(one));
    expect(written.map((one) => Number.parseInt(one, 10))).toEqual(lines.map((_, index) => index));
  });

  test('hold the limits with a legend, however long the addresses', () => {
    for (let length = 100; length < 300; length++) {
      const lines = Array.from({ length: 60 }, (_, index) => line(from('x', 'y'.repeat(length) + index)));
      const pages = paginate([{ lines }], {
        legend: { segments: [...legend.segments], small: legend.small },
      });
      expect(Math.max(...pages.map(({ markdown }) => markdown.length))).toBeLessThanOrEqual(
        pageLimits.markdown,
      );
    }
  });

  test('a line that just fits is not put off', () => {
    expect(paginate([{ lines: numbered(1, pageLimits.visible - 1) }])).toHaveLength(1);
    expect(paginate([{ lines: numbered(2, pageLimits.visible / 2 - 1) }])).toHaveLength(1);
    expect(paginate([{ lines: numbered(2, pageLimits.visible / 2) }])).toHaveLength(2);
  });

  test('a line that no page holds is an error', () => {
    expect(() => paginate([{ lines: numbered(1, pageLimits.visible + 1) }])).toThrow(/does not fit a page/);
    expect(() => paginate([{ lines: [line('*'.repeat(1100), from('', 'y'.repeat(2000)))] }])).toThrow(
      /does not fit/,
    );
  });

  test('number their sources from 1 each', () => {
    const lines = Array.from({ length: 30 }, (_, index) =>
      line(from('x'.repeat(100), 'shared', `s${index}`)),
    );
    const pages = paginate([{ lines }]);
    expect(pages.length).toBeGreaterThan(2);
    for (const { markdown, sources } of pages) {
      expect(sources[0]).toEqual(source('shared'));
      expect(sources.length).toBe(markdown.split('\n').length + 1);
      expect(markdown).toContain('[¹](https://example.org/shared)');
      const told = [...markdown.matchAll(/\[([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\]\(([^)]+)\)/g)].map(
        ([, number, url]) => `${number} ${url}`,
      );
      expect(new Set(told).size).toBe(sources.length);
    }
    const all = new Set(pages.flatMap(({ sources }) => sources.map(({ url }) => url)));
    expect(all.size).toBe(31);
  });

  test('a source of a line that went to the next page is not numbered on this one', () => {
    const pages = paginate([
      { lines: [line(from('x'.repeat(1000), 'here')), line(from('y'.repeat(1000), 'there'))] },
    ]);
    expect(pages.map(({ sources }) => sources.map(({ title }) => title))).toEqual([['here'], ['there']]);
    expect(pages[1]?.markdown).toContain('[¹](https://example.org/there)');
  });

  test('a heading goes along with its first line, and comes again where its block goes on', () => {
    const pages = paginate([
      { heading: 'First', lines: numbered(1, 1150) },
      { heading: 'Second', lines: numbered(3, 500) },
    ]);
    expect(pages.map(({ markdown }) => markdown.match(/^### .*/gm))).toEqual([
      ['### First'],
      ['### Second'],
      ['### Second'],
    ]);
  });

  test('know which lines stand on them', () => {
    const lines = numbered(5, 20);
    const pages = paginate([{ heading: 'Lines', lines }], { most: 2 });
    expect(pages.map((page) => page.lines)).toEqual([lines.slice(0, 2), lines.slice(2, 4), lines.slice(4)]);
  });
});
