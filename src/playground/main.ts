import { startPlayground } from './start.ts';

/*
 * `npm run playground`: the stand-in alone, for any bot. `npm start` starts it together with Framewise.
 */

const port = Number(process.env.PORT || 3000);

try {
  const playground = await startPlayground({ port, ...(process.env.HOST ? { host: process.env.HOST } : {}) });
  console.log(`A stand-in for Discord, not affiliated with it: ${playground.url}

Start your bot with these two set (REST and, through it, the gateway):
DISCORD_API_URL=${playground.apiUrl}
DISCORD_TOKEN=${playground.token}

The token is made anew at each start. Ctrl+C ends it, and nothing is kept.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void playground.close().then(() => process.exit(0)));
  }
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    taken ? `Port ${port} is taken: set PORT to another one.` : `The stand-in cannot start: ${String(error)}`,
  );
  process.exitCode = 1;
}
