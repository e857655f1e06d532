import { once } from 'node:events';
import { Agent, request as send } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { serveHttp } from '../src/serve.ts';

/** How long closing may take, in milliseconds: much longer than it takes. */
const patience = 20_000;

test('connections are kept for longer than proxies keep them', async () => {
  const fetchHere = () => new Response('here');
  const { port, close } = await serveHttp({ port: 0, host: '127.0.0.1', fetch: fetchHere });
  const response = await fetch(`http://127.0.0.1:${port}`);
  const seconds = Number(/timeout=(\d+)/.exec(response.headers.get('keep-alive') ?? '')?.[1]);
  expect(seconds).toBeGreaterThan(120);
  await close(patience);
});

test('closing takes leave of whoever keeps a connection and goes on asking, and cuts nobody off', async () => {
  const agents: Agent[] = [];
  let working = 0;
  const { port, close } = await serveHttp({
    port: 0,
    host: '127.0.0.1',
    fetch: async () => {
      working += 1;
      await sleep(100);
      working -= 1;
      return new Response('here');
    },
  });
  const failures: unknown[] = [];
  let answered = 0;
  /** Asks again and again over one connection, as a proxy does, until nobody listens any more. */
  const goOn = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    agents.push(agent);
    for (;;) {
      try {
        const request = send({ port, host: '127.0.0.1', agent }).end();
        const [response] = await once(request, 'response');
        expect(await text(response)).toBe('here');
        answered += 1;
      } catch (error) {
        failures.push(Object(error).code);
        return;
      }
    }
  };
  const asking = Array.from({ length: 8 }, goOn);
  // Some requests later, at a moment at which every connection has one.
  while (answered < 20 || working < asking.length) await sleep(1);
  const began = performance.now();
  await close(patience);
  expect(performance.now() - began).toBeLessThan(patience / 2);
  await Promise.all(asking);
  expect(failures).toEqual(asking.map(() => 'ECONNREFUSED'));
  for (const agent of agents) agent.destroy();
});

test('closing waits for what began with a request that had only half arrived', async () => {
  const underWay = new Set<Promise<void>>();
  let isDone = false;
  const { port, close } = await serveHttp({
    port: 0,
    host: '127.0.0.1',
    underWay,
    fetch: async (request) => {
      await request.text();
      const later = async () => {
        await sleep(500);
        isDone = true;
      };
      underWay.add(later());
      return new Response(null, { status: 202 });
    },
  });
  const socket = connect(port, '127.0.0.1').resume();
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nhalf');
  await sleep(200);
  const closed = close(patience);
  socket.write('half');
  await closed;
  expect(isDone).toBe(true);
});
