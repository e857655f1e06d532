import { once } from 'node:events';
import { constants, createInflate } from 'node:zlib';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  Client,
  type Interaction,
  MessageFlags,
} from 'discord.js';
import type { APIInteraction, RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { validateAgainstOpenApi } from '../helpers/openapi.ts';

vi.setConfig({ testTimeout: 15_000 });

const registered: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    name: 'echo',
    description: 'Says it again',
    contexts: [0, 1, 2],
    integration_types: [0, 1],
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'say',
        description: 'Says a text',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'text',
            description: 'What',
            required: true,
            autocomplete: true,
          },
          { type: ApplicationCommandOptionType.User, name: 'for-user', description: 'Whom' },
          {
            type: ApplicationCommandOptionType.Boolean,
            name: 'private',
            description: 'Hidden',
            required: false,
          },
        ],
      },
    ],
  },
  { name: 'Explain', type: ApplicationCommandType.Message },
];

type Json = Record<string, unknown>;

/** A REST client of the barest kind, so that a test sees what Discord's clients see on the wire. */
function restOf(playground: Playground) {
  const call = async (method: string, path: string, body?: unknown, token = playground.token) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${playground.apiUrl}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${token}`,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  return call;
}

type Packet = { op: number; d: Json; s: number | null; t: string | null };

/** A gateway client of the barest kind: sends what it is told to, keeps what it gets. */
async function openGateway(playground: Playground) {
  const { body } = await restOf(playground)('GET', '/gateway/bot');
  const socket = new WebSocket(`${body.url}?v=10&encoding=json`);
  const packets: Packet[] = [];
  const waiting = new Set<() => void>();
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('message', (bytes) => {
    packets.push(JSON.parse(String(bytes)));
    for (const look of waiting) look();
  });
  const next = (wanted: (packet: Packet) => boolean): Promise<Packet> =>
    new Promise((resolve) => {
      const look = () => {
        const found = packets.find(wanted);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));
  await next(({ op }) => op === 10);
  return {
    next,
    send,
    closed,
    packets,
    cut: () => socket.terminate(),
    identify: async (token = playground.token): Promise<Packet> => {
      send(2, { token, intents: 0, properties: {} });
      return next(({ t }) => t === 'READY');
    },
    event: (name: string) => next(({ t }) => t === name),
  };
}

const running: Playground[] = [];

async function start(options: Partial<Parameters<typeof startPlayground>[0]> = {}): Promise<Playground> {
  const playground = await startPlayground({ port: 0, page: false, ...options });
  running.push(playground);
  return playground;
}

async function stopAll() {
  await Promise.all(running.splice(0).map((one) => one.close()));
}

describe('the gateway, on the wire', () => {
  afterEach(stopAll);

  it('greets, knows its token, beats, and says READY', async () => {
    const playground = await start({ heartbeatInterval: 1234 });
    const gateway = await openGateway(playground);
    expect(gateway.packets[0]).toMatchObject({ op: 10, d: { heartbeat_interval: 1234 } });
    gateway.send(1, null);
    await gateway.next(({ op }) => op === 11);
    const { d } = await gateway.identify();
    expect(d).toMatchObject({
      v: 10,
      user: { id: playground.applicationId, bot: true },
      application: { id: playground.applicationId },
      guilds: [{ id: playground.guildId, unavailable: true }],
      shard: [0, 1],
      session_id: expect.any(String),
      resume_gateway_url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:/),
    });
    gateway.cut();
  });

  it('speaks through one zlib stream to a client that asks for it', async () => {
    const playground = await start();
    const { body } = await restOf(playground)('GET', '/gateway/bot');
    const socket = new WebSocket(`${body.url}?v=10&encoding=json&compress=zlib-stream`);
    const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
    socket.on('message', (bytes: Buffer) => inflate.write(bytes));
    const [hello] = await once(inflate, 'data');
    expect(JSON.parse(String(hello))).toMatchObject({ op: 10 });
    socket.send(JSON.stringify({ op: 1, d: null }));
    const [ack] = await once(inflate, 'data');
    expect(JSON.parse(String(ack))).toEqual({ op: 11 });
    socket.terminate();
  });

  it.each([
    [
      'a wrong token',
      4004,
      (playground: Playground) => ({ op: 2, d: { token: `${playground.token}x`, intents: 0 } }),
    ],
    [
      'a shard that is not there',
      4010,
      ({ token }: Playground) => ({ op: 2, d: { token, intents: 0, shard: [1, 1] } }),
    ],
    ['an unknown opcode', 4001, () => ({ op: 99, d: {} })],
    ['a payload before identifying', 4003, () => ({ op: 3, d: {} })],
  ])('closes on %s with %i', async (_, code, payload) => {
    const playground = await start();
    const gateway = await openGateway(playground);
    const { op, d } = payload(playground);
    gateway.send(op, d);
    expect(await gateway.closed).toBe(code);
  });

  it('resumes with what was missed, once, and refuses a session that it does not know', async () => {
    const playground = await start();
    const call = restOf(playground);
    await call('PUT', `/applications/${playground.applicationId}/commands`, registered);
    const first = await openGateway(playground);
    const ready = await first.identify();
    first.cut();
    await first.closed;

    const outcome = playground.type('/echo say text:missed');
    const second = await openGateway(playground);
    second.send(6, { token: playground.token, session_id: ready.d.session_id, seq: ready.s });
    const { d } = await second.event('INTERACTION_CREATE');
    await second.event('RESUMED');
    expect(second.packets.filter(({ t }) => t === 'READY')).toEqual([]);
    await call('POST', `/interactions/${d.id}/${d.token}/callback`, {
      type: 4,
      data: { content: 'late but there' },
    });
    expect((await outcome).message?.content).toBe('late but there');
    second.cut();

    const third = await openGateway(playground);
    third.send(6, { token: playground.token, session_id: 'unknown', seq: 1 });
    expect((await third.next(({ op }) => op === 9)).d).toBe(false);
    third.cut();
  });
});

describe('REST, on the wire', () => {
  let playground: Playground;
  let call: ReturnType<typeof restOf>;
  let gateway: Awaited<ReturnType<typeof openGateway>>;
  let clock = 0;
  let commandsPath = '';

  beforeAll(async () => {
    playground = await start({ now: () => Date.now() + clock });
    call = restOf(playground);
    commandsPath = `/applications/${playground.applicationId}/commands`;
    gateway = await openGateway(playground);
    await gateway.identify();
    await call('PUT', commandsPath, registered);
  });
  afterAll(async () => {
    gateway.cut();
    await stopAll();
  });

  /** Lets a member act, and hands over the raw interaction and the ways to answer it. */
  const receive = async (act: () => Promise<unknown>) => {
    const known = gateway.packets.length;
    const outcome = act();
    const { d } = await gateway.next(
      (packet) => packet.t === 'INTERACTION_CREATE' && gateway.packets.indexOf(packet) >= known,
    );
    const raw = d as unknown as APIInteraction;
    const webhook = `/webhooks/${playground.applicationId}/${raw.token}`;
    return {
      raw,
      outcome,
      webhook,
      answer: (body: unknown, query = '') =>
        call('POST', `/interactions/${raw.id}/${raw.token}/callback${query}`, body),
    };
  };
  const slash = (text = 'hello') => receive(() => playground.type(`/echo say text:${text}`));

  it('turns away a wrong token and an unknown route', async () => {
    expect(await call('GET', '/users/@me', undefined, 'wrong')).toMatchObject({
      status: 401,
      body: { code: 0 },
    });
    expect(await call('GET', '/guilds/1/bans')).toMatchObject({ status: 404, body: { code: 0 } });
    expect(await call('GET', '/applications/1/commands')).toMatchObject({ status: 403 });
  });

  it('knows itself, and says how much may be asked', async () => {
    const { body, headers } = await call('GET', '/users/@me');
    expect(body).toMatchObject({ id: playground.applicationId, bot: true });
    expect(Number(headers.get('x-ratelimit-remaining'))).toBeLessThan(
      Number(headers.get('x-ratelimit-limit')),
    );
    expect((await call('GET', '/gateway/bot')).body).toMatchObject({
      session_start_limit: { max_concurrency: 1 },
    });
    const application = (await call('GET', '/applications/@me')).body;
    expect(validateAgainstOpenApi('PrivateApplicationResponse', application) ?? []).toEqual([]);
  });

  it('returns commands completed, not as an echo, and keeps ids and versions of what did not change', async () => {
    const { body: before } = await call('PUT', commandsPath, registered);
    expect(before[0]).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      version: expect.stringMatching(/^\d+$/),
      application_id: playground.applicationId,
      type: 1,
      name_localizations: null,
      default_member_permissions: null,
      nsfw: false,
      dm_permission: true,
    });
    expect(before[1]).toMatchObject({ type: 3, description: '', contexts: null, integration_types: [0, 1] });
    const options = before[0].options[0].options;
    expect(options[0]).toMatchObject({ required: true, autocomplete: true, name_localizations: null });
    expect(options[2]).not.toHaveProperty('required');
    for (const one of before)
      expect(validateAgainstOpenApi('ApplicationCommandResponse', one) ?? []).toEqual([]);

    const changed = registered.map((one, at) => (at === 0 ? { ...one, description: 'Other' } : one));
    const { body: after } = await call('PUT', commandsPath, changed);
    expect(after[0].id).toBe(before[0].id);
    expect(after[0].version).not.toBe(before[0].version);
    expect(after[1]).toEqual(before[1]);
    expect((await call('GET', commandsPath)).body[0]).not.toHaveProperty('name_localizations');
    expect((await call('GET', `${commandsPath}?with_localizations=true`)).body).toEqual(after);
    await call('PUT', commandsPath, registered);
  });

  it('adds, changes and removes one command, in a server without contexts', async () => {
    const path = `/applications/${playground.applicationId}/guilds/${playground.guildId}/commands`;
    const here = { name: 'here', description: 'Here only' };
    const added = await call('POST', path, here);
    expect(added).toMatchObject({ status: 201, body: { guild_id: playground.guildId } });
    expect(added.body).not.toHaveProperty('contexts');
    expect(await call('POST', path, here)).toMatchObject({ status: 200, body: { id: added.body.id } });
    const changed = await call('PATCH', `${path}/${added.body.id}`, { description: 'Changed' });
    expect(changed.body).toMatchObject({ id: added.body.id, name: 'here', description: 'Changed' });
    expect((await call('DELETE', `${path}/${added.body.id}`)).status).toBe(204);
    expect(await call('DELETE', `${path}/${added.body.id}`)).toMatchObject({
      status: 404,
      body: { code: 10063 },
    });
    expect(await call('POST', path, { name: 'Bad Name', description: 'x' })).toMatchObject({
      status: 400,
      body: {
        code: 50035,
        errors: { name: { _errors: [expect.objectContaining({ message: expect.any(String) })] } },
      },
    });
  });

  it('sends interactions in their true shape: a slash command with a resolved user', async () => {
    const [robin, sam] = playground.members;
    const { raw, answer } = await receive(() =>
      playground.type('/echo say text:a: b for-user:@Sam', { as: 'Robin' }),
    );
    expect(raw).toMatchObject({
      type: 2,
      version: 1,
      context: 0,
      guild_id: playground.guildId,
      member: { user: { id: robin?.id }, permissions: expect.stringMatching(/^\d+$/) },
      authorizing_integration_owners: { 0: playground.guildId, 1: robin?.id },
      entitlements: [],
      attachment_size_limit: 10 * 1024 * 1024,
      data: {
        name: 'echo',
        type: 1,
        options: [
          {
            name: 'say',
            type: 1,
            options: [
              { name: 'text', type: 3, value: 'a: b' },
              { name: 'for-user', type: 6, value: sam?.id },
            ],
          },
        ],
        resolved: {
          users: { [String(sam?.id)]: { username: 'sam' } },
          members: { [String(sam?.id)]: { roles: [] } },
        },
      },
    });
    expect(raw).not.toHaveProperty('user');
    await answer({ type: 4, data: { content: 'x' } });
  });

  it('sends the user, not a member, where there is no server', async () => {
    const dm = await receive(() => playground.type('/echo say text:x', { where: 'dm' }));
    expect(dm.raw).toMatchObject({
      context: 1,
      user: { username: 'robin' },
      authorizing_integration_owners: { 0: '0' },
    });
    expect(dm.raw).not.toHaveProperty('member');
    const elsewhere = await receive(() => playground.type('/echo say text:x', { where: 'elsewhere' }));
    expect(elsewhere.raw).toMatchObject({ context: 2 });
    expect(Object.keys(elsewhere.raw.authorizing_integration_owners)).toEqual(['1']);
    for (const { answer } of [dm, elsewhere]) await answer({ type: 4, data: { content: 'x' } });
    expect(playground.messages({ where: 'dm' })).toHaveLength(1);
    // A DM is between one member and the bot.
    expect(playground.messages({ where: 'dm', as: 'Sam' })).toHaveLength(0);
  });

  it('counts the votes in a poll, anew for each member', async () => {
    const { answer, outcome } = await slash();
    const answers = ['a', 'b'].map((text) => ({ poll_media: { text } }));
    await answer({ type: 4, data: { poll: { question: { text: 'Which?' }, answers } } });
    await outcome;
    const { id = '' } = playground.messages().at(-1)?.message ?? {};
    playground.vote(id, [1]);
    playground.vote(id, [2]);
    const { poll } = playground.vote(id, [2], { as: 'Sam' });
    expect(poll?.results?.answer_counts).toEqual([{ id: 2, count: 2, me_voted: false }]);
    expect(() => playground.vote(id, [1, 2])).toThrow('not a vote that this poll takes');
    expect(() => playground.vote(id, [3])).toThrow('not a vote that this poll takes');
    expect(() => playground.vote('1', [1])).toThrow('no such poll');
    expect(playground.vote(id, []).poll?.results?.answer_counts).toEqual([
      { id: 2, count: 1, me_voted: false },
    ]);
  });

  it('takes an answer once: 204, the message with ?with_response, 40060 for a second', async () => {
    const { raw, answer, outcome } = await slash();
    const body = { type: 4, data: { content: 'One', flags: 64 } };
    const first = await answer(body, '?with_response=true');
    expect(first).toMatchObject({
      status: 200,
      body: {
        interaction: { id: raw.id, type: 2, response_message_ephemeral: true },
        resource: {
          type: 4,
          message: { content: 'One', flags: 64, type: 20, interaction_metadata: { id: raw.id } },
        },
      },
    });
    expect(validateAgainstOpenApi('InteractionCallbackResponse', first.body) ?? []).toEqual([]);
    expect(await answer(body)).toMatchObject({ status: 400, body: { code: 40060 } });
    expect(await outcome).toMatchObject({ how: 'message', isPrivate: true, problems: [] });
    expect(playground.messages({ as: 'Sam' }).some(({ message }) => message.content === 'One')).toBe(false);
    const plain = await slash();
    expect(await plain.answer(body)).toMatchObject({ status: 204, body: undefined });
  });

  it('refuses an answer to nothing (10062), and one that comes late', async () => {
    expect(await call('POST', '/interactions/1/x/callback', { type: 6 })).toMatchObject({
      status: 404,
      body: { code: 10062 },
    });
    const { answer } = await slash();
    clock += 3001;
    expect(await answer({ type: 4, data: { content: 'late' } })).toMatchObject({
      status: 404,
      body: { code: 10062 },
    });
    expect(playground.refusals.at(-1)?.words).toMatch(/after 3\.\d s/);
  });

  it('says that nobody responded, after three seconds', async () => {
    const { outcome } = await slash();
    expect(await outcome).toMatchObject({ how: 'silence' });
  });

  it('refuses what Discord would, with the path of each fault, and lets the bot try again', async () => {
    const { answer, outcome } = await slash();
    const bad = { type: 4, data: { content: 'x'.repeat(2001), embeds: [{ title: 'x', colour: 1 }] } };
    const refused = await answer(bad);
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: 50035,
        errors: {
          data: {
            content: { _errors: [{ message: expect.stringContaining('at most 2000') }] },
            embeds: {
              0: { colour: { _errors: [{ message: expect.stringContaining('does not document') }] } },
            },
          },
        },
      },
    });
    expect(await outcome).toMatchObject({
      how: 'refused',
      problems: [{ path: 'data.embeds.0.colour' }, { found: '2001' }],
    });
    expect((await answer({ type: 4, data: {} })).body).toMatchObject({ code: 50006 });
    expect((await answer({ type: 7, data: { content: 'x' } })).body).toMatchObject({ code: 50035 });
    expect((await answer({ type: 4, data: { content: 'better' } })).status).toBe(204);
  });

  it('takes files as multipart, serves them, and lets an embed show one', async () => {
    const { raw, outcome } = await slash();
    const form = new FormData();
    const payload = {
      type: 4,
      data: {
        embeds: [{ image: { url: 'attachment://dot.png' } }],
        attachments: [{ id: 0, filename: 'dot.png', description: 'A dot' }, { id: 1 }],
      },
    };
    form.set('payload_json', JSON.stringify(payload));
    form.set('files[0]', new File([new Uint8Array([137, 80, 78, 71])], 'dot.png', { type: 'image/png' }));
    form.set('files[1]', new File(['<script>'], 'page.html', { type: 'text/html' }));
    expect((await call('POST', `/interactions/${raw.id}/${raw.token}/callback`, form)).status).toBe(204);
    const { message } = (await outcome) as Awaited<ReturnType<Playground['type']>>;
    const [dot, page] = message?.attachments ?? [];
    expect(dot).toMatchObject({
      filename: 'dot.png',
      description: 'A dot',
      size: 4,
      content_type: 'image/png',
    });
    expect(message?.embeds[0]?.image?.url).toBe(dot?.url);
    expect(validateAgainstOpenApi('MessageResponse', message) ?? []).toEqual([]);
    expect(new Uint8Array(await (await fetch(dot?.url ?? '')).arrayBuffer())).toEqual(
      new Uint8Array([137, 80, 78, 71]),
    );
    expect((await fetch(page?.url ?? '')).headers.get('content-disposition')).toContain('attachment');
  });

  it('edits: what is omitted stays, null empties, attachments not listed go', async () => {
    const { raw, answer, outcome, webhook } = await slash();
    const button = { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] };
    await answer({ type: 4, data: { content: 'Text', embeds: [{ title: 'Title' }], components: [button] } });
    const { message } = (await outcome) as Awaited<ReturnType<Playground['type']>>;
    const pressed = await receive(() =>
      playground.interact({ kind: 'press', messageId: message?.id ?? '', customId: 'go' }, { as: 'Sam' }),
    );
    expect(pressed.raw).toMatchObject({
      type: 3,
      data: { custom_id: 'go', component_type: 2 },
      member: { user: { username: 'sam' } },
      message: { id: message?.id, interaction_metadata: { id: raw.id, user: { username: 'robin' } } },
    });
    expect((await pressed.answer({ type: 7, data: { content: null } })).status).toBe(204);
    expect(await pressed.outcome).toMatchObject({
      how: 'update',
      message: {
        id: message?.id,
        content: '',
        embeds: [{ title: 'Title' }],
        components: [{ type: 1 }],
        edited_timestamp: expect.any(String),
        interaction_metadata: { id: raw.id },
      },
    });
    const original = `${pressed.webhook}/messages/@original`;
    // Both interactions may edit the message: the one that made it, and the one that pressed it.
    expect((await call('PATCH', `${webhook}/messages/@original`, { content: 'Again' })).body.content).toBe(
      'Again',
    );
    expect((await call('PATCH', original, { content: '' })).body.content).toBe('');
    expect((await call('PATCH', original, { embeds: [] })).body).toMatchObject({
      embeds: [],
      components: [{ type: 1 }],
    });
    expect((await call('PATCH', original, { components: [] })).body).toMatchObject({ code: 50006 });
  });

  it('defers, follows up, edits and deletes, until the token is void', async () => {
    const { answer, outcome, webhook } = await slash();
    expect((await call('POST', webhook, { content: 'too early' })).body).toMatchObject({ code: 10015 });
    await answer({ type: 5, data: { flags: 64 } });
    const { body: thinking } = await call('GET', `${webhook}/messages/@original`);
    expect(thinking).toMatchObject({ content: '', flags: 64 | 128 });
    const { body: done } = await call('PATCH', `${webhook}/messages/@original`, { content: 'Done' });
    expect(done).toMatchObject({ id: thinking.id, content: 'Done', flags: 64, edited_timestamp: null });
    expect(await outcome).toMatchObject({ how: 'message', isPrivate: true, message: { content: 'Done' } });
    const { body: more } = await call('POST', `${webhook}?wait=true`, { content: 'More' });
    expect(more.interaction_metadata.original_response_message_id).toBe(thinking.id);
    expect((await call('PATCH', `${webhook}/messages/${more.id}`, { content: 'Most' })).body.content).toBe(
      'Most',
    );
    expect((await call('DELETE', `${webhook}/messages/${more.id}`)).status).toBe(204);
    expect((await call('GET', `${webhook}/messages/${more.id}`)).body).toMatchObject({ code: 10008 });
    clock += 15 * 60 * 1000 + 1;
    expect(await call('POST', webhook, { content: 'too late' })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
  });

  it('asks for suggestions with the focused option, and checks them', async () => {
    const { raw, answer, outcome } = await receive(() => playground.suggest('/echo say text:dja'));
    expect(raw).toMatchObject({
      type: 4,
      data: { options: [{ options: [{ name: 'text', value: 'dja', focused: true }] }] },
    });
    const choices = [{ name: 'Django', value: 'django' }];
    expect((await answer({ type: 8, data: { choices: [{ name: 'Django', value: 1 }] } })).status).toBe(400);
    expect((await answer({ type: 8, data: { choices } })).status).toBe(204);
    expect(await outcome).toMatchObject({ how: 'refused' });
  });

  it('runs a message command on what a member wrote', async () => {
    const said = playground.say('Django or Rails?', { as: 'Sam' });
    const { raw, answer, outcome } = await receive(() =>
      playground.interact({ kind: 'message', command: 'Explain', messageId: said.id }),
    );
    expect(raw).toMatchObject({
      type: 2,
      data: {
        type: 3,
        target_id: said.id,
        resolved: { messages: { [said.id]: { content: 'Django or Rails?' } } },
      },
    });
    await answer({ type: 4, data: { content: 'Both', flags: 64 } });
    expect(await outcome).toMatchObject({
      message: { type: 23, interaction_metadata: { target_message_id: said.id } },
    });
  });

  it('keeps application emojis within their limits', async () => {
    const path = `/applications/${playground.applicationId}/emojis`;
    const image = `data:image/png;base64,${Buffer.from('png').toString('base64')}`;
    const { body: emoji, status } = await call('POST', path, { name: 'django', image });
    expect({ status, emoji }).toMatchObject({
      status: 201,
      emoji: { name: 'django', animated: false, available: true },
    });
    expect((await call('POST', path, { name: 'x', image })).body).toMatchObject({ code: 50035 });
    const large = `data:image/png;base64,${Buffer.alloc(256 * 1024 + 1).toString('base64')}`;
    expect((await call('POST', path, { name: 'large', image: large })).status).toBe(400);
    expect((await call('PATCH', `${path}/${emoji.id}`, { name: 'rails' })).body.name).toBe('rails');
    expect((await call('GET', path)).body.items).toHaveLength(1);
    expect((await call('DELETE', `${path}/${emoji.id}`)).status).toBe(204);
    expect((await call('GET', `${path}/${emoji.id}`)).body).toMatchObject({ code: 10014 });
  });

  it('limits the rate, and can be made to fail', async () => {
    playground.faults.rest({ status: 503, times: 1 });
    expect((await call('GET', '/users/@me')).status).toBe(503);
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => (await call('GET', '/users/@me')).status),
    );
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  });

  it.each([
    ['a command that is not there', { kind: 'slash', command: 'nothing' }],
    [
      'an option that is not there',
      { kind: 'slash', command: 'echo say', options: { text: 'x', other: 'x' } },
    ],
    ['a required option missing', { kind: 'slash', command: 'echo say', options: {} }],
    [
      'a member who is not there',
      { kind: 'slash', command: 'echo say', options: { text: 'x', 'for-user': 'Nobody' } },
    ],
    ['a button that is not there', { kind: 'press', messageId: '1', customId: 'go' }],
  ] as const)('does not send %s, as Discord’s client would not', async (_, action) => {
    await expect(playground.interact(action)).rejects.toMatchObject({ name: 'NotSent' });
  });
});

describe('who may talk to it', () => {
  afterEach(stopAll);

  it('binds to loopback only', async () => {
    await expect(startPlayground({ port: 0, host: '0.0.0.0' })).rejects.toThrow('loopback');
  });

  it('turns away foreign hosts and origins', async () => {
    const { url } = await start();
    const ask = async (headers: Record<string, string>) => {
      const { request } = await import('node:http');
      return new Promise<number | undefined>((resolve, reject) => {
        const asked = request(`${url}events`, { headers }, (response) => {
          resolve(response.statusCode);
          response.destroy();
        });
        asked.on('error', reject);
        asked.end();
      });
    };
    const host = new URL(url).host;
    expect(await ask({})).toBe(200);
    expect(await ask({ host: 'evil.example' })).toBe(403);
    expect(await ask({ host, origin: 'https://evil.example' })).toBe(403);
    expect(await ask({ host, origin: `http://${host}` })).toBe(200);
  });
});

