import { describe, expect, test } from 'vitest';
import { compare, similarTo } from '../../src/catalog/compare.ts';
import type { Framework } from '../../src/catalog/framework.ts';
import { oldestOf } from '../../src/catalog/freshness.ts';
import { type Catalog, loadCatalog } from '../../src/catalog/load.ts';
import { capabilities, keysOf, type Level, levels, purposes } from '../../src/catalog/vocabulary.ts';
import { tenOf } from '../helpers/ten.ts';

const catalog = loadCatalog();
const today = '2026-11-22';

function entry(id: string): Framework {
  const found = catalog.byId.get(id);
  if (found === undefined) throw new Error(`no entry ${id}`);
  return found;
}

/** Each with some that stand near it in the alphabet and some that stand far: all pairs would be tens of thousands. */
const pairs = catalog.frameworks.flatMap((first, at, all) =>
  [1, 5, 13, 34, 55, 89].map((by) => [first, all[(at + by) % all.length] ?? first] as const),
);
const threes = catalog.frameworks.map((first, at, all) => {
  const next = (by: number) => all[(at + by) % all.length] ?? first;
  return [first, next(1), next(4)] as const;
});
const fours = catalog.frameworks.map((first, at, all) => {
  const next = (by: number) => all[(at + by) % all.length] ?? first;
  return [first, next(2), next(3), next(7)] as const;
});
const groups: (readonly Framework[])[] = [...pairs, ...threes, ...fours];
const named = groups.map((frameworks) => [frameworks.map(({ id }) => id).join(', '), frameworks] as const);

/** An entry whose admin has another level, or is not recorded. */
function withLevel(framework: Framework, level: Level | undefined): Framework {
  const { admin: _, ...others } = framework.capabilities;
  const cites = framework.kind.cites;
  const admin =
    level === undefined ? {} : { admin: { level, cites, ...(level === 'none' ? {} : { by: 'it' }) } };
  return { ...framework, capabilities: { ...others, ...admin } };
}

describe('a capability', () => {
  test.each<[Level | undefined, Level | undefined, boolean]>([
    ['built-in', 'built-in', false],
    ['built-in', 'none', true],
    ['built-in', 'official', true],
    ['official', 'community', true],
    ['community', 'none', true],
    ['none', 'none', false],
    ['built-in', undefined, false],
    [undefined, 'none', false],
    [undefined, undefined, false],
  ])('%s beside %s differs: %s', (first, second, differs) => {
    const compared = compare(
      [withLevel(entry('django'), first), withLevel(entry('rails'), second)],
      catalog,
      today,
    );
    const row = compared.rows.find(({ capability }) => capability === 'admin');
    expect(row?.differs).toBe(differs);
    expect(row?.cells.map(({ level }) => level)).toEqual([first, second]);
    const isShared = first !== undefined && first === second;
    const alike = compared.alike.levels.filter(({ labels }) => labels.includes('admin'));
    expect(alike.map(({ level }) => level)).toEqual(isShared ? [first] : []);
    const has = compared.sides.map((side) => side.has.some(({ text }) => text === 'admin'));
    const isFromMakers = first === 'built-in' || first === 'official';
    const leads = isFromMakers && (second === 'community' || second === 'none');
    expect(has).toEqual([leads, false]);
  });

  test.each<[Level, Level, Level | undefined, boolean[]]>([
    ['built-in', 'none', 'community', [true, false, false]],
    ['built-in', 'none', 'official', [false, false, false]],
    ['built-in', 'none', undefined, [false, false, false]],
    ['official', 'none', 'none', [true, false, false]],
    ['community', 'none', 'none', [false, false, false]],
    ['built-in', 'built-in', 'none', [false, false, false]],
  ])('%s beside %s and %s', (first, second, third, has) => {
    const { sides } = compare(
      [withLevel(entry('django'), first), withLevel(entry('rails'), second), withLevel(entry('koa'), third)],
      catalog,
      today,
    );
    expect(sides.map((side) => side.has.some(({ text }) => text === 'admin'))).toEqual(has);
  });
});

test.each<[Level | undefined, boolean]>([
  ['none', true],
  ['community', true],
  ['official', true],
  ['built-in', false],
  [undefined, false],
])('built in here and %s there is a reason to choose: %s', (level, isReason) => {
  const only = (id: string, admin: Level | undefined): Framework => {
    const { admin: fact } = withLevel(entry(id), admin).capabilities;
    return { ...entry(id), goodFor: [], capabilities: fact === undefined ? {} : { admin: fact } };
  };
  const frameworks = [only('django', 'built-in'), only('rails', 'none'), only('koa', level)];
  const [first] = compare(frameworks, catalog, today).sides;
  expect(first?.chooseIf.map(({ text }) => text)).toEqual([
    ...(isReason ? ['you want admin built in: it'] : []),
    'your code is in Python',
  ]);
});

