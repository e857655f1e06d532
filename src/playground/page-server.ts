import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { createDriver } from './drive.ts';
import { isNotSent } from './interactions.ts';
import { bundlePage } from './page-bundle.ts';
import type { CommandsByPlace, Example, PageEvent, Snapshot } from './wire.ts';
import { commandsAt, type World, type WorldEvent } from './world.ts';

type Doing = Pick<ReturnType<typeof createDriver>, 'interact' | 'say' | 'vote'> & {
  examples: readonly Example[];
  port: number;
  bundle: boolean;
  isConnected: () => boolean;
};

const actor = { as: z.string().optional(), where: z.enum(['server', 'dm', 'elsewhere']).optional() };
const options = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const asked = z.discriminatedUnion('kind', [
  z.strictObject({ ...actor, kind: z.literal('slash'), command: z.string(), options }),
  z.strictObject({ ...actor, kind: z.literal('suggest'), command: z.string(), options, focused: z.string() }),
  z.strictObject({ ...actor, kind: z.literal('message'), command: z.string(), messageId: z.string() }),
  z.strictObject({
    ...actor,
    kind: z.literal('press'),
    messageId: z.string(),
    customId: z.string(),
    values: z.array(z.string()).default([]),
  }),
  z.strictObject({ ...actor, kind: z.literal('say'), content: z.string().trim().min(1).max(2000) }),
  z.strictObject({ ...actor, kind: z.literal('vote'), messageId: z.string(), answers: z.array(z.int()) }),
]);

const largestRequest = 64 * 1024;
const keepAlive = 20_000;

const protections = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > largestRequest) throw new RangeError('Too much at once.');
  }
  return JSON.parse(text);
}

function forPage(world: World, event: WorldEvent): PageEvent | undefined {
  switch (event.type) {
    case 'commands':
      return { type: 'commands', commands: commandsByPlace(world) };
    case 'choices':
      return undefined;
    default:
      return event;
  }
}

function commandsByPlace(world: World): CommandsByPlace {
  return {
    server: commandsAt(world, 'server'),
    dm: commandsAt(world, 'dm'),
    elsewhere: commandsAt(world, 'elsewhere'),
  };
}

function snapshot(world: World, connected: boolean, examples: readonly Example[]): Snapshot {
  return {
    type: 'hello',
    connected,
    bot: { id: world.bot.id, name: world.bot.username },
    guild: world.guild,
    members: world.members,
    commands: commandsByPlace(world),
    messages: [...world.messages.values()],
    examples,
    exchanges: world.exchanges,
  };
}

function isPicture(type: string): boolean {
  return /^image\/(png|jpeg|gif|webp|avif)$/.test(type);
}

function isText(type: string): boolean {
  return /^(text\/(?!html)|application\/(json|xml|yaml|toml))/.test(type);
}

/**
 * Serves the page: its files, a stream of what happens (server-sent events) and one route for what members do. Only
 * requests addressed to loopback by name or number, and coming from the page itself, are heard: another site whose
 * name resolves to this machine is not.
 */
