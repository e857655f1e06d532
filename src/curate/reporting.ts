import { factsOf } from '../catalog/cited.ts';
import type { Framework } from '../catalog/framework.ts';
import { staleAfterDays, staleFacts } from '../catalog/freshness.ts';
import type { Catalog } from '../catalog/load.ts';
import { capabilities, keysOf, levels } from '../catalog/vocabulary.ts';
import { failure } from '../failure.ts';
import { table } from './markdown-table.ts';

const begins = '<!-- What follows is made by `npm run data:report`. -->';
const ends = '<!-- End of what `npm run data:report` makes. -->';

/** The kinds of sources and the addresses that belong to each; the first that fits counts. */
const sourceKinds: { kind: string; address: RegExp }[] = [
  { kind: 'endoflife.date', address: /^https:\/\/endoflife\.date\// },
  {
    kind: 'surveys and download figures',
    address: /stackoverflow|jetbrains|top-pypi-packages|api\.npmjs\.org/,
  },
  {
    kind: 'package registries',
    address:
      /^https:\/\/(www\.|registry\.|repo\.)?(npmjs\.com|npmjs\.org|pypi\.org|packagist\.org|rubygems\.org|nuget\.org|hex\.pm|mvnrepository\.com|central\.sonatype\.com)\//,
  },
  {
    kind: 'release notes, changelogs, tags',
    address: /release|change(s|log)|\/tags?\b|history|upgrad|whats-?new|migrat/i,
  },
  { kind: 'licence files', address: /licen[cs]e|copying/i },
  { kind: 'repositories: manifests, readmes, code', address: /^https:\/\/(github|gitlab)\.com\// },
  { kind: 'documentation and sites of the projects', address: /./ },
];

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function languageRows({ frameworks, languages }: Catalog): string[][] {
  return languages
    .map(({ id, name }) => ({ name, its: frameworks.filter((one) => one.languages.value[0] === id) }))
    .filter(({ its }) => its.length > 0)
    .sort((a, b) => b.its.length - a.its.length || a.name.localeCompare(b.name, 'en'))
    .map(({ name, its }) => {
      const count = (test: (framework: Framework) => boolean) => String(its.filter(test).length);
      return [
        name,
        count(({ tier }) => tier === 'full'),
        count(({ tier }) => tier === 'listed'),
        count(({ status }) => status.value === 'maintenance'),
        count(({ status }) => status.value === 'ended'),
      ];
    });
}

function sourceRows({ frameworks }: Catalog): string[][] {
  const addresses = frameworks.flatMap(({ sources }) => Object.values(sources).map(({ url }) => url));
  const counts = countBy(
    addresses,
    (url) => sourceKinds.find(({ address }) => address.test(url))?.kind ?? '',
  );
  return sourceKinds.map(({ kind }) => [kind, String(counts.get(kind) ?? 0)]);
}

function capabilityRows(full: readonly Framework[]): string[][] {
  return keysOf(capabilities).map((key) => {
    const counts = countBy(full, (framework) => framework.capabilities[key]?.level ?? '');
    const known = full.length - (counts.get('') ?? 0);
    return [
      capabilities[key].label,
      `${known} of ${full.length}`,
      ...keysOf(levels).map((level) => String(counts.get(level) ?? 0)),
    ];
  });
}

/** In which quarter of a year a fact's newest page was read: `2026, July to September`. */
function quarterOf(read: string): string {
  const quarters = ['January to March', 'April to June', 'July to September', 'October to December'];
  return `${read.slice(0, 4)}, ${quarters[Math.floor((Number(read.slice(5, 7)) - 1) / 3)]}`;
}

function ageRows({ frameworks }: Catalog): string[][] {
  const read = frameworks.flatMap((framework) =>
    factsOf(framework).flatMap(
      ({ fact }) =>
        fact.cites
          .flatMap((key) => framework.sources[key]?.read ?? [])
          .sort()
          .at(-1) ?? [],
    ),
  );
  const before = read.filter((date) => date < '2026').length;
  const counts = countBy(
    read.filter((date) => date >= '2026'),
    quarterOf,
  );
  const rows = [...counts].sort(([a], [b]) => quarterNumber(a) - quarterNumber(b));
  return [['before 2026', String(before)], ...rows.map(([quarter, count]) => [quarter, String(count)])];
}

/** A number that orders quarters as they followed each other. */
function quarterNumber(quarter: string): number {
  return Number(quarter.slice(0, 4)) * 4 + ['Jan', 'Apr', 'Jul', 'Oct'].indexOf(quarter.slice(6, 9));
}

/** What the dataset covers on a day (YYYY-MM-DD), in Markdown. */
export function coverageReport(catalog: Catalog, today: string): string {
  const { frameworks } = catalog;
  const full = frameworks.filter(({ tier }) => tier === 'full');
  const facts = frameworks.reduce((sum, framework) => sum + factsOf(framework).length, 0);
  const stale = frameworks.reduce((sum, framework) => sum + staleFacts(framework, today).length, 0);
  return [
    '## What is covered',
    `As of ${today}: ${frameworks.length} frameworks, ${full.length} of them in full, ${facts} facts. ${stale} facts that change with time were last read more than ${staleAfterDays} days ago; \`npm run data:check -- --stale\` names them.`,
    table(['main language', 'full', 'listed', 'in maintenance', 'ended'], languageRows(catalog)),
    table(['kind of source', 'pages'], sourceRows(catalog)),
    table(
      ['capability', 'recorded', ...keysOf(levels).map((level) => levels[level].label)],
      capabilityRows(full),
    ),
    table(['newest page read', 'facts'], ageRows(catalog)),
  ].join('\n\n');
}

/**
 * The dataset's documentation with a new report in the place of the old one.
 *
 * @throws Failure when the marks between which it stands are not there.
 */
export function withReport(
  documentation: string,
  catalog: Catalog,
  today: string,
): { text: string; report: string } {
  const [before, rest] = documentation.split(begins);
  const after = rest?.split(ends)[1];
  if (before === undefined || after === undefined) {
    throw failure(`docs/dataset.md has lost the place of the report: the lines '${begins}' and '${ends}'.`);
  }
  const report = coverageReport(catalog, today);
  return { text: `${before}${begins}\n\n${report}\n\n${ends}${after}`, report };
}
