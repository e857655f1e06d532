type Rgb = readonly [number, number, number];

/** The picture's own background and what stands on it; dark, so that languages' colours glow on it. */
export const ink = {
  background: '#12151d',
  track: '#242a37',
  line: '#39414f',
  text: '#f3f5f9',
  muted: '#a9b2c3',
  good: '#6fd08c',
  caution: '#f2b84b',
  bad: '#ff8a80',
} as const;

/** Colours for frameworks whose language's colour another one already has, or nearly has. */
const spares = ['#f2a65a', '#5fd0b4', '#ef86ac', '#b9a2f7', '#d8d36a', '#8fc7f5'] as const;

/** The contrast that text needs: https://www.w3.org/TR/WCAG22/#contrast-minimum */
const leastContrast = 4.5;

/** How far apart two accents are at least: the distance of their red, green and blue, of at most 441. */
const leastDistance = 85;

function rgbOf(hex: string): Rgb {
  const number = Number.parseInt(hex.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

function hexOf(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red, green, blue] = rgbOf(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** How well two colours (`#rrggbb`) are told apart, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(first: string, second: string): number {
  const [low = 0, high = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** A colour, mixed with as much white as it needs to be read on the picture's background. */
export function legible(hex: string): string {
  for (let white = 0; white < 1; white += 0.05) {
    const [red, green, blue] = rgbOf(hex);
    const mix = (part: number) => part + (255 - part) * white;
    const mixed = hexOf([mix(red), mix(green), mix(blue)]);
    if (contrast(mixed, ink.background) >= leastContrast) return mixed;
  }
  return '#ffffff';
}

function distance(first: string, second: string): number {
  const [a, b] = [rgbOf(first), rgbOf(second)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/**
 * One legible colour for each framework, given the colours of their languages: the language's own where no other has it
 * or nearly has it, else the spare one that is most unlike the others. The first of a language keeps its colour.
 */
export function accentsOf(colours: readonly string[]): string[] {
  const own = colours.map(legible);
  const keeps = own.map((colour, at) =>
    own.slice(0, at).every((other) => distance(colour, other) >= leastDistance),
  );
  const taken = own.filter((_, at) => keeps[at]);
  return own.map((colour, at) => {
    if (keeps[at]) return colour;
    const nearest = (candidate: string) => Math.min(...taken.map((other) => distance(candidate, other)));
    const [spare = ink.text] = spares.toSorted((a, b) => nearest(b) - nearest(a));
    taken.push(spare);
    return spare;
  });
}
