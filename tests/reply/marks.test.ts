import { describe, expect, test } from 'vitest';
import { keysOf } from '../../src/catalog/vocabulary.ts';
import { cardPages } from '../../src/custom-id.ts';
import { card } from '../../src/reply/card.ts';
import { line, type Mark, paginate, visibleText, withMark } from '../../src/reply/markdown.ts';
import { cardButton, frameworkButton, frameworkOptions, named, titled } from '../../src/reply/reply.ts';
import { type Answer, catalog, context, contextWithMarks, createAsk } from '../helpers/ask.ts';

const koa = catalog.byId.get('koa') ?? catalog.frameworks[0];
if (koa === undefined) throw new Error('the dataset is empty');
const mark: Mark = { id: '123', name: 'fw_koa_12345678' };
const marked = { ...context, marks: new Map([['koa', mark]]) };
const state = { at: 'card', id: 'koa', page: 'features', part: 1 } as const;

/** An answer's body as JSON without any mark. */
function withoutMarks(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, held) => (key === 'emoji' ? undefined : held)).replace(
      /<:fw_\w+:\d+>\u00a0/g,
      '',
    ),
  );
}

describe('a mark in Markdown', () => {
  test('stands before the text as Discord reads it, and the text is escaped as ever', () => {
    const [page] = paginate([{ lines: [line({ text: '<:a:1> *x*', style: 'bold', mark }, ' rest')] }]);
    expect(page?.markdown).toBe('<:fw_koa_12345678:123>\u00a0**\\<:a:1> \\*x\\*** rest');
  });

  test('is as wide as two letters and a space, on the page as in what is seen of it', () => {
    const text = withMark(mark, 'Koa');
    expect(visibleText(text)).toHaveLength('Koa'.length + 3);
    expect(visibleText('\\<:fw_koa_12345678:123>')).toBe('<:fw_koa_12345678:123>');
    // Lines of 100 that are seen: 11 of them and their line breaks fit a page of 1,200, with or without marks.
    const lines = (width: number, sign?: Mark) =>
      Array.from({ length: 30 }, () => line({ text: 'x'.repeat(width), mark: sign }));
    const plain = paginate([{ lines: lines(100) }]);
    const signed = paginate([{ lines: lines(97, mark) }]);
    expect(signed.map((page) => page.lines.length)).toEqual(plain.map((page) => page.lines.length));
    for (const { markdown } of signed) expect(visibleText(markdown).length).toBeLessThanOrEqual(1200);
  });

  test('its characters count towards what Discord takes of a description', () => {
    const lines = Array.from({ length: 200 }, () =>
      line({ text: 'x', mark: { id: '9'.repeat(20), name: 'y'.repeat(32) } }),
    );
    const pages = paginate([{ lines }]);
    expect(pages.length).toBeGreaterThan(1);
    for (const { markdown } of pages) expect(markdown.length).toBeLessThanOrEqual(4096);
  });
});

describe('where a framework is named', () => {
  test.each([
    ['a button', () => frameworkButton(koa, state, marked), () => frameworkButton(koa, state, context)],
    ['a button to its card', () => cardButton(koa, marked), () => cardButton(koa, context)],
    ['an option', () => frameworkOptions([koa], marked)[0], () => frameworkOptions([koa], context)[0]],
  ])('%s has its mark, and is as ever without', (_, withOne, without) => {
    expect(withOne()).toEqual({ ...without(), emoji: mark });
    expect(without()).not.toHaveProperty('emoji');
  });

  test('a line has it before the name, and what else stands before that', () => {
    expect(named(koa, marked, '1  ')).toEqual({ text: '1  Koa', style: 'bold', mark });
    expect(JSON.stringify(named(koa, context))).toBe('{"text":"Koa","style":"bold"}');
  });

  test('a title has it before each name that has one', () => {
    const others = catalog.frameworks.filter(({ id }) => id !== 'koa').slice(0, 2);
    const [one, two] = others.map(({ name }) => name);
    expect(titled(koa, marked)).toBe('<:fw_koa_12345678:123>\u00a0Koa');
    expect(titled([koa, ...others], marked)).toBe(`<:fw_koa_12345678:123>\u00a0Koa, ${one} and ${two}`);
    expect(titled([koa, ...others], context)).toBe(`Koa, ${one} and ${two}`);
  });

  test('a title that would be too long has none, and no half of one', () => {
    const four = [...catalog.frameworks].sort((a, b) => b.name.length - a.name.length).slice(0, 4);
    for (const count of [1, 2, 3, 4]) {
      const title = titled(four.slice(0, count), contextWithMarks);
      expect(title.length).toBeLessThanOrEqual(256);
      expect([0, count]).toContain(title.match(/<:\w+:\d+>/g)?.length ?? 0);
    }
    const long = four.map((framework) => ({ ...framework, name: 'x'.repeat(100) }));
    expect(titled(long, context)).toHaveLength(256);
  });
});

describe('replies with marks', () => {
  const bare = createAsk();
  const full = createAsk(contextWithMarks);

  test('a card is the same but for its marks', () => {
    for (const framework of catalog.frameworks) {
      for (const page of keysOf(cardPages)) {
        const query = { framework, page, part: 0 };
        expect(withoutMarks(card(query, contextWithMarks))).toEqual(withoutMarks(card(query, context)));
      }
    }
  });

  test.each<[string, (ask: typeof bare) => Promise<Answer>]>([
    ['a suggestion', ({ slash }) => slash('framework lookup', { name: 'fastpai framwork' })],
    ['a language', ({ slash }) => slash('framework lookup', { name: 'php' })],
    ['what is no framework', ({ slash }) => slash('framework lookup', { name: 'react' })],
    ['a search', ({ slash }) => slash('framework search', { text: 'mercure' })],
  ])('%s is the same but for its marks', async (_, ask) => {
    const [plain, answer] = [await ask(bare), await ask(full)];
    expect(answer.body).not.toEqual(plain.body);
    expect(withoutMarks(answer.body)).toEqual(plain.body);
  });

  test('each line of a list, each option and each button that leads to a card has one', async () => {
    const { embed, menus } = await full.slash('framework list', { language: 'php' });
    const lines = (embed.description ?? '').split('\n').filter((text) => text.includes('**'));
    expect(lines.length).toBeGreaterThan(5);
    for (const text of lines) expect(text).toMatch(/^<:fw_\w+_12345678:\d+>\u00a0\*\*/);
    for (const { options } of menus) for (const option of options) expect(option.emoji?.name).toMatch(/^fw_/);
    const { buttons } = await full.slash('framework lookup', { name: 'php' });
    const toCards = buttons.filter(
      (button) => 'custom_id' in button && button.custom_id.startsWith('framework:c:'),
    );
    expect(toCards.length).toBeGreaterThan(1);
    for (const button of toCards) expect(button).toHaveProperty('emoji');
  });
});
