import { generateKeyPairSync, sign } from 'node:crypto';
import type { APIInteraction } from 'discord-api-types/v10';
import { takeCallback } from './answers.ts';
import { deadlines, reading } from './limits.ts';
import type { World } from './world.ts';

/**
 * Calls an interactions endpoint as Discord does: each interaction is a signed request, and what comes back with status
 * 200 is the answer to it. 202 means that the answer comes by the callback route.
 * https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint
 */
export function createCaller(world: World) {
  const keys = generateKeyPairSync('ed25519');
  const { x = '' } = keys.publicKey.export({ format: 'jwk' });
  world.application.verify_key = Buffer.from(x, 'base64url').toString('hex');
  let addresses: readonly string[] = [];

  const refuse = (words: string) =>
    world.tell({ type: 'refused', request: 'an interaction over HTTP', problems: [], words });

  const call = async (address: string, raw: APIInteraction): Promise<void> => {
    const body = JSON.stringify(raw);
    // The endpoint holds it against a clock of its own.
    const timestamp = String(Math.floor(Date.now() / 1000));
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), keys.privateKey).toString('hex'),
        'x-signature-timestamp': timestamp,
      },
      body,
      signal: AbortSignal.timeout(deadlines.firstAnswer + reading),
    });
    const arrived = world.now();
    if (response.status === 200) {
      takeCallback(world, raw.id, raw.token, { body: await response.json(), files: [], arrived }, false);
    } else if (response.status !== 202) refuse(`The endpoint ${address} answered with ${response.status}.`);
  };

  return {
    isSet: () => addresses.length > 0,
    /**
     * Sends interactions there from now on, each to one of the addresses at random; to the gateway again without any. The
     * application's settings know of one.
     */
    use: (endpoints: readonly string[]): void => {
      addresses = endpoints;
      world.application.interactions_endpoint_url = endpoints[0] ?? null;
    },
    /** Sends an interaction; what goes wrong is told as a refusal. */
    send: (raw: APIInteraction): void => {
      const address = addresses[Math.floor(Math.random() * addresses.length)] ?? '';
      call(address, raw).catch((error: unknown) =>
        refuse(`The endpoint ${address} failed: ${String(error)}`),
      );
    },
  };
}
