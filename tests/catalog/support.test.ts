import { describe, expect, test } from 'vitest';
import { ltsFact, releaseFact, supportWords } from '../../src/catalog/facts.ts';
import type { Framework, SupportCycle } from '../../src/catalog/framework.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { currentCycle, cycleOf, isSupported, ltsCycle, supportOf } from '../../src/catalog/support.ts';

const catalog = loadCatalog();

const line = (ends: Partial<SupportCycle>): SupportCycle => ({ cycle: '1', cites: ['docs'], ...ends });

/** An entry with a support table of its own; all else is Django's. */
function withTable(support: Partial<SupportCycle>[], version?: string): Framework {
  const [first] = catalog.frameworks;
  if (first === undefined) throw new Error('no entries');
  const { release: _, ...rest } = first;
  const [source] = Object.keys(rest.sources);
  const cites = [source ?? ''];
  return {
    ...rest,
    support: support.map((ends) => ({ cycle: '1', ...ends, cites })),
    ...(version === undefined ? {} : { release: { version, date: '2026-08-05', cites } }),
  };
}

type Ends = Pick<SupportCycle, 'fixesUntil' | 'securityUntil'>;

describe('the support of a line on a day', () => {
  const both: Ends = { fixesUntil: '2026-05-10', securityUntil: '2027-04-30' };
  const months: Ends = { fixesUntil: '2026-05', securityUntil: '2027-04' };
  const years: Ends = { fixesUntil: '2026', securityUntil: '2027' };

  test.each<[string, Ends, string, ReturnType<typeof supportOf>, string | undefined]>([
    ['before both days', both, '2026-05-09', { phase: 'fixes', until: '2026-05-10' }, 'fixes until May 2026'],
    [
      'on the last day of fixes',
      both,
      '2026-05-10',
      { phase: 'fixes', until: '2026-05-10' },
      'fixes until May 2026',
    ],
    [
      'the day after it',
      both,
      '2026-05-11',
      { phase: 'security', until: '2027-04-30' },
      'security fixes until Apr 2027',
    ],
    [
      'on the last day of security fixes',
      both,
      '2027-04-30',
      { phase: 'security', until: '2027-04-30' },
      'security fixes until Apr 2027',
    ],
    [
      'the day after that',
      both,
      '2027-05-01',
      { phase: 'ended', until: '2027-04-30' },
      'support ended in Apr 2027',
    ],
    [
      'in the month before',
      months,
      '2026-04-30',
      { phase: 'fixes', until: '2026-05' },
      'fixes until May 2026',
    ],
    [
      'on the last day of the month',
      months,
      '2026-05-31',
      { phase: 'fixes', until: '2026-05' },
      'fixes until May 2026',
    ],
    [
      'on the first of the next month',
      months,
      '2026-06-01',
      { phase: 'security', until: '2027-04' },
      'security fixes until Apr 2027',
    ],
    [
      'a month after both',
      months,
      '2027-05-01',
      { phase: 'ended', until: '2027-04' },
      'support ended in Apr 2027',
    ],
    [
      'on the last day of the year',
      years,
      '2026-12-31',
      { phase: 'fixes', until: '2026' },
      'fixes until 2026',
    ],
    [
      'on New Year’s Day',
      years,
      '2027-01-01',
      { phase: 'security', until: '2027' },
      'security fixes until 2027',
    ],
    ['a year after both', years, '2028-01-01', { phase: 'ended', until: '2027' }, 'support ended in 2027'],
    [
      'while both are open',
      { fixesUntil: 'open', securityUntil: 'open' },
      '2099-01-01',
      { phase: 'fixes' },
      'supported, no end announced',
    ],
    [
      'while security is open',
      { fixesUntil: '2026-05-10', securityUntil: 'open' },
      '2026-05-11',
      { phase: 'security' },
      'security fixes, no end announced',
    ],
    [
      'with fixes ended, the day not recorded',
      { fixesUntil: 'ended', securityUntil: '2027-04' },
      '2026-01-01',
      { phase: 'security', until: '2027-04' },
      'security fixes until Apr 2027',
    ],
    [
      'with both ended, no day recorded',
      { fixesUntil: 'ended', securityUntil: 'ended' },
      '2026-01-01',
      { phase: 'ended' },
      'support has ended',
    ],
    [
      'with security ended, no day recorded, and a day for fixes',
      { fixesUntil: '2024-05-10', securityUntil: 'ended' },
      '2026-01-01',
      { phase: 'ended' },
      'support has ended',
    ],
    ['with nothing recorded', {}, '2026-01-01', { phase: 'unknown' }, undefined],
    [
      'with only fixes, before',
      { fixesUntil: '2026-05' },
      '2026-05-31',
      { phase: 'fixes', until: '2026-05' },
      'fixes until May 2026',
    ],
    [
      'with only fixes, after: security is not known',
      { fixesUntil: '2026-05' },
      '2026-06-01',
      { phase: 'unknown' },
      undefined,
    ],
    [
      'with only fixes, ended: security is not known',
      { fixesUntil: 'ended' },
      '2026-06-01',
      { phase: 'unknown' },
      undefined,
    ],
    [
      'with only fixes, open',
      { fixesUntil: 'open' },
      '2026-06-01',
      { phase: 'fixes' },
      'supported, no end announced',
    ],
    [
      'with only security, before',
      { securityUntil: '2026-05' },
      '2026-05-31',
      { phase: 'security', until: '2026-05' },
      'security fixes until May 2026',
    ],
    [
      'with only security, after',
      { securityUntil: '2026-05' },
      '2026-06-01',
      { phase: 'ended', until: '2026-05' },
      'support ended in May 2026',
    ],
    [
      'with only security, open',
      { securityUntil: 'open' },
      '2026-06-01',
      { phase: 'security' },
      'security fixes, no end announced',
    ],
  ])('%s', (_, ends, today, support, words) => {
    expect(supportOf(line(ends), today)).toEqual(support);
    expect(supportWords(line(ends), today)).toBe(words);
  });
});

