import type { Framework, Icons } from '../catalog/framework.ts';
import type { Catalog } from '../catalog/load.ts';
import type { Art } from './picture/tile.ts';

/** The colour of a tile whose language has none. */
const neutral = '#5865f2';

/** The letters of a framework without an icon: the initials of its first two words, or how its one word begins. */
function lettersOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const [first = name, second] = words;
  const begins = [...first];
  return second === undefined ? begins.slice(0, 2).join('') : `${begins[0]}${[...second][0]}`.toUpperCase();
}

/** What the mark of a framework shows: its icon, or letters in the colour of its main language. */
export function artOf({ id, name, languages }: Framework, catalog: Catalog, icons: Icons): Art {
  const icon = Object.hasOwn(icons, id) ? icons[id] : undefined;
  if (icon !== undefined) return icon;
  const language = catalog.languageById.get(languages.value[0] ?? '');
  return { colour: language?.colour ?? neutral, letters: lettersOf(name) };
}
