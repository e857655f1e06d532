import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIInteraction } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { dayOf } from '../../src/catalog/dates.ts';
import { largestRequest, longestSkew } from '../../src/discord/endpoint.ts';
import { type Bundle, bundleFolder, bundleWorker } from '../../src/edge/bundle.ts';
import { createHandle, type Outgoing } from '../../src/handle.ts';
import { createLog } from '../../src/log.ts';
import { readPackage } from '../../src/package.ts';
import { createPictures } from '../../src/reply/picture/draw.ts';
import { context, pressInteraction, slashInteraction } from '../helpers/ask.ts';
import { crawl } from '../helpers/crawl.ts';
import { createSigner, type RunningWorker, runWorker, wrangler } from '../helpers/edge.ts';

/** A request that the worker made of Discord's REST interface. */
type Call = { at: number; url: string; payload: unknown; files: { name: string; data: Buffer }[] };

const folder = mkdtempSync(path.join(tmpdir(), 'framewise-edge-'));
const signer = createSigner();
const marks = { koa: { id: '100000000000000077', name: 'fw_koa_12345678' } };
const calls: Call[] = [];
const taken = { status: 204 };
let nextAnswer: () => { status: number; body?: object; headers?: Record<string, string> } = () => taken;
let rest: Server;
let bundle: Bundle;
let worker: RunningWorker;

const handle = createHandle(
  commands,
  () => ({
    ...context,
    ...readPackage(),
    today: dayOf(new Date()),
    marks: new Map(Object.entries(marks)),
    pictures: createPictures(),
  }),
  createLog('silent', []),
);

