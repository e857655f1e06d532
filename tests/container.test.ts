import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DCLinter } from 'dclint';
import { validate } from 'dockerfile-utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../src/playground/start.ts';
import { type Running, run } from './helpers/bot.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('a linter finds nothing to say', () => {
  test('of the Dockerfile', () => {
    expect(validate(read('Dockerfile'))).toEqual([]);
  });

  test('of compose.yaml, which is what the Compose specification allows', () => {
    const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
    const found: { messages: unknown[] }[] = linter.lintFiles([path.join(root, 'compose.yaml')], false);
    expect(found.map(({ messages }) => messages)).toEqual([[]]);
  });
});

/** The instructions of the Dockerfile: what each is, and the text behind that. */
const instructions = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const);

/** Whether .dockerignore leaves a file out, in the few forms that it is written in: the last line that fits decides. */
function isLeftOut(file: string): boolean {
  let isOut = false;
  for (const line of read('.dockerignore').split('\n')) {
    const [, kept, pattern = '#'] = /^(!?)([*\w./-]+)$/.exec(line) ?? [];
    if (pattern === '*' || file === pattern || file.startsWith(`${pattern}/`)) isOut = kept === '';
  }
  return isOut;
}

/** What the Dockerfile makes, in a folder that stands for the root of the image. */
type Image = {
  folder: string;
  cwd: string;
  env: Record<string, string>;
  user: { uid?: number; gid?: number };
  command: string[];
  healthCheck: string[];
};

/**
 * Does by hand what the Dockerfile says, with the Node of the tests in place of the one that the base image brings. All
 * stages share the folder. Another user's id is taken only where the tests may do that.
 */
function build(folder: string): Image {
  const image: Image = { folder, cwd: folder, env: {}, user: {}, command: [], healthCheck: [] };
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(path.join(folder, 'tmp'));
  chmodSync(folder, 0o755);
  chmodSync(path.join(folder, 'tmp'), 0o777);
  cpSync(process.execPath, path.join(bin, 'node'));
  const inside = (text: string) => text.replaceAll(/(?<![\w.])\/(?=(app|tmp)\b)/g, `${folder}/`);
  const at = (name: string) => path.resolve(image.cwd, inside(name));
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  const listIn = (text: string) => JSON.parse(text.slice(text.indexOf('['))) as string[];
  const meanings: Record<string, (text: string) => void> = {
    FROM() {
      image.env = { PATH: `${bin}:/usr/local/bin:/usr/bin:/bin` };
      image.user = {};
    },
    WORKDIR(text) {
      image.cwd = inside(text);
      mkdirSync(image.cwd, { recursive: true });
    },
    ENV(text) {
      for (const word of words(text)) {
        const [name = '', value = ''] = word.split('=');
        image.env[name] = inside(value);
      }
    },
    USER(text) {
      const [uid, gid] = text.split(':').map(Number);
      if (process.getuid?.() === 0 && uid !== undefined && gid !== undefined) image.user = { uid, gid };
    },
    COPY(text) {
      const [source = '', ...others] = words(text).filter((word) => !word.startsWith('--'));
      const to = at(others.at(-1) ?? '');
      if (text.startsWith('--from=')) {
        if (at(source) !== to) cpSync(at(source), to, { recursive: true });
        return;
      }
      const named = source === '.' ? readdirSync(root) : [source, ...others.slice(0, -1)];
      for (const name of named.filter((one) => !isLeftOut(one))) {
        const filter = (file: string) => !isLeftOut(path.relative(root, file));
        cpSync(path.join(root, name), path.join(to, name), { recursive: true, filter });
      }
    },
    RUN(text) {
      const asRoot =
        image.user.uid === undefined ? { ...process.env, PATH: `${bin}:${process.env.PATH}` } : {};
      const env = { ...image.env, ...asRoot };
      execFileSync('/bin/sh', ['-c', inside(text)], { cwd: image.cwd, env, ...image.user, stdio: 'pipe' });
    },
    CMD(text) {
      image.command = listIn(text);
    },
    HEALTHCHECK(text) {
      image.healthCheck = listIn(text);
    },
  };
  for (const [instruction, text] of instructions) meanings[instruction]?.(text);
  return image;
}

