import type { REST } from '@discordjs/rest';
import { type APIApplication, Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Catalog } from './catalog/catalog.ts';
import { type Config, usualPort } from './config.ts';
import { keepTrying } from './discord/keep-trying.ts';
import { noOwnTries } from './discord/persist.ts';
import type { Sender } from './discord/responses.ts';
import type { TransportState, Watch } from './discord/watch.ts';
import type { Handle } from './handle.ts';

/** Who the bot is, and a REST client with its token. */
export type Identity = { applicationId: string; rest: REST };

/** A transport that is open: how it is left, and who the bot is, once that is known and where it has a token. */
export type Transport = {
  /** Finishes the answers under way, at most as long as given in milliseconds, and leaves. */
  close(patience: number): Promise<void>;
  identity: Promise<Identity | undefined>;
  /** How it is now. */
  state(): TransportState;
};

/** What answers, what is told of each answer, what the bot knows now, and where is told what went wrong. */
export type Wiring = {
  handle: Handle;
  watch: Watch;
  catalog: () => Catalog;
  log: Logger;
  /** Ends the process, when Discord has ended a connection for good. */
  onEnd: () => void;
};

/** Where the gateway is, and where health is served beside it, which is nowhere without a port. */
type GatewayPlace = {
  token: string;
  /** The REST base without the version. */
  apiUrl: string;
  port?: number | undefined;
  host?: string | undefined;
};

/**
 * Connects to Discord's gateway.
 *
 * @throws a failure when health cannot be served where it is asked for.
 */
export async function openGateway(place: GatewayPlace, wiring: Wiring): Promise<Transport> {
  const { token, apiUrl, port, host } = place;
  const { connectGateway } = await import('./discord/gateway.ts');
  const { ready, state, close } = connectGateway({ token, apiUrl, ...wiring });
  if (port !== undefined) {
    const { createHealth } = await import('./health.ts');
    const { serveHttp } = await import('./serve.ts');
    const { fetch } = createHealth(wiring.catalog, state);
    const server = await serveHttp({ fetch, port, host });
    wiring.log.info({ port: server.port }, 'Health at /healthz and /readyz');
  }
  return { identity: ready, state, close };
}

/** A REST client that is loaded when it is first needed: most answers go back with their requests, and starting does not wait. */
function restOnDemand(apiUrl: string): () => Promise<REST> {
  let loading: Promise<REST> | undefined;
  return () => {
    loading ??= import('@discordjs/rest').then(({ REST }) => new REST({ api: apiUrl, ...noOwnTries }));
    return loading;
  };
}

function senderOf(client: () => Promise<REST>): Sender {
  return {
    post: async (...asked) => (await client()).post(...asked),
    patch: async (...asked) => (await client()).patch(...asked),
    delete: async (...asked) => (await client()).delete(...asked),
  };
}

/**
 * Listens for Discord's requests. discord.js is not needed for that, and not loaded.
 *
 * @throws a failure when it cannot listen there.
 */
export async function openEndpoint(
  config: Extract<Config, { mode: 'http' }>,
  { handle, watch, catalog, log }: Wiring,
): Promise<Transport> {
  const { createEndpoint } = await import('./discord/endpoint.ts');
  const { createHealth } = await import('./health.ts');
  const { createVerify } = await import('./discord/signature.ts');
  const { serveHttp } = await import('./serve.ts');
  const { token, apiUrl, port = usualPort, host } = config;
  const client = restOnDemand(apiUrl);
  const endpoint = createEndpoint({
    verify: await createVerify(config.publicKey),
    handle,
    rest: senderOf(client),
    log,
    watch,
  });
  const { underWay, app, refused, refuseSlow } = endpoint;
  const state = (): TransportState => ({ isOpen: true, shards: [], refused });
  app.route('/', createHealth(catalog, state));
  const server = await serveHttp({ fetch: app.fetch, underWay, onSlow: refuseSlow, port, host });
  log.info({ port: server.port }, 'Listening at /interactions');
  const identify = async () => {
    if (token === undefined) return undefined;
    const { REST } = await import('@discordjs/rest');
    const rest = new REST({ api: apiUrl }).setToken(token);
    const answering = (await client()).setToken(token);
    const { id } = await keepTrying(
      () => answering.get(Routes.currentApplication()) as Promise<APIApplication>,
      'Discord does not say yet who the bot is',
      log,
    );
    return { applicationId: id, rest };
  };
  return { identity: identify(), state, close: server.close };
}