beforeAll(async () => {
  rest = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const type = request.headers['content-type'] ?? '';
    const sent = new Response(Buffer.concat(chunks), { headers: { 'content-type': type } });
    const { url = '' } = request;
    const at = performance.now();
    if (type.startsWith('multipart/')) {
      const form = await sent.formData();
      const files = [...form.values()].filter((value) => value instanceof File);
      const data = await Promise.all(
        files.map(async (file) => ({ name: file.name, data: Buffer.from(await file.arrayBuffer()) })),
      );
      calls.push({ at, url, payload: JSON.parse(String(form.get('payload_json'))), files: data });
    } else calls.push({ at, url, payload: await sent.json(), files: [] });
    const { status, body, headers } = nextAnswer();
    response.writeHead(status, { ...(body && { 'content-type': 'application/json' }), ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => rest.listen(0, '127.0.0.1', resolve));
  bundle = await bundleWorker(folder, { marks, pictures: true });
  worker = await runWorker(folder, {
    DISCORD_PUBLIC_KEY: signer.publicKey,
    DISCORD_API_URL: `http://127.0.0.1:${(rest.address() as AddressInfo).port}`,
  });
}, 120_000);
afterAll(async () => {
  await worker.close();
  rest.close();
  rmSync(folder, { recursive: true });
});

let lastId = 10n ** 17n;

/** An interaction under an id and a token of its own. */
function fresh(interaction: APIInteraction): APIInteraction {
  lastId += 1n;
  return { ...interaction, id: String(lastId), token: `token-${lastId}` } as APIInteraction;
}

function post(body: string, headers: Record<string, string> = signer.headersFor(body)): Promise<Response> {
  return fetch(worker.address, { method: 'POST', headers, body });
}

/** The requests with which an interaction was answered, once there are so many. */
async function callsFor({ token }: APIInteraction, count: number): Promise<Call[]> {
  for (;;) {
    const found = calls.filter(({ url }) => url.includes(token));
    if (found.length >= count) return found;
    await sleep(20);
  }
}

const onTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function sizeOf(png: Uint8Array): { width: number; height: number } {
  const bytes = Buffer.from(png);
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Holds what the worker sent by the callback route against what Node would have sent. */
async function compareCalls(
  interaction: APIInteraction,
  { body, files = [], after }: Outgoing,
): Promise<void> {
  const [callback, followUp] = await callsFor(interaction, after === undefined ? 1 : 2);
  expect(callback?.url).toMatch(new RegExp(`/interactions/${interaction.id}/${interaction.token}/callback`));
  expect(callback?.payload).toEqual(onTheWire(body));
  expect(callback?.files.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  for (const [at, { name, data }] of files.entries()) {
    const sent = callback?.files[at]?.data ?? Buffer.alloc(0);
    if (name.endsWith('.png')) expect(sizeOf(sent)).toEqual(sizeOf(data as Uint8Array));
    else expect(sent.toString()).toBe(Buffer.from(data).toString());
  }
  expect(followUp?.payload).toEqual(after === undefined ? undefined : onTheWire(after));
}

test('in the runtime of the edge every answer is that of Node, to the letter', {
  timeout: 180_000,
}, async () => {
  const asked = await crawl(handle);
  const ways = { inline: 0, callback: 0, pictures: 0, others: 0, after: 0 };
  for (const question of asked) {
    const interaction = fresh(question);
    const expected = await handle.respond(interaction);
    const { files = [], after } = expected;
    const response = await post(JSON.stringify(interaction));
    if (files.length === 0 && after === undefined) {
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual(onTheWire(expected.body));
      ways.inline += 1;
      continue;
    }
    expect(response.status).toBe(202);
    await compareCalls(interaction, expected);
    ways.callback += 1;
    if (after !== undefined) ways.after += 1;
    for (const { name } of files) ways[name.endsWith('.png') ? 'pictures' : 'others'] += 1;
  }
  expect(ways.inline).toBeGreaterThan(60);
  expect(ways.pictures).toBeGreaterThan(0);
  expect(ways.others).toBeGreaterThan(0);
  expect(ways.after).toBeGreaterThan(0);
  expect(worker.written()).toContain('"msg":"Interaction"');
  expect(worker.written()).not.toMatch(/"level":"(?:warn|error)"/);
});

test('the marks that were bundled are shown', async () => {
  const response = await post(JSON.stringify(fresh(slashInteraction('framework lookup', { name: 'koa' }))));
  expect(await response.json()).toMatchObject({
    data: { embeds: [{ title: '<:fw_koa_12345678:100000000000000077>\u00a0Koa' }] },
  });
});

test('many at once, pictures among them, are each answered', { timeout: 120_000 }, async () => {
  const questions = Array.from({ length: 40 }, (_, at) =>
    fresh(
      at % 4 === 0
        ? pressInteraction('compare:django,rails:p:0')
        : slashInteraction('framework lookup', { name: 'django' }),
    ),
  );
  const statuses = await Promise.all(
    questions.map(async (question) => (await post(JSON.stringify(question))).status),
  );
  expect(statuses).toEqual(questions.map((_, at) => (at % 4 === 0 ? 202 : 200)));
  for (const question of questions.filter((_, at) => at % 4 === 0)) await callsFor(question, 1);
});

test('what Discord puts off is sent again after the request has ended', { timeout: 60_000 }, async () => {
  let puttingOff = 2;
  nextAnswer = () => {
    puttingOff -= 1;
    const body = { message: 'You are being rate limited.', retry_after: 0.5, global: false };
    return puttingOff >= 0 ? { status: 429, body, headers: { 'retry-after': '0.5' } } : taken;
  };
  const picture = fresh(pressInteraction('compare:django,rails:p:0'));
  expect((await post(JSON.stringify(picture))).status).toBe(202);
  const answered = performance.now();
  const tries = await callsFor(picture, 3);
  expect(tries).toHaveLength(3);
  expect((tries[2]?.at ?? 0) - answered).toBeGreaterThan(500);
});

test('what Discord refuses is logged, without the interaction’s token', { timeout: 60_000 }, async () => {
  const before = worker.written().length;
  const written = () => worker.written().slice(before);
  nextAnswer = () => ({ status: 404, body: { code: 10062, message: 'Unknown interaction' } });
  const picture = fresh(pressInteraction('compare:django,rails:p:0'));
  await post(JSON.stringify(picture));
  await expect.poll(written, { timeout: 30_000 }).toContain('Answered too late');
  nextAnswer = () => ({ status: 400, body: { code: 50035, message: 'Invalid Form Body' } });
  const other = fresh(pressInteraction('compare:django,rails:p:0'));
  await post(JSON.stringify(other));
  await expect.poll(written, { timeout: 30_000 }).toContain('"outcome":"lost"');
  nextAnswer = () => taken;
  const lines = written().trim().split('\n');
  const read = lines.map((line) => JSON.parse(line) as { level: string; time: string; interaction: string });
  expect(read.map(({ level }) => level)).toEqual(['warn', 'info', 'error', 'info']);
  expect(read.map(({ interaction }) => interaction)).toEqual([picture.id, picture.id, other.id, other.id]);
  expect(written()).not.toContain('token-');
});

describe('refused', () => {
  const ping = () => JSON.stringify(fresh({ application_id: '6', type: 1, version: 1 } as APIInteraction));
  const now = () => Math.floor(Date.now() / 1000);
  const cases: [string, number, () => [string, Record<string, string>?]][] = [
    ['unsigned', 401, () => [ping(), {}]],
    ['forged', 401, () => [ping(), createSigner().headersFor(ping())]],
    ['altered', 401, () => [`${ping()} `, signer.headersFor(ping())]],
    ['stale', 401, () => signedAt(ping(), now() - longestSkew - 5)],
    ['of the future', 401, () => signedAt(ping(), now() + longestSkew + 5)],
    ['too large', 413, () => ['x'.repeat(largestRequest + 1)]],
    ['no interaction', 400, () => ['[]']],
  ];

  function signedAt(body: string, seconds: number): [string, Record<string, string>] {
    return [body, signer.headersFor(body, seconds)];
  }

  test.each(cases)('%s', async (_, status, request) => {
    const [body, headers] = request();
    expect((await post(body, headers)).status).toBe(status);
  });

  test('a second time', async () => {
    const body = ping();
    expect((await post(body)).status).toBe(200);
    expect((await post(body)).status).toBe(409);
  });

  test('another method', async () => {
    expect((await fetch(worker.address)).status).toBe(404);
  });
});

test.each([
  ['missing', {}],
  ['none', { DISCORD_PUBLIC_KEY: 'abc' }],
])('a public key that is %s is named in the log', async (_, settings: Record<string, string>) => {
  const wrong = await runWorker(folder, settings);
  const body = JSON.stringify({ id: '1', type: 1 });
  const response = await fetch(wrong.address, { method: 'POST', body, headers: signer.headersFor(body) });
  expect(response.status).toBe(500);
  await expect.poll(wrong.written).toContain('DISCORD_PUBLIC_KEY is missing or no public key');
  await wrong.close();
});

test('without pictures the bundle is one file, in which no button leads to them', {
  timeout: 60_000,
}, async () => {
  const small = mkdtempSync(path.join(tmpdir(), 'framewise-edge-'));
  const { files } = await bundleWorker(small, { marks: {} });
  expect(files.map(({ name }) => name)).toEqual(['worker.js']);
  const words = await runWorker(small, { DISCORD_PUBLIC_KEY: signer.publicKey });
  const body = JSON.stringify(fresh(slashInteraction('compare', { first: 'django', second: 'rails' })));
  const response = await fetch(words.address, { method: 'POST', body, headers: signer.headersFor(body) });
  const text = await response.text();
  expect(text).toContain('compare:django,rails:');
  expect(text).not.toContain('compare:django,rails:p:');
  await words.close();
  rmSync(small, { recursive: true });
});

test('what is deployed is what was built', () => {
  expect(path.resolve(import.meta.dirname, '../..', wrangler.main)).toBe(
    path.join(bundleFolder, 'worker.js'),
  );
});

test('neither discord.js nor what only Node needs is in the bundle', () => {
  const packages = new Set(
    bundle.modules.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
  );
  expect(packages).toContain('@discordjs/rest');
  for (const name of ['discord.js', '@discordjs/ws', 'ws', 'zod', 'pino', 'undici', '@takumi-rs/core'])
    expect(packages).not.toContain(name);
});
