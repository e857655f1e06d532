import type { ContainerNode, Node } from 'takumi-js';
import { roughWidth } from './nodes.ts';

/** What a mark shows: an icon (the path of a drawing of 24 by 24) or letters, on a tile of a colour (`#rrggbb`). */
export type Art = { colour: string } & ({ path: string } | { letters: string });

/** How light a colour is, from 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** What an icon needs to stand out from its ground: https://www.w3.org/TR/WCAG22/#non-text-contrast */
const enough = 3;

/** White, which is what most makers put on their colour, where that stands out; black where it does not. */
function inkOn(colour: string): string {
  return 1.05 / (luminance(colour) + 0.05) >= enough ? '#ffffff' : '#000000';
}

/** How large letters are as a part of the tile's side; smaller where they are too wide for it, such as two W. */
function letterSize(letters: string): number {
  return roughWidth(letters, 1) > 1.8 ? 0.45 : 0.55;
}

/** A mark as a node that takumi draws: a rounded tile of `side` pixels, legible on dark and light. */
export function tile(art: Art, side: number): ContainerNode {
  const ink = inkOn(art.colour);
  const sign: Node =
    'path' in art
      ? {
          type: 'image',
          src: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="${ink}" d="${art.path}"/></svg>`,
          width: side * 0.78,
          height: side * 0.78,
        }
      : {
          type: 'text',
          text: art.letters,
          style: {
            color: ink,
            fontSize: side * letterSize(art.letters),
            fontWeight: 800,
            letterSpacing: '-0.04em',
          },
        };
  return {
    type: 'container',
    style: {
      display: 'flex',
      flexShrink: 0,
      alignItems: 'center',
      justifyContent: 'center',
      width: side,
      height: side,
      borderRadius: side * 0.22,
      // Keeps a black tile apart from a dark background, and a bright one from a light background.
      border: `${side / 32}px solid ${ink === '#ffffff' ? 'rgba(255,255,255,0.3)' : 'rgba(0,0,0,0.25)'}`,
      backgroundColor: art.colour,
    },
    children: [sign],
  };
}
