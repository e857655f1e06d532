import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { REST } from '@discordjs/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import {
  createEndpoint,
  type Endpoint,
  largestRequest,
  longestSkew,
  type Refusal,
} from '../../src/discord/endpoint.ts';
import { mostRemembered } from '../../src/discord/seen.ts';
import { createVerify } from '../../src/discord/signature.ts';
import { createWatch } from '../../src/discord/watch.ts';
import { createHandle } from '../../src/handle.ts';
import { createLog } from '../../src/log.ts';
import { type HttpServer, serveHttp } from '../../src/serve.ts';
import { context } from '../helpers/ask.ts';

const log = createLog('silent', []);
const watch = createWatch(log);
const keys = generateKeyPairSync('ed25519');
const { x = '' } = keys.publicKey.export({ format: 'jwk' });
const publicKey = Buffer.from(x, 'base64url').toString('hex');

const seconds = () => Math.floor(Date.now() / 1000);
let lastId = 1;

/** A PING, which Discord sends when the endpoint's address is saved, under an id of its own. */
function ping(more: object = {}): string {
  lastId += 1;
  return JSON.stringify({
    id: String(lastId),
    type: 1,
    application_id: '1',
    token: 'x',
    version: 1,
    ...more,
  });
}

function headersFor(body: string, timestamp = String(seconds())): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), keys.privateKey).toString('hex'),
    'x-signature-timestamp': timestamp,
  };
}

let endpoint: Endpoint;
let server: HttpServer;
let address: string;

beforeAll(async () => {
  const handle = createHandle(commands, () => context, log);
  const rest = new REST({ api: 'http://127.0.0.1:9' });
  endpoint = createEndpoint({ verify: await createVerify(publicKey), handle, rest, log, watch });
  server = await serveHttp({
    fetch: endpoint.app.fetch,
    underWay: endpoint.underWay,
    onSlow: endpoint.refuseSlow,
    port: 0,
    host: '127.0.0.1',
  });
  address = `http://127.0.0.1:${server.port}/interactions`;
});
afterAll(() => server.close(100));

function post(body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(address, { method: 'POST', headers, body });
}

test('a PING is answered with a PONG, as JSON', async () => {
  const body = ping();
  const response = await post(body, headersFor(body));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toEqual({ type: 1 });
});

