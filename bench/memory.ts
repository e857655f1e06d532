import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type WebSocket, WebSocketServer } from 'ws';
import { runEntry } from '../tests/helpers/bot.ts';
import { median, memoryOf, spread, table } from './measure.ts';

/*
 * What bots of 10,000 servers keep in memory when nothing happens: Framewise, the smallest bot of discord.js without intents,
 * and the same with `intents: [Guilds]`, as bots are usually begun. To who asks for it, the gateway here sends GUILD_CREATE
 * with 50 channels and 30 roles for each server. Linux only.
 */

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    guilds: { type: 'string', default: '10000' },
  },
});
const rounds = Number(given.rounds);
const guilds = Number(given.guilds);

/** Discord wants a shard for 2,500 servers, and advises one for a thousand. https://docs.discord.com/developers/events/gateway#sharding */
const shards = Math.ceil(guilds / 1000);
const channelsEach = 50;
const rolesEach = 30;

/** How long nothing happens before memory is looked at, in milliseconds. */
const rest = 5000;

/** The most megabytes that Framewise may take over the bot without intents. */
const mostOver = 40;

const guildsIntent = 1;
const applicationId = '100000000000000001';

const idOf = (guild: number, part = 0): string =>
  String(300_000_000_000_000_000n + BigInt(guild * 1000 + part));

