import type { Delivery } from './deliver.ts';

/** Is told of each interaction that was answered, or was not; over the gateway with the number of its shard. */
export type Watch = (delivery: Delivery & { shard?: number }) => void;

/** How one shard is: whether it has a session, and what happened to it since the process began. */
export type ShardState = {
  id: number;
  isReady: boolean;
  /** From a heartbeat to its acknowledgement, in milliseconds; undefined before the first. */
  latency: number | undefined;
  /** How many servers it had when its session began. Discord tells of no later ones, since no intents are asked for. */
  guilds: number;
  losses: number;
  resumes: number;
};

/** How a transport is: over HTTP there are no shards. */
export type TransportState = {
  /** Whether interactions arrive: it listens, or a shard has a session and all have had one. */
  isOpen: boolean;
  shards: readonly ShardState[];
  /** How many interactions and requests were not worked at, by why. */
  refused: ReadonlyMap<string, number>;
};

/** Where a line for each interaction goes. */
type LineLog = { info(details: object, message: string): void };

/**
 * Writes one line for each interaction: what it asked, how that ended and how long it took, and nothing of what somebody
 * typed.
 *
 * @param count is told of it too: what counts for the metrics.
 */
export function createWatch(log: LineLog, count?: Watch): Watch {
  return (delivery) => {
    const { interaction, type, command, outcome, milliseconds, shard } = delivery;
    const ms = Math.round(milliseconds * 10) / 10;
    log.info({ interaction, type, command, outcome, ms, shard }, 'Interaction');
    count?.(delivery);
  };
}
