import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Framework } from '../src/catalog/framework.ts';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import { type Running, runEntry } from './helpers/bot.ts';
import { entryFile, inHouse, type OwnFiles, ownFolders, putInto } from './helpers/own-entries.ts';

// The real process, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const folderWith = ownFolders();

/** The in-house framework as it is said to be in an edition of the folder: each thing that is said of it names the edition. */
function edition(number: number): Framework {
  const entry = inHouse('quoll', `Quoll Edition${number}`, 'wombat');
  entry.release = { version: `${number}.0.0`, date: '2026-11', cites: ['wiki'] };
  entry.licence.value = `LicenseRef-Edition${number}`;
  entry.summary.value = `What our services are built on in Edition${number}.`;
  entry.goodFor = [{ purpose: 'rest-api', text: `what Edition${number} is made for`, cites: ['wiki'] }];
  entry.status.value = number % 2 === 0 ? 'active' : 'maintenance';
  return entry;
}

const languages = { languages: [{ id: 'wombat', name: 'Wombat', aliases: [], colour: '#123456' }] };

const filesOf = (number: number): OwnFiles => ({
  [entryFile('quoll')]: edition(number),
  [entryFile('bilby')]: inHouse('bilby', 'Bilby', 'wombat'),
  'languages.json': languages,
});

const transports = ['gateway', 'http'] as const;

/** A stand-in, the bot as a process with a folder of its own entries, and what to do with both. */
type Stage = {
  discord: Playground;
  bot: Running;
  folder: string;
  /** Sends SIGHUP, and waits until the log says once more what came of it. */
  reload: (says: 'Reloaded' | 'Nothing was reloaded') => Promise<void>;
  /** What the log says since the start, in lines. */
  logged: () => { level: string; msg: string; [field: string]: unknown }[];
};

const open: { discord: Playground; bot?: Running }[] = [];

afterEach(async () => {
  for (const { discord, bot } of open.splice(0)) {
    bot?.signal('SIGTERM');
    await bot?.ended;
    await discord.close();
  }
});

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!isSo() && performance.now() < end) await sleep(20);
  expect(isSo()).toBe(true);
}

async function stage(transport: (typeof transports)[number], files = filesOf(1)): Promise<Stage> {
  const discord = await startPlayground({ port: 0, page: false });
  open.push({ discord });
  const folder = folderWith(files);
  const http = {
    DISCORD_TRANSPORT: 'http',
    DISCORD_PUBLIC_KEY: discord.publicKey,
    PORT: '0',
    HOST: '127.0.0.1',
  };
  const bot = runEntry('src/main.ts', {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATA_DIR: folder,
    ...(transport === 'http' ? http : {}),
  });
  open.push({ discord: open.pop()?.discord ?? discord, bot });
  await bot.says('"msg":"Ready"');
  if (transport === 'http') {
    const port = /"port":(\d+)/.exec(bot.written())?.[1];
    discord.callEndpoints([`http://127.0.0.1:${port}/interactions`]);
  }
  const count = (what: string) => bot.written().split(`"msg":"${what}`).length - 1;
  return {
    discord,
    bot,
    folder,
    reload: async (says) => {
      const before = count(says);
      bot.signal('SIGHUP');
      await until(() => count(says) > before);
    },
    logged: () =>
      bot
        .written()
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line) => JSON.parse(line)),
  };
}

type Asked = ReturnType<Playground['type']>;

