import { subscribe } from 'node:diagnostics_channel';
import './tell-heap.ts';
import { elapsed } from './elapsed.ts';

/*
 * Preloaded into the bot of a soak, says on standard error what became of each try to answer an interaction that took longer
 * than usual, and when the process stood still; both by its own clock, so that it does not depend on who receives the answers.
 */

/** After so many milliseconds an answer is worth telling of. */
const slow = 1000;

/** How many interactions are remembered. */
const remembered = 500;

const tries = new Map<string, string[]>();

function note(request: { path?: unknown }, what: string): void {
  const id = /\/interactions\/(\d+)\/[^/]+\/callback/.exec(String(request.path))?.[1];
  if (id === undefined) return;
  const notes = tries.get(id) ?? [];
  tries.set(id, notes);
  const [oldest] = tries.keys();
  if (tries.size > remembered && oldest !== undefined) tries.delete(oldest);
  const milliseconds = elapsed(id);
  notes.push(`+${milliseconds} ${what}`);
  if (milliseconds > slow) process.stderr.write(`tries ${id}: ${notes.join(', ')}\n`);
}

/** What undici says of a request: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
type Said = { request: { path?: unknown }; response?: { statusCode?: number }; error?: Error };

const channels: Readonly<Record<string, (said: Said) => string>> = {
  'undici:request:create': () => 'begun',
  'undici:request:bodySent': () => 'sent',
  'undici:request:headers': ({ response }) => `${response?.statusCode}`,
  'undici:request:error': ({ error }) => `failed: ${error?.name} ${error?.message.slice(0, 40)}`,
};
for (const [channel, word] of Object.entries(channels)) {
  subscribe(channel, (said) => note((said as Said).request, word(said as Said)));
}

/** A turn of the event loop that comes so much later than it should is told, in milliseconds. */
const still = 200;
const between = 50;
let last = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - last > still + between) process.stderr.write(`stood still from ${last} to ${now}\n`);
  last = now;
}, between).unref();
