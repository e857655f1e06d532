import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Agent, cacheStores, type Dispatcher, errors, interceptors, request } from 'undici';
import type { z } from 'zod';
import type { Get } from './registries/registry.ts';

/** That a host gave no answer, or none that can be used: which host, and why. */
export type Unreachable = Error & { host: string };

/** After so many answers in a row that did not come, a host is not asked again in this run. */
const patience = 3;

/** At most so many requests to one host at a time. */
const connections = 2;

/** What a connection's errors mean to whoever reads the report. */
const reasons: Record<string, string> = {
  ENOTFOUND: 'its name could not be resolved',
  EAI_AGAIN: 'its name could not be resolved',
  ECONNREFUSED: 'it takes no connections',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'it did not answer in time',
};

/** How requests are made: where answers are kept, and what GitHub lets in for more than 60 questions an hour. */
export type AskOptions = {
  /** A file; answers are kept in it, so that the next run only asks whether they have changed. */
  cache: string;
  githubToken?: string | undefined;
  /** Milliseconds before the first repetition; doubled for each that follows. A `Retry-After` goes before it. */
  pause?: number;
  /** Milliseconds that a host may take before it begins to answer. */
  timeout?: number;
};

function unreachable(host: string, reason: string, cause?: unknown): Unreachable {
  const error = Object.assign(new Error(reason, { cause }), { host });
  error.name = 'Unreachable';
  return error;
}

/** Whether an error says that a host could not be asked. */
export function isUnreachable(error: unknown): error is Unreachable {
  return error instanceof Error && error.name === 'Unreachable';
}

/** Why a request failed, in words. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.RequestRetryError) return `it answered ${error.statusCode}, again and again`;
  if (!(error instanceof Error)) return String(error);
  return ('code' in error ? reasons[String(error.code)] : undefined) ?? error.message;
}

/** That a host takes no more questions for a while, and until when: what GitHub says when its limit is reached. */
function limitReached(headers: Record<string, unknown>): string | undefined {
  if (headers['x-ratelimit-remaining'] !== '0') return undefined;
  const until = new Date(Number(headers['x-ratelimit-reset']) * 1000);
  const time = Number.isNaN(until.getTime()) ? 'later' : `at ${until.toISOString().slice(11, 16)} UTC`;
  return `its limit of requests is reached and ends ${time}; GITHUB_TOKEN in the environment raises it`;
}

/**
 * Asks registries politely: two requests to a host at a time, repetitions that wait longer each time and as long as
 * `Retry-After` says, and answers of earlier runs used again when the host says that they still hold (RFC 9110,
 * conditional requests). A host that is out of reach is given up after a few tries; what was not asked says so.
 *
 * @returns how to ask, and how to let go of the connections.
 */
export function createAsk({ cache, githubToken, pause = 1000, timeout = 30_000 }: AskOptions): {
  get: Get;
  close: () => Promise<void>;
} {
  mkdirSync(path.dirname(cache), { recursive: true });
  const dispatcher = new Agent({ connections, headersTimeout: timeout, bodyTimeout: timeout }).compose(
    interceptors.redirect({ maxRedirections: 3 }),
    interceptors.retry({ maxRetries: 3, minTimeout: pause, maxTimeout: 60_000 }),
    interceptors.cache({ type: 'private', store: new cacheStores.SqliteCacheStore({ location: cache }) }),
  );
  const failures = new Map<string, { count: number; reason: string }>();
  const answers = new Map<string, Promise<unknown>>();

  async function fetchJson(url: string): Promise<unknown> {
    const { host } = new URL(url);
    const before = failures.get(host);
    if (before !== undefined && before.count >= patience) throw unreachable(host, before.reason);
    const fail = (reason: string, isFinal = false, cause?: unknown) => {
      failures.set(host, { count: isFinal ? patience : (before?.count ?? 0) + 1, reason });
      return unreachable(host, reason, cause);
    };
    let response: Dispatcher.ResponseData;
    try {
      response = await request(url, {
        dispatcher,
        headers: {
          accept: 'application/json',
          'user-agent': 'framewise (data:refresh)',
          ...(githubToken !== undefined && host === 'api.github.com'
            ? { authorization: `Bearer ${githubToken}` }
            : {}),
        },
      });
    } catch (error) {
      throw fail(reasonOf(error), false, error);
    }
    const text = await response.body.text().catch((error: unknown) => {
      throw fail(reasonOf(error), false, error);
    });
    if (response.statusCode === 404) return undefined;
    const limit = limitReached(response.headers);
    if (response.statusCode !== 200)
      throw fail(limit ?? `it answered ${response.statusCode}`, limit !== undefined);
    failures.delete(host);
    try {
      return JSON.parse(text);
    } catch (error) {
      throw unreachable(host, `what it answered for ${new URL(url).pathname} is no JSON`, error);
    }
  }

  const get = async <T>(url: string, shape: z.ZodType<T>): Promise<T | undefined> => {
    const asked = answers.get(url) ?? fetchJson(url);
    answers.set(url, asked);
    const answer = await asked;
    if (answer === undefined) return undefined;
    const result = shape.safeParse(answer);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const { host, pathname } = new URL(url);
    const place = issue?.path.join('.') ?? '';
    throw unreachable(host, `its answer for ${pathname} has another form than expected, at ${place}`);
  };
  return { get, close: () => dispatcher.close() };
}
