import anyAscii from 'any-ascii';

/** What the shipped fonts have glyphs for, so far as names and facts need it. */
const covered = /[ -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]/;

/**
 * Text that the shipped fonts can draw: what they have no glyph for is spelt in Latin letters, as in entries that an
 * operator adds. The words beside the picture hold it as it is.
 */
export function drawable(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => (covered.test(letter) ? letter : anyAscii(letter).replace(/[^ -~]/g, '')))
    .join('');
}
