import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type AskOptions, createAsk } from '../../src/curate/ask.ts';
import { registries } from '../../src/curate/registries/index.ts';

/** What a registry answers: JSON, or a status with headers and a text; `cut` ends the connection without an answer. */
export type Recorded = {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  cut?: true;
  /** Milliseconds before the answer. */
  after?: number;
};

/** One that answered: the path, as it was asked for, and the headers of the question. */
type Asked = { path: string; headers: IncomingHttpHeaders };

/**
 * Registries on loopback that answer as recorded; of a list, the first answer is given first and the last for ever.
 * What is not recorded is answered with 404.
 *
 * @param answers by registry's key and path: `npm-registry /express/latest`.
 */
export async function startRegistries(answers: Record<string, Recorded | Recorded[]>) {
  const asked: Asked[] = [];
  const left = new Map(Object.entries(answers).map(([key, value]) => [key, [value].flat()]));
  let open = 0;
  let mostOpen = 0;
  const server = createServer(async (request, response) => {
    const url = request.url ?? '';
    asked.push({ path: url, headers: request.headers });
    mostOpen = Math.max(mostOpen, ++open);
    const [, key = '', rest = ''] = /^\/([\w-]+)(\/.*)$/.exec(url) ?? [];
    const list = left.get(`${key} ${rest}`) ?? [{ status: 404 }];
    const recorded = (list.length > 1 ? list.shift() : list[0]) ?? {};
    if (recorded.after !== undefined) await wait(recorded.after);
    open--;
    if (recorded.cut === true) {
      request.socket.destroy();
      return;
    }
    const { etag } = recorded.headers ?? {};
    const isHeld = etag !== undefined && request.headers['if-none-match'] === etag;
    response.writeHead(isHeld ? 304 : (recorded.status ?? 200), recorded.headers);
    response.end(isHeld ? undefined : (recorded.text ?? JSON.stringify(recorded.json)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    addresses: Object.fromEntries(registries.map(({ key }) => [key, `${origin}/${key}`])),
    asked,
    mostOpen: () => mostOpen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** How to ask, with little patience and an empty memory of its own, unless one is given. */
export function askWith(options: Partial<AskOptions> = {}) {
  const cache = path.join(mkdtempSync(path.join(tmpdir(), 'framewise-answers-')), 'answers.sqlite');
  return createAsk({ cache, pause: 10, timeout: 2000, ...options });
}
