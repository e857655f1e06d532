import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPlayground } from '../src/playground/start.ts';

/** How many starts of each are counted. */
const rounds = 15;

/** The entries that are compared, in the order in which they take turns. */
const entries = { framewise: 'src/main.ts', minimal: 'bench/minimal-bot.ts' } as const;

/** Milliseconds from the start of a process until the gateway has sent it READY. */
async function timeToReady(entry: string): Promise<number> {
  const discord = await startPlayground({ port: 0, page: false });
  const started = performance.now();
  const env = {
    ...process.env,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    LOG_LEVEL: 'info',
  };
  const child = spawn(process.execPath, [entry], { env, stdio: 'ignore' });
  await discord.botConnected();
  const milliseconds = performance.now() - started;
  // A bot that is stopped in the middle of its start has not kept what it compiled, as none would be in real life.
  await sleep(300);
  child.kill('SIGTERM');
  await once(child, 'exit');
  await discord.close();
  return milliseconds;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Start to READY beside a minimal bot: interleaved starts after one warm-up, medians and spread. */
async function main(): Promise<void> {
  const times: Record<keyof typeof entries, number[]> = { framewise: [], minimal: [] };
  for (let round = -1; round < rounds; round++) {
    for (const name of ['framewise', 'minimal'] as const) {
      const time = await timeToReady(entries[name]);
      if (round >= 0) times[name].push(time);
    }
  }
  console.log(
    `Start to READY, ${rounds} interleaved starts each, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}`,
  );
  for (const [name, list] of Object.entries(times)) {
    const [least, most] = [Math.min(...list), Math.max(...list)].map(Math.round);
    console.log(`${name.padEnd(10)} median ${Math.round(median(list))} ms (${least} to ${most})`);
  }
  console.log(`ratio      ${(median(times.framewise) / median(times.minimal)).toFixed(2)} (bar 1.5)`);
}

await main();
