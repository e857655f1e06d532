import { type Config, usualPort } from './config.ts';
import { examples } from './examples.ts';
import { failure } from './failure.ts';
import type { Playground } from './playground/start.ts';

/**
 * Starts the stand-in for Discord, with its page; when its usual port is taken, on any free one.
 *
 * @throws a failure when the development dependencies are not there, or the port that was asked for is taken.
 */
export async function startStandIn({
  port,
  host,
}: Extract<Config, { mode: 'playground' }>): Promise<Playground> {
  const { startPlayground } = await import('./playground/start.ts').catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    throw failure(
      'The playground needs the development dependencies: run npm ci, or set DISCORD_TOKEN to run the bot.',
      error,
    );
  });
  const page = { host, botName: 'Framewise', examples };
  try {
    return await startPlayground({ port: port ?? usualPort, ...page });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    if (port === undefined) return startPlayground({ port: 0, ...page });
    throw failure(
      `PORT ${port} is taken by another program. Set PORT to another number, or to 0 for any free one.`,
      error,
    );
  }
}
