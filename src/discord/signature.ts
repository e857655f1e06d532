const encoder = new TextEncoder();

/** The bytes that hexadecimal digits stand for, or undefined for anything else or another number of bytes. */
function bytesOf(text: string, count: number): Uint8Array<ArrayBuffer> | undefined {
  if (text.length !== count * 2 || !/^[0-9a-f]*$/i.test(text)) return undefined;
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at++) bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

/** Whether a request was signed by Discord: its two headers, and its body as it came. */
export type Verify = (signature: string, timestamp: string, body: ArrayBuffer) => Promise<boolean>;

/**
 * What checks the signatures of an application's requests (Ed25519, by the platform's WebCrypto).
 * https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
 *
 * @param publicKey the application's public key, 64 hexadecimal digits.
 * @throws Error when the key is none.
 */
export async function createVerify(publicKey: string): Promise<Verify> {
  const raw = bytesOf(publicKey, 32);
  if (raw === undefined) throw new Error('A public key has 64 hexadecimal digits');
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
  return async (signature, timestamp, body) => {
    const signed = bytesOf(signature, 64);
    if (signed === undefined) return false;
    const head = encoder.encode(timestamp);
    const message = new Uint8Array(head.length + body.byteLength);
    message.set(head);
    message.set(new Uint8Array(body), head.length);
    return crypto.subtle.verify('Ed25519', key, signed, message);
  };
}
