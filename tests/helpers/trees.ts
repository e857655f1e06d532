import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ImageNode, MeasuredNode, Node, TextNode } from 'takumi-js';
import { Renderer } from 'takumi-js/node';

/** The folder of the shipped fonts, and their files. */
export const fontFolder = path.join(import.meta.dirname, '../../src/reply/picture/fonts');
export const fontFiles = (['500', '700'] as const).map((weight) => ({
  weight: Number(weight),
  files: ['latin', 'latin-ext'].map((subset) => `inter-${subset}-${weight}.woff2`),
}));

/** A renderer with the shipped fonts. */
export async function createRenderer(): Promise<Renderer> {
  const renderer = new Renderer();
  for (const { weight, files } of fontFiles) {
    for (const file of files) {
      const data = await readFile(path.join(fontFolder, file));
      await renderer.registerFont({ name: 'Inter', weight, data });
    }
  }
  return renderer;
}

/** A node of a tree with what was measured of it. */
export type Placed = { node: Node; measured: MeasuredNode };

/** All nodes of a tree beside their measures. */
export function placed(node: Node, measured: MeasuredNode): Placed[] {
  const children = node.type === 'container' ? (node.children ?? []) : [];
  return [
    { node, measured },
    ...children.flatMap((child, at) => {
      const measure = measured.children[at];
      if (measure === undefined) throw new Error(`nothing measured for ${JSON.stringify(child)}`);
      return placed(child, measure);
    }),
  ];
}

/** All nodes of a tree. */
export function nodesOf(node: Node): Node[] {
  return [node, ...(node.type === 'container' ? (node.children ?? []).flatMap(nodesOf) : [])];
}

/** All texts of a tree. */
export function textsOf(node: Node): TextNode[] {
  return nodesOf(node).filter((one) => one.type === 'text');
}

/** The symbol in the words for which a shape stands. */
export function symbolOf({ src }: ImageNode): string {
  const svg = Buffer.from(String(src).split(',')[1] ?? '', 'base64').toString();
  if (svg.includes('stroke-dasharray')) return '◌';
  if (svg.includes('<path')) return '◐';
  if (svg.includes('fill="none"')) return '○';
  return svg.includes('r="11"') ? '●' : '·';
}
