import { isatty } from 'node:tty';
import type { Logger } from 'pino';
import { fileOf } from './catalog/cross-problems.ts';
import type { Knowledge } from './knowledge.ts';

/**
 * Work that is never done twice at the same time: who asks for it while it is being done has it done once more after that,
 * however many ask. It must not throw.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let isWanted = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (isWanted) {
      isWanted = false;
      await work();
    }
    running = undefined;
  };
  return () => {
    isWanted = true;
    running ??= run();
    return running;
  };
}

/** Reloads the dataset and says in the log what came of it. It never throws. */
async function reload(knowledge: Knowledge, log: Logger): Promise<boolean> {
  const began = performance.now();
  try {
    const problems = await knowledge.reload();
    for (const problem of problems) {
      const { path, message } = problem;
      log.error(
        { file: fileOf(problem), field: path.join('.'), reason: message },
        'Something in the dataset is wrong',
      );
    }
    if (problems.length > 0) {
      log.error({ problems: problems.length }, 'Nothing was reloaded: what was known before stays');
      return false;
    }
    const { frameworks, local } = knowledge.catalog();
    const milliseconds = Math.round(performance.now() - began);
    log.info({ frameworks: frameworks.length, local: local.size, milliseconds }, 'Reloaded');
    return true;
  } catch (error) {
    log.error({ err: error }, 'Nothing was reloaded: what was known before stays');
    return false;
  }
}

/**
 * Reloads the dataset at each SIGHUP, and calls back with whether the new one was taken. A terminal that closes sends the same
 * signal: a process that ran in one ends then, as it would without this.
 */
export function reloadOnHangup(
  knowledge: Knowledge,
  log: Logger,
  reloaded: (isTaken: boolean) => void,
): void {
  const wasInTerminal = isatty(0);
  const work = oneAtATime(async () => {
    reloaded(await reload(knowledge, log));
  });
  const hear = () => {
    if (wasInTerminal && !isatty(0)) {
      // There is nothing left to write to; without anybody who hears it, the signal ends the process.
      process.off('SIGHUP', hear);
      process.kill(process.pid, 'SIGHUP');
    } else void work();
  };
  process.on('SIGHUP', hear);
}
