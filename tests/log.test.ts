import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';

const botToken = 'MTAwMDAwMDAwMDAwMDAwMDAw.GAbCdE.abcdefghijklmnopqrstuvwxyz0123456789AB';
const interactionToken = 'aW50ZXJhY3Rpb246MTAwMDAwMDAwMDAwMDAwMDAwOnNlY3JldA_-9';
const module = pathToFileURL(path.join(import.meta.dirname, '../src/log.ts')).href;

/** What a process writes that logs as the given lines of code say; `log`, `botToken` and `token` are there. */
function logged(code: string, level = 'trace'): string {
  const script = `
    const { createLog } = await import(${JSON.stringify(module)});
    const botToken = ${JSON.stringify(botToken)};
    const token = ${JSON.stringify(interactionToken)};
    const log = createLog(${JSON.stringify(level)}, [botToken]);
    ${code}
  `;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
}

/** One call of the log per line, each with something secret in another place. */
const leaks = [
  'log.info("token " + botToken);',
  'log.info({ token: botToken }, "hello");',
  'log.info({ config: { discord: { token: botToken } } }, "nested");',
  'log.info({ [botToken]: true }, "as a key");',
  'log.info({ headers: ["Authorization", "Bot " + botToken] }, "in a list");',
  'log.info("%s and %o", botToken, { token: botToken });',
  'log.child({ token: botToken }).info("in a child");',
  'log.error(new Error("refused: " + botToken));',
  'log.error({ err: new Error("outer", { cause: new Error("inner " + botToken) }) }, "a cause");',
  'log.error({ err: Object.assign(new Error("x"), { requestBody: { token: botToken }, url: botToken }) }, "properties");',
  'log.error({ err: "a thrown text " + botToken }, "no error");',
  'log.warn("POST https://discord.com/api/v10/interactions/123456789012345678/" + token + "/callback");',
  'log.warn({ url: "/webhooks/123456789012345678/" + token + "/messages/@original" }, "follow-up");',
  'log.warn({ url: "/webhooks/123456789012345678/" + token }, "the end of it");',
  'log.warn({ url: "/webhooks/123456789012345678/" + token + "?wait=true" }, "a query");',
  'log.error({ err: new Error("connect: /interactions/123456789012345678/" + token + "/callback and /webhooks/1/" + token) }, "twice");',
  'log.error({ err: Object.assign(new Error("503"), { url: "/interactions/1/" + token + "/callback", status: 503 }) }, "status");',
  'log.error({ err: new AggregateError([new Error(botToken), new Error(token)], "several") }, "aggregate");',
  'log.info({ interaction: { id: "1", token } }, "a whole interaction");',
  'log.info({ d: { token, data: { name: "framework" } } }, "a whole dispatch");',
  'log.info({ list: [{ token }] }, "in a list");',
  'log.info({ token }, "at the top");',
  'log.info({ text: JSON.stringify({ token }) }, "as JSON in a text");',
];

describe('no token is ever logged', () => {
  const output = logged(leaks.join('\n'));
  const lines = output.trimEnd().split('\n');

  test('every call is one line of JSON', () => {
    expect(lines).toHaveLength(leaks.length);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
  });

  test.each(leaks.map((code, index) => [code, index] as const))('%s', (_, index) => {
    expect(lines[index]).toBeDefined();
    expect(lines[index]).not.toContain(botToken);
    expect(lines[index]).not.toContain(interactionToken);
  });
});

describe('what is logged', () => {
  test('an error with its name, message, code, status, stack and causes', () => {
    const error = `new TypeError('outer', { cause: Object.assign(new Error('inner'), { code: 'ECONNRESET' }) })`;
    const entry = JSON.parse(
      logged(`log.error({ interaction: '42', err: Object.assign(${error}, { status: 503 }) }, 'It failed');`),
    );
    expect(entry).toMatchObject({
      level: 'error',
      interaction: '42',
      msg: 'It failed',
      err: {
        name: 'TypeError',
        message: 'outer',
        status: 503,
        stack: expect.stringContaining('TypeError: outer'),
        cause: { name: 'Error', message: 'inner', code: 'ECONNRESET' },
      },
    });
    expect(new Date(entry.time).toISOString()).toBe(entry.time);
  });

  test('nothing about the machine or the process', () => {
    expect(Object.keys(JSON.parse(logged('log.info("ready");'))).toSorted()).toEqual([
      'level',
      'msg',
      'time',
    ]);
  });

  test('only what the level lets through', () => {
    const output = logged('log.debug("no"); log.info("no"); log.warn("yes"); log.error("yes");', 'warn');
    expect(
      output
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).msg),
    ).toEqual(['yes', 'yes']);
    expect(logged('log.fatal("no");', 'silent')).toBe('');
  });
});
