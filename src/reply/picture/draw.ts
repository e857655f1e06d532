import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadIcons } from '../../catalog/load.ts';
import type { Pictures } from '../reply.ts';
import { fontFamily, fontFiles } from './fonts.ts';
import { type Artist, picturesOf } from './pictures.ts';

/** What only drawing needs, so that starting the bot does not load it. */
async function loadArtist(): Promise<Artist> {
  const { Renderer } = await import('takumi-js/node');
  const renderer = new Renderer();
  for (const { file, weight } of fontFiles) {
    const data = await readFile(path.join(import.meta.dirname, 'fonts', file));
    await renderer.registerFont({ name: fontFamily, weight, data });
  }
  return { render: (tree) => renderer.render(tree, { format: 'png' }), icons: loadIcons() };
}

/** What draws comparisons on Node, on threads of its own. */
export function createPictures(mostKept = 100): Pictures {
  return picturesOf(loadArtist, mostKept);
}
