import type { WorkerLog } from '../discord/worker.ts';
import { describeError, logLevels, withoutSecrets } from '../log-line.ts';

/**
 * The log where there is no standard output: the same lines as on Node, through the platform's console, without the tokens of
 * interactions. A level that is none counts as `info`.
 */
export function createConsoleLog(level: string): WorkerLog {
  const levels: readonly string[] = logLevels;
  const least = levels.includes(level) ? levels.indexOf(level) : levels.indexOf('info');
  const at = (name: 'error' | 'warn' | 'info') => (details: object, message: string) => {
    if (levels.indexOf(name) > least) return;
    const { err, ...rest } = details as { err?: unknown };
    const line = {
      level: name,
      time: new Date().toISOString(),
      ...rest,
      ...(err === undefined ? {} : { err: describeError(err) }),
      msg: message,
    };
    console[name](withoutSecrets(JSON.stringify(line), []));
  };
  return { error: at('error'), warn: at('warn'), info: at('info') };
}
