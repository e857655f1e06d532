import { type REST, SimpleShardingStrategy, type WebSocketOptions } from 'discord.js';
import type { APIGatewayBotInfo } from 'discord-api-types/v10';
import { createIdentifyBudget } from './identify-budget.ts';
import { createIdentifyQueue } from './identify-queue.ts';
import { keepTrying } from './keep-trying.ts';
import type { ReconnectPauses } from './reconnect-pauses.ts';
import { noSessionsLeft } from './refusal.ts';
import type { DeliveryLog } from './responses.ts';

/**
 * How long a connection may take to open, and until HELLO, in milliseconds: a peer that is half gone does neither, and the
 * library would wait for it up to a minute. The second is longer by far, since the library leaves what is still opening then
 * without a listener for its error, which ends the process.
 */
const openWithin = 7000;
const helloWithin = 14_000;

/** What connecting needs. `rest` has the bot's token and the options `noOwnTries`. */
export type Connecting = {
  rest: REST;
  pauses: ReconnectPauses;
  log: Pick<DeliveryLog, 'warn'>;
  isLeaving: () => boolean;
};

/** Resolves never. */
const never = () => new Promise<never>(() => {});

/**
 * What Discord says of its gateway.
 *
 * @throws an error that passes when it cannot be read, or when Discord allows no more sessions for a while.
 * https://docs.discord.com/developers/events/gateway#get-gateway-bot
 */
function readGateway(answer: unknown): APIGatewayBotInfo {
  const information = answer as APIGatewayBotInfo;
  if (!/^wss?:/.test(information.url)) throw new Error('it names no gateway');
  const { remaining, reset_after: resetAfter } = information.session_start_limit;
  if (remaining >= information.shards) return information;
  throw Object.assign(new Error(noSessionsLeft), { retryAfter: resetAfter });
}

/**
 * How shards connect: Discord is asked for its gateway until it names it, connections that are lost again and again come ever
 * more rarely, identifies come in Discord's order, and last for the day.
 */
export function connectPatiently({ rest, pauses, log, isLeaving }: Connecting): WebSocketOptions {
  const get: REST['get'] = (...asked) =>
    keepTrying(
      async () => readGateway(await rest.get(...asked)),
      'Discord does not name its gateway yet',
      log,
    );
  return {
    buildStrategy: (manager) => {
      const { retrieveSessionInfo } = manager.options;
      Object.assign(manager.options, {
        handshakeTimeout: openWithin,
        helloTimeout: helloWithin,
        // All that the library asks of it is what `GET /gateway/bot` answers.
        rest: { get },
        // The library asks for the session before each connection, and else only while there is one.
        retrieveSessionInfo: async (shard: number) => {
          const pause = pauses.take(shard);
          if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
          return pause > 0 && isLeaving() ? never() : retrieveSessionInfo(shard);
        },
      });
      return new SimpleShardingStrategy(manager);
    },
    buildIdentifyThrottler: async (manager) => {
      const { session_start_limit: limit } = await manager.fetchGatewayInformation();
      const { remaining, max_concurrency: atOnce } = limit;
      const shards = await manager.getShardCount();
      return createIdentifyBudget({ remaining, shards }, createIdentifyQueue({ shards, atOnce }));
    },
  };
}
