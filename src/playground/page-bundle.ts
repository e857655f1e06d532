import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles the page's code and styles in memory. Throws esbuild's error when they do not compile. */
export async function bundlePage(): Promise<{ js: string; css: string }> {
  const at = (name: string) => fileURLToPath(new URL(`page/${name}`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: { page: at('page.ts'), style: at('page.css') },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    outdir: 'out',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { js: text('.js'), css: text('.css') };
}
