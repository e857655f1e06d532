import { commands } from '../../commands/index.ts';
import { type CatalogContent, createCatalog } from '../catalog/catalog.ts';
import { dayOf } from '../catalog/dates.ts';
import { createFinder } from '../catalog/find.ts';
import type { Context, Options } from '../command.ts';
import { createWorker, type Worker } from '../discord/worker.ts';
import { createHandle } from '../handle.ts';
import type { Mark } from '../reply/markdown.ts';
import type { Pictures } from '../reply/reply.ts';
import { createConsoleLog } from './log.ts';

/** What the build puts into the bundle: a catalogue that was checked, and what else is read from files on Node. */
export type Bundled = {
  content: CatalogContent;
  /** The index of the search, which takes as long to make as all else that is made at start-up. */
  searchIndex: string;
  /** By the framework's id; empty when the bot was not registered before the build. */
  marks: Readonly<Record<string, Mark>>;
  about: Pick<Context, 'version' | 'repository'>;
  /** What draws comparisons, where the plan leaves time for it. */
  pictures?: Pictures;
};

/** Questions whose answers need every index. */
const warmUps: readonly [command: string, options: Options][] = [
  ['framework', { subcommand: 'lookup', values: { name: 'a slip in djang' } }],
  ['framework', { subcommand: 'list', values: {} }],
  ['framework', { subcommand: 'search', values: { text: 'background jobs' } }],
  ['compare', { values: { first: 'django', second: 'rails' } }],
  ['recommend', { values: { language: 'python', needs: 'admin' } }],
  ['recommend', { values: { describe: 'a realtime chat in ruby' } }],
];

/**
 * Makes what is otherwise made when it is first asked for: at start-up the platform allows a second of work, in a request of
 * the free plan 10 ms. https://developers.cloudflare.com/workers/platform/limits/#worker-startup-time
 */
function warmUp(context: Context): void {
  for (const [name, options] of warmUps) {
    const command = commands.find(({ data }) => data.name === name);
    void command?.run(options, context);
    command?.suggest?.({ name: 'name', value: 'djag' }, options, context);
  }
}

/** The bot as a worker. */
export function createEdge({ content, searchIndex, marks, about, pictures }: Bundled): Worker {
  const catalog = createCatalog(content);
  const finder = createFinder(catalog, searchIndex);
  const context = {
    catalog,
    finder,
    marks: new Map(Object.entries(marks)),
    pictures,
    ...about,
  };
  warmUp({ ...context, today: '2026-01-01' });
  return createWorker((level = 'info') => {
    const log = createConsoleLog(level);
    return { handle: createHandle(commands, () => ({ ...context, today: dayOf(new Date()) }), log), log };
  });
}
