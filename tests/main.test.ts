import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import { runEntry } from './helpers/bot.ts';

const tellPackages = './tests/helpers/tell-packages.ts';

let discord: Playground;

beforeAll(async () => {
  discord = await startPlayground({ port: 0, page: false });
});
afterAll(() => discord.close());

const own = () => ({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });

describe('npm start with a token', () => {
  test('connects, registers, prints how to install it, answers, and leaves on SIGTERM', async () => {
    const bot = runEntry('src/main.ts', own());
    await bot.says('integration_type=1');
    expect(bot.written()).toContain(
      `client_id=${discord.applicationId}&integration_type=0&scope=applications.commands`,
    );
    const answer = await discord.type('/framework lookup name:rails');
    expect(answer.message?.embeds[0]?.title).toContain('Ruby on Rails');
    const asked = performance.now();
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(3000);
    for (const line of bot.written().trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
    expect(bot.written()).not.toContain(discord.token);
  });

  test('uploads the marks once, and shows them from the next start on at once', async () => {
    for (const uploaded of [true, false]) {
      const bot = runEntry('src/main.ts', own());
      await bot.says('"msg":"Marks"');
      const { uploaded: count } = JSON.parse(
        bot
          .written()
          .split('\n')
          .find((line) => line.includes('"msg":"Marks"')) ?? '{}',
      );
      // Another test of this file may have begun with the uploading.
      if (!uploaded) expect(count).toBe(0);
      const answer = await discord.type('/framework lookup name:rails');
      expect(answer.message?.embeds[0]?.title).toMatch(/^<:fw_rails_[0-9a-f]{8}:\d+>\u00a0Ruby on Rails$/);
      bot.signal('SIGTERM');
      expect(await bot.ended).toBe(0);
    }
  });

  test('leaves on SIGINT', async () => {
    const bot = runEntry('src/main.ts', own());
    await bot.says('integration_type=1');
    bot.signal('SIGINT');
    expect(await bot.ended).toBe(0);
  });

  test('writes no interaction token, whatever Discord refuses', async () => {
    const bot = runEntry('src/main.ts', { ...own(), LOG_LEVEL: 'trace' });
    await bot.says('integration_type=1');
    discord.faults.rest({ status: 500, times: 4 });
    const { interaction } = await discord.type('/framework lookup name:rails');
    bot.signal('SIGTERM');
    await bot.ended;
    expect(bot.written()).not.toContain(interaction.token);
    expect(bot.written()).not.toContain(discord.token);
  });
});

describe('npm start over HTTP', () => {
  const endpoint = () => ({
    DISCORD_TRANSPORT: 'http',
    DISCORD_PUBLIC_KEY: discord.publicKey,
    DISCORD_API_URL: discord.apiUrl,
    PORT: '0',
    HOST: '127.0.0.1',
  });

  const addressOf = (written: string) => `http://127.0.0.1:${/"port":(\d+)/.exec(written)?.[1]}/interactions`;

  test('several processes share the clicks on one message, and none of them loads discord.js', {
    timeout: 60_000,
  }, async () => {
    const first = runEntry('src/main.ts', { ...endpoint(), DISCORD_TOKEN: discord.token }, tellPackages);
    await first.says('"msg":"Marks"');
    const others = [1, 2].map(() => runEntry('src/main.ts', endpoint(), tellPackages));
    await Promise.all(others.map((bot) => bot.says('no commands are registered')));
    const bots = [first, ...others];
    discord.callEndpoints(bots.map((bot) => addressOf(bot.written())));
    discord.refusals.length = 0;

    const card = await discord.type('/framework lookup name:django');
    const messageId = card.message?.id ?? '';
    for (let turn = 0; turn < 30; turn += 1) {
      const page = turn % 2 === 0 ? 'r' : 'f';
      const turned = await discord.interact({
        kind: 'press',
        messageId,
        customId: `framework:c:django:${page}:0`,
      });
      expect(turned.how).toBe('update');
      const { description = '' } = turned.message?.embeds[0] ?? {};
      expect(description).toContain(page === 'r' ? '### Releases' : '### Features');
    }
    const compared = await discord.type('/compare first:django second:rails');
    const drawn = await discord.interact({
      kind: 'press',
      messageId: compared.message?.id ?? '',
      customId: 'compare:django,rails:p:0',
    });
    expect(drawn.message?.attachments.map(({ filename }) => filename)).toEqual([
      expect.stringMatching(/\.png$/),
    ]);
    expect(discord.refusals).toEqual([]);

    discord.callEndpoints([]);
    for (const bot of bots) bot.signal('SIGTERM');
    for (const bot of bots) {
      expect(await bot.ended).toBe(0);
      expect(bot.written()).toContain('loads hono');
      for (const name of ['discord.js', '@discordjs/ws', 'ws']) {
        expect(bot.written()).not.toContain(`loads ${name}\n`);
      }
      expect(bot.written()).not.toContain(discord.token);
    }
  });

  test('says which variable its port is when that is taken', async () => {
    const { port } = new URL(discord.url);
    const bot = runEntry('src/main.ts', { ...endpoint(), PORT: port });
    expect(await bot.ended).toBe(1);
    expect(bot.written()).toMatch(new RegExp(`PORT ${port} is taken`));
  });
});

describe('npm start and npm run register that cannot go on', () => {
  test.each([
    ['a malformed token', () => ({ DISCORD_TOKEN: 'hello' }), /DISCORD_TOKEN is not a token/],
    [
      'a token that Discord refuses',
      () => ({ ...own(), DISCORD_TOKEN: 'a.b.c' }),
      /Discord refused DISCORD_TOKEN\. Reset it at/,
    ],
    [
      'a server it may not use',
      () => ({ ...own(), DISCORD_GUILD_ID: '100000000000000009' }),
      /DISCORD_GUILD_ID names a server/,
    ],
    [
      'a server id that is none',
      () => ({ ...own(), DISCORD_GUILD_ID: 'mine' }),
      /DISCORD_GUILD_ID must be the id of a server/,
    ],
    [
      'production without a token',
      () => ({ NODE_ENV: 'production' }),
      /DISCORD_TOKEN is missing \(NODE_ENV is production/,
    ],
    [
      'something set, but no token',
      () => ({ DISCORD_GUILD_ID: discord.guildId }),
      /DISCORD_TOKEN is missing \(DISCORD_GUILD_ID is set/,
    ],
    [
      'entries of its own that are not there',
      () => ({ ...own(), DATA_DIR: '/nowhere/at/all' }),
      /^\/nowhere\/at\/all: cannot be read \(ENOENT\)\nDATA_DIR is a folder of your own entries;/m,
    ],
  ])('%s: one clear sentence and exit code 1', async (_what, env, sentence) => {
    for (const entry of ['src/main.ts', 'src/register.ts']) {
      const run = runEntry(entry, env());
      expect(await run.ended).toBe(1);
      expect(run.written()).toMatch(sentence);
      expect(run.written()).not.toMatch(/\n\s+at /);
      expect(run.written()).not.toContain(discord.token);
    }
  });
});

describe('without a network', () => {
  const unreachable = { DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL: 'http://127.0.0.1:9' };
  const sentence = /Discord cannot be reached \(ECONNREFUSED\)\. Check/;

  test.each([
    ['gateway', {}],
    [
      'HTTP',
      { DISCORD_TRANSPORT: 'http', DISCORD_PUBLIC_KEY: 'ab'.repeat(32), PORT: '0', HOST: '127.0.0.1' },
    ],
  ])('npm start over %s says so and goes on trying', async (_, env) => {
    const bot = runEntry('src/main.ts', { ...unreachable, ...env });
    await bot.says('"seconds":2');
    expect(bot.written()).toMatch(sentence);
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  test('npm run register says so and ends', async () => {
    const run = runEntry('src/register.ts', unreachable);
    expect(await run.ended).toBe(1);
    expect(run.written()).toMatch(sentence);
    expect(run.written()).not.toMatch(/\n\s+at /);
  });
});

describe('npm run register', () => {
  test('registers, and says when there was nothing to do', async () => {
    const again = async () => {
      const run = runEntry('src/register.ts', { ...own(), DISCORD_GUILD_ID: discord.guildId });
      expect(await run.ended).toBe(0);
      return run.written();
    };
    expect(await again()).toContain('Discord now has the commands in the server');
    const second = await again();
    expect(second).toContain('Discord already has these commands in the server');
    expect(second).toMatch(/It has the marks of [1-9]\d* frameworks: 0 uploaded, 0 removed\./);
  });

  test('without a token says that the playground needs none', async () => {
    const run = runEntry('src/register.ts');
    expect(await run.ended).toBe(1);
    expect(run.written()).toContain('DISCORD_TOKEN is missing.');
  });
});

describe('npm start with nothing configured', () => {
  test('when the port asked for is taken, says so', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const run = runEntry('src/main.ts', { PORT: String(port) });
    expect(await run.ended).toBe(1);
    expect(run.written()).toContain(`PORT ${port} is taken by another program.`);
    server.close();
  });
});
