import { REST, RESTEvents } from '@discordjs/rest';
import { type RESTGetAPIApplicationEmojisResult, Routes } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HeldEmoji, syncEmojis, type WantedEmoji } from '../../src/discord/emojis.ts';
import { wantedMarks } from '../../src/marks.ts';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { catalog } from '../helpers/ask.ts';

let discord: Playground;
let rest: REST;
/** The methods of the requests that were made, what was drawn, and what was logged. */
let requests: string[];
let drawn: string[];
let warnings: string[];

const log = { warn: (_: object, message: string) => warnings.push(message) };

beforeEach(async () => {
  discord = await startPlayground({ port: 0, page: false });
  rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token);
  [requests, drawn, warnings] = [[], [], []];
  rest.on(RESTEvents.Response, ({ method }) => requests.push(method));
});
afterEach(() => discord.close());

type Before = () => void;

/** Emojis for frameworks, written `id:digest`; `before` happens when the first or a certain one is drawn. */
function wanted(list: string, before: Record<string, Before> = {}): WantedEmoji[] {
  return list.split(' ').map((text) => {
    const [id = '', digit = ''] = text.split(':');
    const draw = async () => {
      drawn.push(id);
      before[id]?.();
      return Buffer.from(text);
    };
    return { id, digest: digit.repeat(8), draw };
  });
}

/** Two days after everything else, unless told: what is outdated is removed then. */
const sync = (list: WantedEmoji[], known?: Map<string, HeldEmoji>, now = Date.now() + 48 * 3_600_000) =>
  syncEmojis(rest, discord.applicationId, list, log, known, now);

const route = () => Routes.applicationEmojis(discord.applicationId);

async function held(): Promise<string[]> {
  const { items } = (await rest.get(route())) as RESTGetAPIApplicationEmojisResult;
  return items.map(({ name }) => name ?? '').sort();
}

/** What is known, as `id:digit`, with the ids checked against what Discord holds. */
async function shown(known: ReadonlyMap<string, HeldEmoji>): Promise<string> {
  const { items } = (await rest.get(route())) as RESTGetAPIApplicationEmojisResult;
  const byId = new Map(items.map(({ id, name }) => [id, name]));
  for (const { id, name } of known.values()) expect(byId.get(id)).toBe(name);
  return [...known].map(([id, { name }]) => `${id}:${name.at(-1)}`).join(' ');
}

const upload = (name: string) =>
  rest.post(route(), { body: { name, image: 'data:image/png;base64,eA==' } }) as Promise<HeldEmoji>;

