import type { IncomingMessage } from 'node:http';
import { limits } from './limits.ts';
import type { ReceivedFile } from './messages.ts';

/** Stands for a body that is too large to be read. */
export const tooLarge = Symbol('too large');

/** Reads a request's body, up to a size that no documented request has. */
export async function readBytes(request: IncomingMessage): Promise<Buffer | typeof tooLarge> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // Somewhat above the files' own limit, which is reported with its name.
    if (size > 2 * limits.requestBytes.max) return tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body as read: its JSON, and the files sent beside it. */
type Received = { body: unknown; files: ReceivedFile[] };

/** Reads a body as JSON or, with files, as multipart. https://docs.discord.com/developers/reference#uploading-files */
export async function readBody(request: IncomingMessage, bytes: Buffer): Promise<Received | undefined> {
  if (bytes.length === 0) return { body: undefined, files: [] };
  const type = request.headers['content-type'] ?? '';
  try {
    if (type.startsWith('application/json')) return { body: JSON.parse(bytes.toString()), files: [] };
    if (!type.startsWith('multipart/form-data')) return undefined;
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
    const files: ReceivedFile[] = [];
    for (const [name, value] of form) {
      const index = /^files\[(\d+)\]$/.exec(name)?.[1];
      if (value instanceof File && index !== undefined) {
        files.push({
          index: Number(index),
          name: value.name,
          size: value.size,
          type: value.type,
          bytes: new Uint8Array(await value.arrayBuffer()),
        });
      }
    }
    const json = form.get('payload_json');
    return { body: typeof json === 'string' ? JSON.parse(json) : {}, files };
  } catch {
    return undefined;
  }
}
