import wasm, { initSync, Renderer } from 'takumi-js/wasm';
import type { Icons } from '../catalog/framework.ts';
import { fontFamily } from '../reply/picture/fonts.ts';
import { picturesOf } from '../reply/picture/pictures.ts';
import type { Pictures } from '../reply/reply.ts';

/** The bytes of a font, and its weight. */
type Font = { weight: number; data: Uint8Array };

/** How many pictures are kept: a worker has 128 MB. https://developers.cloudflare.com/workers/platform/limits/#memory */
const mostKept = 5;

/** What draws comparisons by WebAssembly, which the platform compiles when the worker is uploaded. */
export function createEdgePictures(fonts: readonly Font[], icons: Icons): Pictures {
  return picturesOf(async () => {
    initSync({ module: wasm as WebAssembly.Module });
    const renderer = new Renderer();
    for (const { weight, data } of fonts) await renderer.registerFont({ name: fontFamily, weight, data });
    return { render: (tree) => renderer.render(tree, { format: 'png' }), icons };
  }, mostKept);
}
