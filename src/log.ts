import { type Logger, pino } from 'pino';

/** Addresses of Discord's that carry an interaction's token: `/interactions/ID/TOKEN/…`, `/webhooks/ID/TOKEN/…`. */
const tokenAddress = /((?:interactions|webhooks)\/\d+\/)[^/\s"\\]+/g;

/** A field `token`, also within JSON that stands in a text: interactions carry theirs so. */
const tokenField = /("token\\*":\s*\\*")[^"\\]+/g;

/** What of an error is logged: not its request, which holds tokens and what members typed. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const { code, status } = error as { code?: unknown; status?: unknown };
  return {
    name,
    message,
    code,
    status,
    stack,
    cause: cause === undefined ? undefined : describeError(cause),
  };
}

/**
 * The log: one JSON object per line on standard output.
 *
 * @param secrets texts that never appear in it, whatever is logged.
 */
export function createLog(level: string, secrets: readonly string[]): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    hooks: {
      streamWrite: (text) =>
        secrets
          .reduce((kept, secret) => kept.replaceAll(secret, '[secret]'), text)
          .replace(tokenAddress, '$1[secret]')
          .replace(tokenField, '$1[secret]'),
    },
  });
}
