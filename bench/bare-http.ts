import { createServer } from 'node:http';

/*
 * The least that answers Discord's requests: Node's own server, the signature checked by WebCrypto, and a constant that is not
 * even chosen by what was asked. What Framewise over HTTP is measured against; another constant may come in the environment.
 */

const constant = process.env.CONSTANT ?? '{"type":4,"data":{"content":"constant"}}';
const publicKey = Buffer.from(process.env.DISCORD_PUBLIC_KEY ?? '', 'hex');
const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);

const server = createServer((request, response) => {
  const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = request.headers;
  const chunks: Uint8Array[] = [Buffer.from(String(timestamp))];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const signed = Buffer.from(String(signature), 'hex');
    const isValid = await crypto.subtle.verify('Ed25519', key, signed, Buffer.concat(chunks));
    response.writeHead(isValid ? 200 : 401, { 'content-type': 'application/json' });
    response.end(isValid ? constant : '');
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1');