describe('the line of a version', () => {
  const lines = ['10', '6.1', '6', '1.1', '1'].map((cycle) => ({ cycle }));

  test.each([
    ['6.1', '6.1'],
    ['6.1.2', '6.1'],
    ['6.10', '6'],
    ['6.2.1', '6'],
    ['6', '6'],
    ['1.10.3', '1'],
    ['1.1.0', '1.1'],
    ['10.0.11', '10'],
    ['61', undefined],
    ['7.0', undefined],
    ['', undefined],
  ])('%s belongs to %s', (version, cycle) => {
    expect(cycleOf(withTable(lines), version)?.cycle).toBe(cycle);
  });

  test('a framework without a release has no current line', () => {
    expect(currentCycle(withTable(lines))).toBeUndefined();
    expect(releaseFact(withTable(lines), '2026-11-22')).toBeUndefined();
  });
});

describe('the long-term line', () => {
  const table = [
    { cycle: '6.1', securityUntil: '2027-12' },
    { cycle: '5.2', lts: true, securityUntil: '2028-04' },
    { cycle: '4.2', lts: true, securityUntil: '2026-04' },
  ];

  test.each<[string, Partial<SupportCycle>[], string, string, string | undefined]>([
    ['is the newest', table, '6.1', '2026-01-01', '5.2'],
    ['is the newest still supported', table, '6.1', '2028-04-30', '5.2'],
    ['is none after all have ended', table, '6.1', '2028-05-01', undefined],
    ['is none when it is the current one', table, '5.2.1', '2026-01-01', undefined],
    ['is none without one', table.slice(0, 1), '6.1', '2026-01-01', undefined],
    [
      'is none where lts is false',
      [{ cycle: '5', lts: false, securityUntil: 'open' }],
      '6',
      '2026-01-01',
      undefined,
    ],
    [
      'is an older one when the newest has ended',
      [
        { cycle: '3', lts: true, securityUntil: '2026-01' },
        { cycle: '2', lts: true, securityUntil: '2026-12' },
      ],
      '4',
      '2026-06-01',
      '2',
    ],
  ])('%s', (_, lines, version, today, cycle) => {
    const framework = withTable(lines, version);
    expect(ltsCycle(framework, today)?.cycle).toBe(cycle);
    expect(ltsFact(framework, today) === undefined).toBe(cycle === undefined);
  });
});

describe('whether anything is supported', () => {
  test.each<[string, Partial<SupportCycle>[], boolean | undefined]>([
    ['one of several', [{ securityUntil: '2020' }, { securityUntil: '2027' }], true],
    ['one that gets fixes', [{ fixesUntil: 'open' }], true],
    ['none of several', [{ securityUntil: '2020' }, { fixesUntil: 'ended', securityUntil: 'ended' }], false],
    ['one that is not known among ended ones', [{ securityUntil: '2020' }, {}], undefined],
    ['nothing known', [{}, {}], undefined],
    ['no table', [], undefined],
  ])('%s', (_, lines, expected) => {
    expect(isSupported(withTable(lines), '2026-11-22')).toBe(expected);
  });
});

describe('what a card says of releases', () => {
  test.each([
    ['2026-05-31', 'Now 6.1.2, Aug 2026, fixes until May 2026'],
    ['2026-06-01', 'Now 6.1.2, Aug 2026, security fixes until Dec 2026'],
    ['2027-01-01', 'Now 6.1.2, Aug 2026, support ended in Dec 2026'],
  ])('on %s', (today, text) => {
    const framework = withTable([{ cycle: '6.1', fixesUntil: '2026-05', securityUntil: '2026-12' }], '6.1.2');
    expect(releaseFact(framework, today)?.text).toBe(text);
    expect(releaseFact(framework, today)?.sources).not.toEqual([]);
  });

  test('a release whose line is not recorded says no more than is known', () => {
    expect(releaseFact(withTable([{ cycle: '5' }], '6.1'), '2026-11-22')?.text).toBe('Now 6.1, Aug 2026');
    expect(releaseFact(withTable([{ cycle: '6.1' }], '6.1'), '2026-11-22')?.text).toBe('Now 6.1, Aug 2026');
  });

  test('a long-term line is named with its support', () => {
    const table = [{ cycle: '6.1' }, { cycle: '5.2', lts: true, securityUntil: '2028-04' }];
    expect(ltsFact(withTable(table, '6.1'), '2026-11-22')?.text).toBe(
      'LTS 5.2, security fixes until Apr 2028',
    );
  });
});