describe('refused, and counted', () => {
  const signed = ping();
  const flipped = (text: string) => (text.startsWith('0') ? '1' : '0') + text.slice(1);
  const cases: [string, Refusal, number, () => [string, Record<string, string>]][] = [
    ['no signature', 'unsigned', 401, () => [signed, { 'content-type': 'application/json' }]],
    [
      'no timestamp',
      'unsigned',
      401,
      () => [signed, { 'x-signature-ed25519': headersFor(signed)['x-signature-ed25519'] ?? '' }],
    ],
    [
      'a signature that is none',
      'unsigned',
      401,
      () => [signed, { ...headersFor(signed), 'x-signature-ed25519': 'zz' }],
    ],
    [
      'a timestamp that is none',
      'unsigned',
      401,
      () => [signed, { ...headersFor(signed), 'x-signature-timestamp': 'now' }],
    ],
    [
      'a wrong signature',
      'forged',
      401,
      () => {
        const headers = headersFor(signed);
        return [signed, { ...headers, 'x-signature-ed25519': flipped(headers['x-signature-ed25519'] ?? '') }];
      },
    ],
    ['an altered body', 'forged', 401, () => [`${signed} `, headersFor(signed)]],
    [
      'an altered timestamp',
      'forged',
      401,
      () => [signed, { ...headersFor(signed), 'x-signature-timestamp': String(seconds() + 1) }],
    ],
    ['too old', 'stale', 401, () => [signed, headersFor(signed, String(seconds() - longestSkew - 2))]],
    ['of the future', 'stale', 401, () => [signed, headersFor(signed, String(seconds() + longestSkew + 2))]],
    [
      'too large',
      'too large',
      413,
      () => {
        const body = 'x'.repeat(largestRequest + 1);
        return [body, headersFor(body)];
      },
    ],
    ['no JSON', 'not an interaction', 400, () => ['hello', headersFor('hello')]],
    ['no interaction', 'not an interaction', 400, () => ['[]', headersFor('[]')]],
    ['nothing', 'not an interaction', 400, () => ['', headersFor('')]],
  ];

  test.each(cases)('%s', async (_, reason, status, request) => {
    const before = endpoint.refused.get(reason) ?? 0;
    const response = await post(...request());
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
    expect(endpoint.refused.get(reason)).toBe(before + 1);
  });

  test('too large, in pieces that do not say how much is to come', async () => {
    const before = endpoint.refused.get('too large') ?? 0;
    const body = new Blob(['x'.repeat(largestRequest + 1)]).stream();
    const response = await fetch(address, { method: 'POST', body, headers: headersFor('x'), duplex: 'half' });
    expect(response.status).toBe(413);
    expect(endpoint.refused.get('too large')).toBe(before + 1);
  });

  test('at the limits it is taken', async () => {
    const body = ping({ padding: 'x'.repeat(largestRequest - 200) });
    expect((await post(body, headersFor(body, String(seconds() - longestSkew + 2)))).status).toBe(200);
  });

  test('the second request with one id', async () => {
    const body = ping();
    expect((await post(body, headersFor(body))).status).toBe(200);
    expect((await post(body, headersFor(body))).status).toBe(409);
    expect(endpoint.refused.get('repeated')).toBe(1);
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s', async (method) => {
    expect((await fetch(address, { method })).status).toBe(404);
  });

  test('a request that does not arrive in time', { timeout: 10_000 }, async () => {
    const socket = connect(server.port, '127.0.0.1');
    const headers = Object.entries(headersFor('half')).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n${headers.join('')}\r\nhalf`,
    );
    const began = performance.now();
    const counted = endpoint.refused.get('slow') ?? 0;
    let said = '';
    for await (const chunk of socket) said += chunk;
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - began).toBeLessThan(6000);
    expect(endpoint.refused.get('slow')).toBe(counted + 1);
  });
});

test('an interaction is forgotten after so many others, so that memory stays bounded', async () => {
  const handle = createHandle(commands, () => context, log);
  const rest = new REST({ api: 'http://127.0.0.1:9' });
  const { app } = createEndpoint({ verify: async () => true, handle, rest, log, watch });
  const send = (id: number) => {
    const body = JSON.stringify({ id: String(id), type: 1, application_id: '1', token: 'x' });
    return app.request('/interactions', { method: 'POST', body, headers: headersFor('') });
  };
  for (let id = 0; id < mostRemembered; id += 1) await send(id);
  expect((await send(0)).status).toBe(409);
  await send(mostRemembered);
  expect((await send(0)).status).toBe(200);
  expect((await send(2)).status).toBe(409);
});

test.each([
  [-longestSkew - 60, 'behind'],
  [longestSkew + 60, 'ahead'],
])('a clock that is %i seconds off is named', async (skew, side) => {
  const said: string[] = [];
  const handle = createHandle(commands, () => context, log);
  const rest = new REST({ api: 'http://127.0.0.1:9' });
  const { app } = createEndpoint({
    verify: async () => true,
    handle,
    rest,
    log: Object.assign(createLog('silent', []), { warn: (_: object, message: string) => said.push(message) }),
    watch,
    now: () => Date.now() + skew * 1000,
  });
  const body = ping();
  await app.request('/interactions', { method: 'POST', body, headers: headersFor(body) });
  expect(said).toEqual([expect.stringMatching(new RegExp(`6 minutes off.*clock.*${side}`))]);
});

test('who hangs up in the middle of a request, or is too slow, leaves no error in the log', {
  timeout: 30_000,
}, async () => {
  const errors: unknown[] = [];
  const listening = Object.assign(createLog('silent', []), {
    error: (details: object) => errors.push(details),
  });
  const handle = createHandle(commands, () => context, log);
  const rest = new REST({ api: 'http://127.0.0.1:9' });
  const { app } = createEndpoint({ verify: async () => true, handle, rest, log: listening, watch: () => {} });
  const { port, close } = await serveHttp({ fetch: app.fetch, port: 0, host: '127.0.0.1' });
  const headers = Object.entries(headersFor('half')).map(([name, value]) => `${name}: ${value}\r\n`);
  const begin = (rest: string) => {
    const socket = connect(port, '127.0.0.1').resume();
    socket.write(`POST /interactions HTTP/1.1\r\nHost: x\r\n${headers.join('')}${rest}`);
    return socket;
  };
  const declared = 'Content-Length: 100\r\n\r\nhalf';
  const hangingUp = [begin(declared), begin('Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n')];
  const slow = begin(declared);
  await sleep(500);
  for (const socket of hangingUp) socket.destroy();
  await once(slow, 'close');
  await sleep(500);
  expect(errors).toEqual([]);
  await close(100);
});