/** All that is answered of the in-house framework, by how it was asked: as text, and a picture by its digest. */
async function everything({ discord }: Stage): Promise<Record<string, string>> {
  /** On a busy machine the first of a kind, for which an index is made, may come too late; the next does not. */
  const patiently = async (ask: () => Asked, tries = 3): Asked => {
    const outcome = await ask();
    const isLate = outcome.how === 'silence' || outcome.how === 'refused';
    return isLate && tries > 1 ? patiently(ask, tries - 1) : outcome;
  };
  const text = async (line: string) => {
    const { how, message } = await patiently(() => discord.type(line));
    expect(how).toBe('message');
    return JSON.stringify([message?.embeds, message?.components]);
  };
  const press = async (customId: string, messageId: string) => {
    const { how, message } = await patiently(() => discord.interact({ kind: 'press', messageId, customId }));
    expect(how).toBe('update');
    return message;
  };
  const compared = await discord.type('/compare first:quoll second:django');
  const drawn = await press('compare:quoll,django:p:0', compared.message?.id ?? '');
  const [picture] = drawn?.attachments ?? [];
  const bytes = await (await fetch(picture?.url ?? '')).arrayBuffer();
  const said = discord.say('Is anybody on quoll?');
  const explained = await discord.interact({
    kind: 'message',
    command: 'Explain frameworks',
    messageId: said.id,
  });
  const card = await discord.type('/framework lookup name:quoll');
  const releases = await press('framework:c:quoll:r:0', card.message?.id ?? '');
  return {
    card: JSON.stringify([card.message?.embeds, card.message?.components]),
    'card with what was typed': await text('/framework lookup name:quol'),
    'page of a card': JSON.stringify(releases?.embeds),
    'card of another, with those like it': await text('/framework lookup name:bilby'),
    comparison: JSON.stringify([compared.message?.embeds, compared.message?.components]),
    recommendation: await text('/recommend language:wombat'),
    search: await text('/framework search text:our services are built'),
    list: await text('/framework list language:wombat'),
    'message command': JSON.stringify([explained.message?.embeds, explained.message?.components]),
    autocomplete: JSON.stringify((await discord.suggest('/framework lookup name:quo')).choices),
    'what the picture shows': drawn?.attachments[0]?.description ?? '',
    picture: createHash('sha256').update(Buffer.from(bytes)).digest('hex'),
  };
}

/** Which editions an answer names. */
const editionsIn = (text: string) => [...new Set(text.match(/Edition\d+/g))];

describe.each(transports)('SIGHUP over %s', (transport) => {
  test('shows what was changed everywhere from then on, and nothing of before', async () => {
    const at = await stage(transport);
    const first = await everything(at);
    // Asked twice, so that whatever keeps answers has kept them.
    await everything(at);
    putInto(at.folder, filesOf(2));
    await at.reload('Reloaded');
    const second = await everything(at);
    for (const [where, before] of Object.entries(first)) {
      const after = second[where] ?? '';
      expect(after, where).not.toBe(before);
      if (where === 'picture') continue;
      expect(editionsIn(before), where).toEqual(['Edition1']);
      expect(editionsIn(after), where).toEqual(['Edition2']);
    }
    expect(at.logged()).toContainEqual(
      expect.objectContaining({ level: 'info', msg: 'Reloaded', local: 2, frameworks: expect.any(Number) }),
    );

    rmSync(path.join(at.folder, entryFile('quoll')));
    putInto(at.folder, { [entryFile('numbat')]: inHouse('numbat', 'Numbat') });
    await at.reload('Reloaded');
    const gone = await at.discord.type('/framework lookup name:quoll');
    expect(gone.message?.embeds[0]?.title).not.toContain('Quoll');
    const added = await at.discord.type('/framework lookup name:numbat');
    expect(added.message?.embeds[0]?.footer?.text).toContain('local entry of this bot');
  });

  test('loses no answer and gives no wrong one, whether the files are right or broken', async () => {
    const at = await stage(transport);
    let current = 1;
    let isOver = false;
    let answers = 0;
    const wrong: string[] = [];
    /** Asks again and again; an answer is right when its edition was in force at some time while it was made. */
    const member = async () => {
      while (!isOver) {
        const from = current;
        const { how, message } = await at.discord.type('/framework lookup name:quoll');
        const [own = how] = editionsIn(JSON.stringify(message?.embeds));
        const allowed = [from, from + 1, current, current + 1].map((number) => `Edition${number}`);
        if (how !== 'message' || !allowed.includes(own)) wrong.push(`${how} ${own} among ${allowed}`);
        answers += 1;
      }
    };
    const members = Array.from({ length: 3 }, member);
    const quoll = entryFile('quoll');
    const broken: [files: OwnFiles, file: string, field: string, reason: RegExp][] = [
      [{ [quoll]: '{ "id": "quoll", ' }, quoll, '', /JSON/],
      [
        { [quoll]: { ...edition(9), kind: { value: 'tiny', cites: ['wiki'] } } },
        quoll,
        'kind.value',
        /full-stack/,
      ],
      [
        { [quoll]: { ...edition(9), name: 'Django' } },
        quoll,
        'name',
        /'django' \(frameworks\/django\.json\)/,
      ],
    ];
    for (const [files, file, field, reason] of broken) {
      const before = at.logged().length;
      putInto(at.folder, files);
      await at.reload('Nothing was reloaded');
      expect(at.logged().slice(before)).toContainEqual({
        level: 'error',
        time: expect.any(String),
        file: path.join(at.folder, file),
        field,
        reason: expect.stringMatching(reason),
        msg: 'Something in the dataset is wrong',
      });
      const kept = await at.discord.type('/framework lookup name:quoll');
      expect(editionsIn(JSON.stringify(kept.message?.embeds))).toEqual([`Edition${current}`]);
      putInto(at.folder, filesOf(current + 1));
      await at.reload('Reloaded');
      current += 1;
    }
    isOver = true;
    await Promise.all(members);
    expect(wrong).toEqual([]);
    expect(answers).toBeGreaterThan(broken.length * 5);
    // On a machine that is busy an answer is sent again after a second, and its refusal confirms the first.
    expect(at.discord.refusals.filter(({ words }) => !words.includes('40060'))).toEqual([]);
  });
});

