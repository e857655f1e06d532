import { spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'jsonc-parser';

// The package has no types, and exports where the program is.
const require = createRequire(import.meta.url);
const { default: workerd } = require('workerd') as { default: string };

/** What `npx wrangler deploy` is told. */
export const wrangler = parse(
  readFileSync(path.join(import.meta.dirname, '../../wrangler.jsonc'), 'utf8'),
) as Record<'main' | 'compatibility_date', string>;

/** An Ed25519 pair: the public key as Discord shows it, and the headers that Discord sends with a body. */
export function createSigner() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return {
    publicKey: Buffer.from(x, 'base64url').toString('hex'),
    headersFor(body: string, seconds = Math.floor(Date.now() / 1000)): Record<string, string> {
      const timestamp = String(seconds);
      return {
        'content-type': 'application/json',
        'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), privateKey).toString('hex'),
        'x-signature-timestamp': timestamp,
      };
    },
  };
}

/** A worker that is running in Cloudflare's runtime: its address, the process, what it wrote, and how long it took to listen. */
export type RunningWorker = {
  address: string;
  pid: number;
  written(): string;
  startedIn: number;
  close(): Promise<void>;
};

/** The runtime's settings: one worker made of the files in a folder, which may reach this machine. */
function settingsFor(files: readonly string[], settings: Readonly<Record<string, string>>): string {
  const modules = files.map((file) => {
    const kind = file.endsWith('.wasm') ? 'wasm' : 'esModule';
    return `(name = "${file}", ${kind} = embed "${file}")`;
  });
  const bindings = Object.entries(settings).map(
    ([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`,
  );
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .main), (name = "net", network = (allow = ["private"])) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ]
);
const main :Workerd.Worker = (
  modules = [ ${modules.join(', ')} ],
  compatibilityDate = "${wrangler.compatibility_date}",
  globalOutbound = "net",
  bindings = [ ${bindings.join(', ')} ],
);
`;
}

/**
 * Runs the bundle of a folder in workerd, with these settings.
 *
 * @throws Error with what it wrote when it ends before it listens.
 */
export async function runWorker(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<RunningWorker> {
  // The first module is the one that is called.
  const files = readdirSync(folder)
    .filter((file) => /\.(js|wasm)$/.test(file))
    .sort((a, b) => Number(b.endsWith('.js')) - Number(a.endsWith('.js')));
  const config = path.join(folder, `${crypto.randomUUID()}.capnp`);
  writeFileSync(config, settingsFor(files, settings));
  const began = performance.now();
  const child = spawn(workerd, ['serve', '--control-fd=3', config], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stdio[3]?.on('data', (text) => {
      said += String(text);
      const listening = /"port":(\d+)/.exec(said)?.[1];
      if (listening !== undefined) resolve(Number(listening));
    });
    void ended.then(() => reject(new Error(`workerd ended before it listened:\n${output}`)));
  });
  return {
    address: `http://127.0.0.1:${port}/interactions`,
    pid: child.pid ?? 0,
    written: () => output,
    startedIn: performance.now() - began,
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
