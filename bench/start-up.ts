import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPlayground } from '../src/playground/start.ts';
import { ratio, spread, table } from './measure.ts';

/** How many starts of each are counted. */
const rounds = 15;

/** The most that Framewise may take, in times of the minimal bot. */
const bar = 1.5;

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
    table(
      [
        `ms from the start of the process to READY, ${rounds} starts`,
        'Framewise',
        'minimal bot',
        'ratio',
        'bar',
      ],
      [
        [
          'median (least to most)',
          spread(times.framewise),
          spread(times.minimal),
          ratio(times.framewise, times.minimal, { most: bar }),
          `≤ ${bar}`,
        ],
      ],
    ),
  );
}

await main();
