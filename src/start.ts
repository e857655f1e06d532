import type { Logger } from 'pino';
import { commands } from '../commands/index.ts';
import type { Asker } from './command.ts';
import { type Config, loadEnvironmentFile, parseConfig } from './config.ts';
import { keepTrying } from './discord/keep-trying.ts';
import { installLinks, registerCommands } from './discord/registration.ts';
import { createWatch, type TransportState } from './discord/watch.ts';
import { createHandle } from './handle.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';
import { createLog } from './log.ts';
import type { Metrics, MetricsOptions } from './metrics.ts';
import { createPictureLimit } from './picture-limit.ts';
import { oneAtATime, reloadOnHangup } from './reload.ts';
import { startStandIn } from './stand-in.ts';
import { type Identity, openEndpoint, openGateway, type Transport } from './transport.ts';

/** How long answers under way may take when the process is asked to end, and leaving altogether, in milliseconds. */
const farewell = 2300;
const longestFarewell = 2900;

/** A transport that is not open yet. */
const notYet: TransportState = { isOpen: false, shards: [], refused: new Map() };

/** Serves the metrics where they are asked for. What counts them is not loaded otherwise. */
async function openMetrics(
  { metricsPort, host }: Config,
  options: MetricsOptions,
  log: Logger,
): Promise<Metrics | undefined> {
  if (metricsPort === undefined) return undefined;
  const { createMetrics } = await import('./metrics.ts');
  const { serveHttp } = await import('./serve.ts');
  const metrics = createMetrics(options);
  const { fetch } = metrics.app;
  const { port } = await serveHttp({ fetch, port: metricsPort, host, variable: 'METRICS_PORT' });
  log.info({ port }, 'Metrics at /metrics');
  return metrics;
}

/** Uploads the marks that Discord does not hold yet. What draws them is not loaded before. It never throws. */
async function uploadMarks(knowledge: Knowledge, { applicationId, rest }: Identity, log: Logger) {
  try {
    const { syncEmojis } = await import('./discord/emojis.ts');
    const { wantedMarks } = await import('./marks.ts');
    const wanted = wantedMarks(knowledge.catalog());
    const { known: _, ...counts } = await syncEmojis(rest, applicationId, wanted, log, knowledge.marks);
    log.info(counts, 'Marks');
  } catch (error) {
    log.warn({ err: error }, 'There are no marks');
  }
}

/**
 * Starts what the environment asks for: the bot, or the playground with the bot in it. It goes on until SIGINT or
 * SIGTERM, then finishes the answers under way and ends the process; at SIGHUP it reloads the dataset.
 *
 * @throws a failure when something that an operator can mend is wrong.
 */
export async function start(): Promise<void> {
  loadEnvironmentFile();
  const config = parseConfig(process.env);
  const knowledge = createKnowledge(config.dataDir);
  const standIn = config.mode === 'playground' ? await startStandIn(config) : undefined;
  const { token, apiUrl } = standIn ?? (config as Exclude<Config, { mode: 'playground' }>);
  const log = createLog(config.logLevel, token === undefined ? [] : [token]);
  // Node would print the error as it is, with the requests and the tokens that hang on it.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'Something broke that nobody expected; the process ends');
    process.exit(1);
  });
  // Libraries have promises that nobody waits for. To end over one would only lose what is under way, and cost an identify.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'Something failed on the side'));
  const { port, host } = config;
  let transport: Transport | undefined;
  const { catalog } = knowledge;
  const metrics = await openMetrics(config, { catalog, state: () => transport?.state() ?? notYet }, log);
  let syncMarks = async () => {};
  reloadOnHangup(knowledge, log, (isTaken) => {
    metrics?.countReload(isTaken);
    if (isTaken) void syncMarks();
  });
  const pictureIn = createPictureLimit();
  const context = (asker: Asker) => {
    const known = { ...knowledge.context(), pictureIn: () => pictureIn(asker) };
    return metrics?.counting(known) ?? known;
  };
  const leave = async (why: object) => {
    setTimeout(() => process.exit(), longestFarewell).unref();
    log.info(why, 'Leaving');
    await transport?.close(farewell);
    await standIn?.close();
    process.exit();
  };
  const wiring = {
    handle: createHandle(commands, context, log),
    watch: createWatch(log, metrics?.count),
    catalog,
    log,
    onEnd: () => {
      process.exitCode = 1;
      void leave({});
    },
  };
  transport =
    config.mode === 'http'
      ? await openEndpoint(config, wiring)
      : await openGateway(
          { token: token ?? '', apiUrl, ...(standIn === undefined ? { port, host } : {}) },
          wiring,
        );

  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leave({ signal }));

  const identity = await transport.identity;
  // Makes the index of names before the first answer needs it.
  const { frameworks, local } = knowledge.context().catalog;
  const counts = { frameworks: frameworks.length, local: local.size };
  if (identity === undefined) {
    log.info(counts, 'Ready; without DISCORD_TOKEN no commands are registered');
    return;
  }
  const { applicationId, rest } = identity;
  const definitions = commands.map(({ data }) => data);
  const guildId = config.mode === 'playground' ? undefined : config.guildId;
  // Members are answered meanwhile.
  const isWritten = await keepTrying(
    () => registerCommands(rest, applicationId, definitions, guildId),
    'The commands are not registered yet',
    log,
  );
  // In the background: neither the start nor an answer waits for a picture.
  syncMarks = oneAtATime(() => uploadMarks(knowledge, identity, log));
  void syncMarks();
  if (standIn !== undefined) {
    console.log(`Framewise runs against a stand-in for Discord; nothing leaves this machine.\n`);
    console.log(`  Open ${standIn.url} and type /framework lookup name:django\n`);
    console.log('For your own server, set DISCORD_TOKEN: see “Your own server” in README.md.');
    return;
  }
  const links = installLinks(applicationId);
  log.info({ ...counts, commands: isWritten ? 'written' : 'unchanged' }, 'Ready');
  log.info({ link: links.server }, 'Install it on a server');
  log.info({ link: links.user }, 'Install it for yourself, to use it everywhere');
}
