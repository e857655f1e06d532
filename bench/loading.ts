import { execFileSync } from 'node:child_process';
import { spread, table } from './measure.ts';

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

/** How long the shipped dataset takes to be loaded, in a new process that starts as the bot does, and how many there are. */
function load(way: keyof typeof ways): [milliseconds: number, count: number] {
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', script(ways[way])], {
    encoding: 'utf8',
  });
  return JSON.parse(told);
}

const names = ['as it was checked', 'checked anew'] as const;
const times: Record<keyof typeof ways, number[]> = { 'as it was checked': [], 'checked anew': [] };
let frameworks = 0;
for (let round = -1; round < rounds; round++) {
  for (const name of names) {
    const [time, count] = load(name);
    frameworks = count;
    if (round >= 0) times[name].push(time);
  }
}
console.log(
  table(
    [`ms to load ${frameworks} frameworks, ${rounds} times`, 'median (least to most)', 'bar'],
    names.map((name) => [name, spread(times[name]), '≤ 150']),
  ),
);
