import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Snapshot } from '../src/playground/wire.ts';

const root = path.join(import.meta.dirname, '..');

/** A copy of what the bot is made of, to be changed. */
async function copyOfProject(): Promise<string> {
  const copy = await mkdtemp(path.join(os.tmpdir(), 'framewise-dev-'));
  for (const part of ['src', 'commands', 'data', 'package.json']) {
    await cp(path.join(root, part), path.join(copy, part), { recursive: true });
  }
  await symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

/** What the stand-in tells a page that opens. */
async function whatThePageSees(address: string): Promise<Snapshot> {
  const left = new AbortController();
  const response = await fetch(`${address}events`, { signal: left.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('\n\n')) break;
  }
  left.abort();
  return JSON.parse(text.slice('data: '.length, text.indexOf('\n\n')));
}

test('npm run dev: a command that is saved is offered anew, and the conversation stays', async () => {
  const copy = await copyOfProject();
  const environment = { ...process.env, PORT: '0', DISCORD_TOKEN: '', LOG_LEVEL: '' };
  const dev = spawn(process.execPath, ['src/dev.ts'], { cwd: copy, env: environment });
  try {
    const [words] = await once(dev.stdout, 'data');
    const address = /http:\/\/\S+\//.exec(String(words))?.[0] ?? '';
    const described = async () => {
      const { commands } = await whatThePageSees(address);
      return commands.server.find(({ name }) => name === 'about')?.description ?? '';
    };
    await expect.poll(described, { timeout: 10_000 }).not.toBe('');
    const before = await described();
    const said = JSON.stringify({ kind: 'say', content: 'still here?' });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${address}act`, { method: 'POST', headers, body: said });

    const file = path.join(copy, 'commands/about.ts');
    const command = await readFile(file, 'utf8');
    await writeFile(file, command.replace(before, 'Saved a moment ago'));
    await expect.poll(described, { timeout: 10_000 }).toBe('Saved a moment ago');
    const { messages } = await whatThePageSees(address);
    expect(messages.map(({ message }) => message.content)).toEqual(['still here?']);
  } finally {
    dev.kill('SIGTERM');
    await once(dev, 'exit');
    await rm(copy, { recursive: true });
  }
}, 30_000);
