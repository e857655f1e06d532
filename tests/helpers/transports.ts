import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { REST } from '@discordjs/rest';
import { commands } from '../../commands/index.ts';
import { createEndpoint } from '../../src/discord/endpoint.ts';
import { connectGateway } from '../../src/discord/gateway.ts';
import { noOwnTries } from '../../src/discord/persist.ts';
import { registerCommands } from '../../src/discord/registration.ts';
import { createVerify } from '../../src/discord/signature.ts';
import { createWatch } from '../../src/discord/watch.ts';
import { bundleWorker } from '../../src/edge/bundle.ts';
import type { Handle } from '../../src/handle.ts';
import { createLog } from '../../src/log.ts';
import type { Playground } from '../../src/playground/start.ts';
import { serveHttp } from '../../src/serve.ts';
import { runWorker } from './edge.ts';

/** A bot that is connected to the stand-in: its REST client, and how it leaves. */
export type Connected = { rest: REST; close(patience: number): Promise<void> };

const log = createLog('silent', []);

const definitions = commands.map(({ data }) => data);

async function overGateway(discord: Playground, handle: Handle): Promise<Connected> {
  const { ready, close } = connectGateway({
    token: discord.token,
    apiUrl: discord.apiUrl,
    handle,
    log,
    watch: createWatch(log),
  });
  const { rest, applicationId } = await ready;
  await registerCommands(rest, applicationId, definitions);
  return { rest, close };
}

async function overHttp(discord: Playground, handle: Handle): Promise<Connected> {
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const verify = await createVerify(discord.publicKey);
  const endpoint = createEndpoint({
    verify,
    handle,
    rest: new REST({ api: discord.apiUrl, ...noOwnTries }),
    log,
    watch: createWatch(log),
  });
  const server = await serveHttp({
    fetch: endpoint.app.fetch,
    underWay: endpoint.underWay,
    onSlow: endpoint.refuseSlow,
    port: 0,
    host: '127.0.0.1',
  });
  await registerCommands(rest, discord.applicationId, definitions);
  discord.callEndpoints([`http://127.0.0.1:${server.port}/interactions`]);
  return { rest, close: server.close };
}

/** The ways in which a bot in this process is reached by the stand-in. */
export const transports = { 'the gateway': overGateway, HTTP: overHttp } as const;

/** In Cloudflare's runtime, where the worker brings its own core, its pictures and the day. */
async function overEdge(discord: Playground): Promise<Connected> {
  const folder = mkdtempSync(path.join(tmpdir(), 'framewise-edge-'));
  await bundleWorker(folder, { marks: {}, pictures: true });
  const worker = await runWorker(folder, {
    DISCORD_PUBLIC_KEY: discord.publicKey,
    DISCORD_API_URL: discord.apiUrl,
  });
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  await registerCommands(rest, discord.applicationId, definitions);
  discord.callEndpoints([worker.address]);
  // The first picture takes as long as ten others: on a busy machine its answer would be deferred, which Node's is not.
  const { message } = await discord.type('/compare first:django second:rails');
  const customId = 'compare:django,rails:p:0';
  await discord.interact({ kind: 'press', messageId: message?.id ?? '', customId });
  return {
    rest,
    async close() {
      await worker.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Those and the edge, which answers by a core of its own. */
export const hosts = { ...transports, 'the edge': overEdge } as const;
