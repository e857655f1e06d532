import type { DataProblem } from './catalog/cross-problems.ts';
import { dayOf } from './catalog/dates.ts';
import { createFinder, type Finder } from './catalog/find.ts';
import { type Catalog, listProblems, readingCatalog, shippedData } from './catalog/load.ts';
import { allAtOnce, inTurns } from './catalog/steps.ts';
import { keysOf } from './catalog/vocabulary.ts';
import type { Context } from './command.ts';
import { cardPages } from './custom-id.ts';
import { failure } from './failure.ts';
import { readPackage } from './package.ts';
import { card } from './reply/card.ts';
import type { Mark } from './reply/markdown.ts';
import type { Pictures } from './reply/reply.ts';

/** All that answers are made from while the process runs. */
export type Knowledge = {
  /** The marks that Discord holds, by framework: filled once it has told which, and as they are uploaded. */
  marks: Map<string, Mark>;
  /** The dataset as of now. */
  catalog(): Catalog;
  /** What a command may know, as of now. What was handed out before stays as it was. */
  context(): Context;
  /**
   * Reads and checks the dataset anew. Where nothing is wrong, all contexts from then on are made from it, with every
   * index in place; else everything stays as it is. It takes turns with what the process does meanwhile.
   *
   * @returns what is wrong; nothing when the dataset was taken.
   */
  reload(): Promise<readonly DataProblem[]>;
};

/** What was read, and what is wrong in it. */
type Read = { catalog: Catalog; problems: readonly DataProblem[] };

/** Pages of the operator's own entries that cannot be made: `data:check` would tell, and may not be at hand. */
function pageProblems(catalog: Catalog, dataDir: string): DataProblem[] {
  const context = { catalog, today: dayOf(new Date()) };
  return catalog.frameworks
    .filter(({ id }) => catalog.local.has(id))
    .flatMap((framework) =>
      keysOf(cardPages).flatMap((page) => {
        try {
          card({ framework, page, part: 0 }, context);
          return [];
        } catch (error) {
          const file = `frameworks/${framework.id}.json`;
          return [{ folder: dataDir, file, path: [], message: `the page ${page} cannot be made: ${error}` }];
        }
      }),
    );
}

function* readingDataset(dataDir: string | undefined): Generator<void, Read> {
  const { catalog, problems } = yield* readingCatalog(shippedData, { local: dataDir, isTrusting: true });
  if (problems.length > 0 || dataDir === undefined) return { catalog, problems };
  return { catalog, problems: pageProblems(catalog, dataDir) };
}

/**
 * The shipped dataset, with the operator's own entries over it where there is a folder of them.
 *
 * @throws a failure when something in it is wrong.
 */
export function readDataset(dataDir: string | undefined): Catalog {
  const { catalog, problems } = allAtOnce(readingDataset(dataDir));
  if (problems.length === 0) return catalog;
  const remedy = problems.some(({ folder }) => folder !== undefined)
    ? 'DATA_DIR is a folder of your own entries; npm run data:check names the lines, and docs/operating.md what belongs there.'
    : 'npm run data:check names the lines.';
  throw failure(`${listProblems(problems)}\n${remedy}`);
}

/** What draws comparisons, loaded when the first is asked for: starting does not wait for it. */
function picturesOnDemand(): Pictures {
  let loading: Promise<Pictures> | undefined;
  return {
    async draw(...asked) {
      loading ??= import('./reply/picture/draw.ts').then(({ createPictures }) => createPictures());
      return (await loading).draw(...asked);
    },
  };
}

/**
 * Reads the dataset. The index of names takes a tenth of a second and is made when the first context is asked for, so that
 * connecting does not wait for it.
 *
 * @param dataDir the folder of the operator's own entries.
 * @throws a failure when something in the dataset is wrong.
 */
export function createKnowledge(dataDir?: string): Knowledge {
  const marks = new Map<string, Mark>();
  const about = { marks, ...readPackage() };
  let known = { catalog: readDataset(dataDir), pictures: picturesOnDemand() };
  let finder: Finder | undefined;
  return {
    marks,
    catalog: () => known.catalog,
    context() {
      finder ??= createFinder(known.catalog);
      return { ...about, ...known, finder, today: dayOf(new Date()) };
    },
    async reload() {
      const { catalog, problems } = await inTurns(readingDataset(dataDir));
      if (problems.length > 0) return problems;
      const next = createFinder(catalog);
      await inTurns(next.prepare());
      // Icons may be others, too, and are read with what draws.
      known = { catalog, pictures: picturesOnDemand() };
      finder = next;
      return [];
    },
  };
}