describe('the image, made by hand as the Dockerfile says', () => {
  let discord: Playground;
  let image: Image;

  beforeAll(async () => {
    discord = await startPlayground({ port: 0, page: false });
    image = build(mkdtempSync(path.join(os.tmpdir(), 'framewise-image-')));
    execFileSync('chmod', ['-R', 'a-w', image.folder]);
  }, 180_000);
  afterAll(async () => {
    await discord.close();
    execFileSync('chmod', ['-R', 'u+w', image.folder]);
    rmSync(image.folder, { recursive: true });
  }, 60_000);

  /** A port that nobody listens on. */
  async function freePort(): Promise<string> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    return String(port);
  }

  /** Runs a program in the image: as its user, without a home, and with nowhere to write. */
  function runInside(command: readonly string[], env: Record<string, string>): Running {
    const { cwd, user } = image;
    const own = { ...image.env, TMPDIR: path.join(image.folder, 'tmp'), DISCORD_API_URL: discord.apiUrl };
    return run([path.join(image.folder, 'bin', command[0] ?? ''), ...command.slice(1)], {
      cwd,
      env: { ...own, ...env },
      ...user,
    });
  }

  /** Everything that is in the image's folder, with the time of its last change. */
  const contents = () =>
    globSync('**', { cwd: image.folder, exclude: (name) => name === 'node_modules' }).map(
      (name) => [name, lstatSync(path.join(image.folder, name)).mtimeMs] as const,
    );

  test('holds what running takes, and nothing else', () => {
    expect(readdirSync(image.cwd).toSorted()).toEqual([
      'LICENSE',
      'NOTICE',
      'commands',
      'compiled',
      'data',
      'node_modules',
      'package-lock.json',
      'package.json',
      'src',
    ]);
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { dev?: boolean }>;
    };
    const forDevelopment = Object.entries(packages)
      .filter(([, { dev }]) => dev)
      .map(([name]) => name);
    expect(forDevelopment.length).toBeGreaterThan(20);
    const present = new Set(globSync('node_modules/{*,@*/*}', { cwd: image.cwd }));
    expect(forDevelopment.filter((name) => present.has(name))).toEqual([]);
  });

  test('is run by nobody in particular, and health is asked for by its own Node', () => {
    expect(instructions.findLast(([name]) => name === 'USER')?.[1]).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect([image.command[0], image.healthCheck[0]]).toEqual(['node', 'node']);
  });

  test.each([
    ['over the gateway', () => ({ DISCORD_TOKEN: discord.token })],
    [
      'over HTTP',
      () => ({
        DISCORD_TRANSPORT: 'http',
        DISCORD_PUBLIC_KEY: discord.publicKey,
        DISCORD_TOKEN: discord.token,
      }),
    ],
  ])(
    'answers %s with words and pictures, is healthy, writes nothing, and leaves on SIGTERM',
    { timeout: 120_000 },
    async (name, settings) => {
      const before = contents();
      const PORT = await freePort();
      const bot = runInside(image.command, { ...settings(), PORT });
      await bot.says('"msg":"Ready"');
      expect(await runInside(image.healthCheck, { PORT }).ended).toBe(0);
      if (name === 'over HTTP') discord.callEndpoints([`http://127.0.0.1:${PORT}/interactions`]);
      const card = await discord.type('/framework lookup name:rails');
      expect(card.message?.embeds[0]?.title).toContain('Ruby on Rails');
      const compared = await discord.type('/compare first:django second:rails');
      const drawn = await discord.interact({
        kind: 'press',
        messageId: compared.message?.id ?? '',
        customId: 'compare:django,rails:p:0',
      });
      expect(drawn.message?.attachments[0]?.filename).toMatch(/\.png$/);
      discord.callEndpoints([]);
      bot.signal('SIGTERM');
      expect(await bot.ended).toBe(0);
      expect(bot.written()).not.toMatch(/"level":"(warn|error|fatal)"/);
      expect(contents()).toEqual(before);
      expect(await runInside(image.healthCheck, { PORT }).ended).toBe(1);
    },
  );

  test('registers the commands, and the doctor finds nothing wrong then', async () => {
    const own = { DISCORD_TOKEN: discord.token, PORT: await freePort() };
    for (const entry of ['src/register.ts', 'src/doctor.ts']) {
      const running = runInside(['node', entry], own);
      expect(await running.ended, running.written()).toBe(0);
    }
  });

  test('without a token it says which variable is missing, and runs no playground', async () => {
    const bot = runInside(image.command, {});
    expect(await bot.ended).toBe(1);
    expect(bot.written()).toContain('DISCORD_TOKEN is missing');
  });
});
