import { commands } from '../../commands/index.ts';
import { type CatalogContent, createCatalog } from '../catalog/catalog.ts';
import { dayOf } from '../catalog/dates.ts';
import { createFinder } from '../catalog/find.ts';
import type { Context } from '../command.ts';
import { createWorker, type Worker } from '../discord/worker.ts';
import { createHandle } from '../handle.ts';
import type { Mark } from '../reply/markdown.ts';
import type { Pictures } from '../reply/reply.ts';
import { createConsoleLog } from './log.ts';

/** What the build puts into the bundle: a catalogue that was checked, and what else is read from files on Node. */
export type Bundled = {
  content: CatalogContent;
  /** By the framework's id; empty when the bot was not registered before the build. */
  marks: Readonly<Record<string, Mark>>;
  about: Pick<Context, 'version' | 'repository'>;
  /** What draws comparisons, where the plan leaves time for it. */
  pictures?: Pictures;
};

/** The bot as a worker. */
export function createEdge({ content, marks, about, pictures }: Bundled): Worker {
  const catalog = createCatalog(content);
  const finder = createFinder(catalog);
  const context = {
    catalog,
    finder,
    marks: new Map(Object.entries(marks)),
    pictures,
    ...about,
  };
  return createWorker((level = 'info') => {
    const log = createConsoleLog(level);
    return { handle: createHandle(commands, () => ({ ...context, today: dayOf(new Date()) }), log), log };
  });
}
