import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

/*
 * As many connections to the gateway as it advises, with nothing around them: they identify, take READY without looking into
 * it, and send heartbeats. What the bot's memory is measured against.
 */

const { DISCORD_API_URL: apiUrl, DISCORD_TOKEN: token } = process.env;
const response = await fetch(`${apiUrl}/v10/gateway/bot`, { headers: { authorization: `Bot ${token}` } });
const { url, shards } = (await response.json()) as { url: string; shards: number };

/** Opens a connection; resolves when something follows HELLO, which is READY. */
function open(shard: number): Promise<void> {
  const socket = new WebSocket(`${url}?v=10&encoding=json`);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('message', (hello) => {
      const { heartbeat_interval: interval } = JSON.parse(String(hello)).d;
      setInterval(() => socket.send('{"op":1,"d":null}'), interval);
      socket.once('message', () => resolve());
      socket.send(
        JSON.stringify({ op: 2, d: { token, intents: 0, properties: {}, shard: [shard, shards] } }),
      );
    });
  });
}

for (let shard = 0; shard < shards; shard++) {
  await open(shard);
  await sleep(10);
}
console.log('Connected');
