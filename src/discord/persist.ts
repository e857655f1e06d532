import { refusalCode } from './refusal.ts';

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
};

/** Before the second try, in milliseconds; then twice as long each time. */
const firstPause = 75;

/** Errors of connections that were never made: Discord got nothing. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What a failure means: Discord refused (`no`), it or something before it failed (`failed`), nothing was sent or it was
 * too early for it (`not sent`), or nobody knows what became of it (`unknown`).
 */
function meaningOf(error: unknown): 'no' | 'failed' | 'not sent' | 'unknown' {
  if (refusalCode(error) !== undefined) return 'no';
  const { status, code, cause } = Object(error) as { status?: unknown; code?: unknown; cause?: unknown };
  if (status === 429) return 'not sent';
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
 * @param send one try, with the signal that ends it; the REST client is to make no tries of its own.
 * @returns how often it was sent.
 * @throws the last error.
 */
export async function persist(
  send: (signal: AbortSignal) => Promise<unknown>,
  { deadline, patience, isRepeatable, takenCode }: Effort,
): Promise<number> {
  let mayBeThere = false;
  for (let tries = 1; ; tries++) {
    const controller = new AbortController();
    // Not AbortSignal.timeout(), which goes off when the try is long over: that costs more than all the rest here.
    const timer = setTimeout(() => controller.abort(), patience);
    try {
      await send(controller.signal);
      return tries;
    } catch (error) {
      if (mayBeThere && refusalCode(error) === takenCode) return tries;
      const meaning = meaningOf(error);
      const asked = Number(Object(error).retryAfter ?? 0);
      const pause = Math.max(asked, firstPause * 2 ** (tries - 1) * (0.75 + Math.random() / 2));
      const isInTime = performance.now() + pause < deadline;
      if (meaning === 'no' || !isInTime || (meaning === 'unknown' && !isRepeatable)) throw error;
      if (meaning !== 'not sent') mayBeThere = true;
      await new Promise((resolve) => setTimeout(resolve, pause));
    } finally {
      clearTimeout(timer);
    }
  }
}
