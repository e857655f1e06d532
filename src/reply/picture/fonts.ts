/** The family of the shipped fonts, and their files: latin-ext serves what latin has no glyph for. */
export const fontFamily = 'Inter';
export const fontFiles = (['latin', 'latin-ext'] as const).flatMap((subset) =>
  ([500, 700] as const).map((weight) => ({ file: `inter-${subset}-${weight}.woff2`, weight })),
);
