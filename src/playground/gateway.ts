import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { constants, createDeflate } from 'node:zlib';
import { type WebSocket, WebSocketServer } from 'ws';
import type { World } from './world.ts';

const op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voiceState: 4,
  resume: 6,
  reconnect: 7,
  guildMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const close = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  timedOut: 4009,
  invalidShard: 4010,
  invalidVersion: 4012,
} as const;

const guildsIntent = 1;
const keptDispatches = 200;

type Fields = Record<string, unknown>;
type Session = {
  id: string;
  shard: readonly [number, number];
  sequence: number;
  sent: { s: number; text: string }[];
  connection?: Connection | undefined;
};
/** Why a connection is closed: the close code and its words. */
type Refusal = readonly [code: number, words: string];
type Connection = { socket: WebSocket; send: (text: string) => void; session?: Session };

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Which shard a client says that it is, and of how many. */
function shardOf({ shard }: Fields): readonly [number, number] {
  const [index, count] = Array.isArray(shard) ? shard.map(Number) : [0, 1];
  return [index ?? Number.NaN, count ?? Number.NaN];
}

/** Sends text as it is, or through one zlib stream per connection for clients that ask for it. */
function sender(socket: WebSocket, compress: boolean): (text: string) => void {
  if (!compress) return (text) => socket.send(text);
  const deflate = createDeflate({ flush: constants.Z_SYNC_FLUSH });
  deflate.on('data', (chunk: Buffer) => socket.send(chunk));
  socket.once('close', () => deflate.destroy());
  return (text) => deflate.write(text);
}

function guildCreate(world: World): Fields {
  const joined = new Date(world.now()).toISOString();
  const member = (user: unknown) => ({
    user,
    roles: [],
    joined_at: joined,
    deaf: false,
    mute: false,
    flags: 0,
    nick: null,
    avatar: null,
    pending: false,
    communication_disabled_until: null,
  });
  return {
    ...world.guild,
    owner_id: world.members[0]?.id,
    joined_at: joined,
    member_count: world.members.length + 1,
    members: [...world.members.map((one) => member(world.userOf(one))), member(world.bot)],
    channels: [
      {
        id: world.channels.server,
        type: 0,
        name: 'general',
        position: 0,
        permission_overwrites: [],
        flags: 0,
      },
    ],
    roles: [],
    emojis: [],
    stickers: [],
    features: [],
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    large: false,
    unavailable: false,
    icon: null,
    preferred_locale: 'en-GB',
  };
}

/** How the gateway behaves on a bad day. What is not given is as on a good one. */
export type GatewayMood = {
  /**
   * `not`: connections are reset; `never`: they are accepted and nothing follows; `no hello`: they become WebSockets, and no
   * HELLO comes.
   */
  opens?: 'not' | 'never' | 'no hello';
  /** Heartbeats are not acknowledged. */
  isHeartless?: boolean;
  /** IDENTIFY and RESUME are answered with this close code. */
  refusesWith?: number;
  /** IDENTIFY and RESUME are answered with INVALID_SESSION. */
  invalidates?: boolean;
};

/**
 * How a bot is sharded, and how much it may identify: https://docs.discord.com/developers/events/gateway#get-gateway-bot.
 * `guilds` are the servers that it is on besides the one of the stand-in; READY lists them, each as unavailable.
 */
export type Sharding = { shards: number; guilds: number; maxConcurrency: number; remaining: number };

/** That a shard identified or resumed: when, in milliseconds since 1970. */
export type ShardLogin = { at: number; shard: number };

/** The ids of a shard's servers, as long as Discord's, and such that they belong to it. */
function guildIds(shard: number, { shards, guilds }: Sharding): string[] {
  const first = 10 ** 11 - (10 ** 11 % shards) + shard;
  const count = Math.floor((guilds - shard + shards - 1) / shards);
  return Array.from({ length: count }, (_, at) => String(BigInt(first + at * shards) << 22n));
}

/**
 * The gateway: HELLO, IDENTIFY, heartbeats, READY, RESUME with what was missed, INVALID_SESSION and RECONNECT.
 * https://docs.discord.com/developers/events/gateway
 */
