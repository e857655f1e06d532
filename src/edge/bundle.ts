import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { contentOf } from '../catalog/catalog.ts';
import { loadCatalog, loadIcons, shippedData } from '../catalog/load.ts';
import { writeSearchIndex } from '../catalog/search.ts';
import { readPackage } from '../package.ts';
import type { Mark } from '../reply/markdown.ts';
import { fontFiles } from '../reply/picture/fonts.ts';
import { readMarks } from './marks-file.ts';

const root = path.join(import.meta.dirname, '../..');

/** Where the bundle is written, unless told, and where `wrangler.jsonc` looks for it. */
export const bundleFolder = path.join(root, '.edge');

/** What takumi-js calls its WebAssembly. */
const wasmFile = 'takumi_wasm_bg.wasm';

/** What was bundled. */
export type Bundle = { files: { name: string; bytes: number }[]; modules: string[] };

/**
 * JSON that is parsed and not compiled: a fraction of the time for megabytes. With characters beyond ASCII spelled out, as JSON
 * may, V8 keeps the text in half of the memory.
 */
function parsed(value: unknown): string {
  const spelledOut = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(value).replaceAll(/[^\x20-\x7e]/g, spelledOut);
  return `JSON.parse(${JSON.stringify(text)})`;
}

/** What a bundle holds besides the shipped dataset: an operator's own entries, marks, and what draws, where it is to. */
type BundleOptions = {
  dataDir?: string | undefined;
  marks?: Readonly<Record<string, Mark>>;
  pictures?: boolean;
};

/** The module that hands the dataset to the bot; the rest is code as it is. */
function entry({ dataDir, marks = readMarks(), pictures = false }: BundleOptions): string {
  const fonts = fontFiles.map(({ weight }, at) => `{ weight: ${weight}, data: font${at} }`).join();
  const imports = [
    "import { createEdgePictures } from './src/edge/artist.ts';",
    ...fontFiles.map(({ file }, at) => `import font${at} from './src/reply/picture/fonts/${file}';`),
  ];
  const catalog = loadCatalog(shippedData, dataDir);
  return `
    import { createEdge } from './src/edge/worker.ts';
    ${pictures ? imports.join('\n') : ''}
    export default createEdge({
      content: ${parsed(contentOf(catalog))},
      searchIndex: ${JSON.stringify(writeSearchIndex(catalog))},
      marks: ${parsed(marks)},
      about: ${JSON.stringify(readPackage())},
      ${pictures ? `pictures: createEdgePictures([${fonts}], ${parsed(loadIcons())}),` : ''}
    });
  `;
}

/**
 * Writes the worker into a folder: `worker.js` with the dataset in it and, where pictures are wanted, the fonts; beside it
 * then the WebAssembly that draws, which the platform only takes as a file of its own.
 *
 * @param options the marks are those that `npm run register` left unless told; pictures are left out unless told.
 * @returns the names and sizes in bytes of what was written, and which files it was made of.
 * @throws Error when the dataset is not as it must be, or the code cannot be bundled.
 */
export async function bundleWorker(
  folder: string = bundleFolder,
  options: BundleOptions = {},
): Promise<Bundle> {
  // What an earlier build left there would be uploaded as well.
  for (const file of ['worker.js', wasmFile]) rmSync(path.join(folder, file), { force: true });
  const { metafile } = await build({
    stdin: { contents: entry(options), resolveDir: root, sourcefile: 'edge.js' },
    absWorkingDir: root,
    outfile: path.join(folder, 'worker.js'),
    bundle: true,
    minify: true,
    // Stacks in the log name functions.
    keepNames: true,
    metafile: true,
    format: 'esm',
    target: 'esnext',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    loader: { '.woff2': 'binary', '.wasm': 'copy' },
    assetNames: '[name]',
    logLevel: 'silent',
  });
  return {
    files: Object.entries(metafile.outputs).map(([file, { bytes }]) => ({
      name: path.basename(file),
      bytes,
    })),
    modules: Object.keys(metafile.inputs),
  };
}
