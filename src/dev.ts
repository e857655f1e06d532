import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { examples } from './examples.ts';
import { failure, reportFailure } from './failure.ts';
import { startPlayground } from './playground/start.ts';

/*
 * `npm run dev`: the stand-in in this process, the bot in one of its own that starts again whenever a command, an entry
 * or its code is saved. The page and its conversation stay, since the stand-in does.
 */

const root = path.join(import.meta.dirname, '..');
const watched = ['src', 'commands', 'data'].map((folder) => `--watch-path=${path.join(root, folder)}`);

const port = Number(process.env.PORT || 3000);
const options = { port, botName: 'Framewise', examples };
const standIn = await startPlayground(options).catch((error: unknown) => {
  reportFailure(
    failure(`The stand-in cannot start on port ${port}. If it is taken, set PORT to another number.`, error),
  );
  process.exit();
});
console.log(`Open ${standIn.url}: each save starts the bot again, and the page keeps its conversation.\n`);

const bot = spawn(process.execPath, ['--watch-preserve-output', ...watched, path.join(root, 'src/main.ts')], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    DISCORD_TOKEN: standIn.token,
    DISCORD_API_URL: standIn.apiUrl,
    // Nothing of a real server, and no port beside the stand-in's.
    DISCORD_GUILD_ID: '',
    PORT: '',
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  },
});
const ended = once(bot, 'exit');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => bot.kill(signal));
await ended;
await standIn.close();
