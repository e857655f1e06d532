import type { APIInteraction, APIInteractionResponse } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Handle } from '../handle.ts';
import { deliver } from './deliver.ts';
import { readInteraction } from './interaction.ts';
import { jsonOf } from './json.ts';
import type { DeliveryLog, Sender } from './responses.ts';
import { createSeen } from './seen.ts';
import type { Verify } from './signature.ts';
import type { Watch } from './watch.ts';

/** The most bytes of a request; Discord's own have a few thousand. */
export const largestRequest = 256 * 1024;

/** How many seconds a request's time may differ from ours: what is older may be somebody's repetition of it. */
export const longestSkew = 5 * 60;

/** Why a request is refused, and the status that it gets. Discord tries forged signatures and wants 401 for them. */
const refusals = {
  unsigned: 401,
  forged: 401,
  stale: 401,
  'too large': 413,
  slow: 408,
  'not an interaction': 400,
  repeated: 409,
} as const;

/** A key of the reasons for which a request is refused. */
export type Refusal = keyof typeof refusals;

/** What an endpoint needs. `now` tells the time in milliseconds since 1970. */
export type EndpointOptions = {
  verify: Verify;
  handle: Handle;
  rest: Sender;
  log: DeliveryLog;
  watch: Watch;
  now?: () => number;
};

/** What an endpoint takes from where it runs: what keeps an answer going that is not finished when the request is. */
type EndpointBindings = { keepGoing?: (delivery: Promise<void>) => void };

/** An endpoint: what answers requests, how many it refused and why, and the answers that are under way. */
export type Endpoint = {
  app: Hono<{ Bindings: EndpointBindings }>;
  refused: ReadonlyMap<Refusal, number>;
  /** Counts a request that did not arrive in time, of which only what serves the endpoint knows. */
  refuseSlow: () => void;
  underWay: ReadonlySet<Promise<void>>;
};

/** What a request says of itself before its body is looked at. */
function claimsOf(headers: { get(name: string): string | null }) {
  const signature = headers.get('x-signature-ed25519') ?? '';
  const timestamp = headers.get('x-signature-timestamp') ?? '';
  return /^[0-9a-f]{128}$/i.test(signature) && /^\d{1,12}$/.test(timestamp)
    ? { signature, timestamp }
    : undefined;
}

const decoder = new TextDecoder();

function readBody(body: ArrayBuffer): APIInteraction | undefined {
  try {
    return readInteraction(JSON.parse(decoder.decode(body)));
  } catch {
    return undefined;
  }
}

/**
 * `POST /interactions`, as Discord calls it when it is an application's interactions endpoint. It runs wherever `fetch`
 * does, and holds no state that an answer depends on.
 * https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint
 */
export function createEndpoint({
  verify,
  handle,
  rest,
  log,
  watch,
  now = Date.now,
}: EndpointOptions): Endpoint {
  const refused = new Map<Refusal, number>();
  const underWay = new Set<Promise<void>>();
  const isNew = createSeen();

  const refuse = (reason: Refusal, hint: string = reason): Response => {
    const count = (refused.get(reason) ?? 0) + 1;
    refused.set(reason, count);
    // The first time, then ever more rarely: at 1, 2, 4, 8, …
    if ((count & (count - 1)) === 0) log.warn({ reason, count }, `Refused a request: ${hint}`);
    // What is left of a body that is too large is not read, so the connection is of no more use.
    const headers = reason === 'too large' ? { connection: 'close' } : {};
    return new Response(null, { status: refusals[reason], headers });
  };

  const answer = (
    interaction: APIInteraction,
    { keepGoing }: EndpointBindings = {},
  ): Promise<APIInteractionResponse | undefined> =>
    new Promise((resolve) => {
      const delivery = deliver(interaction, handle, rest, log, resolve).then(watch);
      underWay.add(delivery);
      keepGoing?.(delivery);
      void delivery.finally(() => {
        underWay.delete(delivery);
        resolve(undefined);
      });
    });

  const limit = bodyLimit({ maxSize: largestRequest, onError: () => refuse('too large') });
  const app = new Hono<{ Bindings: EndpointBindings }>();
  app.post(
    '/interactions',
    async (context, next) => {
      const { headers } = context.req.raw;
      const length = headers.get('content-length');
      // To count what comes, the limit makes a stream of the body, which costs as much as most answers. Of a request that declares
      // its length, no server reads more.
      if (length === null || headers.has('transfer-encoding')) return limit(context, next);
      return Number(length) <= largestRequest ? next() : refuse('too large');
    },
    async (context) => {
      const claims = claimsOf(context.req.raw.headers);
      if (claims === undefined) return refuse('unsigned');
      const { signature, timestamp } = claims;
      const body = await context.req.arrayBuffer();
      if (!(await verify(signature, timestamp, body))) return refuse('forged');
      const skew = Math.round(now() / 1000) - Number(timestamp);
      if (Math.abs(skew) > longestSkew) {
        const minutes = Math.round(Math.abs(skew) / 60);
        const side = skew > 0 ? 'ahead' : 'behind';
        return refuse(
          'stale',
          `it is signed by Discord and ${minutes} minutes off. If this goes on, the clock of this machine is that far ${side}: set it by NTP.`,
        );
      }
      const interaction = readBody(body);
      if (interaction === undefined) return refuse('not an interaction');
      if (!isNew(interaction.id)) return refuse('repeated');
      const response = await answer(interaction, context.env);
      // https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback
      if (response === undefined) return context.body(null, 202);
      return context.body(jsonOf(response), 200, { 'content-type': 'application/json' });
    },
  );
  app.onError((error) => {
    // Anybody can hang up in the middle of a body, as often as they like; who is too slow is counted by what serves.
    if ('code' in error && error.code === 'ECONNRESET') return new Response(null, { status: 400 });
    log.error({ err: error }, 'A request failed');
    return new Response(null, { status: 500 });
  });
  return { app, refused, refuseSlow: () => void refuse('slow'), underWay };
}
