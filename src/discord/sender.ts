import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { urlToHttpOptions } from 'node:url';
import { DefaultRestOptions, DefaultUserAgent } from '@discordjs/rest';
import { jsonOf } from './json.ts';
import type { Sender } from './responses.ts';

/** How long a connection that nobody uses is kept, in milliseconds: a new one costs a member some tenths of a second. */
const keptFor = 30_000;

/** The route of first answers, which no rate limit of other requests is shared with. */
const callbackRoute = /^\/interactions\/.*\/callback$/;

/** Why Discord did not take an answer: the status, Discord's own code, and for how many milliseconds it is to wait. */
async function refusalOf(response: IncomingMessage): Promise<Error> {
  const { statusCode: status = 0, statusMessage, headers } = response;
  let told: { message?: string; code?: number; retry_after?: number; errors?: unknown } = {};
  try {
    told = Object(JSON.parse(await text(response)));
  } catch {
    // A machine before Discord answered in its own words, or the connection broke: the status says enough.
  }
  const {
    message = statusMessage,
    code,
    retry_after: seconds = Number(headers['retry-after'] ?? 0),
    errors,
  } = told;
  const details = errors === undefined ? '' : ` ${JSON.stringify(errors)}`;
  return Object.assign(new Error(`${message}${details}`), {
    name: 'DiscordRefusal',
    status,
    ...(status === 429 ? { retryAfter: seconds * 1000 } : {}),
    code: status < 500 && status !== 429 ? code : undefined,
  });
}

/**
 * What sends answers from a process that lasts. First answers without files go straight to Discord: they wait in no queue,
 * and what REST clients do around a request takes longer than the request. All else goes by a REST client, which knows the
 * limits of its routes. https://docs.discord.com/developers/topics/rate-limits
 *
 * @param api the REST base without the version.
 * @param rest the client for all else.
 */
export function createSender(api: string, rest: Sender): Sender {
  const base = new URL(`${api}/v${DefaultRestOptions.version}`);
  const { request: open, Agent } = base.protocol === 'http:' ? http : https;
  const host = urlToHttpOptions(base);
  const agent = new Agent({ keepAlive: true, timeout: keptFor });

  const answer = (route: string, body: object, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const bytes = jsonOf(body);
      const request = open({
        ...host,
        path: `${base.pathname}${route}`,
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': bytes.length,
          'user-agent': DefaultUserAgent,
        },
      });
      request.on('error', reject);
      request.on('response', (response) => {
        const { statusCode = 0 } = response;
        if (statusCode >= 300) return resolve(refusalOf(response).then((refusal) => Promise.reject(refusal)));
        response.resume();
        resolve();
      });
      signal?.addEventListener('abort', () => request.destroy(signal.reason), { once: true });
      request.end(bytes);
    });

  return {
    post: (route, options = {}) =>
      callbackRoute.test(route) && !options.files?.length
        ? answer(route, Object(options.body), options.signal ?? undefined)
        : rest.post(route, options),
    patch: (route, options) => rest.patch(route, options),
    delete: (route, options) => rest.delete(route, options),
  };
}
