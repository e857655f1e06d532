import type { Level } from '../../catalog/vocabulary.ts';

/** The shape of a level, or of what is not recorded: the same as the symbols in the words, drawn on 24×24. */
const drawings = {
  'built-in': (colour) => `<circle cx="12" cy="12" r="11" fill="${colour}"/>`,
  official: (colour) =>
    `<circle cx="12" cy="12" r="9.6" fill="none" stroke="${colour}" stroke-width="2.8"/>` +
    `<path d="M12 1.5a10.5 10.5 0 0 0 0 21z" fill="${colour}"/>`,
  community: (colour) =>
    `<circle cx="12" cy="12" r="9.4" fill="none" stroke="${colour}" stroke-width="3.2" stroke-dasharray="3.6 3.78"/>`,
  none: (colour) => `<circle cx="12" cy="12" r="9.6" fill="none" stroke="${colour}" stroke-width="2.2"/>`,
  unrecorded: (colour) => `<circle cx="12" cy="12" r="2.8" fill="${colour}"/>`,
} as const satisfies Record<Level | 'unrecorded', (colour: string) => string>;

/** A key of the drawings: a level, or `unrecorded`. */
export type Shape = keyof typeof drawings;

/** A shape in a colour (`#rrggbb`) as the address of an image. */
export function shapeImage(shape: Shape, colour: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="72" height="72">${drawings[shape](colour)}</svg>`;
  return `data:image/svg+xml;base64,${btoa(svg)}`;
}
