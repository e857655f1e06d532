import { refusalCode, retryAfterOf } from './refusal.ts';

/** How long and how often something is sent. Times are in milliseconds. */
export type Effort = {
  /** Until when it is of use, by the clock of `performance.now()`. */
  deadline: number;
  /** How long one try may take. */
  patience: number;
  /** Whether it may be sent again though Discord may have it: not where it would then be there twice. */
  isRepeatable: boolean;
  /** What Discord answers to a repetition of what it took already, such as 40060. */
  takenCode?: number;
  /** Is told of each try that failed. */
  onFault?: (fault: Fault) => void;
};

/** What a try to send met: Discord's refusal or failure by its status, no answer in time, or a broken connection. */
export type Fault = '4xx' | '429' | '5xx' | 'timeout' | 'connection';

function faultOf(error: unknown): Fault {
  if (retryAfterOf(error) !== undefined) return '429';
  const { status, name } = Object(error) as { status?: unknown; name?: unknown };
  if (typeof status === 'number') return status >= 500 ? '5xx' : '4xx';
  return name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : 'connection';
}

/**
 * Options of a REST client that makes no tries of its own and does not wait at a limit: how long that may take is known only
 * by who sends.
 */
export const noOwnTries = { retries: 0, timeout: 10_000, rejectOnRateLimit: () => true } as const;

/** Before the second try, in milliseconds; then twice as long each time, up to the longest. */
const firstPause = 75;
const longestPause = 600;

/** How long after the deadline it is still asked whether Discord has what it never confirmed, in milliseconds. */
const confirmWithin = 3000;

/** What a try is given at least, in milliseconds, however little time is left. */
const leastPatience = 400;

/** Errors of connections that were never made: Discord got nothing. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What a failure means: Discord refused (`no`), it or something before it failed (`failed`), it got nothing or took nothing
 * (`not sent`), or nobody knows what became of it (`unknown`).
 */
function meaningOf(error: unknown): 'no' | 'failed' | 'not sent' | 'unknown' {
  if (retryAfterOf(error) !== undefined) return 'not sent';
  if (refusalCode(error) !== undefined) return 'no';
  const { status, code, cause } = Object(error) as { status?: unknown; code?: unknown; cause?: unknown };
  if (typeof status === 'number') return status >= 500 ? 'failed' : 'no';
  const network = typeof code === 'string' ? code : Object(cause).code;
  return notSent.has(network) ? 'not sent' : 'unknown';
}

/** Whether a failure may be over soon: it is Discord's own or the network's, and nothing that an operator can mend. */
export function isPassing(error: unknown): boolean {
  const isExplained = error instanceof Error && error.name === 'Failure';
  return !isExplained && meaningOf(error) !== 'no';
}

/**
 * Sends until Discord takes it, it refuses it, or it is of no use any more. Interactions are answered within seconds or
 * never, so what hangs is sent anew over another connection, and what may have arrived is known by the code with which
 * Discord answers its repetition.
 *
 * A try may take at most half of the time that is left, so that there is always time for another. What may be there is asked
 * after a little longer: where it is, what follows it can.
 *
 * @param send one try, with the signal that ends it, through a client with the options {@link noOwnTries}.
 * @returns how often it was sent.
 * @throws the last error.
 */
export async function persist(
  send: (signal: AbortSignal) => Promise<unknown>,
  { deadline, patience, isRepeatable, takenCode, onFault }: Effort,
): Promise<number> {
  let mayBeThere = false;
  let until = deadline;
  for (let tries = 1; ; tries++) {
    const left = Math.max(leastPatience, (deadline - performance.now()) / 2);
    const controller = new AbortController();
    // Not AbortSignal.timeout(), which goes off when the try is long over: that costs more than all the rest here.
    const timer = setTimeout(() => controller.abort(), Math.min(patience, left));
    try {
      await send(controller.signal);
      return tries;
    } catch (error) {
      if (mayBeThere && refusalCode(error) === takenCode) return tries;
      onFault?.(faultOf(error));
      const meaning = meaningOf(error);
      const usual = Math.min(firstPause * 2 ** (tries - 1), longestPause) * (0.75 + Math.random() / 2);
      const pause = Math.max(usual, retryAfterOf(error) ?? 0);
      if (meaning === 'no' || (meaning === 'unknown' && !isRepeatable)) throw error;
      if (meaning !== 'not sent') mayBeThere = true;
      if (mayBeThere && takenCode !== undefined) until = deadline + confirmWithin;
      if (performance.now() + pause >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    } finally {
      clearTimeout(timer);
    }
  }
}
