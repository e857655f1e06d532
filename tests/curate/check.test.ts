import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runEntry } from '../helpers/bot.ts';
import { corrected, entryFile, inHouse, ownFolders } from '../helpers/own-entries.ts';

const folderWith = ownFolders();

async function check(environment: Record<string, string>, ...options: string[]) {
  const run = runEntry('src/curate/check.ts', environment, undefined, undefined, options);
  return { code: await run.ended, written: run.written() };
}

describe('npm run data:check with a folder of one’s own', () => {
  const right = folderWith({
    [entryFile('quoll')]: inHouse(),
    [entryFile('koa')]: corrected('koa', () => {}),
  });
  const wrong = folderWith({
    [entryFile('quoll')]: { ...inHouse(), kind: { value: 'tiny', cites: ['wiki'] } },
  });
  const line = JSON.stringify(inHouse(), null, 2).split('"patterns"')[0]?.split('\n').length ?? 0;

  test.each([
    ['--dir', {}, (folder: string) => ['--dir', folder]],
    ['DATA_DIR', { DATA_DIR: right }, () => []],
  ])('by %s counts what is there', async (_, environment, options) => {
    const { code, written } = await check(environment, ...options(right));
    expect(written).toMatch(new RegExp(`^${right}: 2 frameworks, \\d+ facts, 0 problems$`, 'm'));
    expect(code).toBe(0);
  });

  test('names file, line, field and what is allowed, and nothing of the shipped ones', async () => {
    const { code, written } = await check({ DATA_DIR: right }, '--dir', wrong);
    const [problem, ...others] = written.split('\n').filter((one) => /:\d+ /.test(one));
    const where = `${path.join(wrong, entryFile('quoll'))}:`;
    expect(problem).toMatch(new RegExp(`^${where}\\d+ kind\\.value: .*"full-stack"`));
    expect(Number(problem?.slice(where.length).split(' ')[0])).toBeLessThan(line);
    expect(others).toEqual([]);
    expect(code).toBe(1);
  });

  test('refuses to make the shipped files anew meanwhile', async () => {
    const { code, written } = await check({}, '--dir', right, '--write');
    expect(written).toContain('--write and --borrowed are for the shipped dataset');
    expect(code).toBe(1);
  });
});
