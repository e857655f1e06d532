import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIMessage } from 'discord-api-types/v10';
import { createDriver, type Outcome } from './drive.ts';
import { createCaller } from './endpoint.ts';
import { createGateway, type GatewayMood, type Sharding, type ShardLogin } from './gateway.ts';
import { createPageServer } from './page-server.ts';
import { createRest, type RestFault, type RestWeather } from './rest.ts';
import type { Action, Actor, Example, Member, Refused, ShownMessage } from './wire.ts';
import { createWorld, isSeenBy, memberOf, type World, type WorldEvent } from './world.ts';

/** Settings of the stand-in; all but `port` have defaults. */
export type PlaygroundOptions = {
  /** 0 takes any free port. */
  port: number;
  /** A loopback address; `127.0.0.1` by default. */
  host?: string;
  /** What the bot is called on the page; 'Your bot' by default. */
  botName?: string;
  /** Command lines that the page offers to try first; without any, it offers the first commands. */
  examples?: readonly Example[];
  /** Whether to bundle and serve the page; `true` by default. */
  page?: boolean;
  /** Milliseconds between the heartbeats that the gateway asks for. */
  heartbeatInterval?: number;
  /** The clock, in milliseconds. */
  now?: () => number;
};

/** A running stand-in, and what a test or the page does with it. */
export type Playground = {
  /** The page's address. */
  url: string;
  /** REST base for the bot (DISCORD_API_URL). */
  apiUrl: string;
  token: string;
  /** The application's public key (DISCORD_PUBLIC_KEY). */
  publicKey: string;
  /** Sends interactions to these endpoints from now on, each to one of them at random; none: to the gateway. */
  callEndpoints: (addresses: readonly string[]) => void;
  applicationId: string;
  /** What the Developer Portal shows and changes of the application, as the routes tell it from now on. */
  application: World['application'];
  guildId: string;
  members: readonly Member[];
  /** Lets a member act, and waits for what comes of it. Throws when Discord's client would not send it. */
  interact: (action: Action, actor?: Actor) => Promise<Outcome>;
  /** Sends an interaction as it is given, in the server, as if the first member had acted, and waits for what comes of it. */
  send: (raw: object) => Promise<Outcome>;
  /** Types and sends a slash command: `/framework lookup name:django`. */
  type: (line: string, actor?: Actor) => Promise<Outcome>;
  /** Types, and waits for the suggestions for the last option of the line. */
  suggest: (line: string, actor?: Actor) => Promise<Outcome>;
  /** Posts a message of a member. */
  say: (content: string, actor?: Actor) => APIMessage;
  /** Votes in the poll of a message, anew; no answers take the vote back. */
  vote: (messageId: string, answers: readonly number[], actor?: Actor) => APIMessage;
  /** The messages that a member sees, oldest first. */
  messages: (actor?: Actor) => readonly ShownMessage[];
  /** Everything refused since the start, or since `refusals.length = 0`. */
  refusals: Refused[];
  /** Resolves when a bot is connected to the gateway. */
  botConnected: () => Promise<void>;
  /** Makes Discord have a bad day. */
  faults: {
    drop: (shard?: number) => void;
    reconnect: () => void;
    invalidSession: (resumable: boolean) => void;
    closeWith: (code: number) => void;
    say: (text: string) => void;
    mood: (mood: GatewayMood) => void;
    deafen: () => void;
    rest: (fault: RestFault) => void;
    weather: (weather: RestWeather | undefined) => void;
  };
  /** How bots are sharded that connect from now on: one shard at first, with a thousand identifies, one at a time. */
  shard: (sharding: Partial<Sharding>) => void;
  /** Each IDENTIFY of the bot, and each RESUME that was granted. */
  identifies: readonly ShardLogin[];
  resumes: readonly ShardLogin[];
  /** When the bot asked for a connection to the gateway, in milliseconds since 1970. */
  connects: readonly number[];
  /** Calls back for each thing that happens; returns how to stop. */
  listen: (hear: (event: WorldEvent) => void) => () => void;
  close: () => Promise<void>;
};

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
const keptRefusals = 200;

/**
 * Starts a stand-in for Discord (REST v10, gateway v10) and its page on loopback. It knows nothing of the bot but
 * what the bot registers, and holds nothing that outlives it. Throws a RangeError for an address that is not
 * loopback, and the system's error when the port is taken.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const host = options.host ?? '127.0.0.1';
  if (!loopback.has(host)) throw new RangeError(`The stand-in binds to loopback only, not to ${host}.`);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://${host === '::1' ? '[::1]' : host}:${port}`;
  const world = createWorld({
    origin,
    botName: options.botName ?? 'Your bot',
    now: options.now ?? Date.now,
  });
  const gateway = createGateway(world, options.heartbeatInterval ?? 41_250);
  const rest = createRest(world, gateway.advice);

  const refusals: Refused[] = [];
  world.listen((event) => {
    if (event.type !== 'refused') return;
    refusals.push(event);
    if (refusals.length > keptRefusals) refusals.shift();
  });

  const caller = createCaller(world);
  const driver = createDriver(world, {
    connected: () => caller.isSet() || gateway.connected(),
    send: (where, raw) => {
      if (caller.isSet()) caller.send(raw);
      else gateway.send(where, 'INTERACTION_CREATE', raw);
    },
  });
  const page = createPageServer(world, {
    port,
    bundle: options.page ?? true,
    isConnected: gateway.connected,
    examples: options.examples ?? [],
    interact: driver.interact,
    say: driver.say,
    vote: driver.vote,
  });

  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const handled = !page.isFromHere(request)
      ? page.forbid(response)
      : url.pathname.startsWith('/api/')
        ? rest.handle(request, response, url)
        : page.handle(request, response, url);
    Promise.resolve(handled).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: `500: ${String(error)}`, code: 0 }));
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (page.isFromHere(request) && request.url?.startsWith('/gateway'))
      gateway.upgrade(request, socket, head);
    else socket.destroy();
  });

  return {
    url: `${origin}/`,
    apiUrl: `${origin}/api`,
    token: world.token,
    publicKey: world.application.verify_key,
    callEndpoints: caller.use,
    applicationId: world.applicationId,
    application: world.application,
    guildId: world.guild.id,
    members: world.members,
    ...driver,
    messages: ({ as, where = 'server' } = {}) => {
      const { id } = memberOf(world, as);
      return [...world.messages.values()].filter((kept) => kept.where === where && isSeenBy(kept, id));
    },
    refusals,
    botConnected: () =>
      new Promise((resolve) => {
        if (gateway.connected()) return resolve();
        const stop = world.listen((event) => {
          if (event.type !== 'bot' || !event.connected) return;
          stop();
          resolve();
        });
      }),
    faults: { ...gateway.faults, rest: rest.failNext, weather: rest.setWeather },
    shard: gateway.shard,
    identifies: gateway.identifies,
    resumes: gateway.resumes,
    connects: gateway.connects,
    listen: world.listen,
    close: async () => {
      gateway.close();
      page.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
