import type { ContainerNode, ImageNode, Node, TextNode } from 'takumi-js';
import { container, image, text } from 'takumi-js/helpers';
import { ink } from './colours.ts';
import { drawable } from './drawable.ts';
import { type Shape, shapeImage } from './shapes.ts';

/** How a node looks. */
export type Style = NonNullable<Node['style']>;

/** Widths in pixels; everything lies within `width`, `margin` from both edges. */
export const page = { width: 1200, margin: 40 } as const;

/** The width of what stands between the margins. */
export const contentWidth = page.width - 2 * page.margin;

/** Sizes of text in pixels. The smallest is a little more than the 32nd part of the width that the picture may have. */
export const sizes = { body: 38, heading: 42 } as const;

/** Text of as many lines as it needs, at most `lines`; what does not fit ends in an ellipsis. */
export function words(content: string, style: Style = {}, lines = 1): TextNode {
  return text({
    text: drawable(content),
    style: {
      flexShrink: 1,
      minWidth: 0,
      fontSize: sizes.body,
      fontWeight: 500,
      lineHeight: 1.22,
      color: ink.text,
      overflowWrap: 'anywhere',
      textOverflow: 'ellipsis',
      lineClamp: lines,
      ...style,
    },
  });
}

/** About how wide a text is on one line, in pixels: by Inter's narrow, wide and other letters, rather too much. */
export function roughWidth(content: string, fontSize: number = sizes.body): number {
  const ems = [...drawable(content)].map((letter) => {
    if (/[fijlrtI1.,:;'|! ]/.test(letter)) return 0.39;
    return /[mwMW@%]/.test(letter) ? 0.98 : /[A-Z#]/.test(letter) ? 0.75 : 0.63;
  });
  return fontSize * ems.reduce((sum, em) => sum + em, 0);
}

/** Things beside each other. */
export function row(children: Node[], style: Style = {}): ContainerNode {
  return container({ children, style: { display: 'flex', flexDirection: 'row', ...style } });
}

/** Things under each other. */
export function column(children: Node[], style: Style = {}): ContainerNode {
  return container({ children, style: { display: 'flex', flexDirection: 'column', ...style } });
}

/** A rectangle without content. */
export function box(style: Style): ContainerNode {
  return container({ children: [], style: { display: 'flex', flexShrink: 0, ...style } });
}

/** The shape of a level in a colour. */
export function shape(kind: Shape, colour: string, size: number): ImageNode {
  return image({
    src: shapeImage(kind, colour),
    width: size,
    height: size,
    style: { flexShrink: 0 },
  });
}

/** The square by which a framework is known throughout the picture: its mark on its accent. */
export function badge(mark: string, accent: string, size: number): ContainerNode {
  return row([words(mark, { color: ink.background, fontWeight: 700 })], {
    flexShrink: 0,
    width: size,
    height: size,
    alignItems: 'center',
    justifyContent: 'center',
    backgroundColor: accent,
    borderRadius: Math.round(size * 0.22),
  });
}

/** A part of the picture under its heading, and what is said beside that. */
export function section(heading: string, children: Node[], aside?: string): ContainerNode {
  const title = row(
    [
      words(heading, { fontSize: sizes.heading, fontWeight: 700, flexShrink: 0 }),
      ...(aside === undefined ? [] : [words(aside, { color: ink.muted }, 2)]),
    ],
    { columnGap: 20, alignItems: 'baseline' },
  );
  return column([title, ...children], {
    gap: 18,
    borderTopWidth: 2,
    borderTopStyle: 'solid',
    borderTopColor: ink.line,
    paddingTop: 26,
  });
}
