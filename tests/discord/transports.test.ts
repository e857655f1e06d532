import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { keysOf } from '../../src/catalog/vocabulary.ts';
import { syncEmojis } from '../../src/discord/emojis.ts';
import { createHandle, type Handle } from '../../src/handle.ts';
import { createLog } from '../../src/log.ts';
import { wantedMarks } from '../../src/marks.ts';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import type { Mark } from '../../src/reply/markdown.ts';
import { context } from '../helpers/ask.ts';
import { type Connected, transports } from '../helpers/transports.ts';

let discord: Playground;
let bot: Connected;

const log = createLog('silent', []);
const quick = createHandle(commands, () => context, log);

/** The same answers, some time later. */
function slow(milliseconds: number): Handle {
  return {
    ...quick,
    respond: async (interaction) => {
      await sleep(milliseconds);
      return quick.respond(interaction);
    },
  };
}

beforeEach(async () => {
  discord = await startPlayground({ port: 0, page: false });
});
afterEach(async () => {
  await bot.close(100);
  await discord.close();
});

describe.each(keysOf(transports))('over %s', (name) => {
  async function connect(handle: Handle): Promise<void> {
    bot = await transports[name](discord, handle);
  }

  test('every kind of interaction is answered, and nothing is refused', async () => {
    await connect(quick);
    const card = await discord.type('/framework lookup name:django');
    expect(card).toMatchObject({
      how: 'message',
      isPrivate: false,
      message: { embeds: [{ title: 'Django' }] },
    });
    const messageId = card.message?.id ?? '';

    const turned = await discord.interact({ kind: 'press', messageId, customId: 'framework:c:django:r:0' });
    expect(turned.how).toBe('update');
    expect(turned.message?.embeds[0]?.description).toContain('### Releases');

    const other = await discord.interact(
      { kind: 'press', messageId, customId: 'framework:c:django:f:0' },
      { as: 'Sam' },
    );
    expect(other).toMatchObject({ how: 'message', isPrivate: true });
    expect(
      discord.messages().find(({ message }) => message.id === messageId)?.message.embeds[0]?.description,
    ).toContain('### Releases');

    const chosen = await discord.interact({
      kind: 'press',
      messageId,
      customId: 'compare:django:d:0',
      values: ['rails'],
    });
    expect(chosen.message?.embeds[0]?.title).toBe('Django and Ruby on Rails');

    const choices = await discord.suggest('/framework lookup name:lara');
    expect(choices.choices[0]).toEqual({ name: 'Laravel (PHP)', value: 'laravel' });

    const said = discord.say('is Koa or Express.js better?');
    const explained = await discord.interact({
      kind: 'message',
      command: 'Explain frameworks',
      messageId: said.id,
    });
    expect(explained).toMatchObject({ isPrivate: true, message: { embeds: [{ title: 'Koa and Express' }] } });

    const hidden = await discord.type('/recommend language:ruby private:true');
    expect(hidden.isPrivate).toBe(true);
    expect(discord.refusals).toEqual([]);
  });

  test('marks that Discord holds are shown, and none is refused', async () => {
    const marks = new Map<string, Mark>();
    await connect(createHandle(commands, () => ({ ...context, marks }), log));
    await syncEmojis(bot.rest, discord.applicationId, wantedMarks(context.catalog), log, marks);
    const card = await discord.type('/framework lookup name:koa');
    expect(card.message?.embeds[0]?.title).toMatch(/^<:fw_koa_[0-9a-f]{8}:\d+>\u00a0Koa$/);
    const offered = await discord.type('/framework lookup name:php');
    expect(JSON.stringify(offered.message?.components)).toContain('"emoji":{"id":');
    expect(discord.refusals).toEqual([]);
  });

  test.each(['dm', 'elsewhere'] as const)('in a %s too', async (where) => {
    await connect(quick);
    const answer = await discord.type('/compare first:koa second:express', { where });
    expect(answer).toMatchObject({ how: 'message', message: { embeds: [{ title: 'Koa and Express' }] } });
  });

  test('what takes long is deferred and edited in, in public and in private', {
    timeout: 20_000,
  }, async () => {
    await connect(slow(2000));
    const [open, hidden] = await Promise.all([
      discord.type('/framework lookup name:koa'),
      discord.type('/framework lookup name:koa private:true'),
    ]);
    expect(open).toMatchObject({ how: 'message', isPrivate: false, message: { embeds: [{ title: 'Koa' }] } });
    expect(hidden).toMatchObject({
      how: 'message',
      isPrivate: true,
      message: { embeds: [{ title: 'Koa' }] },
    });
    const messageId = open.message?.id ?? '';
    const turned = await discord.interact({ kind: 'press', messageId, customId: 'framework:c:koa:r:0' });
    expect(turned.message?.embeds[0]?.description).toContain('### Releases');
    expect(discord.refusals).toEqual([]);
  });

  test('what fails late is told in private, and leaves what others see as it was', {
    timeout: 20_000,
  }, async () => {
    let isBroken = false;
    const breaking = createHandle(
      commands.map((command) => ({
        ...command,
        run: async (...asked: Parameters<typeof command.run>) => {
          if (!isBroken) return command.run(...asked);
          await sleep(1800);
          throw new Error('late');
        },
        press: async () => {
          await sleep(1800);
          throw new Error('late');
        },
      })),
      () => context,
      log,
    );
    await connect(breaking);
    const card = await discord.type('/framework lookup name:koa');
    const messageId = card.message?.id ?? '';
    const seenByOthers = () => discord.messages({ as: 'Sam' }).map(({ message }) => message.embeds[0]?.title);
    isBroken = true;
    void discord.interact({ kind: 'press', messageId, customId: 'framework:c:koa:r:0' });
    void discord.type('/framework lookup name:koa');
    await sleep(2800);
    expect(seenByOthers()).toEqual(['Koa']);
    const own = discord.messages().map(({ message }) => message.embeds[0]?.title);
    expect(own.filter((title) => title === 'That went wrong')).toHaveLength(2);
    expect(discord.refusals).toEqual([]);
  });

  test('closing finishes the answers under way', async () => {
    await connect(slow(400));
    const asked = discord.type('/framework lookup name:flask');
    await sleep(100);
    await bot.close(2000);
    expect((await asked).message?.embeds[0]?.title).toBe('Flask');
  });
});
