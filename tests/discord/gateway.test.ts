import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { connectGateway, type Gateway } from '../../src/discord/gateway.ts';
import { createHandle, type Handle } from '../../src/handle.ts';
import { createLog } from '../../src/log.ts';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { context } from '../helpers/ask.ts';

let discord: Playground;
let gateway: Gateway;

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
  gateway = await connectGateway({ token: discord.token, apiUrl: discord.apiUrl, handle, log });
  const body = commands.map(({ data }) => data);
  await gateway.rest.put(`/applications/${gateway.applicationId}/commands`, { body });
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

  test('after a lost connection it answers again', async () => {
    await connect(quick);
    discord.faults.drop();
    await sleep(200);
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