describe('a fact', () => {
  const rowOf = (frameworks: Framework[], label: string) =>
    compare(frameworks, catalog, today).rows.find((row) => row.label === label);

  test.each([
    ['language', 'django', 'flask', false],
    ['language', 'django', 'rails', true],
    ['licence', 'laravel', 'rails', false],
    ['licence', 'spring-boot', 'rails', true],
    ['kind', 'flask', 'koa', false],
    ['kind', 'flask', 'django', true],
    ['status', 'django', 'rails', false],
    ['status', 'django', 'lumen', true],
    ['newest', 'flask', 'django', true],
    ['since', 'django', 'rails', true],
  ])('%s of %s and %s differs: %s', (label, first, second, differs) => {
    expect(rowOf([entry(first), entry(second)], label)?.differs).toBe(differs);
  });

  test('is the same though one was read longer ago, which is then said of both', () => {
    const compared = compare([entry('django'), entry('flask')], catalog, today);
    const row = compared.rows.find(({ label }) => label === 'status');
    expect(row?.cells.map(({ said }) => said?.text)).toEqual(['active', 'active, read 7 months ago']);
    expect(row?.differs).toBe(false);
    expect(compared.alike.facts).toContain('active, read 7 months ago');
    expect(oldestOf(['x, read 9 months ago', 'x', 'x, read 13 months ago', 'x, read 12 months ago'])).toBe(
      'x, read 13 months ago',
    );
  });

  test('that is not recorded of one is no difference', () => {
    const { maintainer: _, runtime: __, ...bare } = entry('rails');
    const { cites } = entry('django').licence;
    const told = { value: 'told', cites };
    const full = { ...entry('django'), maintainer: told, runtime: told };
    for (const label of ['maintainer', 'runs on']) {
      const row = rowOf([full, bare], label);
      expect(row?.differs).toBe(false);
      expect(row?.cells.map(({ said }) => said === undefined)).toEqual([false, true]);
    }
  });

  test('support is told as of the day', () => {
    const support = (day: string) =>
      compare([entry('django'), entry('laravel')], catalog, day).rows.find(
        ({ label }) => label === 'support',
      );
    expect(support('2020-01-01')?.cells[0]?.said?.text).toMatch(/until/);
    expect(support('2099-01-01')?.cells[0]?.said?.text).toMatch(/ended/);
  });
});

