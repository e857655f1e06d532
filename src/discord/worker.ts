import { REST } from '@discordjs/rest';
import type { Handle } from '../handle.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { noOwnTries } from './persist.ts';
import type { DeliveryLog, Sender } from './responses.ts';
import { createVerify } from './signature.ts';
import { createWatch } from './watch.ts';

/** The settings that a worker gets with each request; all but the key are optional, and an empty one counts as unset. */
type WorkerSettings = { DISCORD_PUBLIC_KEY?: string; DISCORD_API_URL?: string; LOG_LEVEL?: string };

/**
 * What outlives a request by up to 30 seconds.
 * https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil
 */
type ExecutionContext = { waitUntil(promise: Promise<unknown>): void };

/** Where a worker tells of interactions and of what went wrong. */
export type WorkerLog = DeliveryLog & { info(details: object, message: string): void };

/** A worker as Cloudflare's platform calls it. */
export type Worker = {
  fetch(request: Request, settings: WorkerSettings, context: ExecutionContext): Promise<Response>;
};

/**
 * What sends answers, with a client of its own for each: one that lasts keeps a queue, and on this platform a request may not
 * wait for what another one began. https://developers.cloudflare.com/workers/observability/errors/
 */
function senderFor(api: string): Sender {
  const client = () => new REST({ api, ...noOwnTries, hashSweepInterval: 0, handlerSweepInterval: 0 });
  return {
    post: (route, options) => client().post(route, options),
    patch: (route, options) => client().patch(route, options),
    delete: (route, options) => client().delete(route, options),
  };
}

/**
 * The endpoint as a worker of an edge platform. What answers and what logs is made by `wire` for the log level of the
 * settings (undefined when none is set), once for as long as the platform keeps the worker in memory.
 */
export function createWorker(wire: (level?: string) => { handle: Handle; log: WorkerLog }): Worker {
  let kept: Endpoint | undefined;
  const open = async (settings: WorkerSettings): Promise<Endpoint | undefined> => {
    const { handle, log } = wire(settings.LOG_LEVEL || undefined);
    const rest = senderFor(settings.DISCORD_API_URL || 'https://discord.com/api');
    try {
      const verify = await createVerify(settings.DISCORD_PUBLIC_KEY ?? '');
      return createEndpoint({ verify, handle, rest, log, watch: createWatch(log) });
    } catch {
      log.error(
        {},
        'DISCORD_PUBLIC_KEY is missing or no public key: copy it from https://discord.com/developers/applications → your application → General Information, and deploy with it.',
      );
      return undefined;
    }
  };
  return {
    async fetch(request, settings, context) {
      // Not kept as a promise: the request that made it could end before it does.
      const endpoint = kept ?? (await open(settings));
      kept ??= endpoint;
      if (kept === undefined) return new Response(null, { status: 500 });
      return kept.app.fetch(request, { keepGoing: (delivery) => context.waitUntil(delivery) });
    },
  };
}
