import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/*
 * Preloaded into a process, says on standard error whom it connects to, which names it looks up, and which other programs it
 * starts. fetch, undici, ws, http, https, http2 and tls all connect through net.Socket.
 */

/** Written at once, so that nothing is lost when the process ends. */
function tell(what: string): void {
  fs.writeSync(2, `${what}\n`);
}

type Callable = (this: unknown, ...given: unknown[]) => unknown;

/** Has a function of an object told before it is called. */
function watch(owner: object, name: string, describe: (given: readonly unknown[]) => string): void {
  const original = Reflect.get(owner, name) as Callable | undefined;
  if (typeof original !== 'function') throw new Error(`there is no ${name} to watch`);
  Reflect.set(owner, name, function (this: unknown, ...given: unknown[]) {
    tell(describe(given));
    return original.apply(this, given);
  });
}

/** What net.Socket's connect was given: options, or a port and a host, or a path; net itself hands on its list of them. */
function target(given: readonly unknown[]): string {
  const [first, second] = (Array.isArray(given[0]) ? given[0] : given) as unknown[];
  if (typeof first !== 'object' || first === null) return `${second ?? 'localhost'}:${first}`;
  const { host, port, path } = first as { host?: string; port?: number | string; path?: string };
  return port === undefined ? `path ${path}` : `${host ?? 'localhost'}:${port}`;
}

watch(net.Socket.prototype, 'connect', (given) => `connects to ${target(given)}`);
for (const name of ['send', 'connect']) watch(dgram.Socket.prototype, name, () => 'sends a datagram');
for (const owner of [dns, dns.promises]) {
  for (const name of Object.keys(owner).filter((key) => /^(?:lookup|resolve|reverse)/.test(key))) {
    watch(owner, name, ([what]) => `looks up ${what}`);
  }
}
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
  watch(childProcess, name, ([what]) => `starts the program ${what}`);
}
syncBuiltinESMExports();