/** A server as GUILD_CREATE brings it. https://docs.discord.com/developers/resources/guild#guild-object */
function guildCreate(guild: number) {
  const id = idOf(guild);
  const bot = { id: applicationId, username: 'bench', discriminator: '0001', avatar: null, bot: true };
  return {
    id,
    name: `Server ${guild}`,
    icon: null,
    owner_id: idOf(guild, 900),
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    member_count: 250,
    large: true,
    unavailable: false,
    afk_channel_id: null,
    afk_timeout: 300,
    default_message_notifications: 0,
    description: null,
    explicit_content_filter: 0,
    features: [],
    mfa_level: 0,
    nsfw_level: 0,
    preferred_locale: 'en-GB',
    premium_tier: 0,
    rules_channel_id: null,
    system_channel_flags: 0,
    system_channel_id: idOf(guild, 100),
    vanity_url_code: null,
    verification_level: 1,
    members: [
      {
        user: bot,
        roles: [],
        joined_at: '2026-01-01T00:00:00.000000+00:00',
        deaf: false,
        mute: false,
        flags: 0,
      },
    ],
    channels: Array.from({ length: channelsEach }, (_, at) => ({
      id: idOf(guild, 100 + at),
      type: at % 10 === 9 ? 2 : 0,
      name: `channel-${at}`,
      position: at,
      flags: 0,
      parent_id: null,
      topic: null,
      nsfw: false,
      last_message_id: idOf(guild, 500 + at),
      rate_limit_per_user: 0,
      permission_overwrites: [{ id, type: 0, allow: '0', deny: '1024' }],
    })),
    roles: Array.from({ length: rolesEach }, (_, at) => ({
      id: at === 0 ? id : idOf(guild, 200 + at),
      name: at === 0 ? '@everyone' : `role-${at}`,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      icon: null,
      unicode_emoji: null,
      position: at,
      permissions: '2248473465835073',
      managed: false,
      mentionable: false,
      flags: 0,
    })),
    emojis: [],
    stickers: [],
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A lean stand-in for Discord: of REST what a start asks for, of the gateway HELLO, READY, servers and heartbeats. */
async function startDiscord() {
  const commands: unknown[] = [];
  const emojis: { id: string; name: string }[] = [];
  let isAllSent = Promise.withResolvers<void>();
  const served = new Set<number>();

  const server = createServer(async (request, response) => {
    const { url = '', method } = request;
    const sent = method === 'GET' ? undefined : await json(request);
    const answer = (body: unknown) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (url.endsWith('/gateway/bot')) {
      const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: shards };
      answer({ url: address.replace('http', 'ws'), shards, session_start_limit: limit });
    } else if (url.includes('/commands')) {
      if (Array.isArray(sent)) commands.splice(0, commands.length, ...sent);
      answer(commands);
    } else if (url.endsWith('/emojis')) {
      if (method === 'GET') return answer({ items: emojis });
      const emoji = { id: idOf(0, emojis.length), name: String((sent as { name: unknown }).name) };
      emojis.push(emoji);
      answer(emoji);
    } else answer({ id: applicationId, flags: 0 });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const identify = async (
    socket: WebSocket,
    { intents, shard }: { intents: number; shard: [number, number] },
  ) => {
    let s = 0;
    const dispatch = (t: string, d: object) => socket.send(JSON.stringify({ op: 0, s: ++s, t, d }));
    const own = Array.from({ length: guilds }, (_, guild) => guild).filter(
      (guild) => guild % shards === shard[0],
    );
    dispatch('READY', {
      v: 10,
      user: { id: applicationId, username: 'bench', discriminator: '0001', avatar: null, bot: true },
      application: { id: applicationId, flags: 0 },
      guilds: own.map((guild) => ({ id: idOf(guild), unavailable: true })),
      session_id: `session ${shard[0]}`,
      resume_gateway_url: address.replace('http', 'ws'),
      shard,
    });
    for (const guild of (intents & guildsIntent) === 0 ? [] : own) {
      dispatch('GUILD_CREATE', guildCreate(guild));
      // Not all of it is to lie here and in the kernel at once.
      while (socket.readyState === socket.OPEN && socket.bufferedAmount > 1_000_000) await sleep(5);
      // On a busy machine a bot may give the connection up, and come again.
      if (socket.readyState !== socket.OPEN) return;
    }
    // A ping is answered after everything before it.
    socket.ping();
    await once(socket, 'pong');
    served.add(shard[0]);
    if (served.size === shards) isAllSent.resolve();
  };

  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
    socket.on('message', (data) => {
      const { op, d } = JSON.parse(String(data));
      if (op === 1) socket.send(JSON.stringify({ op: 11 }));
      else if (op === 2) void identify(socket, d);
      // No session can be resumed: who tries begins anew.
      else if (op === 6) socket.send(JSON.stringify({ op: 9, d: false }));
    });
  });

  return {
    apiUrl: `${address}/api`,
    /** Resolves when the next bot has what it asked for. */
    nextServed: () => {
      isAllSent = Promise.withResolvers<void>();
      served.clear();
      return isAllSent.promise;
    },
    close: () => server.close(),
  };
}

const bots = {
  Framewise: ['src/main.ts', {}],
  'without intents': ['bench/minimal-bot.ts', {}],
  '`intents: [Guilds]`': ['bench/minimal-bot.ts', { INTENTS: String(guildsIntent) }],
} as const;
type Name = keyof typeof bots;
const names = Object.keys(bots) as Name[];

const discord = await startDiscord();

/** Megabytes of a bot that has been at rest: of the whole process, and of its heap, both after a forced collection. */
async function measure(name: Name) {
  const [entry, env] = bots[name];
  const served = discord.nextServed();
  const bot = runEntry(
    entry,
    { DISCORD_TOKEN: 'MTAw.bench.token', DISCORD_API_URL: discord.apiUrl, LOG_LEVEL: 'info', ...env },
    path.join(import.meta.dirname, '../tests/helpers/tell-heap.ts'),
  );
  await served;
  // Its last step after a start.
  if (name === 'Framewise') await bot.says('"Marks"');
  await sleep(rest);
  bot.signal('SIGUSR2');
  await bot.says('heap 1:');
  // What was collected goes back to the system a little later.
  await sleep(2000);
  const resident = memoryOf(bot.pid, 'VmRSS');
  const heap = Number(/heap 1: (\d+)/.exec(bot.written())?.[1]) / 2 ** 20;
  bot.signal('SIGTERM');
  await bot.ended;
  return { resident, heap };
}

// The first start of Framewise draws and uploads marks, which no later one does.
await measure('Framewise');
const taken = names.map((name) => ({ name, resident: [] as number[], heap: [] as number[] }));
for (let round = 0; round < rounds; round++) {
  for (const { name, resident, heap } of round % 2 === 0 ? taken : taken.toReversed()) {
    const result = await measure(name);
    resident.push(result.resident);
    heap.push(result.heap);
  }
}
discord.close();

const [ours = 0, least = 0, usual = 0] = taken.map(({ resident }) => median(resident));
console.log(
  `${guilds.toLocaleString('en')} servers on ${shards} shards; medians of ${rounds} interleaved starts, with the least and the most.\n`,
);
console.log(
  table(
    ['MB at rest', ...names],
    [
      ['resident', ...taken.map(({ resident }) => spread(resident))],
      ['heap', ...taken.map(({ heap }) => spread(heap))],
    ],
  ),
);
const over = ours - least;
console.log(
  `\nFramewise takes ${over.toFixed(0)} MB more than the bot without intents (bar ${mostOver}: ${over <= mostOver ? 'kept' : '**missed**'}), and ${(usual - ours).toFixed(0)} MB less than the bot with \`intents: [Guilds]\` (bar: less, ${ours < usual ? 'kept' : '**missed**'}).`,
);