export function createGateway(world: World, heartbeatInterval: number) {
  const server = new WebSocketServer({ noServer: true, maxPayload: 4096 });
  const sessions = new Map<string, Session>();
  const connections = new Set<Connection>();
  const identifies: ShardLogin[] = [];
  const resumes: ShardLogin[] = [];
  const connects: number[] = [];
  const waiting = new Set<Duplex>();
  let mood: GatewayMood = {};
  let sharding: Sharding = { shards: 1, guilds: 0, maxConcurrency: 1, remaining: 1000 };
  const address = `${world.origin.replace(/^http/, 'ws')}/gateway`;

  const connected = () => [...sessions.values()].some(({ connection }) => connection !== undefined);

  const dispatch = (session: Session, event: string, data: unknown): void => {
    session.sequence += 1;
    const text = JSON.stringify({ op: op.dispatch, s: session.sequence, t: event, d: data });
    session.sent.push({ s: session.sequence, text });
    session.sent.splice(0, session.sent.length - keptDispatches);
    session.connection?.send(text);
  };

  const attach = (session: Session, connection: Connection): void => {
    session.connection = connection;
    connection.session = session;
    world.tell({ type: 'bot', connected: true });
  };

  /** What IDENTIFY and RESUME come to on a bad day, if not to what they should. */
  const moody = (connection: Connection): { refusal: Refusal | undefined } | undefined => {
    if (mood.refusesWith !== undefined) return { refusal: [mood.refusesWith, 'Made to refuse.'] };
    if (!mood.invalidates) return undefined;
    connection.send(JSON.stringify({ op: op.invalidSession, d: false }));
    return { refusal: undefined };
  };

  const identify = (connection: Connection, data: Fields): Refusal | undefined => {
    if (connection.session) return [close.alreadyAuthenticated, 'Already authenticated.'];
    if (data.token !== world.token && data.token !== `Bot ${world.token}`) {
      return [close.authenticationFailed, 'Authentication failed.'];
    }
    const [index, count] = shardOf(data);
    if (!(index >= 0 && index < count)) {
      return [close.invalidShard, 'Invalid shard.'];
    }
    const session: Session = {
      id: crypto.randomUUID().replaceAll('-', ''),
      shard: [index, count],
      sequence: 0,
      sent: [],
    };
    sessions.set(session.id, session);
    attach(session, connection);
    const holdsGuild = Number((BigInt(world.guild.id) >> 22n) % BigInt(count)) === index;
    dispatch(session, 'READY', {
      v: 10,
      user: { ...world.bot, verified: true, mfa_enabled: false, email: null },
      guilds: [
        ...(holdsGuild ? [world.guild.id] : []),
        ...guildIds(index, { ...sharding, shards: count }),
      ].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: address,
      shard: session.shard,
      application: { id: world.applicationId, flags: 0 },
      session_type: 'normal',
      private_channels: [],
      presences: [],
      relationships: [],
      user_settings: {},
      guild_join_requests: [],
      _trace: [],
    });
    if (holdsGuild && (Number(data.intents) & guildsIntent) !== 0) {
      dispatch(session, 'GUILD_CREATE', guildCreate(world));
    }
    return undefined;
  };

  const resume = (connection: Connection, data: Fields): Refusal | undefined => {
    if (data.token !== world.token && data.token !== `Bot ${world.token}`) {
      return [close.authenticationFailed, 'Authentication failed.'];
    }
    const session = sessions.get(String(data.session_id));
    if (!session) {
      connection.send(JSON.stringify({ op: op.invalidSession, d: false }));
      return undefined;
    }
    const seen = Number(data.seq);
    if (!(seen >= 0 && seen <= session.sequence)) {
      sessions.delete(session.id);
      return [close.invalidSequence, 'Invalid seq.'];
    }
    resumes.push({ at: Date.now(), shard: session.shard[0] });
    const previous = session.connection;
    attach(session, connection);
    if (previous && previous !== connection) {
      delete previous.session;
      previous.socket.close(close.timedOut, 'Session timed out.');
    }
    for (const { s, text } of session.sent) if (s > seen) connection.send(text);
    dispatch(session, 'RESUMED', { _trace: [] });
    return undefined;
  };

  const receive = (connection: Connection, text: string): Refusal | undefined => {
    let payload: Fields;
    try {
      payload = record(JSON.parse(text));
    } catch {
      return [close.decodeError, 'Error while decoding payload.'];
    }
    const data = record(payload.d);
    if (payload.op === op.identify) {
      identifies.push({ at: Date.now(), shard: shardOf(data)[0] });
      sharding.remaining -= 1;
    }
    const ill = payload.op === op.identify || payload.op === op.resume ? moody(connection) : undefined;
    if (ill !== undefined) return ill.refusal;
    switch (payload.op) {
      case op.heartbeat:
        if (mood.isHeartless) return undefined;
        connection.send(JSON.stringify({ op: op.heartbeatAck }));
        return undefined;
      case op.identify:
        return identify(connection, data);
      case op.resume:
        return resume(connection, data);
      case op.presence:
      case op.voiceState:
      case op.guildMembers:
        return connection.session ? undefined : [close.notAuthenticated, 'Not authenticated.'];
      default:
        return [close.unknownOpcode, 'Unknown opcode.'];
    }
  };

  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const query = new URL(request.url ?? '/', world.origin).searchParams;
    const connection: Connection = { socket, send: sender(socket, query.get('compress') === 'zlib-stream') };
    connections.add(connection);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      connections.delete(connection);
      if (connection.session?.connection === connection) connection.session.connection = undefined;
      world.tell({ type: 'bot', connected: connected() });
    });
    if (query.get('v') !== '10' || (query.get('encoding') ?? 'json') !== 'json') {
      socket.close(close.invalidVersion, 'This stand-in speaks version 10 in JSON.');
      return;
    }
    socket.on('message', (bytes) => {
      const refusal = receive(connection, String(bytes));
      if (refusal) socket.close(...refusal);
    });
    if (mood.opens === 'no hello') return;
    connection.send(
      JSON.stringify({ op: op.hello, d: { heartbeat_interval: heartbeatInterval, _trace: [] } }),
    );
  });

  const live = () => [...sessions.values()].flatMap(({ connection }) => (connection ? [connection] : []));

  return {
    /** What a bot is told before it connects, in Discord's words. */
    advice: () => ({
      url: address,
      shards: sharding.shards,
      session_start_limit: {
        total: 1000,
        remaining: Math.max(0, sharding.remaining),
        reset_after: 0,
        max_concurrency: sharding.maxConcurrency,
      },
    }),
    /** How bots are sharded that connect from now on; what is not given stays. */
    shard: (next: Partial<Sharding>) => {
      sharding = { ...sharding, ...next };
    },
    connected,
    /** Takes over a connection that asks to become a WebSocket. */
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      connects.push(Date.now());
      if (mood.opens === 'not') {
        socket.destroy();
        return;
      }
      if (mood.opens !== 'never') {
        server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
        return;
      }
      waiting.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => waiting.delete(socket));
    },
    /** Each IDENTIFY that came, and each RESUME that was granted. */
    identifies,
    resumes,
    /** When connections were asked for, in milliseconds since 1970. */
    connects,
    /** Sends an event to the shard that holds the guild (`undefined`: direct messages, shard 0). Says if one is there. */
    send: (guildId: string | undefined, event: string, data: unknown): boolean => {
      const holder = [...sessions.values()]
        .filter(
          ({ shard }) => shard[0] === (guildId ? Number((BigInt(guildId) >> 22n) % BigInt(shard[1])) : 0),
        )
        .at(-1);
      if (!holder) return false;
      dispatch(holder, event, data);
      return holder.connection !== undefined;
    },
    /** Faults, for tests: what Discord's gateway does on a bad day. */
    faults: {
      /** Cuts every connection, or that of one shard, without a goodbye. */
      drop: (shard?: number) => {
        for (const { socket, session } of live()) {
          if (shard === undefined || session?.shard[0] === shard) socket.terminate();
        }
      },
      /** Asks every client to reconnect (opcode 7), then closes. */
      reconnect: () => {
        for (const { send, socket } of live()) {
          send(JSON.stringify({ op: op.reconnect, d: null }));
          setTimeout(() => socket.close(1001), 1000).unref();
        }
      },
      /** Tells every client that its session is invalid (opcode 9), resumable or not. */
      invalidSession: (resumable: boolean) => {
        for (const connection of live()) {
          const { session } = connection;
          if (!resumable && session) {
            sessions.delete(session.id);
            delete connection.session;
          }
          connection.send(JSON.stringify({ op: op.invalidSession, d: resumable }));
        }
      },
      /** Closes every connection with a code. */
      closeWith: (code: number) => {
        for (const { socket } of live()) socket.close(code);
      },
      /** Sends text to every client as it is, whatever it is. */
      say: (text: string) => {
        for (const { send } of live()) send(text);
      },
      /** How the gateway behaves from now on. */
      mood: (next: GatewayMood) => {
        mood = next;
      },
      /** Leaves every connection half-open: nothing that comes is read, not even a close, and nothing is sent. */
      deafen: () => {
        for (const connection of live()) {
          connection.socket.pause();
          connection.send = () => {};
        }
      },
    },
    close: () => {
      for (const socket of waiting) socket.destroy();
      for (const { socket } of connections) socket.terminate();
      server.close();
    },
  };
}
