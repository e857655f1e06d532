import { describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import type { Command } from '../src/command.ts';
import { createHandle } from '../src/handle.ts';
import {
  another,
  asker,
  context,
  createAsk,
  pressInteraction,
  refusals,
  slashInteraction,
} from './helpers/ask.ts';

const { slash, press } = createAsk();

describe('who sees an answer', () => {
  test.each([
    ['a command', slash('framework lookup', { name: 'koa' }), false],
    ['a command with private:true', slash('framework lookup', { name: 'koa', private: true }), true],
    [
      'a command with private:false',
      slash('compare', { first: 'koa', second: 'flask', private: false }),
      false,
    ],
  ])('%s', async (_what, answer, isPrivate) => {
    expect((await answer).isPrivate).toBe(isPrivate);
  });

  test('private: and for-user: contradict each other, which is said in private', async () => {
    const answer = await slash('framework lookup', { name: 'koa', private: true, 'for-user': another });
    expect(answer.text).toContain('leave out private or for-user');
    expect(answer).toMatchObject({ isPrivate: true, content: undefined });
  });

  test('who asked turns the pages of the message', async () => {
    const { type, isPrivate } = await press('framework:c:koa:r:0');
    expect({ type, isPrivate }).toEqual({ type: 7, isPrivate: false });
  });

  test('anybody else gets the page in private', async () => {
    const { type, isPrivate, embed } = await press('framework:c:koa:r:0', { by: another });
    expect({ type, isPrivate, title: embed.title }).toEqual({ type: 4, isPrivate: true, title: 'Koa' });
  });

  test.each([
    ['keeps whom it is pointed out to', `<@${another}>`, `<@${another}>`],
    ['and no words that are not ours', '@everyone look', ''],
  ])('an edit replaces all of the message: %s', async (_, content, kept) => {
    const { body } = await press('framework:c:koa:r:0', { content });
    expect(body).toMatchObject({
      data: { content: kept, attachments: [], allowed_mentions: { parse: [] }, embeds: [{}] },
    });
  });
});

describe('what is not ours, or no longer', () => {
  test.each([
    '',
    'framework',
    'framework:c:koa',
    'framework:c:koa:x:0',
    'framework:c:koa:o:-1',
    'framework:c:<@1>:o:0',
    'framework:s:0:',
    'compare:a,b,c,d,e:d:0',
    'compare::d:0',
    'recommend:python:ra:or:q:0:',
    'about:1',
    'constructor:x',
    '__proto__:c:koa:o:0',
    'x'.repeat(100),
  ])('the custom_id ‘%s’ is answered in private, without a word of it', async (customId) => {
    const answer = await press(customId);
    expect(answer.isPrivate).toBe(true);
    expect(answer.text).toContain('does not lead anywhere any more');
  });

  test.each([
    ['framework:c:gone:o:0', 'I know no framework called ‘gone’.'],
    ['compare:gone,alsogone:d:0', 'I know none of these frameworks.'],
    ['framework:c:koa:f:99', 'Koa'],
    ['recommend:gone:ra:zzom:r:0:', 'with ORM'],
    ['framework:l:gone:zz:0', '0 frameworks in gone'],
  ])('%s, an id from another version, is still answered', async (customId, said) => {
    expect((await press(customId)).text).toContain(said);
  });

  test('a menu that sends what it never offered', async () => {
    expect(
      (await press('framework:c:koa:o:0', { values: ['<@1> [x](https://evil.example)'] })).text,
    ).toContain('I know no framework');
    expect((await press('compare:koa:d:0', { values: ['gone'] })).text).toContain(
      'Koa is the only framework here.',
    );
    expect((await press('recommend::::r:0:n', { values: ['zz', 'om', 'om'] })).embed.title).toBe(
      'Backend frameworks, with ORM',
    );
  });

  test('a command that is gone', async () => {
    expect((await slash('forgotten')).text).toContain('does not lead anywhere any more');
  });
});

describe('unexpected errors', () => {
  const broken: Command = {
    ...commands[0],
    data: { name: 'broken', description: 'Breaks', type: 1 },
    run: () => {
      throw new Error('secret detail');
    },
    suggest: () => {
      throw new Error('secret detail');
    },
  };

  test('are logged once with the interaction’s id, and answered with one private sentence', async () => {
    const logged: object[] = [];
    const handle = createHandle([broken], () => context, { error: (details) => logged.push(details) });
    const { body } = await handle.respond(slashInteraction('broken'));
    expect(refusals(body)).toEqual([]);
    expect(JSON.stringify(body)).toContain('Something broke on my side');
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(body).toMatchObject({ data: { flags: 64 } });
    expect(logged).toEqual([{ interaction: '5', err: new Error('secret detail') }]);
  });

  test('leave an autocomplete empty', async () => {
    const handle = createHandle([broken], () => context, { error: () => {} });
    const typing = { ...slashInteraction('broken', { name: 'x' }), type: 4 } as never;
    const data = { name: 'broken', options: [{ name: 'name', value: 'x', type: 3, focused: true }] };
    const { body } = await handle.respond(Object.assign(typing, { data }));
    expect(body).toEqual({ type: 8, data: { choices: [] } });
  });
});

describe('asking for more time', () => {
  const { defer } = createHandle(commands, () => context, { error: () => {} });

  test.each([
    ['a command', slashInteraction('about'), { type: 5, data: {} }],
    ['a private command', slashInteraction('about', { private: true }), { type: 5, data: { flags: 64 } }],
    ['a press by who asked', pressInteraction('x'), { type: 6 }],
    ['a press by another', pressInteraction('x', { by: another }), { type: 5, data: { flags: 64 } }],
  ])('%s', (_what, interaction, body) => {
    expect(defer(interaction)).toEqual(body);
    expect(refusals(JSON.parse(JSON.stringify(body)))).toEqual([]);
  });

  test('an autocomplete cannot', () => {
    expect(defer({ ...slashInteraction('about'), type: 4 } as never)).toBeUndefined();
  });
});

test('a ping is answered with a pong', async () => {
  const handle = createHandle(commands, () => context, { error: () => {} });
  expect(await handle.respond({ type: 1, id: '5', user: { id: asker } } as never)).toEqual({
    body: { type: 1 },
  });
});
