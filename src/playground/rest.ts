import type { IncomingMessage, ServerResponse } from 'node:http';
import { failure, type Reply } from './answers.ts';
import { readBody, readBytes, tooLarge } from './body.ts';
import { createBuckets } from './buckets.ts';
import { findRoute } from './routes.ts';
import type { World } from './world.ts';

/** A fault that the next requests meet instead of an answer. */
export type RestFault = { status: number; times: number };

/**
 * Serves Discord's REST routes below `/api/v10`, as far as a bot of commands uses them.
 * https://docs.discord.com/developers/reference
 */
export function createRest(world: World, gatewayAddress: string) {
  const bucketOf = createBuckets(world.now);
  let fault: RestFault = { status: 500, times: 0 };

  const answer = async (
    request: IncomingMessage,
    url: URL,
  ): Promise<Reply & { headers?: Record<string, string> }> => {
    const method = request.method ?? 'GET';
    const path = url.pathname.replace(/^\/api\/v10/, '');
    const bytes = await readBytes(request);
    if (fault.times > 0) {
      fault = { ...fault, times: fault.times - 1 };
      if (fault.status === 429) {
        const body = { message: 'You are being rate limited.', retry_after: 0.1, global: false };
        return { status: 429, body, headers: { 'retry-after': '1', 'x-ratelimit-scope': 'user' } };
      }
      return failure(fault.status, 0, `${fault.status}: made to fail`);
    }
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
      ...route.answer({ world, gatewayAddress, params, query: url.searchParams, ...received }),
      headers,
    };
  };

  return {
    /** Answers one request. */
    handle: async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
      const { status, body, headers } = await answer(request, url);
      response.writeHead(status, {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    },
    /** Makes the next requests fail. */
    failNext: (next: RestFault): void => {
      fault = next;
    },
  };
}
