import { dayOf } from './catalog/dates.ts';
import { createFinder, type Finder } from './catalog/find.ts';
import { type Catalog, loadCatalog } from './catalog/load.ts';
import { prepareSearch } from './catalog/search.ts';
import type { Context } from './command.ts';
import { failure } from './failure.ts';
import { readPackage } from './package.ts';
import type { Mark } from './reply/markdown.ts';
import type { Pictures } from './reply/reply.ts';

/** All that answers are made from while the process runs. */
export type Knowledge = {
  catalog: Catalog;
  /** The marks that Discord holds, by framework: filled once it has told which, and as they are uploaded. */
  marks: Map<string, Mark>;
  /** What a command may know, as of now. */
  context(): Context;
};

/** The dataset; what is wrong in it is for the check to tell, with lines. */
function readShippedCatalog(): Catalog {
  try {
    return loadCatalog();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw failure(`${message}\nnpm run data:check names the lines.`, error);
  }
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

/** Between two pieces of the index of the search, in milliseconds: three seconds for all of it. */
const breath = 10;

/**
 * Reads the dataset. The index of names takes a tenth of a second and is made when the first context is asked for, so that
 * connecting does not wait for it.
 *
 * @throws a failure when something in the dataset is wrong.
 */
export function createKnowledge(): Knowledge {
  const catalog = readShippedCatalog();
  const marks = new Map<string, Mark>();
  const about = { catalog, marks, pictures: picturesOnDemand(), ...readPackage() };
  let finder: Finder | undefined;
  return {
    catalog,
    marks,
    context() {
      if (finder === undefined) {
        finder = createFinder(catalog);
        void prepareSearch(finder.search, breath);
      }
      return { ...about, finder, today: dayOf(new Date()) };
    },
  };
}
