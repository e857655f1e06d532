/** How much is logged, from the least to the most. */
export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** Addresses of Discord's that carry an interaction's token: `/interactions/ID/TOKEN/…`, `/webhooks/ID/TOKEN/…`. */
const tokenAddress = /((?:interactions|webhooks)\/\d+\/)[^/\s"\\]+/g;

/** A field `token`, also within JSON that stands in a text: interactions carry theirs so. */
const tokenField = /("token\\*":\s*\\*")[^"\\]+/g;

/** What of an error is logged: not its request, which holds tokens and what members typed. */
export function describeError(error: unknown): object {
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

/** A line of the log without tokens: those of interactions by where they stand, and the texts of `secrets` anywhere. */
export function withoutSecrets(line: string, secrets: readonly string[]): string {
  return secrets
    .reduce((kept, secret) => kept.replaceAll(secret, '[secret]'), line)
    .replace(tokenAddress, '$1[secret]')
    .replace(tokenField, '$1[secret]');
}
