import { execFileSync } from 'node:child_process';

/** How many processes load the dataset, each once. */
const rounds = 15;

/** The two ways of loading, each an expression that gives the frameworks. */
const ways = {
  'as it was checked': 'loadCatalog().frameworks',
  'checked anew': 'readCatalog(shippedData).catalog.frameworks',
};

const script = (load: string) => `
import { enableCompileCache } from 'node:module';
enableCompileCache();
const { loadCatalog, readCatalog, shippedData } = await import('./src/catalog/load.ts');
const before = performance.now();
const frameworks = ${load};
console.log(JSON.stringify([performance.now() - before, frameworks.length]));
`;

/** How long the shipped dataset takes to be loaded, in new processes that start as the bot does. */
function measure(way: keyof typeof ways): void {
  const runs = Array.from({ length: rounds + 1 }, (): [number, number] =>
    JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '--eval', script(ways[way])], {
        encoding: 'utf8',
      }),
    ),
  ).slice(1);
  const times = runs.map(([time]) => time).sort((a, b) => a - b);
  const [least = 0, most = 0] = [times[0], times.at(-1)].map((time) => Math.round(time ?? 0));
  const median = Math.round(times[Math.floor(rounds / 2)] ?? 0);
  console.log(
    `Loading ${runs[0]?.[1]} frameworks ${way}: median ${median} ms (${least} to ${most}; bar 150)`,
  );
}

measure('as it was checked');
measure('checked anew');
