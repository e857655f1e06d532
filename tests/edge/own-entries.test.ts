import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleWorker } from '../../src/edge/bundle.ts';
import { entryFile, inHouse, ownFolders } from '../helpers/own-entries.ts';

const folderWith = ownFolders();
const target = mkdtempSync(path.join(tmpdir(), 'framewise-edge-'));
afterAll(() => rmSync(target, { recursive: true, force: true }));

test('a bundle takes an operator’s own entries in', async () => {
  const bundled = async (dataDir?: string) => {
    await bundleWorker(target, { dataDir, marks: {} });
    const text = readFileSync(path.join(target, 'worker.js'), 'utf8').replaceAll('\\', '');
    return { hasEntry: text.includes('Quoll handbook'), isLocal: text.includes('"local":["quoll"]') };
  };
  expect(await bundled()).toEqual({ hasEntry: false, isLocal: false });
  const own = folderWith({ [entryFile('quoll')]: inHouse() });
  expect(await bundled(own)).toEqual({ hasEntry: true, isLocal: true });
  await expect(bundled(folderWith({ [entryFile('quoll')]: '{' }))).rejects.toThrow('quoll.json');
});
