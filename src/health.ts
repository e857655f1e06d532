import { Hono } from 'hono';
import type { Catalog } from './catalog/catalog.ts';
import { lastReadIn } from './catalog/freshness.ts';
import type { TransportState } from './discord/watch.ts';

/** Whether the bot can answer, and what that rests on. */
type Readiness = {
  isReady: boolean;
  frameworks: number;
  /** The day, YYYY-MM-DD, on which the newest source of the dataset was read. */
  newest: string;
  /** How many shards have a session, of how many; none over HTTP. */
  shards?: { ready: number; all: number };
};

function readinessOf(catalog: Catalog, { isOpen, shards }: TransportState): Readiness {
  const ready = shards.filter(({ isReady }) => isReady).length;
  return {
    isReady: isOpen,
    frameworks: catalog.frameworks.length,
    newest: lastReadIn(catalog),
    ...(shards.length === 0 ? {} : { shards: { ready, all: shards.length } }),
  };
}

/**
 * `GET /healthz` and `GET /readyz`. The first answers 200 as long as the process does: what is lost at Discord's side comes
 * back by itself, and starting again would only cost identifies. The second answers 503 until interactions arrive.
 */
export function createHealth(catalog: () => Catalog, state: () => TransportState): Hono {
  return new Hono()
    .get('/healthz', (context) => context.json({ isAlive: true }))
    .get('/readyz', (context) => {
      const now = readinessOf(catalog(), state());
      return context.json(now, now.isReady ? 200 : 503);
    });
}
