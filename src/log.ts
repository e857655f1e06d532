import { type Logger, pino } from 'pino';
import { describeError, withoutSecrets } from './log-line.ts';

/**
 * Lines are handed on when there are so many bytes of them, or after so many milliseconds: to write each by itself takes longer
 * than to make it. What is left when the process ends is written then.
 */
const gathering = { minLength: 4096, periodicFlush: 50 } as const;

/**
 * The log: one JSON object per line on standard output.
 *
 * @param secrets texts that never appear in it, whatever is logged.
 */
export function createLog(level: string, secrets: readonly string[]): Logger {
  const settings = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
    hooks: { streamWrite: (text: string) => withoutSecrets(text, secrets) },
  };
  return pino(settings, pino.destination({ dest: 1, sync: false, ...gathering }));
}
