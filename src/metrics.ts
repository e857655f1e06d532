import { Hono } from 'hono';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Catalog } from './catalog/catalog.ts';
import { lastReadIn } from './catalog/freshness.ts';
import type { Context } from './command.ts';
import type { ShardState, TransportState, Watch } from './discord/watch.ts';

/** What is asked when somebody asks for the metrics; `now` tells the time in milliseconds since 1970. */
export type MetricsOptions = {
  catalog: () => Catalog;
  state: () => TransportState;
  now?: () => number;
};

/** The metrics of this process, in Prometheus's text format: `GET /metrics`. No label holds anything that somebody typed. */
export type Metrics = {
  app: Hono;
  /** Counts an interaction. */
  count: Watch;
  /** Counts a reload of the dataset. */
  countReload(isTaken: boolean): void;
  /** What a command may know, with a finder whose findings are counted. */
  counting(context: Context): Context;
};

/** Up to how many seconds an answer takes, by which the durations are counted: Discord waits three. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3, 10];

/** The metrics. Their names and what they mean stand in docs/operating.md. */
export function createMetrics({ catalog, state, now = Date.now }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const interactions = new Counter({
    name: 'framewise_interactions_total',
    help: 'Interactions, by what was asked and how that ended.',
    labelNames: ['type', 'command', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'framewise_interaction_duration_seconds',
    help: 'From when an interaction came until Discord had the whole answer.',
    labelNames: ['type', 'command'],
    buckets,
    registers,
  });
  const faults = new Counter({
    name: 'framewise_rest_faults_total',
    help: 'Tries to send an answer that failed, by what they met.',
    labelNames: ['fault'],
    registers,
  });
  const found = new Counter({
    name: 'framewise_names_total',
    help: 'Names that were looked up, by how they were found.',
    labelNames: ['tier'],
    registers,
  });
  const reloads = new Counter({
    name: 'framewise_reloads_total',
    help: 'Reloads of the dataset, by whether it was taken.',
    labelNames: ['outcome'],
    registers,
  });
  new Counter({
    name: 'framewise_refused_total',
    help: 'Interactions and requests that were not worked at, by why.',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of state().refused) this.inc({ reason }, count);
    },
  });
  new Gauge({
    name: 'framewise_open',
    help: 'Whether interactions arrive: 1 when the endpoint listens, or a shard has a session and all have had one.',
    registers,
    collect() {
      this.set(Number(state().isOpen));
    },
  });

  /** One figure of each shard, as it is when somebody asks. */
  const perShard = (
    kind: typeof Gauge | typeof Counter,
    name: string,
    help: string,
    figure: (shard: ShardState) => number | undefined,
  ) => {
    new kind({
      name,
      help,
      labelNames: ['shard'],
      registers,
      collect() {
        this.reset();
        for (const shard of state().shards) {
          const value = figure(shard);
          if (value !== undefined) this.inc({ shard: String(shard.id) }, value);
        }
      },
    });
  };
  perShard(Gauge, 'framewise_shard_ready', 'Whether a shard has a session.', ({ isReady }) =>
    Number(isReady),
  );
  perShard(
    Gauge,
    'framewise_shard_latency_seconds',
    'From a heartbeat to its acknowledgement.',
    ({ latency }) => (latency === undefined ? undefined : latency / 1000),
  );
  perShard(
    Gauge,
    'framewise_shard_guilds',
    'Servers of a shard when its session began.',
    ({ guilds }) => guilds,
  );
  perShard(Counter, 'framewise_shard_losses_total', 'Connections that a shard lost.', ({ losses }) => losses);
  perShard(
    Counter,
    'framewise_shard_resumes_total',
    'Sessions that a shard took up again.',
    ({ resumes }) => resumes,
  );

  new Gauge({
    name: 'framewise_frameworks',
    help: 'Frameworks in the dataset.',
    registers,
    collect() {
      this.set(catalog().frameworks.length);
    },
  });
  new Gauge({
    name: 'framewise_data_age_seconds',
    help: 'Since the day on which the newest source of the dataset was read.',
    registers,
    collect() {
      this.set((now() - Date.parse(lastReadIn(catalog()))) / 1000);
    },
  });

  return {
    app: new Hono().get('/metrics', async (context) =>
      context.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
    ),
    count({ type, command, outcome, milliseconds, faults: met }) {
      interactions.inc({ type, command, outcome });
      durations.observe({ type, command }, milliseconds / 1000);
      for (const fault of met) faults.inc({ fault });
    },
    countReload: (isTaken) => reloads.inc({ outcome: isTaken ? 'taken' : 'refused' }),
    counting(context) {
      const { finder } = context;
      const find: typeof finder.find = (text) => {
        const result = finder.find(text);
        found.inc({ tier: 'tier' in result ? result.tier : result.is });
        return result;
      };
      return { ...context, finder: { ...finder, find } };
    },
  };
}
