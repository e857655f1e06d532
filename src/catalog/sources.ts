import type { Cited } from './cited.ts';
import type { Framework, Source } from './framework.ts';

/** A piece of text with the pages that say it. */
export type Sourced = { text: string; sources: readonly Source[] };

/**
 * The pages behind a fact, in the order in which the fact cites them.
 *
 * @throws never: a key without a source cannot pass the dataset's check and is left out here.
 */
function sourcesOf(framework: Framework, { cites }: Cited): Source[] {
  return cites.flatMap((key) => framework.sources[key] ?? []);
}

/** A piece of text with the pages behind the fact that it tells. */
export function sourced(framework: Framework, text: string, fact: Cited): Sourced {
  return { text, sources: sourcesOf(framework, fact) };
}
