import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { REST } from '@discordjs/rest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noOwnTries } from '../../src/discord/persist.ts';
import type { Sender } from '../../src/discord/responses.ts';
import { createSender } from '../../src/discord/sender.ts';

type Given = { status: number; body?: string; headers?: Record<string, string> };
type Got = { method?: string; url?: string; headers: IncomingHttpHeaders; body: string; port?: number };

const callback = '/interactions/1/token/callback';

let server: Server;
let sender: Sender;
let given: Given | 'nothing';
let got: Got[];

beforeEach(async () => {
  got = [];
  given = { status: 204 };
  server = createServer(async (request, response) => {
    const { method, url, headers, socket } = request;
    got.push({ method, url, headers, body: await text(request), port: socket.remotePort });
    if (given !== 'nothing') response.writeHead(given.status, given.headers).end(given.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  sender = createSender(api, new REST({ api, ...noOwnTries }));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a first answer goes to its route as JSON in UTF-8, over a connection that is kept', async () => {
  const body = { type: 4, data: { content: 'a\u00a0¹ and 日本' } };
  await sender.post(callback, { body, auth: false });
  await sender.post(callback, { body, auth: false });
  const [first, second] = got;
  expect([first?.method, first?.url]).toEqual(['POST', '/api/v10/interactions/1/token/callback']);
  expect(JSON.parse(first?.body ?? '')).toEqual(body);
  expect(first?.headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(first?.body ?? '')),
    'user-agent': expect.stringMatching(/^DiscordBot \(https:/),
  });
  expect(first?.headers.authorization).toBeUndefined();
  expect([second?.body, second?.port]).toEqual([first?.body, first?.port]);
});

test('an answer with files goes as a form', async () => {
  const files = [{ name: 'a.txt', data: 'what is in it' }];
  await sender.post(callback, { body: { type: 4, data: {} }, files, auth: false });
  expect(got[0]?.headers['content-type']).toMatch(/^multipart\/form-data/);
  expect(got[0]?.body).toContain('what is in it');
});

const json = (body: object) => JSON.stringify(body);

test.each<[string, Given, object]>([
  [
    'a refusal',
    { status: 404, body: json({ message: 'Unknown interaction', code: 10062 }) },
    { status: 404, code: 10062, message: 'Unknown interaction' },
  ],
  [
    'what is wrong with a body',
    { status: 400, body: json({ message: 'Invalid', code: 50035, errors: { data: { _errors: [] } } }) },
    { status: 400, code: 50035, message: 'Invalid {"data":{"_errors":[]}}' },
  ],
  [
    'a limit',
    { status: 429, body: json({ message: 'Slowly', retry_after: 0.25, code: 0 }) },
    { status: 429, code: undefined, retryAfter: 250 },
  ],
  [
    'a limit of what stands before Discord',
    { status: 429, body: '<html>', headers: { 'retry-after': '2' } },
    { status: 429, retryAfter: 2000 },
  ],
  ['a failure', { status: 502, body: '<html>' }, { status: 502, code: undefined, message: 'Bad Gateway' }],
  ['a redirection', { status: 302, headers: { location: 'http://127.0.0.1/' } }, { status: 302 }],
])('%s is told with its status', async (_, answer, expected) => {
  given = answer;
  const error = await sender.post(callback, { body: {}, auth: false }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject(expected);
});

test('what is not answered ends with its signal', async () => {
  given = 'nothing';
  const sent = sender.post(callback, { body: {}, auth: false, signal: AbortSignal.timeout(100) });
  await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('what cannot be sent says why', async () => {
  await new Promise((resolve) => server.close(resolve));
  await expect(sender.post(callback, { body: {}, auth: false })).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
