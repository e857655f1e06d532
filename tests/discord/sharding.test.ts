import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { runEntry } from '../helpers/bot.ts';
import { pacingOf } from '../helpers/identifies.ts';
import { addressed, ordinary } from '../helpers/interactions.ts';

const shards = 4;
const atOnce = 2;

/** Discord's five seconds, less what this process may be late to see what comes, in milliseconds. */
const window = 4500;

let discord: Playground;

/** The id of a server that belongs to a shard. */
function serverOf(shard: number): string {
  return String(BigInt(10 ** 11 + shard) << 22n);
}

let lastId = 400_000_000_000_000_000n;

/** Somebody asks in a server that belongs to a shard; again if the machine had no time to answer within three seconds. */
async function expectAnswerOn(shard: number): Promise<void> {
  const ask = async () => {
    lastId += 1n;
    const to = { id: String(lastId), token: `token-${lastId}`, application_id: discord.applicationId };
    const { how } = await discord.send({
      ...addressed(ordinary[0]?.raw ?? {}, to),
      guild_id: serverOf(shard),
    });
    return how;
  };
  await expect.poll(ask, { timeout: 20_000 }).toBe('message');
}

beforeAll(async () => {
  discord = await startPlayground({ port: 0, page: false });
});
afterAll(async () => {
  await discord.close();
});

describe('a bot of four shards, two of which may identify at once, on 4,000 servers', () => {
  test('waits until there are identifies for all, identifies as Discord asks for, answers on every shard, and resumes one', {
    timeout: 120_000,
  }, async () => {
    discord.shard({ shards, guilds: 4000, maxConcurrency: atOnce, remaining: shards - 1 });
    const bot = runEntry('src/main.ts', { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
    await bot.says('Discord allows no more sessions for now');
    expect(discord.identifies).toEqual([]);
    discord.shard({ remaining: shards });

    await bot.says('"msg":"Ready"');
    expect(discord.identifies.map(({ shard }) => shard).toSorted()).toEqual([0, 1, 2, 3]);
    const { apart, most, isInOrder } = pacingOf(discord.identifies, atOnce, window);
    expect(apart).toBeGreaterThan(window);
    expect(most).toBe(atOnce);
    expect(isInOrder).toBe(true);
    for (let shard = 0; shard < shards; shard++) await expectAnswerOn(shard);

    discord.faults.drop(2);
    await bot.says('A shard has resumed');
    expect(discord.resumes.map(({ shard }) => shard)).toEqual([2]);
    expect(discord.identifies).toHaveLength(shards);
    for (let shard = 0; shard < shards; shard++) await expectAnswerOn(shard);
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });
});
