import type { REST } from '@discordjs/rest';
import { type APIApplication, Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { type Config, usualPort } from './config.ts';
import { keepTrying } from './discord/keep-trying.ts';
import { noOwnTries } from './discord/persist.ts';
import type { Handle } from './handle.ts';

/** Who the bot is, and a REST client with its token. */
export type Identity = { applicationId: string; rest: REST };

/** A transport that is open: how it is left, and who the bot is, once that is known and where it has a token. */
export type Transport = {
  /** Finishes the answers under way, at most as long as given in milliseconds, and leaves. */
  close(patience: number): Promise<void>;
  identity: Promise<Identity | undefined>;
};

/** What answers, and where is told what went wrong. */
export type Wiring = { handle: Handle; log: Logger };

/** Connects to Discord's gateway. `apiUrl` is the REST base without the version. */
export async function openGateway(token: string, apiUrl: string, wiring: Wiring): Promise<Transport> {
  const { connectGateway } = await import('./discord/gateway.ts');
  const { ready, close } = connectGateway({ token, apiUrl, ...wiring });
  return { identity: ready, close };
}

/**
 * Listens for Discord's requests. discord.js is not needed for that, and not loaded.
 *
 * @throws a failure when it cannot listen there.
 */
export async function openEndpoint(
  config: Extract<Config, { mode: 'http' }>,
  { handle, log }: Wiring,
): Promise<Transport> {
  const { REST } = await import('@discordjs/rest');
  const { createEndpoint } = await import('./discord/endpoint.ts');
  const { createVerify } = await import('./discord/signature.ts');
  const { serveHttp } = await import('./serve.ts');
  const { token, apiUrl, port = usualPort, host } = config;
  const rest = new REST({ api: apiUrl });
  const answering = new REST({ api: apiUrl, ...noOwnTries });
  const endpoint = createEndpoint({
    verify: await createVerify(config.publicKey),
    handle,
    rest: answering,
    log,
  });
  const { underWay, app } = endpoint;
  const server = await serveHttp({ fetch: app.fetch, underWay, port, host });
  log.info({ port: server.port }, 'Listening at /interactions');
  const identify = async () => {
    if (token === undefined) return undefined;
    rest.setToken(token);
    answering.setToken(token);
    const { id } = await keepTrying(
      () => answering.get(Routes.currentApplication()) as Promise<APIApplication>,
      'Discord does not say yet who the bot is',
      log,
    );
    return { applicationId: id, rest };
  };
  return { identity: identify(), close: server.close };
}
