const written = new WeakMap<object, Uint8Array<ArrayBuffer>>();
const encoder = new TextEncoder();

/**
 * A body as JSON in UTF-8. It is written once for as long as the body is in memory, since answers that are kept are sent
 * many times; nobody changes a body after it was written.
 */
export function jsonOf(body: object): Uint8Array<ArrayBuffer> {
  const before = written.get(body);
  if (before !== undefined) return before;
  const bytes = encoder.encode(JSON.stringify(body));
  written.set(body, bytes);
  return bytes;
}
