import { describe, expect, it } from 'vitest';
import { type Inline, parseInline, parseMarkdown } from '../../src/playground/page/markdown.ts';

function inline(source: string): Inline[] {
  const [block] = parseMarkdown(source);
  return block?.type === 'text' ? block.content : [];
}

function link(href: string, ...content: Inline[]): Inline {
  return { type: 'link', href, content };
}

describe('within a line', () => {
  it.each<[source: string, parts: Inline[]]>([
    ['plain', ['plain']],
    [
      '**a** *b* _c_ __d__ ~~e~~',
      [
        { type: 'strong', content: ['a'] },
        ' ',
        { type: 'em', content: ['b'] },
        ' ',
        { type: 'em', content: ['c'] },
        ' ',
        { type: 'u', content: ['d'] },
        ' ',
        { type: 's', content: ['e'] },
      ],
    ],
    ['***both***', [{ type: 'strong', content: [{ type: 'em', content: ['both'] }] }]],
    ['snake_case_word and 2 * 3 * 4', ['snake_case_word and 2 * 3 * 4']],
    ['\\*not\\* \\_this\\_ \\[or\\](this)', ['*not* _this_ [or](this)']],
    ['`**code**` ``a`b``', [{ type: 'code', text: '**code**' }, ' ', { type: 'code', text: 'a`b' }]],
    ['||hidden **b**||', [{ type: 'spoiler', content: ['hidden ', { type: 'strong', content: ['b'] }] }]],
    ['BSD-3 [³](https://e.org/a_(b)) ·', ['BSD-3 ', link('https://e.org/a_(b)', '³'), ' ·']],
    ['[**b**](<https://e.org> "title")', [link('https://e.org', { type: 'strong', content: ['b'] })]],
    ['[x](javascript:alert(1))', ['[x](javascript:alert(1))']],
    [
      'see https://e.org/a_b_c. <https://e.org>',
      [
        'see ',
        link('https://e.org/a_b_c', 'https://e.org/a_b_c'),
        '. ',
        link('https://e.org', 'https://e.org'),
      ],
    ],
    [
      '<t:1790000000:R> <t:1>',
      [{ type: 'time', seconds: 1790000000, style: 'R' }, ' ', { type: 'time', seconds: 1, style: 'f' }],
    ],
    [
      '<@1> <@!2> <@&3> <#4> </framework lookup:5>',
      [
        { type: 'mention', kind: 'user', id: '1' },
        ' ',
        { type: 'mention', kind: 'user', id: '2' },
        ' ',
        { type: 'mention', kind: 'role', id: '3' },
        ' ',
        { type: 'mention', kind: 'channel', id: '4' },
        ' ',
        { type: 'mention', kind: 'command', id: '5', name: 'framework lookup' },
      ],
    ],
    [
      '<:py:1> <a:dance:2>',
      [{ type: 'emoji', id: '1', name: 'py' }, ' ', { type: 'emoji', id: '2', name: 'dance' }],
    ],
    ['<b>not HTML</b>', ['<b>not HTML</b>']],
    ['C# is # not a heading', ['C# is # not a heading']],
  ])('%s', (source, parts) => {
    expect(inline(source)).toEqual(parts);
  });

  it('reads long text of unclosed marks in reasonable time', () => {
    const started = performance.now();
    for (const mark of ['*', '_', '~~', '||', '[', '`', '**a', '<t:'])
      parseInline(mark.repeat(4096 / mark.length));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('lines', () => {
  it('knows headings, subtext, quotes and text with its blank lines', () => {
    expect(parseMarkdown('# One\n## Two\n### Three\n#### Four\n-# small\na\n\nb\n> q1\n> q2\nc')).toEqual([
      { type: 'heading', level: 1, content: ['One'] },
      { type: 'heading', level: 2, content: ['Two'] },
      { type: 'heading', level: 3, content: ['Three'] },
      { type: 'text', content: ['#### Four'] },
      { type: 'subtext', content: ['small'] },
      { type: 'text', content: ['a\n\nb'] },
      { type: 'quote', blocks: [{ type: 'text', content: ['q1\nq2'] }] },
      { type: 'text', content: ['c'] },
    ]);
  });

  it('quotes the rest after >>>', () => {
    expect(parseMarkdown('>>> a\n- b')).toMatchObject([
      { type: 'quote', blocks: [{ type: 'text' }, { type: 'list' }] },
    ]);
  });

  it('nests lists, and begins another where the marks change', () => {
    const item = (text: string) => ({ type: 'text', content: [text] });
    expect(parseMarkdown('- a\n  - b\n- c\n3. d\n4. e')).toEqual([
      { type: 'list', items: [[item('a'), { type: 'list', items: [[item('b')]] }], [item('c')]] },
      { type: 'list', start: 3, items: [[item('d')], [item('e')]] },
    ]);
  });

  it('leaves code blocks alone', () => {
    expect(parseMarkdown('before\n```js\nconst a = "**b**";\n```\nafter')).toEqual([
      { type: 'text', content: ['before'] },
      { type: 'pre', language: 'js', text: 'const a = "**b**";' },
      { type: 'text', content: ['after'] },
    ]);
  });
});
