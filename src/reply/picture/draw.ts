import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import type { Node } from 'takumi-js';
import type { Renderer } from 'takumi-js/node';
import type { Comparison } from '../../catalog/compare.ts';
import { loadIcons } from '../../catalog/load.ts';
import type { Picture, Pictures, ReplyContext } from '../reply.ts';
import { altText } from './alt-text.ts';

type Drawn = Pick<Picture, 'data' | 'width' | 'height'>;

/** How many are drawn at once: each takes one of the four threads on which Node also reads files and looks up hosts. */
const mostAtOnce = 2;

/** The shipped fonts: latin-ext serves what latin has no glyph for. */
const fonts = (['latin', 'latin-ext'] as const).flatMap((subset) =>
  ([500, 700] as const).map((weight) => ({ file: `inter-${subset}-${weight}.woff2`, weight })),
);

/** What only drawing needs, so that starting the bot does not load it. */
async function loadArtist() {
  const [{ comparisonPicture }, { Renderer }] = await Promise.all([
    import('./comparison-picture.ts'),
    import('takumi-js/node'),
  ]);
  const renderer = new Renderer();
  for (const { file, weight } of fonts) {
    const data = await readFile(path.join(import.meta.dirname, 'fonts', file));
    await renderer.registerFont({ name: 'Inter', weight, data });
  }
  return { comparisonPicture, renderer, icons: loadIcons() };
}

/** Where a PNG says how wide and high it is: https://www.w3.org/TR/png-3/#11IHDR */
function sizeOf(png: Buffer): { width: number; height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

async function render(renderer: Renderer, tree: Node): Promise<Drawn> {
  const data = await renderer.render(tree, { format: 'png' });
  return { data, ...sizeOf(data) };
}

/**
 * What draws comparisons. The renderer and its fonts are loaded when the first picture is asked for; those that were asked
 * for last are kept by their content: a hundred take about 20 MB.
 *
 * @returns an object whose `draw` rejects when the renderer cannot be loaded or refuses a tree; asking again tries again.
 */
export function createPictures(mostKept = 100): Pictures {
  const limit = pLimit(mostAtOnce);
  const kept = new Map<string, Promise<Drawn>>();
  let artist: ReturnType<typeof loadArtist> | undefined;

  async function drawn(comparison: Comparison, context: ReplyContext): Promise<Drawn> {
    artist ??= loadArtist();
    const { comparisonPicture, renderer, icons } = await artist.catch((error: unknown) => {
      artist = undefined;
      throw error;
    });
    // The tree is made in turn, too: twenty at once would keep everything else waiting.
    return limit(async () => {
      const tree = comparisonPicture(comparison, context, icons);
      const key = createHash('sha256').update(JSON.stringify(tree)).digest('base64');
      const drawing = kept.get(key) ?? render(renderer, tree);
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
