import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { APIInteraction } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largestRequest, longestSkew } from '../../src/discord/endpoint.ts';
import { type Bundle, bundleFolder, bundleWorker } from '../../src/edge/bundle.ts';
import { pressInteraction, slashInteraction } from '../helpers/ask.ts';
import { createSigner, type RunningWorker, runWorker, wrangler } from '../helpers/edge.ts';

/** A request that the worker made of Discord's REST interface. */
type Call = { at: number; url: string };

const folder = mkdtempSync(path.join(tmpdir(), 'framewise-edge-'));
const signer = createSigner();
const marks = { koa: { id: '100000000000000077', name: 'fw_koa_12345678' } };
const calls: Call[] = [];
const taken = { status: 204 };
let nextAnswer: () => { status: number; body?: object; headers?: Record<string, string> } = () => taken;
let rest: Server;
let bundle: Bundle;
let worker: RunningWorker;

beforeAll(async () => {
  rest = createServer(async (request, response) => {
    // What the worker gave up half-way is no request.
    const isWhole = await buffer(request).then(
      () => true,
      () => false,
    );
    if (!isWhole) return;
    calls.push({ at: performance.now(), url: request.url ?? '' });
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
  const found = () => calls.filter(({ url }) => url.includes(token));
  await expect.poll(() => found().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
  return found();
}

test('the marks that were bundled are shown', async () => {
  const response = await post(JSON.stringify(fresh(slashInteraction('framework lookup', { name: 'koa' }))));
  expect(await response.json()).toMatchObject({
    data: { embeds: [{ title: '<:fw_koa_12345678:100000000000000077>\u00a0Koa' }] },
  });
  await expect.poll(worker.written).toContain('"msg":"Interaction"');
  expect(worker.written()).not.toMatch(/"level":"(?:warn|error)"/);
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

// On a machine so busy that the first answer takes all of its time, nothing is left for the second: then it is asked again.
test('what Discord puts off is sent again after the request has ended', {
  timeout: 120_000,
  retry: 2,
}, async () => {
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
  // A line of what was answered before may still have come.
  const read = lines
    .map((line) => JSON.parse(line) as { level: string; time: string; interaction: string })
    .filter(({ interaction }) => [picture.id, other.id].includes(interaction));
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
    expect(await (await post(body)).json()).toEqual({ type: 1 });
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
