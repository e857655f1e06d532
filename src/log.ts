import { type Logger, pino } from 'pino';
import { describeError, withoutSecrets } from './log-line.ts';

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
  // Each line is handed on at once, but no answer waits for it; what is left when the process ends is written then.
  return pino(settings, pino.destination({ dest: 1, sync: false }));
}
