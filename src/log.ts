import { type Logger, pino } from 'pino';
import { describeError, withoutSecrets } from './log-line.ts';

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
    hooks: { streamWrite: (text) => withoutSecrets(text, secrets) },
  });
}
