import {
  Client,
  Events,
  type REST,
  SimpleIdentifyThrottler,
  SimpleShardingStrategy,
  type WebSocketOptions,
} from 'discord.js';
import type { GatewayDispatchPayload } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { failure } from '../failure.ts';
import type { Handle } from '../handle.ts';
import { deliver } from './deliver.ts';
import { createIdentifyBudget } from './identify-budget.ts';
import { readInteraction } from './interaction.ts';
import { explainRefusal } from './refusal.ts';
import { createSeen } from './seen.ts';
import { createSender } from './sender.ts';

/** A connection to Discord, from the moment when it is asked for. */
export type Gateway = {
  /**
   * Resolves once all shards are ready; rejects with a failure when Discord refuses the token or cannot be reached.
   * Interactions are answered as soon as the first shard is ready.
   */
  ready: Promise<{ applicationId: string; rest: REST }>;
  /** Finishes the answers under way, at most as long as given in milliseconds, and leaves. */
  close(patience: number): Promise<void>;
};

/** What a connection needs. `apiUrl` is the REST base without the version. */
export type GatewayOptions = { token: string; apiUrl: string; handle: Handle; log: Logger };

/** A type that discord.js has no handler for. */
const handled = 'FRAMEWISE_HANDLED';

/**
 * How long a connection may take to open, and until HELLO, in milliseconds: a peer that is half gone does neither, and the
 * library would wait for it up to a minute. The second is longer by far, since the library leaves what is still opening then
 * without a listener for its error, which ends the process.
 */
const openWithin = 7000;
const helloWithin = 14_000;

/** How shards connect. */
const connecting: WebSocketOptions = {
  buildStrategy: (manager) => {
    Object.assign(manager.options, { handshakeTimeout: openWithin, helloTimeout: helloWithin });
    return new SimpleShardingStrategy(manager);
  },
  buildIdentifyThrottler: async (manager) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    const { remaining, max_concurrency: atOnce } = limit;
    const shards = await manager.getShardCount();
    return createIdentifyBudget({ remaining, shards }, new SimpleIdentifyThrottler(atOnce));
  },
};

/** How often a connection may be lost before the first READY until it is given up. */
const mostFirstAttempts = 10;

/** Resolves after a time in milliseconds; what waits for it does not keep the process alive. */
function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

/**
 * Connects to Discord's gateway with as many shards as Discord advises, and answers interactions. It asks for no
 * intents, so nothing of what happens on servers arrives.
 */
export function connectGateway({ token, apiUrl, handle, log }: GatewayOptions): Gateway {
  const client = new Client({ intents: [], shards: 'auto', rest: { api: apiUrl }, ws: connecting });
  const answering = createSender(apiUrl);
  const underWay = new Set<Promise<void>>();
  const isNew = createSeen();
  let isLeaving = false;

  client.on(Events.Raw, (packet: GatewayDispatchPayload) => {
    if (packet.t === 'READY') {
      // discord.js would keep an object for every server, and nothing here needs one.
      packet.d.guilds = [];
    } else if (packet.t === 'INTERACTION_CREATE') {
      // discord.js would wrap the interaction and keep its channel and user.
      Object.assign(packet, { t: handled });
      const interaction = readInteraction(packet.d);
      if (interaction === undefined) {
        log.warn('What arrived as an interaction is none, and is left');
        return;
      }
      if (!isNew(interaction.id)) return;
      const delivery = deliver(interaction, handle, answering, log);
      underWay.add(delivery);
      void delivery.finally(() => underWay.delete(delivery));
    }
  });
  client.on(Events.Error, (error) => log.error({ err: error }, 'The connection to Discord has a problem'));
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.ShardError, (error, shard) => {
    log.warn({ shard, err: error }, 'A shard lost its connection');
  });
  const losses = new Map<number, number>();
  client.on(Events.ShardReconnecting, (shard) => {
    const count = (losses.get(shard) ?? 0) + 1;
    losses.set(shard, count);
    // The first time, then ever more rarely: at 1, 2, 4, 8, …
    const isTelling = (count & (count - 1)) === 0;
    if (!isLeaving && isTelling) log.info({ shard, count }, 'A shard is reconnecting');
  });
  client.on(Events.ShardReady, (shard) => losses.delete(shard));
  client.on(Events.ShardResume, (shard, replayed) => {
    losses.delete(shard);
    log.info({ shard, replayed }, 'A shard has resumed');
  });

  const ready = new Promise<{ applicationId: string; rest: REST }>((resolve, reject) => {
    let isReady = false;
    let attempts = 0;
    client.once(Events.ShardReady, () => {
      isReady = true;
    });
    client.on(Events.ShardReconnecting, () => {
      attempts += 1;
      if (isReady || attempts < mostFirstAttempts) return;
      const where = client.ws.gateway ?? 'that Discord names';
      reject(
        failure(
          `The gateway ${where} cannot be reached, though ${apiUrl} can. Check this machine's firewall.`,
        ),
      );
    });
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      const refusal = explainRefusal({ code });
      reject(refusal);
      if (!isReady) return;
      log.fatal({ shard, code }, refusal.message);
      process.exitCode = 1;
      void client.destroy();
    });
    client.once(Events.ClientReady, ({ application, rest }) =>
      resolve({ applicationId: application.id, rest }),
    );
    client.login(token).catch((error: unknown) => reject(explainRefusal(error)));
  });

  return {
    ready,
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
