import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMarks } from '../../src/edge/marks-file.ts';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { catalog } from '../helpers/ask.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'framewise-marks-'));
let discord: Playground;

beforeAll(async () => {
  discord = await startPlayground({ port: 0, page: false });
});
afterAll(async () => {
  await discord.close();
  rmSync(folder, { recursive: true });
});

const register = (...options: string[]) =>
  promisify(execFile)(process.execPath, ['src/register.ts', ...options], {
    cwd: root,
    env: { PATH: process.env.PATH, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
  });

test('registering writes the marks that a bundle takes in', { timeout: 120_000 }, async () => {
  const file = path.join(folder, 'new', 'marks.json');
  expect(readMarks(file)).toEqual({});
  await register('--marks', file);
  const marks = readMarks(file);
  expect(Object.keys(marks).sort()).toEqual(catalog.frameworks.map(({ id }) => id).sort());
  expect(marks.koa).toEqual({ id: expect.stringMatching(/^\d+$/), name: expect.stringMatching(/^fw_koa_/) });
});

test('another option is refused with a remedy', { timeout: 60_000 }, async () => {
  await expect(register('--mark', 'x')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--marks <file>'),
  });
});
