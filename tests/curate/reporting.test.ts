import { describe, expect, test } from 'vitest';
import type { Framework } from '../../src/catalog/framework.ts';
import { staleFacts } from '../../src/catalog/freshness.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { coverageReport, withReport } from '../../src/curate/reporting.ts';

const catalog = loadCatalog();
const today = '2026-11-22';

const pages = {
  new: { title: 'New', url: 'https://koajs.com/new', read: '2026-11-01' },
  edge: { title: 'Edge', url: 'https://koajs.com/edge', read: '2026-05-26' },
  old: { title: 'Old', url: 'https://koajs.com/old', read: '2026-05-25' },
};

/** Koa with nothing in it that changes with time but what is given. */
function koaWith(changes: Partial<Framework>): Framework {
  const koa = catalog.byId.get('koa');
  if (koa === undefined) throw new Error('no Koa');
  const { release: _, ...rest } = structuredClone(koa);
  const status = { value: 'active', cites: ['new'] } as const;
  return {
    ...rest,
    status: { ...status, cites: ['new'] },
    support: [],
    adoption: [],
    sources: { ...koa.sources, ...pages },
    ...changes,
  };
}

describe('what may no longer hold', () => {
  const figure = { measure: 'pypi-rank', value: 9, period: '2026-01' } as const;

  test.each<[string, Partial<Framework>, string[]]>([
    ['nothing', {}, []],
    ['a release that was read 181 days ago', { release: { version: '1', cites: ['old'] } }, ['release']],
    ['a release that was read 180 days ago', { release: { version: '1', cites: ['edge'] } }, []],
    ['a release that a newer page says too', { release: { version: '1', cites: ['old', 'new'] } }, []],
    ['a status', { status: { value: 'maintenance', cites: ['old'] } }, ['status']],
    ['an end, which stays one', { status: { value: 'ended', cites: ['old'] } }, []],
    ['a figure', { adoption: [{ ...figure, cites: ['old'] }] }, ['adoption.0']],
    [
      'the support of lines that still have some, or of which it is not known',
      {
        support: [
          { cycle: '3', securityUntil: 'open', cites: ['old'] },
          { cycle: '2', securityUntil: '2026-11-21', cites: ['old'] },
          { cycle: '1', securityUntil: 'ended', cites: ['old'] },
          { cycle: '0', cites: ['old'] },
        ],
      },
      ['support.0', 'support.3'],
    ],
    ['what does not change with time', { licence: { value: 'MIT', cites: ['old'] } }, []],
  ])('%s', (_what, changes, expected) => {
    const stale = staleFacts(koaWith(changes), today);
    expect(stale.map(({ path }) => path.join('.'))).toEqual(expected);
    expect(stale.every(({ days }) => days === 181)).toBe(true);
  });
});

describe('the report', () => {
  const report = coverageReport(catalog, today);

  test('counts every framework, source and fact once', () => {
    const sumOf = (title: string) => {
      const rows = report.split(title)[1]?.split('\n\n')[0]?.split('\n').slice(2) ?? [];
      return rows.map((row) => row.split('|').slice(2, -1).map(Number));
    };
    const frameworks = sumOf('| main language ').reduce(
      (sum, [full = 0, listed = 0]) => sum + full + listed,
      0,
    );
    expect(frameworks).toBe(catalog.frameworks.length);
    const sources = sumOf('| kind of source ').reduce((sum, [count = 0]) => sum + count, 0);
    expect(sources).toBe(catalog.frameworks.flatMap((one) => Object.keys(one.sources)).length);
    const facts = Number(/, (\d+) facts\./.exec(report)?.[1]);
    expect(sumOf('| newest page read ').reduce((sum, [count = 0]) => sum + count, 0)).toBe(facts);
  });

  test('of a capability adds up to the frameworks that record it', () => {
    const rows = [...report.matchAll(/^\| .+ \| (\d+) of (\d+) \| (.+) \|$/gm)];
    expect(rows).toHaveLength(24);
    for (const [, known, , levels = ''] of rows) {
      const sum = levels.split(' | ').reduce((total, count) => total + Number(count), 0);
      expect(sum).toBe(Number(known));
    }
  });

  test('takes the place of the one before and leaves the rest', () => {
    const before = '# Dataset\n\n<!-- What follows is made by `npm run data:report`. -->\nold\n';
    const after = '<!-- End of what `npm run data:report` makes. -->\n\nmore';
    const once = withReport(`${before}${after}`, catalog, today).text;
    expect(once).toContain(report);
    expect(once).not.toContain('old\n<!--');
    expect(once.endsWith('-->\n\nmore')).toBe(true);
    expect(withReport(once, catalog, today).text).toBe(once);
  });

  test('needs its place', () => {
    expect(() => withReport('# Dataset', catalog, today)).toThrow(/lost the place of the report/);
  });
});
