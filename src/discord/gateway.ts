import { Client, Events, REST, Status } from 'discord.js';
import type { GatewayDispatchPayload } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Handle } from '../handle.ts';
import { connectPatiently } from './connecting.ts';
import { deliver } from './deliver.ts';
import { readInteraction } from './interaction.ts';
import { noOwnTries } from './persist.ts';
import { createReconnectPauses } from './reconnect-pauses.ts';
import { explainRefusal } from './refusal.ts';
import { createSeen } from './seen.ts';
import { createSender } from './sender.ts';
import type { ShardState, TransportState, Watch } from './watch.ts';

/** A connection to Discord, from the moment when it is asked for. */
export type Gateway = {
  /**
   * Resolves once all shards are ready, however long Discord cannot be reached; rejects with a failure when it refuses the bot.
   * Interactions are answered as soon as the first shard is ready.
   */
  ready: Promise<{ applicationId: string; rest: REST }>;
  /** How it is now. */
  state(): TransportState;
  /** Finishes the answers under way, at most as long as given in milliseconds, and leaves. */
  close(patience: number): Promise<void>;
};

/** What a connection needs. `apiUrl` is the REST base without the version. */
export type GatewayOptions = {
  token: string;
  apiUrl: string;
  handle: Handle;
  log: Logger;
  watch: Watch;
  /** Is called when Discord has ended a connection for good, once the log says why. */
  onEnd?: () => void;
};

/** A type that discord.js has no handler for. */
const handled = 'FRAMEWISE_HANDLED';

/** After so many losses in a row before the first READY it is told that something stands between. */
const manyLosses = 4;

/** Resolves after a time in milliseconds; what waits for it does not keep the process alive. */
function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

/**
 * Connects to Discord's gateway with as many shards as Discord advises, and answers interactions. It asks for no
 * intents, so nothing of what happens on servers arrives.
 */
export function connectGateway({ token, apiUrl, handle, log, watch, onEnd }: GatewayOptions): Gateway {
  let isLeaving = false;
  // Answers are no part of the limit that all other requests share, and their tries are counted by who sends them.
  // https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
  const rest = new REST({ api: apiUrl, ...noOwnTries }).setToken(token);
  const answering = createSender(apiUrl, rest);
  const pauses = createReconnectPauses();
  const ws = connectPatiently({ rest, pauses, log, isLeaving: () => isLeaving });
  const client = new Client({ intents: [], shards: 'auto', rest: { api: apiUrl }, ws });
  const underWay = new Set<Promise<void>>();
  const isNew = createSeen();
  let areAllReady = false;
  const shards = new Map<number, Omit<ShardState, 'id' | 'isReady' | 'latency'>>();
  const shardOf = (id: number) => {
    const kept = shards.get(id) ?? { guilds: 0, losses: 0, resumes: 0 };
    shards.set(id, kept);
    return kept;
  };
  const refused = new Map<string, number>();
  const refuse = (reason: string) => refused.set(reason, (refused.get(reason) ?? 0) + 1);

  client.on(Events.Raw, (packet: GatewayDispatchPayload, shard: number) => {
    if (packet.t === 'READY') {
      // discord.js would keep an object for every server, and nothing here needs one.
      shardOf(shard).guilds = packet.d.guilds.length;
      packet.d.guilds = [];
    } else if (packet.t === 'INTERACTION_CREATE') {
      const interaction = readInteraction(packet.d);
      // discord.js would wrap the interaction, and before all shards are ready keep it until they are.
      Object.assign(packet, { t: handled, d: null });
      if (interaction === undefined) {
        refuse('not an interaction');
        log.warn('What arrived as an interaction is none, and is left');
        return;
      }
      if (!isNew(interaction.id)) {
        refuse('repeated');
        return;
      }
      const delivery = deliver(interaction, handle, answering, log).then((report) =>
        watch({ ...report, shard }),
      );
      underWay.add(delivery);
      void delivery.finally(() => underWay.delete(delivery));
    }
  });
  client.on(Events.Error, (error) => log.error({ err: error }, 'The connection to Discord has a problem'));
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.ShardError, (error, shard) => {
    log.warn({ shard, err: error }, 'A shard lost its connection');
  });
  let isAnyReady = false;
  client.on(Events.ShardReconnecting, (shard) => {
    shardOf(shard).losses += 1;
    const count = pauses.lost(shard);
    // The first time, then ever more rarely: at 1, 2, 4, 8, …
    const isTelling = (count & (count - 1)) === 0;
    if (isLeaving || !isTelling) return;
    if (isAnyReady || count < manyLosses) log.info({ shard, count }, 'A shard is reconnecting');
    else {
      const gateway = client.ws.gateway ?? 'that Discord names';
      const why = `${apiUrl} can be reached. See whether this machine's firewall lets WebSockets through, and https://discordstatus.com.`;
      log.warn({ shard, count, gateway, why }, 'There is no session with the gateway yet; trying again');
    }
  });
  client.on(Events.ShardReady, (shard, guilds) => {
    pauses.opened(shard);
    // discord.js would keep the ids that it waited for.
    guilds?.clear();
  });
  client.on(Events.ShardResume, (shard, replayed) => {
    shardOf(shard).resumes += 1;
    pauses.opened(shard);
    log.info({ shard, replayed }, 'A shard has resumed');
  });

  const ready = new Promise<{ applicationId: string; rest: REST }>((resolve, reject) => {
    client.once(Events.ShardReady, () => {
      isAnyReady = true;
    });
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      const refusal = explainRefusal({ code });
      reject(refusal);
      if (!isAnyReady) return;
      log.fatal({ shard, code }, refusal.message);
      onEnd?.();
    });
    client.once(Events.ClientReady, ({ application, rest }) => {
      areAllReady = true;
      resolve({ applicationId: application.id, rest });
    });
    client.login(token).catch((error: unknown) => reject(explainRefusal(error)));
  });

  return {
    ready,
    state() {
      const states = client.ws.shards.map(({ id, status, ping }) => ({
        id,
        isReady: status === Status.Ready,
        latency: ping < 0 ? undefined : ping,
        ...shardOf(id),
      }));
      return { isOpen: areAllReady && states.some((shard) => shard.isReady), shards: states, refused };
    },
    async close(patience) {
      const late = later(patience);
      // What arrives meanwhile is answered too: until the connection is closed, nobody else would.
      for (let isLate = false; underWay.size > 0 && !isLate; ) {
        isLate = await Promise.race([Promise.allSettled(underWay).then(() => false), late.then(() => true)]);
      }
      isLeaving = true;
      // A peer that is gone never answers the close, and the library would wait half a minute for it.
      await Promise.race([client.destroy(), later(300)]);
    },
  };
}
