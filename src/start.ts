import { setTimeout as sleep } from 'node:timers/promises';
import type { REST } from '@discordjs/rest';
import { type APIApplication, Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { commands } from '../commands/index.ts';
import { dayOf } from './catalog/dates.ts';
import { createFinder, type Finder } from './catalog/find.ts';
import { type Catalog, loadCatalog } from './catalog/load.ts';
import { type Config, loadEnvironmentFile, parseConfig } from './config.ts';
import { isPassing } from './discord/persist.ts';
import { explainRefusal } from './discord/refusal.ts';
import { installLinks, registerCommands } from './discord/registration.ts';
import { examples } from './examples.ts';
import { failure } from './failure.ts';
import { createHandle, type Handle } from './handle.ts';
import { createLog } from './log.ts';
import { readPackage } from './package.ts';
import type { Mark } from './reply/markdown.ts';
import type { Pictures } from './reply/reply.ts';

/** How long answers under way may take when the process is asked to end, and leaving altogether, in milliseconds. */
const farewell = 2300;
const longestFarewell = 2900;

/** The page's port when none is asked for. */
const usualPort = 3000;

/** The dataset; what is wrong in it is for the check to tell, with lines. */
function readShippedCatalog(): Catalog {
  try {
    return loadCatalog();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw failure(`${message}\nnpm run data:check names the lines.`, error);
  }
}

/** Starts the stand-in for Discord; when its usual port is taken, on any free one. */
async function startStandIn({ port, host }: Extract<Config, { mode: 'playground' }>) {
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

/** What draws comparisons, loaded when the first is asked for: starting does not wait for it. */
function picturesOnDemand(): Pictures {
  let loading: Promise<Pictures> | undefined;
  return {
    async draw(...asked) {
      loading ??= import('./reply/picture/draw.ts').then(({ createPictures }) => createPictures());
      return (await loading).draw(...asked);
    },
  };
}

/** A transport that is open: how it is left, and who the bot is, once that is known and where it has a token. */
type Transport = {
  close(patience: number): Promise<void>;
  identity: Promise<{ applicationId: string; rest: REST } | undefined>;
};

type Wiring = { handle: Handle; log: Logger };

async function openGateway(token: string, apiUrl: string, wiring: Wiring): Promise<Transport> {
  const { connectGateway } = await import('./discord/gateway.ts');
  const { ready, close } = connectGateway({ token, apiUrl, ...wiring });
  return { identity: ready, close };
}

/** Listens for Discord's requests. discord.js is not needed for that, and not loaded. */
async function openEndpoint(config: Config & { mode: 'http' }, { handle, log }: Wiring): Promise<Transport> {
  const { REST } = await import('@discordjs/rest');
  const { createEndpoint } = await import('./discord/endpoint.ts');
  const { createVerify } = await import('./discord/signature.ts');
  const { serveHttp } = await import('./discord/http.ts');
  const { token, apiUrl, port = usualPort, host } = config;
  const rest = new REST({ api: apiUrl });
  const answering = new REST({ api: apiUrl, retries: 0 });
  const endpoint = createEndpoint({
    verify: await createVerify(config.publicKey),
    handle,
    rest: answering,
    log,
  });
  const server = await serveHttp({ endpoint, port, host });
  log.info({ port: server.port }, 'Listening at /interactions');
  const identify = async () => {
    if (token === undefined) return undefined;
    const { id } = (await rest.setToken(token).get(Routes.currentApplication())) as APIApplication;
    return { applicationId: id, rest };
  };
  return {
    identity: identify().catch((error: unknown) => {
      throw explainRefusal(error);
    }),
    close: server.close,
  };
}

/** How long it is tried to register the commands while Discord fails, in milliseconds, doubled each time up to the last. */
const firstPause = 1000;
const lastPause = 64_000;

/** Tells Discord about the commands, if they differ; whether they did. Members are answered meanwhile. */
async function register(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  log: Logger,
): Promise<boolean> {
  const definitions = commands.map(({ data }) => data);
  for (let pause = firstPause; ; pause *= 2) {
    try {
      return await registerCommands(rest, applicationId, definitions, guildId);
    } catch (error) {
      if (!isPassing(error) || pause > lastPause) throw explainRefusal(error);
      log.warn({ err: error, seconds: pause / 1000 }, 'The commands are not registered yet; trying again');
      await sleep(pause);
    }
  }
}

/**
 * Starts what the environment asks for: the bot, or the playground with the bot in it. It goes on until SIGINT or
 * SIGTERM, then finishes the answers under way and ends the process.
 *
 * @throws a failure when something that an operator can mend is wrong.
 */
export async function start(): Promise<void> {
  loadEnvironmentFile();
  const config = parseConfig(process.env);
  const catalog = readShippedCatalog();
  // Filled once Discord has told which it holds, and as they are uploaded.
  const marks = new Map<string, Mark>();
  const pictures = picturesOnDemand();
  // The index of names takes a tenth of a second: connecting does not wait for it, and the first answer seldom.
  let finder: Finder | undefined;
  const indexed = (): Finder => {
    finder ??= createFinder(catalog);
    return finder;
  };
  const about = { catalog, marks, pictures, ...readPackage() };
  const standIn = config.mode === 'playground' ? await startStandIn(config) : undefined;
  const { token, apiUrl } = standIn ?? (config as Exclude<Config, { mode: 'playground' }>);
  const log = createLog(config.logLevel, token === undefined ? [] : [token]);
  // Node would print the error as it is, with the requests and the tokens that hang on it.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'Something broke that nobody expected; the process ends');
    process.exit(1);
  });
  const handle = createHandle(
    commands,
    () => ({ ...about, finder: indexed(), today: dayOf(new Date()) }),
    log,
  );
  // Libraries have promises that nobody waits for. To end over one would only lose what is under way, and cost an identify.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'Something failed on the side'));
  const transport =
    config.mode === 'http'
      ? await openEndpoint(config, { handle, log })
      : await openGateway(token ?? '', apiUrl, { handle, log });

  const leave = async (signal: string) => {
    setTimeout(() => process.exit(), longestFarewell).unref();
    log.info({ signal }, 'Leaving');
    await transport.close(farewell);
    await standIn?.close();
    process.exit();
  };
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);

  const identity = await transport.identity;
  indexed();
  if (identity === undefined) {
    log.info(
      { frameworks: catalog.frameworks.length },
      'Ready; without DISCORD_TOKEN no commands are registered',
    );
    return;
  }
  const { applicationId, rest } = identity;
  const isWritten = await register(
    rest,
    applicationId,
    config.mode === 'playground' ? undefined : config.guildId,
    log,
  );
  // In the background, and not loaded before: neither the start nor an answer waits for a picture.
  const upload = async () => {
    const { syncEmojis } = await import('./discord/emojis.ts');
    const { wantedMarks } = await import('./marks.ts');
    const { known: _, ...counts } = await syncEmojis(rest, applicationId, wantedMarks(catalog), log, marks);
    log.info(counts, 'Marks');
  };
  void upload().catch((error: unknown) => log.warn({ err: error }, 'There are no marks'));
  if (standIn !== undefined) {
    console.log(`Framewise runs against a stand-in for Discord; nothing leaves this machine.\n`);
    console.log(`  Open ${standIn.url} and type /framework lookup name:django\n`);
    console.log('For your own server, set DISCORD_TOKEN: see “Your own server” in README.md.');
    return;
  }
  const links = installLinks(applicationId);
  log.info({ frameworks: catalog.frameworks.length, commands: isWritten ? 'written' : 'unchanged' }, 'Ready');
  log.info({ link: links.server }, 'Install it on a server');
  log.info({ link: links.user }, 'Install it for yourself, to use it everywhere');
}
