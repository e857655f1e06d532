import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createHandle, type Handle } from '../../src/handle.ts';
import { createLog } from '../../src/log.ts';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { context, contextWithMarks } from '../helpers/ask.ts';
import { type Connected, transports } from '../helpers/transports.ts';

let discord: Playground;
let bot: Connected;

const log = createLog('silent', []);

async function connect(handle: Handle): Promise<void> {
  bot = await transports['the gateway'](discord, handle);
}

beforeEach(async () => {
  discord = await startPlayground({ port: 0, page: false });
});
afterEach(async () => {
  await bot.close(100);
  await discord.close();
});

describe('over the gateway', () => {
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

  test.each([
    ['a dropped connection', () => discord.faults.drop()],
    ['a RECONNECT', () => discord.faults.reconnect()],
    ['an INVALID_SESSION that can be resumed', () => discord.faults.invalidSession(true)],
    ['an INVALID_SESSION that cannot', () => discord.faults.invalidSession(false)],
  ])('after %s it answers again', { timeout: 30_000 }, async (_what, fault) => {
    await connect(createHandle(commands, () => context, log));
    fault();
    await sleep(300);
    await discord.botConnected();
    const answer = await discord.type('/framework lookup name:flask');
    expect(answer.message?.embeds[0]?.title).toBe('Flask');
  });
});