describe('marks at Discord', () => {
  test.each([
    ['nothing is held: all are uploaded', '', 'koa:1 api-platform:1', 'GET POST POST', 'koa api-platform'],
    ['nothing changed: one request, and nothing is drawn', 'koa:1 drf:1', 'koa:1 drf:1', 'GET', ''],
    ['one gone: removed', 'koa:1 drf:1', 'koa:1', 'GET DELETE', ''],
    ['one new', 'koa:1', 'drf:1 koa:1', 'GET POST', 'drf'],
    ['all gone but one that is new', 'koa:1 drf:1', 'hapi:1', 'GET DELETE DELETE POST', 'hapi'],
  ])('%s', async (_, first, then, methods, pictures) => {
    if (first !== '') await sync(wanted(first));
    [requests, drawn] = [[], []];
    const { known, failed } = await sync(wanted(then));
    expect({ requests: requests.join(' '), drawn: drawn.join(' '), failed }).toEqual({
      requests: methods,
      drawn: pictures,
      failed: 0,
    });
    expect((await shown(known)).split(' ').sort()).toEqual(then.split(' ').sort());
    expect(await held()).toHaveLength(then.split(' ').length);
    expect(warnings).toEqual([]);
  });

  test('what is replaced stays for a day, in which others may still show it', async () => {
    await sync(wanted('koa:1 drf:1 hapi:1'));
    const soon = Date.now() + 23 * 3_600_000;
    requests = [];
    await sync(wanted('koa:2 drf:1'), undefined, soon);
    const { known } = await sync(wanted('koa:2 drf:1'), undefined, soon);
    expect(requests).toEqual(['GET', 'POST', 'GET']);
    expect((await shown(known)).split(' ').sort()).toEqual(['drf:1', 'koa:2']);
    expect(await held()).toEqual([
      'fw_drf_11111111',
      'fw_hapi_11111111',
      'fw_koa_11111111',
      'fw_koa_22222222',
    ]);
    expect(await sync(wanted('koa:2 drf:1'))).toMatchObject({ uploaded: 0, removed: 2 });
    expect(await held()).toEqual(['fw_drf_11111111', 'fw_koa_22222222']);
  });

  test('the emojis of operators are left alone, also those that look a little like ours', async () => {
    const theirs = ['party', 'fw_koa', 'fw_koa_1234567', 'FW_koa_12345678', 'xfw_koa_12345678'];
    for (const name of theirs) await upload(name);
    await sync(wanted('koa:1'));
    await sync(wanted('drf:1'));
    expect(await held()).toEqual([...theirs, 'fw_drf_11111111'].sort());
  });

  test('the old mark is known until the new one is there', async () => {
    await sync(wanted('koa:1 drf:1'));
    const known = new Map<string, HeldEmoji>();
    let during = '';
    await sync(
      wanted('koa:2 drf:1', { koa: () => (during = [...known.values()].map(({ name }) => name).join(' ')) }),
      known,
    );
    expect(during.split(' ').sort()).toEqual(['fw_drf_11111111', 'fw_koa_11111111']);
    expect((await shown(known)).split(' ').sort()).toEqual(['drf:1', 'koa:2']);
  });

  test('left over from a start that was stopped, the older is removed', async () => {
    await upload('fw_koa_11111111');
    await upload('fw_koa_22222222');
    await upload('fw_koa_33333333');
    const { known } = await sync(wanted('koa:2'));
    expect(await held()).toEqual(['fw_koa_22222222']);
    expect(await shown(known)).toBe('koa:2');
    await upload('fw_koa_33333333');
    await sync(wanted('koa:4'));
    expect(await held()).toEqual(['fw_koa_22222222', 'fw_koa_44444444']);
  });

  const badRequest = (times = 1) => discord.faults.rest({ status: 400, times });

  test('one refused is logged, and the rest goes on; the next start tries again', async () => {
    const list = 'koa:1 drf:1 hapi:1';
    const { known, uploaded, failed } = await sync(wanted(list, { drf: badRequest }));
    expect({ uploaded, failed, shown: await shown(known) }).toEqual({
      uploaded: 2,
      failed: 1,
      shown: 'koa:1 hapi:1',
    });
    expect(warnings).toHaveLength(1);
    const again = await sync(wanted(list));
    expect((await shown(again.known)).split(' ').sort()).toEqual(['drf:1', 'hapi:1', 'koa:1']);
    expect(drawn).toEqual(['koa', 'drf', 'hapi', 'drf']);
  });

  test('a changed one that is refused keeps its old mark', async () => {
    await sync(wanted('koa:1'));
    const { known, removed } = await sync(wanted('koa:2', { koa: badRequest }));
    expect(await shown(known)).toBe('koa:1');
    expect(removed).toBe(0);
  });

  test('one that cannot be drawn is one that fails', async () => {
    const [koa, drf] = wanted('koa:1 drf:1');
    if (koa === undefined || drf === undefined) throw new Error('there are two');
    const broken = { ...koa, draw: () => Promise.reject(new Error('no drawing')) };
    const { known, failed } = await sync([broken, drf]);
    expect({ failed, shown: await shown(known) }).toEqual({ failed: 1, shown: 'drf:1' });
  });

  test('one that is there although it was refused, such as by a lost confirmation, is known', async () => {
    const faster = async () => {
      await upload('fw_koa_11111111');
      badRequest();
      return Buffer.from('x');
    };
    const [koa] = wanted('koa:1');
    if (koa === undefined) throw new Error('there is one');
    const { known } = await sync([{ ...koa, draw: faster }]);
    expect(await shown(known)).toBe('koa:1');
  });

  test.each([
    ['refused', 400],
    ['not allowed', 403],
    ['broken at Discord', 500],
  ])('where all are %s, nothing is known, and nobody is stopped', async (_, status) => {
    discord.faults.rest({ status, times: 1000 });
    const { known, uploaded } = await sync(wanted('koa:1 drf:1'));
    discord.faults.rest({ status, times: 0 });
    expect([...known]).toEqual([]);
    expect(uploaded).toBe(0);
    expect(warnings).toHaveLength(1);
    expect(await held()).toEqual([]);
  });

  test('where all uploads are refused, each is tried once', async () => {
    const { known, failed } = await sync(wanted('koa:1 drf:1', { koa: badRequest, drf: badRequest }));
    expect([...known]).toEqual([]);
    expect({ failed, drawn, warnings: warnings.length }).toEqual({
      failed: 2,
      drawn: ['koa', 'drf'],
      warnings: 1,
    });
  });

  test('a removal that is refused leaves the rest as it is to be', async () => {
    await sync(wanted('koa:1 drf:1'));
    rest.once(RESTEvents.Response, () => badRequest());
    const { known, removed } = await sync(wanted('koa:1 hapi:1'));
    expect({ removed, shown: (await shown(known)).split(' ').sort() }).toEqual({
      removed: 0,
      shown: ['hapi:1', 'koa:1'],
    });
    expect(warnings).toHaveLength(1);
  });

  test('never more than Discord allows, the first of what is wanted before the rest', async () => {
    await discord.close();
    // A clock on which a second passes at every look, so that no limit of the rate is met.
    let now = Date.now();
    discord = await startPlayground({ port: 0, page: false, now: () => (now += 1000) });
    rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token);
    rest.on(RESTEvents.Response, ({ method }) => requests.push(method));
    const fill = async (at: number) => {
      const response = await fetch(`${discord.apiUrl}/v10${route()}`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `theirs_${at}`, image: 'data:image/png;base64,eA==' }),
      });
      return (await response.json()) as HeldEmoji;
    };
    const theirs: HeldEmoji[] = [];
    while (theirs.length < 1999) {
      const count = Math.min(50, 1999 - theirs.length);
      theirs.push(...(await Promise.all(Array.from({ length: count }, (_, at) => fill(theirs.length + at)))));
    }

    const { known, failed } = await sync(wanted('koa:1 drf:1'));
    expect({ failed, drawn, shown: await shown(known) }).toEqual({
      failed: 0,
      drawn: ['koa'],
      shown: 'koa:1',
    });
    requests = [];
    const changed = await sync(wanted('koa:2 drf:1'));
    expect(requests).toEqual(['GET', 'DELETE', 'POST']);
    expect(await shown(changed.known)).toBe('koa:2');

    await rest.delete(Routes.applicationEmoji(discord.applicationId, theirs[0]?.id ?? ''));
    expect(await shown((await sync(wanted('drf:1 koa:2'))).known)).toBe('koa:2 drf:1');
    expect(await held()).toHaveLength(2000);
    expect(await sync(wanted('hapi:1 drf:1 koa:2'))).toMatchObject({ uploaded: 1, removed: 1, failed: 0 });
    expect(discord.refusals).toEqual([]);
  });

  test('limits of the rate are waited for', async () => {
    const { known } = await sync(
      wanted('koa:1 drf:1', { drf: () => discord.faults.rest({ status: 429, times: 1 }) }),
    );
    expect(await shown(known)).toBe('koa:1 drf:1');
    expect(warnings).toEqual([]);
  });
});

