import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import { type Running, runEntry } from './helpers/bot.ts';

let discord: Playground;

beforeAll(async () => {
  discord = await startPlayground({ port: 0, page: false });
});
afterAll(() => discord.close());

/** The port that a process says it listens on in a line of its log. */
async function portOf(bot: Running, message: string): Promise<string> {
  await bot.says(message);
  const line = bot
    .written()
    .split('\n')
    .find((text) => text.includes(message));
  return String(JSON.parse(line ?? '{}').port);
}

async function get(port: string, path: string) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, text: await response.text() };
}

/** A figure of the metrics by its name and labels, as they are written. */
function figure(metrics: string, name: string): number | undefined {
  const line = metrics.split('\n').find((text) => text.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

/** The lines of the log that tell of interactions. */
function interactionsIn(written: string): Record<string, unknown>[] {
  return written
    .split('\n')
    .filter((line) => line.includes('"msg":"Interaction"'))
    .map((line) => JSON.parse(line));
}

const transports = {
  'over the gateway': {
    env: () => ({ DISCORD_TOKEN: discord.token }),
    health: 'Health at /healthz',
    ready: '"msg":"Ready"',
    shards: { ready: 1, all: 1 },
  },
  'over HTTP': {
    env: () => ({
      DISCORD_TRANSPORT: 'http',
      DISCORD_PUBLIC_KEY: discord.publicKey,
      DISCORD_TOKEN: discord.token,
    }),
    health: 'Listening at /interactions',
    ready: '"msg":"Ready"',
    shards: undefined,
  },
} as const;

describe.each(Object.entries(transports))('%s', (name, { env, health, ready, shards }) => {
  test('health, metrics and one line for each interaction, without what somebody typed', async () => {
    const bot = runEntry('src/main.ts', {
      ...env(),
      DISCORD_API_URL: discord.apiUrl,
      HOST: '127.0.0.1',
      PORT: '0',
      METRICS_PORT: '0',
      LOG_LEVEL: 'trace',
    });
    const metricsPort = await portOf(bot, 'Metrics at /metrics');
    const port = await portOf(bot, health);
    await bot.says(ready);
    if (name === 'over HTTP') discord.callEndpoints([`http://127.0.0.1:${port}/interactions`]);

    expect(await get(port, '/healthz')).toEqual({ status: 200, text: '{"isAlive":true}' });
    const readiness = await get(port, '/readyz');
    expect(readiness.status).toBe(200);
    expect(JSON.parse(readiness.text)).toEqual({
      isReady: true,
      frameworks: expect.any(Number),
      newest: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      ...(shards === undefined ? {} : { shards }),
    });
    // What is measured is for whom METRICS_PORT is opened to.
    expect((await get(port, '/metrics')).status).toBe(404);
    expect((await get(metricsPort, '/readyz')).status).toBe(404);

    const card = await discord.type('/framework lookup name:djagno');
    await discord.type('/compare first:django second:zzzsecretzzz');
    await discord.interact({
      kind: 'suggest',
      command: 'framework lookup',
      options: { name: 'dj' },
      focused: 'name',
    });
    await discord.interact({
      kind: 'press',
      messageId: card.message?.id ?? '',
      customId: 'framework:c:django:r:0',
    });
    discord.faults.rest({ status: 503, times: 1, path: /callback/ });
    const drawn = await discord.interact({
      kind: 'press',
      messageId: (await discord.type('/compare first:django second:rails')).message?.id ?? '',
      customId: 'compare:django,rails:p:0',
    });
    expect(drawn.message?.attachments).toHaveLength(1);

    const { text: metrics } = await get(metricsPort, '/metrics');
    const counted = (type: string, command: string, outcome = 'answered') =>
      figure(
        metrics,
        `framewise_interactions_total{type="${type}",command="${command}",outcome="${outcome}"}`,
      );
    expect(counted('command', 'framework lookup')).toBe(1);
    expect(counted('command', 'compare')).toBe(2);
    expect(counted('autocomplete', 'framework lookup')).toBe(1);
    expect(counted('component', 'framework')).toBe(1);
    expect(figure(metrics, 'framewise_names_total{tier="alias"}')).toBe(1);
    expect(figure(metrics, 'framewise_names_total{tier="exact"}')).toBeGreaterThan(2);
    expect(figure(metrics, 'framewise_names_total{tier="none"}')).toBeGreaterThan(0);
    expect(figure(metrics, 'framewise_rest_faults_total{fault="5xx"}')).toBe(1);
    expect(figure(metrics, 'framewise_open')).toBe(1);
    expect(figure(metrics, 'framewise_frameworks')).toBe(JSON.parse(readiness.text).frameworks);
    expect(figure(metrics, 'framewise_data_age_seconds')).toBeGreaterThan(0);
    expect(metrics).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(figure(metrics, 'framewise_shard_ready{shard="0"}')).toBe(shards === undefined ? undefined : 1);
    expect(metrics).not.toContain('zzzsecretzzz');

    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    const lines = interactionsIn(bot.written());
    expect(lines).toHaveLength(6);
    expect(lines[0]).toEqual({
      level: 'info',
      time: expect.any(String),
      interaction: card.interaction.id,
      type: 'command',
      command: 'framework lookup',
      outcome: 'answered',
      ms: expect.any(Number),
      ...(shards === undefined ? {} : { shard: 0 }),
      msg: 'Interaction',
    });
    expect(bot.written()).not.toContain('zzzsecretzzz');
    discord.callEndpoints([]);
  });
});

test('ready only once Discord is, alive before', async () => {
  const late = await startPlayground({ port: 0, page: false });
  late.faults.deafen();
  const bot = runEntry('src/main.ts', {
    DISCORD_TOKEN: late.token,
    DISCORD_API_URL: late.apiUrl,
    HOST: '127.0.0.1',
    PORT: '0',
  });
  const port = await portOf(bot, 'Health at /healthz');
  expect((await get(port, '/healthz')).status).toBe(200);
  expect((await get(port, '/readyz')).status).toBe(503);
  bot.signal('SIGTERM');
  expect(await bot.ended).toBe(0);
  await late.close();
});

test('a port that is taken is told by its name', async () => {
  const taken = new URL(discord.apiUrl).port;
  for (const variable of ['PORT', 'METRICS_PORT']) {
    const bot = runEntry('src/main.ts', {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      HOST: '127.0.0.1',
      [variable]: taken,
    });
    expect(await bot.ended).toBe(1);
    expect(bot.written()).toContain(`${variable} ${taken} is taken by another program. Set ${variable}`);
  }
});