describe.each(named)('%s', (_, frameworks) => {
  const compared = compare(frameworks, catalog, today);

  test('has every capability and fact once, a cell per framework, each recorded one with its sources', () => {
    expect(compared.rows.flatMap(({ capability }) => capability ?? [])).toEqual(keysOf(capabilities));
    expect(new Set(compared.rows.map(({ label }) => label)).size).toBe(compared.rows.length);
    for (const { cells } of compared.rows) {
      expect(cells).toHaveLength(frameworks.length);
      for (const { said } of cells) expect(said?.sources.length ?? 1).toBeGreaterThan(0);
    }
  });

  test('what is alike does not differ and is recorded of all', () => {
    const words = new Set(
      compared.rows.flatMap(({ label, capability, cells, differs }) => {
        if (differs || cells.some(({ said }) => said === undefined)) return [];
        if (capability === undefined) return oldestOf(cells.flatMap(({ said }) => said?.text ?? [])) ?? [];
        return `${cells[0]?.level} ${label}`;
      }),
    );
    const { facts, levels } = compared.alike;
    const alike = levels.flatMap(({ level, labels }) => labels.map((label) => `${level} ${label}`));
    expect(new Set([...facts, ...alike])).toEqual(words);
  });

  test('what speaks for one comes from its entry, with a source of that entry', () => {
    expect(compared.sides.map(({ framework }) => framework)).toEqual(frameworks);
    for (const { framework, has, chooseIf } of compared.sides) {
      expect(chooseIf.length).toBeLessThanOrEqual(3);
      expect(new Set(chooseIf.map(({ text }) => text)).size).toBe(chooseIf.length);
      const pages = new Set(Object.values(framework.sources).map(({ url }) => url));
      for (const { sources } of [...has, ...chooseIf]) {
        expect(sources.length).toBeGreaterThan(0);
        for (const { url } of sources) expect(pages).toContain(url);
      }
      if (framework.status.value === 'ended') {
        expect(chooseIf.map(({ text }) => text)).toEqual([
          expect.stringMatching(/^your code runs on it already/),
        ]);
        continue;
      }
      const fits = framework.goodFor.map(
        ({ purpose, text }) => `you want ${purposes[purpose].wish}: ${text}`,
      );
      const provided = keysOf(capabilities).flatMap((key) => {
        const known = framework.capabilities[key];
        return known?.level === 'built-in' ? `you want ${capabilities[key].label} built in: ${known.by}` : [];
      });
      const spoken = framework.languages.value.map(
        (id) => `your code is in ${catalog.languageById.get(id)?.name}`,
      );
      for (const { text } of chooseIf) expect([...fits, ...provided, ...spoken]).toContain(text);
      for (const { text } of has) {
        const key = keysOf(capabilities).find((candidate) => capabilities[candidate].label === text);
        expect(key && ['built-in', 'official']).toContain(key && framework.capabilities[key]?.level);
      }
    }
  });

  test('nobody is to choose one for what another is as good for, unless nothing else speaks for it', () => {
    for (const { framework, chooseIf } of compared.sides) {
      if (framework.status.value === 'ended') continue;
      const others = frameworks.filter((other) => other !== framework);
      for (const purpose of keysOf(purposes)) {
        const isReason = chooseIf.some(({ text }) => text.startsWith(`you want ${purposes[purpose].wish}: `));
        const isShared = others.some((other) => other.goodFor.some((fit) => fit.purpose === purpose));
        const isAlone = chooseIf.filter(({ text }) => text.startsWith('you want')).length === 1;
        expect(isReason && isShared && !isAlone).toBe(false);
      }
      const isByLanguage = chooseIf.some(({ text }) => text.startsWith('your code is in'));
      const sameLanguage = others.some((other) => other.languages.value[0] === framework.languages.value[0]);
      expect(isByLanguage).toBe(!sameLanguage);
    }
  });
});

test('the order of the frameworks is that of the columns', () => {
  const there = compare([entry('django'), entry('rails')], catalog, today);
  const back = compare([entry('rails'), entry('django')], catalog, today);
  expect(back.rows.map(({ cells }) => cells.toReversed())).toEqual(there.rows.map(({ cells }) => cells));
  expect(back.sides.toReversed()).toEqual(there.sides);
});

describe('similar frameworks', () => {
  test.each([
    ['flask', ['express']],
    ['laravel', ['cakephp']],
    ['cakephp', ['laravel']],
    ['express', ['koa']],
    ['koa', ['express']],
  ])('among ten, the most similar to %s is %s', (id, first) => {
    expect(
      similarTo(entry(id), tenOf(catalog))
        .slice(0, 1)
        .map((other) => other.id),
    ).toEqual(first);
  });

  test.each(catalog.frameworks.map((framework) => [framework.id, framework]))(
    'all others that go on are similar to %s, more or less, and itself is not',
    (id, framework) => {
      const others = similarTo(framework, catalog).map((other) => other.id);
      const going = catalog.frameworks.filter((other) => other.id !== id && other.status.value !== 'ended');
      expect(others.toSorted()).toEqual(going.map((other) => other.id).toSorted());
    },
  );

  test('what has ended is not offered', () => {
    const ended = { ...entry('flask'), status: { ...entry('flask').status, value: 'ended' as const } };
    const ten = tenOf(catalog);
    const frameworks = ten.frameworks.map((framework) => (framework.id === 'flask' ? ended : framework));
    const without: Catalog = { ...ten, frameworks };
    expect(similarTo(entry('django'), without)).not.toContain(ended);
    expect(similarTo(entry('django'), without)).toHaveLength(8);
  });
});

test('ranks tell levels apart, the nearest highest', () => {
  const order: Level[] = ['built-in', 'official', 'community', 'none'];
  expect(keysOf(levels).toSorted((a, b) => levels[b].rank - levels[a].rank)).toEqual(order);
});

test('what has ended is for whoever has it, and its successor is named', () => {
  const [zend, laminas] = ['zend-framework', 'laminas'].map((id) => catalog.byId.get(id));
  if (zend === undefined || laminas === undefined) throw new Error('not recorded');
  const [ended, goesOn] = compare([zend, laminas], catalog, '2026-11-22').sides;
  expect(ended).toMatchObject({
    has: [],
    chooseIf: [{ text: 'your code runs on it already: it has ended, and Laminas MVC takes its place' }],
  });
  expect(goesOn?.chooseIf.some(({ text }) => text.startsWith('you want'))).toBe(true);
});
