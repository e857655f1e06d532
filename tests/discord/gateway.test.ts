import { setTimeout as sleep } from 'node:timers/promises';
import type { REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { syncEmojis } from '../../src/discord/emojis.ts';
import { connectGateway, type Gateway } from '../../src/discord/gateway.ts';
import { registerCommands } from '../../src/discord/registration.ts';
import { createHandle, type Handle } from '../../src/handle.ts';
import { createLog } from '../../src/log.ts';
import { wantedMarks } from '../../src/marks.ts';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import type { Mark } from '../../src/reply/markdown.ts';
import { context, contextWithMarks } from '../helpers/ask.ts';

let discord: Playground;
let gateway: Gateway;
let rest: REST;

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

async function connect(handle: Handle): Promise<void> {
  gateway = connectGateway({ token: discord.token, apiUrl: discord.apiUrl, handle, log });
  const ready = await gateway.ready;
  rest = ready.rest;
  await registerCommands(
    rest,
    ready.applicationId,
    commands.map(({ data }) => data),
  );
}

beforeEach(async () => {
  discord = await startPlayground({ port: 0, page: false });
});
afterEach(async () => {
  await gateway.close(100);
  await discord.close();
});

describe('over the gateway', () => {
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
    const { applicationId } = await gateway.ready;
    await syncEmojis(rest, applicationId, wantedMarks(context.catalog), log, marks);
    const card = await discord.type('/framework lookup name:koa');
    expect(card.message?.embeds[0]?.title).toMatch(/^<:fw_koa_[0-9a-f]{8}:\d+>\u00a0Koa$/);
    const offered = await discord.type('/framework lookup name:php');
    expect(JSON.stringify(offered.message?.components)).toContain('"emoji":{"id":');
    expect(discord.refusals).toEqual([]);
  });

  test.each([
    ['at once', 0],
    ['after a deferral', 2000],
  ])('marks that are gone cost no answer: it is given without, %s', { timeout: 20_000 }, async (_, delay) => {
    const handle = createHandle(commands, () => contextWithMarks, log);
    await connect({
      ...handle,
      respond: async (interaction) => {
        await sleep(delay);
        return handle.respond(interaction);
      },
    });
    await discord.type('/framework lookup name:php');
    const given = () => discord.messages().map(({ message }) => message.embeds[0]?.title);
    await expect.poll(given).toEqual(['PHP']);
    const components = JSON.stringify(discord.messages()[0]?.message.components);
    expect(components).toContain('"label":"Laravel"');
    expect(components).not.toContain('emoji');
    expect(discord.refusals).toHaveLength(1);
    expect(discord.refusals[0]?.problems[0]).toMatchObject({ allowed: 'an emoji that the application has' });
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

  test.each([
    ['a dropped connection', () => discord.faults.drop()],
    ['a RECONNECT', () => discord.faults.reconnect()],
    ['an INVALID_SESSION that can be resumed', () => discord.faults.invalidSession(true)],
    ['an INVALID_SESSION that cannot', () => discord.faults.invalidSession(false)],
  ])('after %s it answers again', { timeout: 30_000 }, async (_what, fault) => {
    await connect(quick);
    fault();
    await sleep(300);
    await discord.botConnected();
    const answer = await discord.type('/framework lookup name:flask');
    expect(answer.message?.embeds[0]?.title).toBe('Flask');
  });

  test('closing finishes the answers under way', async () => {
    await connect(slow(400));
    const asked = discord.type('/framework lookup name:flask');
    await sleep(100);
    await gateway.close(2000);
    expect((await asked).message?.embeds[0]?.title).toBe('Flask');
  });
});
