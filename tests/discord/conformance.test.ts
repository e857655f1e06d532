import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { keysOf } from '../../src/catalog/vocabulary.ts';
import { createHandle, type Outgoing } from '../../src/handle.ts';
import { createLog } from '../../src/log.ts';
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
import { type Connected, transports } from '../helpers/transports.ts';

/** One thing that was sent: its JSON, and the files beside it. */
type Sent = { payload: unknown; files: readonly { name: string; size: number; type: string }[] };

const handle = createHandle(commands, () => ({ ...context, pictures }), createLog('silent', []));
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

beforeAll(async () => {
  for (const { name, raw } of [...ordinary, ...hostile, ...unknownTypes]) {
    const answer = await handle.respond(sendable(raw, '1') as never);
    expected.set(name, sentBy(answer));
  }
}, 120_000);

test('the list holds every command, every option and every kind of interaction, each once', () => {
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
  expect([...expected.values()].flat().flatMap(({ files }) => files.map(({ type }) => type))).toEqual(
    expect.arrayContaining(Object.values(fileTypes)),
  );
});

describe.each(keysOf(transports))('over %s', (transport) => {
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
    bot = await transports[transport](discord, handle);
  });
  afterAll(async () => {
    await bot.close(100);
    await discord.close();
  });

  /** What arrives for an interaction, once as much is there as is expected. */
  async function answersTo({ name, raw }: Raw): Promise<Sent[]> {
    const interaction = sendable(raw, discord.applicationId);
    const id = String(interaction.id);
    await discord.send(interaction);
    const most = expected.get(name)?.length ?? 0;
    await expect.poll(() => received.get(id)?.length ?? 0, { timeout: 5000 }).toBe(most);
    return received.get(id) ?? [];
  }

  test.each([
    ['what members can do', ordinary],
    ['what only others can send', hostile],
  ])(
    '%s is answered as the core answers it, and nothing is refused',
    { timeout: 180_000 },
    async (_, list) => {
      discord.refusals.length = 0;
      for (const one of list) {
        const answers = await answersTo(one);
        expect({ [one.name]: answers }).toEqual({ [one.name]: expected.get(one.name) });
      }
      expect(discord.refusals).toEqual([]);
    },
  );

  test('so is a type of interaction that is not known', { timeout: 60_000 }, async () => {
    for (const one of unknownTypes) expect(await answersTo(one)).toEqual(expected.get(one.name));
  });

  test('what is no interaction is left alone, and the bot goes on', { timeout: 60_000 }, async () => {
    const outcomes = await Promise.all(
      notInteractions.map(({ raw }) => discord.send(sendable(raw, discord.applicationId))),
    );
    expect(outcomes.map(({ how }) => how)).toEqual(notInteractions.map(() => 'silence'));
    const after = await discord.type('/framework lookup name:koa');
    expect(after.message?.embeds[0]?.title).toBe('Koa');
  });
});
