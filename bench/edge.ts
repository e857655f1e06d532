import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { loadCatalog } from '../src/catalog/load.ts';
import { bundleWorker } from '../src/edge/bundle.ts';
import { createSigner, type RunningWorker, runWorker } from '../tests/helpers/edge.ts';
import { cpuOf, memoryOf, quantile } from './measure.ts';

/*
 * What the worker weighs, how long it takes to start and what its answers cost in workerd, Cloudflare's runtime:
 * `npm run bench edge` prints the tables of docs/edge.md. CPU is that of the whole runtime, with its HTTP server, from /proc:
 * Linux only.
 */

const starts = 9;
const rounds = 200;
const signer = createSigner();
const all = loadCatalog().frameworks;

const id = (at: number) => all[at % all.length]?.id ?? '';

type Asked = { type: number; data?: object; message?: object };

function command(path: string, values: Record<string, string>, focused?: string): Asked {
  const [name, subcommand] = path.split(' ');
  const options = Object.entries(values).map(([key, value]) => {
    return { name: key, value, type: 3, ...(key === focused && { focused: true }) };
  });
  const given = subcommand === undefined ? options : [{ type: 1, name: subcommand, options }];
  return { type: focused === undefined ? 2 : 4, data: { id: '1', name, type: 1, options: given } };
}

/** Each kind of request; `at` counts, so that no two ask the same before all frameworks had their turn. */
const kinds: Record<string, (at: number) => Asked> = {
  PING: () => ({ type: 1 }),
  autocomplete: (at) => command('framework lookup', { name: id(at).slice(0, 3) }, 'name'),
  card: (at) => command('framework lookup', { name: id(at) }),
  search: (at) => command('framework search', { text: `${id(at)} background jobs` }),
  comparison: (at) => command('compare', { first: id(at), second: id(at + 1), third: id(at + 2) }),
  recommendation: (at) =>
    command('recommend', { language: all[at % all.length]?.languages.value[0] ?? '', needs: 'admin, mail' }),
  'described wish': (at) => command('recommend', { describe: `a realtime chat like ${id(at)}` }),
  'picture of three': (at) => ({
    type: 3,
    data: { custom_id: `compare:${id(at)},${id(at + 1)},${id(at + 2)}:p:0`, component_type: 2 },
    message: { content: '' },
  }),
};

const discord = createServer((request, response) => {
  request.resume().on('end', () => {
    delivered += 1;
    response.writeHead(204).end();
  });
});
let delivered = 0;
await new Promise<void>((resolve) => discord.listen(0, '127.0.0.1', resolve));
const settings = {
  DISCORD_PUBLIC_KEY: signer.publicKey,
  DISCORD_API_URL: `http://127.0.0.1:${(discord.address() as AddressInfo).port}`,
};

let lastId = 10n ** 17n;

/** Milliseconds until a request is answered: by the response, or by the callback route. */
async function ask({ address }: RunningWorker, asked: Asked): Promise<number> {
  lastId += 1n;
  const interaction = { id: String(lastId), application_id: '6', token: 'token', version: 1, ...asked };
  const body = JSON.stringify({ ...interaction, member: { user: { id: '1' } } });
  const headers = signer.headersFor(body);
  const before = delivered;
  const began = performance.now();
  const response = await fetch(address, { method: 'POST', body, headers });
  await response.arrayBuffer();
  if (response.status === 202) while (delivered === before) await sleep(1);
  else if (response.status !== 200) throw new Error(`answered with ${response.status}`);
  return performance.now() - began;
}

const folder = mkdtempSync(path.join(tmpdir(), 'framewise-bench-'));
const folders = {
  empty: path.join(folder, 'empty'),
  words: path.join(folder, 'words'),
  pictures: path.join(folder, 'pictures'),
};
mkdirSync(folders.empty);
writeFileSync(
  path.join(folders.empty, 'worker.js'),
  'export default { fetch: () => new Response("{}", { status: 200 }) };',
);

console.log('| bundle | KB | KB compressed |\n|---|---|---|');
for (const [name, pictures] of [
  ['words', false],
  ['pictures', true],
] as const) {
  const { files } = await bundleWorker(folders[name], { marks: {}, pictures });
  const bytes = files.map((file) => readFileSync(path.join(folders[name], file.name)));
  const sum = (sizes: number[]) => Math.round(sizes.reduce((total, one) => total + one, 0) / 1024);
  const compressed = sum(bytes.map((data) => gzipSync(data).length));
  console.log(`| ${name} | ${sum(bytes.map(({ length }) => length))} | ${compressed} |`);
}

console.log('\n| start | ms, median | ms, longest | CPU ms, median | MB of memory |\n|---|---|---|---|---|');
for (const [name, where] of Object.entries(folders)) {
  const times: number[] = [];
  const cpu: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < starts; round += 1) {
    const worker = await runWorker(where, settings);
    times.push(worker.startedIn);
    cpu.push(cpuOf(worker.pid));
    memory.push(memoryOf(worker.pid, 'RssAnon'));
    await worker.close();
  }
  console.log(
    `| ${name} | ${quantile(times, 0.5).toFixed(1)} | ${quantile(times, 1).toFixed(1)} | ${quantile(cpu, 0.5).toFixed(1)} | ${quantile(memory, 0.5).toFixed(1)} |`,
  );
}

console.log(
  '\n| request | first, ms | first, CPU ms | then ms, median | 99th of 100 | CPU ms each |\n|---|---|---|---|---|---|',
);
for (const [kind, question] of Object.entries(kinds)) {
  const worker = await runWorker(folders.pictures, settings);
  // What any first request pays: the key, the connection.
  for (let warm = 0; warm < 3; warm += 1) await ask(worker, { type: 1 });
  let used = cpuOf(worker.pid);
  const first = await ask(worker, question(0));
  const firstUsed = cpuOf(worker.pid) - used;
  const times: number[] = [];
  for (let at = 1; at < 40; at += 1) await ask(worker, question(at));
  used = cpuOf(worker.pid);
  for (let at = 40; at < 40 + rounds; at += 1) times.push(await ask(worker, question(at)));
  const each = (cpuOf(worker.pid) - used) / rounds;
  console.log(
    `| ${kind} | ${first.toFixed(1)} | ${firstUsed.toFixed(1)} | ${quantile(times, 0.5).toFixed(1)} | ${quantile(times, 0.99).toFixed(1)} | ${each.toFixed(1)} |`,
  );
  if (kind === 'picture of three')
    console.log(`\nMemory after ${rounds} pictures: ${memoryOf(worker.pid, 'RssAnon').toFixed(0)} MB`);
  await worker.close();
}

discord.close();
rmSync(folder, { recursive: true });