export function createPageServer(
  world: World,
  { port, bundle, examples, isConnected, interact, say, vote }: Doing,
) {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  const hosts = new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  const streams = new Set<ServerResponse>();
  const code = bundle ? bundlePage() : undefined;
  code?.catch(() => undefined);

  const stop = world.listen((event) => {
    const told = forPage(world, event);
    if (told) for (const stream of streams) stream.write(`data: ${JSON.stringify(told)}\n\n`);
  });
  const beat = setInterval(() => {
    for (const stream of streams) stream.write(': still here\n\n');
  }, keepAlive);
  beat.unref();

  const send = (
    response: ServerResponse,
    status: number,
    type: string,
    body: string | Uint8Array,
    headers: Record<string, string> = {},
  ): void => {
    response.writeHead(status, { ...protections, 'content-type': type, ...headers });
    response.end(body);
  };
  const sendJson = (response: ServerResponse, status: number, body: unknown) =>
    send(response, status, 'application/json', JSON.stringify(body));
  const sendText = (request: IncomingMessage, response: ServerResponse, type: string, text: string) =>
    /\bgzip\b/.test(String(request.headers['accept-encoding']))
      ? send(response, 200, type, gzipSync(text), { 'content-encoding': 'gzip' })
      : send(response, 200, type, text);

  const stream = (request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { ...protections, 'content-type': 'text/event-stream' });
    response.write(`data: ${JSON.stringify(snapshot(world, isConnected(), examples))}\n\n`);
    streams.add(response);
    request.once('close', () => streams.delete(response));
  };

  const act = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!request.headers['content-type']?.startsWith('application/json')) {
      return sendJson(response, 415, { words: 'JSON only.' });
    }
    const read = asked.safeParse(await readJson(request).catch(() => undefined));
    if (!read.success) return sendJson(response, 400, { words: z.prettifyError(read.error) });
    const { as, where, ...action } = read.data;
    const who = { ...(as ? { as } : {}), ...(where ? { where } : {}) };
    try {
      if (action.kind === 'say') return sendJson(response, 200, { message: say(action.content, who).id });
      if (action.kind === 'vote')
        return sendJson(response, 200, { message: vote(action.messageId, action.answers, who).id });
      const { how, choices, problems, message } = await interact(action, who);
      return sendJson(response, 200, { how, choices, problems, ...(message ? { message: message.id } : {}) });
    } catch (error) {
      if (isNotSent(error) || error instanceof RangeError)
        return sendJson(response, 422, { words: error.message });
      throw error;
    }
  };

  const file = (response: ServerResponse, id: string): void => {
    const kept = world.files.get(id);
    if (!kept) {
      sendJson(response, 404, { words: 'No such file.' });
      return;
    }
    // Whatever a bot attached is shown as a picture or as plain text, or saved: it is never a page of this address.
    const name = `filename*=UTF-8''${encodeURIComponent(kept.name)}`;
    const shown = isPicture(kept.type)
      ? kept.type
      : isText(kept.type)
        ? 'text/plain; charset=utf-8'
        : undefined;
    send(response, 200, shown ?? 'application/octet-stream', kept.bytes, {
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `${shown ? 'inline' : 'attachment'}; ${name}`,
    });
  };

  return {
    /** Whether a request is addressed to loopback and does not come from another site. */
    isFromHere: ({ headers }: IncomingMessage): boolean =>
      hosts.has(headers.host ?? '') && (headers.origin === undefined || origins.has(headers.origin)),
    /** Turns a foreign request away. */
    forbid: (response: ServerResponse): void =>
      sendJson(response, 403, { message: 'This stand-in answers to loopback only.', code: 0 }),
    /** Answers one request of the page. */
    handle: async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
      const { pathname } = url;
      if (request.method === 'POST' && pathname === '/act') return act(request, response);
      if (request.method !== 'GET') return sendJson(response, 405, { words: 'GET only.' });
      if (pathname === '/events') return stream(request, response);
      const [, folder, id] = pathname.split('/');
      if (folder === 'files' && id) return file(response, id);
      if (!code) return sendJson(response, 404, { words: 'This stand-in serves no page.' });
      if (pathname === '/page.js')
        return sendText(request, response, 'text/javascript; charset=utf-8', (await code).js);
      if (pathname === '/page.css')
        return sendText(request, response, 'text/css; charset=utf-8', (await code).css);
      if (pathname === '/') {
        const html = await readFile(new URL('page/index.html', import.meta.url), 'utf8');
        return sendText(request, response, 'text/html; charset=utf-8', html);
      }
      return sendJson(response, 404, { words: 'No such page.' });
    },
    close: (): void => {
      stop();
      clearInterval(beat);
      for (const one of streams) one.end();
    },
  };
}