describe('SIGHUP', () => {
  test('many at once come to what stands there last, and none ends the process', async () => {
    const at = await stage('gateway');
    for (let number = 2; number <= 20; number += 1) {
      putInto(at.folder, filesOf(number));
      at.bot.signal('SIGHUP');
    }
    await until(() => at.bot.written().includes('"msg":"Reloaded"'));
    await at.reload('Reloaded');
    const { message } = await at.discord.type('/framework lookup name:quoll');
    expect(editionsIn(JSON.stringify(message?.embeds))).toEqual(['Edition20']);
    expect(at.logged().filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('while the bot is still starting ends nothing', async () => {
    const discord = await startPlayground({ port: 0, page: false });
    const bot = runEntry('src/main.ts', {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATA_DIR: folderWith(filesOf(1)),
    });
    open.push({ discord, bot });
    await discord.botConnected();
    bot.signal('SIGHUP');
    await bot.says('"msg":"Ready"');
    await bot.says('"msg":"Reloaded"');
    const { message } = await discord.type('/framework lookup name:quoll');
    expect(editionsIn(JSON.stringify(message?.embeds))).toEqual(['Edition1']);
  });

  test('uploads the marks of what is new, and keeps those of what is gone for the day', async () => {
    const at = await stage('gateway');
    const marks = () => at.logged().filter(({ msg }) => msg === 'Marks');
    await until(() => marks().length === 1);
    expect(marks()[0]).toMatchObject({ failed: 0, removed: 0 });
    rmSync(path.join(at.folder, entryFile('quoll')));
    putInto(at.folder, { [entryFile('numbat')]: inHouse('numbat', 'Numbat') });
    await at.reload('Reloaded');
    await until(() => marks().length === 2);
    expect(marks()[1]).toMatchObject({ uploaded: 1, removed: 0, failed: 0 });
    const { message } = await at.discord.type('/framework lookup name:numbat');
    expect(message?.embeds[0]?.title).toMatch(/^<:fw_numbat_[0-9a-f]{8}:\d+>\u00a0Numbat$/);
  });
});
