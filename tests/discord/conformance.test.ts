import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { dayOf } from '../../src/catalog/dates.ts';
import { keysOf } from '../../src/catalog/vocabulary.ts';
import { createHandle, type Outgoing } from '../../src/handle.ts';
import { createLog } from '../../src/log.ts';
import { readPackage } from '../../src/package.ts';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { createPictures } from '../../src/reply/picture/draw.ts';
import { context } from '../helpers/ask.ts';
import {
  addressed,
  hostile,
  notInteractions,
  ordinary,
  type Raw,
  unknownTypes,
} from '../helpers/interactions.ts';
import { type Connected, hosts } from '../helpers/transports.ts';

/** One thing that was sent: its JSON, and the files beside it. */
type Sent = { payload: unknown; files: readonly { name: string; size: number; type: string }[] };

const handle = createHandle(
  commands,
  () => ({ ...context, ...readPackage(), today: dayOf(new Date()), pictures }),
  createLog('silent', []),
);
const pictures = createPictures();

/** As what files are sent; what is text, Discord tells by the name. */
const fileTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  md: 'application/octet-stream',
};

/** What the core answers, as it is to be on the wire: the answer, and the message that follows it. */
function sentBy({ body, files = [], after }: Outgoing): Sent[] {
  const onWire = (payload: unknown, beside: Sent['files']): Sent => ({
    payload: JSON.parse(JSON.stringify(payload)),
    files: beside,
  });
  const described = files.map(({ name, data }) => ({
    name,
    size: Buffer.from(data).length,
    type: fileTypes[name.split('.').at(-1) ?? ''] ?? 'unknown',
  }));
  return [onWire(body, described), ...(after === undefined ? [] : [onWire(after, [])])];
}

let lastId = 400_000_000_000_000_000n;

/** An interaction with an id and a token of its own. */
function sendable(raw: Raw['raw'], applicationId: string) {
  lastId += 1n;
  return addressed(raw, { id: String(lastId), token: `token-${lastId}`, application_id: applicationId });
}

const expected = new Map<string, Sent[]>();

/** What the core answers to an interaction, on this day: the edge knows by itself which it is. */
async function expectedFor({ name, raw }: Raw): Promise<Sent[]> {
  const key = `${dayOf(new Date())} ${name}`;
  const known = expected.get(key) ?? sentBy(await handle.respond(sendable(raw, '1') as never));
  expected.set(key, known);
  return known;
}

test('the list holds every command, every option and every kind of interaction, each once', async () => {
  const names = [...ordinary, ...hostile, ...unknownTypes].map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  const all = JSON.stringify(ordinary);
  for (const { data } of commands) {
    expect(all).toContain(`"name":"${data.name}"`);
    const options = ('options' in data ? data.options : undefined) ?? [];
    for (const option of options.flatMap((one) =>
      'options' in one ? [one, ...(one.options ?? [])] : [one],
    )) {
      expect(all).toContain(`"name":"${option.name}"`);
    }
  }
  expect([...new Set(ordinary.map(({ raw }) => raw.type))].toSorted()).toEqual([2, 3, 4]);
  const sent = await Promise.all(ordinary.map(expectedFor));
  expect(sent.flat().flatMap(({ files }) => files.map(({ type }) => type))).toEqual(
    expect.arrayContaining(Object.values(fileTypes)),
  );
});

describe.each(keysOf(hosts))('over %s', (host) => {
  let discord: Playground;
  let bot: Connected;
  const received = new Map<string, Sent[]>();

  beforeAll(async () => {
    discord = await startPlayground({ port: 0, page: false });
    discord.listen((event) => {
      if (event.type !== 'exchange' || event.direction !== 'from bot') return;
      const { interactionId, payload, files } = event;
      received.set(interactionId, [...(received.get(interactionId) ?? []), { payload, files }]);
    });
    bot = await hosts[host](discord, handle);
  }, 120_000);
  afterAll(async () => {
    await bot.close(100);
    await discord.close();
  });

  /** Sends interactions, and holds what arrives for each against what the core answers. */
  async function replay(list: readonly Raw[]): Promise<void> {
    for (const one of list) {
      const expected = await expectedFor(one);
      const interaction = sendable(one.raw, discord.applicationId);
      const answers = () => received.get(String(interaction.id)) ?? [];
      await discord.send(interaction);
      await expect.poll(() => answers().length, { timeout: 5000 }).toBe(expected.length);
      expect({ [one.name]: answers() }).toEqual({ [one.name]: expected });
    }
  }

  test.each([
    ['what members can do', ordinary],
    ['what only others can send', hostile],
  ])(
    '%s is answered as the core answers it, and nothing is refused',
    // What a busy machine defers or answers too late is asked again; a difference is there each time.
    { timeout: 180_000, retry: 2 },
    async (_, list) => {
      discord.refusals.length = 0;
      await replay(list);
      expect(discord.refusals).toEqual([]);
    },
  );

  test('so is a type of interaction that is not known', { timeout: 60_000 }, () => replay(unknownTypes));

  test('what is no interaction is left alone, and the bot goes on', { timeout: 60_000 }, async () => {
    const outcomes = await Promise.all(
      notInteractions.map(({ raw }) => discord.send(sendable(raw, discord.applicationId))),
    );
    expect(outcomes.map(({ how }) => how)).toEqual(notInteractions.map(() => 'silence'));
    const after = await discord.type('/framework lookup name:koa');
    expect(after.message?.embeds[0]?.title).toBe('Koa');
  });
});