describe('the marks of the dataset', () => {
  const marks = wantedMarks(catalog);

  test('each framework has one, with a name that Discord takes', () => {
    expect(marks.map(({ id }) => id).sort()).toEqual(catalog.frameworks.map(({ id }) => id).sort());
    for (const { digest } of marks) expect(digest).toMatch(/^[0-9a-f]{8}$/);
    // fw_, an id of at most 20 characters, _, and 8 digits.
    expect(Math.max(...marks.map(({ id }) => id.length + 12))).toBeLessThanOrEqual(32);
    expect(wantedMarks(catalog).map(({ digest }) => digest)).toEqual(marks.map(({ digest }) => digest));
  });

  test('a mark is another one only when its icon, letters or colour change', () => {
    const [first] = catalog.frameworks;
    if (first === undefined) throw new Error('the dataset is empty');
    const digestOf = (change: Partial<typeof first>, languages = catalog.languages) => {
      const frameworks = [{ ...first, ...change, id: 'changed' }];
      const languageById = new Map(languages.map((language) => [language.id, language]));
      return wantedMarks({ ...catalog, frameworks, languageById })[0]?.digest;
    };
    const before = digestOf({});
    expect(digestOf({ aliases: ['another'] })).toBe(before);
    expect(digestOf({ name: 'Zzz' })).not.toBe(before);
    const recoloured = catalog.languages.map((language) => ({ ...language, colour: '#123456' }));
    expect(digestOf({}, recoloured)).not.toBe(before);
  });

  test('all are uploaded to the stand-in, and the second time none', async () => {
    const first = await sync(marks);
    expect(first).toMatchObject({ uploaded: marks.length, failed: 0 });
    expect(await held()).toHaveLength(marks.length);
    requests = [];
    expect(await sync(marks)).toMatchObject({ uploaded: 0, removed: 0, failed: 0 });
    expect(requests).toEqual(['GET']);
    expect(discord.refusals).toEqual([]);
  });
});
