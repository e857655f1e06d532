import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { type Catalog, contentOf, createCatalog } from '../../src/catalog/catalog.ts';
import type { Context } from '../../src/command.ts';
import { createHandle } from '../../src/handle.ts';
import type { Mark } from '../../src/reply/markdown.ts';
import { catalog, context, contextWithMarks, pressInteraction, slashInteraction } from '../helpers/ask.ts';
import { ordinary } from '../helpers/interactions.ts';

/** The same knowledge in another catalogue, of which nothing is kept yet: as after a reload. */
const another = (): Catalog => createCatalog(contentOf(catalog));

const respond = (used: Context, interaction: unknown) =>
  createHandle(commands, () => used, { error: (_, message) => expect.unreachable(message) }).respond(
    interaction as never,
  );

const onTheWire = async (used: Context, interaction: unknown) =>
  JSON.stringify((await respond(used, interaction)).body);

const card = slashInteraction('framework lookup', { name: 'django' });
const comparison = slashInteraction('compare', { first: 'django', second: 'laravel' });
const recommendation = slashInteraction('recommend', { language: 'python', purpose: 'rest-api' });

const questions = [
  ['a card', card],
  ['a comparison', comparison],
  ['a recommendation', recommendation],
] as const;

describe('replies that are kept', () => {
  test.each(questions)('%s is made once', async (_, question) => {
    const used = { ...context, catalog: another() };
    const { body } = await respond(used, question);
    expect((await respond(used, question)).body).toBe(body);
  });

  test('are the same as those that are made anew', { timeout: 60_000 }, async () => {
    const [used, fresh] = [context, { ...context, catalog: another() }];
    for (const { name, raw } of ordinary) {
      const first = await onTheWire(used, raw);
      const second = await onTheWire(used, raw);
      const anew = await onTheWire(fresh, raw);
      expect([name, second, anew]).toEqual([name, first, first]);
    }
  });

  test.each(questions)('%s is that of the day', async (_, question) => {
    const used = { ...context, catalog: another() };
    const later = { ...used, today: '2031-01-01' };
    const before = await onTheWire(used, question);
    const expected = await onTheWire({ ...later, catalog: another() }, question);
    expect(expected).not.toBe(before);
    expect(await onTheWire(later, question)).toBe(expected);
    expect(await onTheWire(used, question)).toBe(before);
  });

  test.each(questions)('%s shows the marks that there are now', async (_, question) => {
    const marks = new Map<string, Mark>();
    const used = { ...context, catalog: another(), marks };
    expect(await onTheWire(used, question)).not.toContain('emoji');
    for (const [id, mark] of contextWithMarks.marks ?? []) marks.set(id, mark);
    const marked = await onTheWire(used, question);
    expect(marked).toBe(await onTheWire({ ...used, catalog: another() }, question));
    for (const id of marks.keys()) marks.set(id, { id: '1', name: 'fw_new' });
    const remarked = await onTheWire(used, question);
    expect(remarked).toContain('fw_new');
    expect(remarked).toBe(await onTheWire({ ...used, catalog: another() }, question));
  });

  test('are of the catalogue that is asked', async () => {
    const content = contentOf(catalog);
    const changed = createCatalog({
      ...content,
      frameworks: content.frameworks.map((one) => (one.id === 'django' ? { ...one, name: 'Djingo' } : one)),
    });
    for (const [, question] of questions.slice(0, 2)) {
      expect(await onTheWire(context, question)).toContain('Django');
      expect(await onTheWire({ ...context, catalog: changed }, question)).toContain('Djingo');
    }
  });

  test('offer pictures only where they can be drawn', async () => {
    const used = { ...context, catalog: another() };
    const drawing = { ...used, pictures: { draw: () => expect.unreachable('nothing is drawn') } };
    expect(await onTheWire(used, comparison)).not.toContain('Picture');
    expect(await onTheWire(drawing, comparison)).toContain('Picture');
    expect(await onTheWire(used, comparison)).not.toContain('Picture');
  });

  test('hold nothing of who asked, or of what was typed', async () => {
    const used = { ...context, catalog: another() };
    const plain = await onTheWire(used, card);
    const named = { name: 'django', 'for-user': '100000000000000009' };
    expect(await onTheWire(used, slashInteraction('framework lookup', named))).toContain(
      '100000000000000009',
    );
    const hidden = slashInteraction('framework lookup', { name: 'django', private: true });
    expect(await onTheWire(used, hidden)).toContain('"flags":64');
    expect(await onTheWire(used, slashInteraction('framework lookup', { name: 'djnago' }))).toContain(
      'djnago',
    );
    await respond(used, pressInteraction('framework:c:django:o:0', { content: '<@100000000000000009>' }));
    expect(await onTheWire(used, card)).toBe(plain);
  });

  test('are forgotten in the end', { timeout: 60_000 }, async () => {
    const used = { ...context, catalog: another() };
    const { body } = await respond(used, card);
    const ids = used.catalog.frameworks.map(({ id }) => id);
    for (let at = 1; at < ids.length * 2; at++) {
      const pair = [ids[at % ids.length], ids[(at + 1 + Math.floor(at / ids.length)) % ids.length]];
      await respond(used, pressInteraction(`compare:${pair.join(',')}:d:0`));
    }
    const again = await respond(used, card);
    expect(again.body).not.toBe(body);
    expect(again.body).toEqual(body);
  });
});