describe('a real discord.js client', () => {
  let playground: Playground;
  let client: Client;

  const answer = async (interaction: Interaction): Promise<unknown> => {
    if (interaction.isAutocomplete()) {
      return interaction.respond([{ name: `${interaction.options.getFocused()}!`, value: 'x' }]);
    }
    if (interaction.isChatInputCommand()) {
      const text = interaction.options.getString('text', true);
      if (text === 'slow') {
        await interaction.deferReply();
        return interaction.editReply({
          content: text,
          files: [{ attachment: Buffer.from('hi'), name: 'hi.txt' }],
        });
      }
      const components = [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }];
      return interaction.reply({ content: text, components });
    }
    if (interaction.isButton()) {
      return interaction.update(
        `${interaction.user.username} pressed for ${interaction.message.interactionMetadata?.user.username}`,
      );
    }
    if (interaction.isMessageContextMenuCommand()) {
      return interaction.reply({ content: interaction.targetMessage.content, flags: MessageFlags.Ephemeral });
    }
    return undefined;
  };

  beforeAll(async () => {
    playground = await start();
    client = new Client({ intents: [], rest: { api: playground.apiUrl } });
    client.on('interactionCreate', (interaction) => void answer(interaction));
    const ready = new Promise((resolve) => client.once('clientReady', resolve));
    await client.login(playground.token);
    await ready;
    await client.application?.commands.set(registered);
  });
  afterAll(async () => {
    await client.destroy();
    await stopAll();
  });

  it('suggests, answers, defers with a file, updates, and answers in private', async () => {
    expect((await playground.suggest('/echo say text:dja')).choices).toEqual([{ name: 'dja!', value: 'x' }]);
    const { message } = await playground.type('/echo say text:hello', { as: 'Robin' });
    expect(message?.content).toBe('hello');
    const pressed = await playground.interact(
      { kind: 'press', messageId: message?.id ?? '', customId: 'go' },
      { as: 'Sam' },
    );
    expect(pressed.message).toMatchObject({ id: message?.id, content: 'sam pressed for robin' });
    const slow = await playground.type('/echo say text:slow');
    expect(slow.message).toMatchObject({ content: 'slow', attachments: [{ filename: 'hi.txt', size: 2 }] });
    const said = playground.say('Hi');
    const explained = await playground.interact({ kind: 'message', command: 'Explain', messageId: said.id });
    expect(explained).toMatchObject({ isPrivate: true, message: { content: 'Hi' } });
    expect(playground.refusals).toEqual([]);
  });

  it.each([
    ['a dropped connection', () => playground.faults.drop(), 'bot'],
    ['RECONNECT', () => playground.faults.reconnect(), 'bot'],
    ['an INVALID_SESSION that may be resumed', () => playground.faults.invalidSession(true), 'resumed'],
    ['an INVALID_SESSION that may not', () => playground.faults.invalidSession(false), 'bot'],
  ] as const)(
    'survives %s',
    async (_, fault, leaves) => {
      const gone = new Promise<void>((resolve) => {
        const stop = playground.listen((event) => {
          if (event.type !== 'bot' || (leaves === 'bot' && event.connected)) return;
          stop();
          resolve();
        });
      });
      fault();
      await gone;
      await playground.botConnected();
      expect((await playground.type('/echo say text:again')).message?.content).toBe('again');
    },
    15_000,
  );
});
