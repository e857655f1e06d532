import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure, type Reply } from './answers.ts';
import { readBody, readBytes, tooLarge } from './body.ts';
import { createBuckets } from './buckets.ts';
import { findRoute, type GatewayAdvice } from './routes.ts';
import type { World } from './world.ts';

/** What becomes of a request on a bad day. What is not given is as on a good one. */
export type Trouble = {
  /** Answered with this status instead; 429 and 5xx are worded as Discord words them. */
  status?: number;
  /** Discord's own code beside the status, such as 10062. */
  code?: number;
  /** With 429: after how many seconds to try again, and whether all routes are closed until then. */
  retryAfter?: number;
  isGlobal?: boolean;
  /** Said instead of what there is to say. */
  body?: unknown;
  /** Milliseconds on the way here, before anything comes of the request. */
  delay?: number;
  /** Milliseconds on the way back. */
  delayBack?: number;
  /** The connection is reset, before the request is carried out or after it. */
  reset?: 'before' | 'after';
  /** The request is read and never answered. */
  isHalfOpen?: boolean;
  /** The answer's JSON is cut in half. */
  isCut?: boolean;
};

/** A fault that the next requests meet; `path` says which, all by default. */
export type RestFault = Trouble & { times: number; path?: RegExp };

/** Decides what becomes of each request, by its method and its path below `/api/v10`. */
export type RestWeather = (method: string, path: string) => Trouble | undefined;

/** Ends a connection as if a machine between had lost it. */
function reset({ socket }: IncomingMessage): void {
  socket.resetAndDestroy();
}

type Answered = Reply & { headers?: Record<string, string> };

/** What is answered instead of carrying the request out. https://docs.discord.com/developers/topics/rate-limits */
function failed({ status = 500, code = 0, retryAfter = 0.1, isGlobal = false }: Trouble): Answered {
  if (status !== 429) return failure(status, code, `${status}: made to fail`);
  return {
    status,
    body: { message: 'You are being rate limited.', retry_after: retryAfter, global: isGlobal },
    headers: {
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-scope': isGlobal ? 'global' : 'user',
      ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}

/**
 * Serves Discord's REST routes below `/api/v10`, as far as a bot of commands uses them.
 * https://docs.discord.com/developers/reference
 */
export function createRest(world: World, advice: () => GatewayAdvice) {
  const bucketOf = createBuckets(world.now);
  let fault: RestFault = { times: 0 };
  let weather: RestWeather = () => undefined;

  const troubleOf = (method: string, path: string): Trouble => {
    if (fault.times > 0 && (fault.path === undefined || fault.path.test(path))) {
      fault = { ...fault, times: fault.times - 1 };
      return fault;
    }
    return weather(method, path) ?? {};
  };

  const answer = async (
    request: IncomingMessage,
    url: URL,
    method: string,
    path: string,
    bytes: Awaited<ReturnType<typeof readBytes>>,
    arrived: number,
  ): Promise<Answered> => {
    const found = findRoute(method, path);
    if (!found) {
      world.tell({
        type: 'refused',
        request: `${method} ${path}`,
        problems: [],
        words: `The bot asked for ${method} ${path}, which this stand-in does not have.`,
      });
      return failure(404, 0, '404: Not Found');
    }
    const { route, params } = found;
    if (!route.open && request.headers.authorization !== `Bot ${world.token}`) {
      return failure(401, 0, '401: Unauthorized');
    }
    const resource = [params.application, params.guild, params.interaction, params.token];
    const { headers, isOver, retryAfter } = bucketOf(`${method} ${route.path}`, resource.join(' '));
    if (isOver) {
      const body = { message: 'You are being rate limited.', retry_after: retryAfter, global: false };
      return {
        status: 429,
        body,
        headers: { ...headers, 'retry-after': String(Math.ceil(retryAfter)), 'x-ratelimit-scope': 'user' },
      };
    }
    if (bytes === tooLarge) return { ...failure(413, 40005, 'Request entity too large'), headers };
    const received = await readBody(request, bytes);
    if (!received) return { ...failure(400, 50109, 'The request body contains invalid JSON.'), headers };
    return {
      ...route.answer({ world, gateway: advice(), params, query: url.searchParams, arrived, ...received }),
      headers,
    };
  };

  return {
    /** Answers one request. */
    handle: async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
      // What is late is judged by when it came, not by when there was time for it.
      let arrived = world.now();
      const method = request.method ?? 'GET';
      const path = url.pathname.replace(/^\/api\/v10/, '');
      // What was read has arrived, whether or not the client waits for what comes of it.
      const bytes = await readBytes(request);
      const trouble = troubleOf(method, path);
      if (trouble.delay !== undefined) {
        arrived += trouble.delay;
        await sleep(trouble.delay);
      }
      if (trouble.isHalfOpen) return;
      if (trouble.reset === 'before') return reset(request);
      const { status, body, headers } =
        trouble.status === undefined
          ? await answer(request, url, method, path, bytes, arrived)
          : failed(trouble);
      if (trouble.delayBack !== undefined) await sleep(trouble.delayBack);
      if (trouble.reset === 'after') return reset(request);
      response.writeHead(status, {
        date: new Date(world.now()).toUTCString(),
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      });
      const text = body === undefined ? undefined : JSON.stringify(trouble.body ?? body);
      response.end(trouble.isCut ? text?.slice(0, text.length / 2) : text);
    },
    /** Makes the next requests fail. */
    failNext: (next: RestFault): void => {
      fault = next;
    },
    /** Decides from now on what becomes of each request; undefined: nothing bad. */
    setWeather: (next: RestWeather | undefined): void => {
      weather = next ?? (() => undefined);
    },
  };
}
