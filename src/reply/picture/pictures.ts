import pLimit from 'p-limit';
import type { Node } from 'takumi-js';
import type { Comparison } from '../../catalog/compare.ts';
import type { Icons } from '../../catalog/framework.ts';
import type { Picture, Pictures, ReplyContext } from '../reply.ts';
import { altText } from './alt-text.ts';
import { comparisonPicture } from './comparison-picture.ts';

type Drawn = Pick<Picture, 'data' | 'width' | 'height'>;

/** What draws a tree as a PNG, with the shipped fonts, and the icons that stand in it. */
export type Artist = { render(tree: Node): Promise<Uint8Array>; icons: Icons };

/** How many are drawn at once: each takes one of the four threads on which Node also reads files and looks up hosts. */
const mostAtOnce = 2;

/** Where a PNG says how wide and high it is: https://www.w3.org/TR/png-3/#11IHDR */
function sizeOf(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return String.fromCharCode(...new Uint8Array(digest));
}

/**
 * What draws comparisons, by whatever renderer there is. It is loaded when the first picture is asked for; those that were
 * asked for last are kept by their content: a hundred take about 20 MB.
 *
 * @returns an object whose `draw` rejects when the renderer cannot be loaded or refuses a tree; asking again tries again.
 */
export function picturesOf(loadArtist: () => Promise<Artist>, mostKept: number): Pictures {
  const limit = pLimit(mostAtOnce);
  const kept = new Map<string, Promise<Drawn>>();
  let loading: Promise<Artist> | undefined;

  async function drawn(comparison: Comparison, context: ReplyContext): Promise<Drawn> {
    loading ??= loadArtist();
    const { render, icons } = await loading.catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    // The tree is made in turn, too: twenty at once would keep everything else waiting.
    return limit(async () => {
      const tree = comparisonPicture(comparison, context, icons);
      const key = await digestOf(JSON.stringify(tree));
      const drawing = kept.get(key) ?? render(tree).then((data) => ({ data, ...sizeOf(data) }));
      // Put at the end, as the one asked for last; the first is then the one to go.
      kept.delete(key);
      kept.set(key, drawing);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      return drawing.catch((error: unknown) => {
        kept.delete(key);
        throw error;
      });
    });
  }

  return {
    draw: async (comparison, context) => ({
      ...(await drawn(comparison, context)),
      alt: altText(comparison, context),
      name: `${comparison.frameworks.map(({ id }) => id).join('-')}.png`,
    }),
  };
}
