import { createHash } from 'node:crypto';
import { type Catalog, loadIcons } from './catalog/load.ts';
import type { WantedEmoji } from './discord/emojis.ts';
import { artOf } from './reply/art.ts';

/** Counts how marks were drawn so far: raise it when `reply/picture/tile.ts` draws otherwise, and all are uploaded anew. */
const drawing = 1;

/**
 * The mark of each framework as an emoji of the application, the most described first. What draws is loaded when the
 * first is drawn.
 */
export function wantedMarks(catalog: Catalog): WantedEmoji[] {
  const icons = loadIcons();
  const frameworks = [...catalog.frameworks].sort(
    (a, b) => Number(b.tier === 'full') - Number(a.tier === 'full'),
  );
  return frameworks.map((framework) => {
    const art = artOf(framework, catalog, icons);
    const digest = createHash('sha256')
      .update(JSON.stringify([drawing, art]))
      .digest('hex')
      .slice(0, 8);
    const draw = async () => {
      const { drawMark } = await import('./reply/picture/mark.ts');
      return drawMark(art);
    };
    return { id: framework.id, digest, draw };
  });
}
