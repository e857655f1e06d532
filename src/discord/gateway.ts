import { Client, Events, type REST } from 'discord.js';
import type { GatewayDispatchPayload } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { failure } from '../failure.ts';
import type { Handle } from '../handle.ts';
import { deliver } from './deliver.ts';
import { explainRefusal } from './refusal.ts';

/** A connection to Discord. */
export type Gateway = {
  applicationId: string;
  rest: REST;
  /** Takes no more interactions, finishes the answers under way, at most as long as given in milliseconds, and leaves. */
  close(patience: number): Promise<void>;
};

/** What a connection needs. `apiUrl` is the REST base without the version. */
export type GatewayOptions = { token: string; apiUrl: string; handle: Handle; log: Logger };

/** A type that discord.js has no handler for. */
const handled = 'FRAMEWISE_HANDLED';

/**
 * Connects to Discord's gateway with as many shards as Discord advises, and answers interactions. It asks for no
 * intents, so nothing of what happens on servers arrives.
 *
 * @returns once all shards are ready.
 * @throws a failure when Discord refuses the token or cannot be reached.
 */
export async function connectGateway({ token, apiUrl, handle, log }: GatewayOptions): Promise<Gateway> {
  const client = new Client({ intents: [], shards: 'auto', rest: { api: apiUrl } });
  const underWay = new Set<Promise<void>>();
  let isOpen = true;

  client.on(Events.Raw, (packet: GatewayDispatchPayload) => {
    if (packet.t === 'READY') {
      // discord.js would keep an object for every server, and nothing here needs one.
      packet.d.guilds = [];
    } else if (packet.t === 'INTERACTION_CREATE') {
      // discord.js would wrap the interaction and keep its channel and user.
      Object.assign(packet, { t: handled });
      if (!isOpen) return;
      const delivery = deliver(packet.d, handle, client.rest, log);
      underWay.add(delivery);
      void delivery.finally(() => underWay.delete(delivery));
    }
  });
  client.on(Events.Error, (error) => log.error({ err: error }, 'The connection to Discord has a problem'));
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ shard, err: error }, 'A shard lost its connection'),
  );
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'A shard is reconnecting'));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'A shard has resumed'));

  const ready = new Promise<Client<true>>((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    client.once(Events.ShardDisconnect, ({ code }) => reject(explainRefusal({ code })));
    client.login(token).catch((error: unknown) => reject(explainRefusal(error)));
  });
  try {
    const { application, rest } = await ready;
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      log.fatal({ shard, code, err: explainRefusal({ code }) }, 'Discord has closed a shard for good');
      process.exitCode = 1;
      void client.destroy();
    });
    return {
      applicationId: application.id,
      rest,
      async close(patience) {
        isOpen = false;
        const late = new Promise((resolve) => setTimeout(resolve, patience).unref());
        await Promise.race([Promise.allSettled(underWay), late]);
        await client.destroy();
      },
    };
  } catch (error) {
    await client.destroy();
    throw error instanceof Error ? error : failure(String(error));
  }
}
