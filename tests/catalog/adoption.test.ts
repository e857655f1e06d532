import { describe, expect, test } from 'vitest';
import { adoptionLevel, useFact } from '../../src/catalog/adoption.ts';
import type { Framework } from '../../src/catalog/framework.ts';
import { type Catalog, loadCatalog } from '../../src/catalog/load.ts';

const shipped = loadCatalog();
const koa = shipped.byId.get('koa') as Framework;
const sources = { page: { title: 'Page', url: 'https://fruit.example', read: '2026-11-01' } };

type Figures = Partial<Record<Framework['adoption'][number]['measure'], number>>;

function framework(id: string, languages: string[], figures: Figures): Framework {
  const adoption = Object.entries(figures).map(([measure, value]) => ({
    measure: measure as keyof Figures,
    value,
    period: '2026',
    cites: ['page'],
  }));
  return { ...koa, id, name: id, sources, adoption, languages: { value: languages, cites: ['page'] } };
}

function catalogOf(frameworks: Framework[]): Catalog {
  return { ...shipped, frameworks, byId: new Map(frameworks.map((one) => [one.id, one])) };
}

describe('how much a framework is used beside the others of its language', () => {
  const so = (share: number) => ({ 'stack-overflow': share });
  const others = [
    framework('apple', ['javascript', 'typescript'], so(20)),
    framework('pear', ['python'], so(8)),
    framework('plum', ['php'], { jetbrains: 60 }),
  ];

  test.each<[string, string[], Figures, string | undefined]>([
    ['the largest share', ['javascript'], so(40), 'mainstream'],
    ['a quarter of the largest', ['javascript'], so(5), 'mainstream'],
    ['a little less', ['javascript'], so(4.9), 'established'],
    ['a twentieth', ['javascript'], so(1), 'established'],
    ['less than that', ['javascript'], so(0.9), 'niche'],
    ['beside one that can also be written in its main language', ['typescript'], so(4.9), 'established'],
    ['beside those of its main language only', ['python', 'javascript'], so(4.9), 'mainstream'],
    ['the only one of its language', ['elixir'], so(0.1), 'mainstream'],
    ['a share of another survey, which is not compared', ['javascript'], { jetbrains: 1 }, 'mainstream'],
    ['a share of another survey beside its like', ['php'], { jetbrains: 14 }, 'established'],
    ['the wider survey before the other', ['php'], { jetbrains: 1, 'stack-overflow': 9 }, 'mainstream'],
    ['a survey before downloads', ['javascript'], { 'stack-overflow': 0.5, 'npm-downloads': 9e9 }, 'niche'],
    ['a million downloads', ['javascript'], { 'npm-downloads': 1_000_000 }, 'established'],
    ['fewer', ['javascript'], { 'npm-downloads': 999_999 }, 'niche'],
    ['more than any other, which machines make', ['javascript'], { 'npm-downloads': 9e9 }, 'established'],
    ['rank 3,000', ['python'], { 'pypi-rank': 3_000 }, 'established'],
    ['rank 3,001', ['python'], { 'pypi-rank': 3_001 }, 'niche'],
    ['nothing recorded', ['python'], {}, undefined],
  ])('%s', (_what, languages, figures, level) => {
    const one = framework('one', languages, figures);
    expect(adoptionLevel(one, catalogOf([...others, one]))).toBe(level);
  });
});

describe('is said with the first figure', () => {
  const pear = framework('pear', ['python'], { 'stack-overflow': 8 });

  test.each<[string, Framework, string, string | undefined]>([
    [
      'and the level',
      pear,
      '2026-11-22',
      'Mainstream in Python: 8 % of the developers asked had worked with it (2026)',
    ],
    [
      'and its age, once it is old',
      pear,
      '2027-06-22',
      'Mainstream in Python: 8 % of the developers asked had worked with it (2026), read 7 months ago',
    ],
    ['if there is one', framework('plum', ['php'], {}), '2026-11-22', undefined],
  ])('%s', (_what, one, today, text) => {
    const fact = useFact(one, catalogOf([one]), today);
    expect(fact?.text).toBe(text);
    if (fact !== undefined) expect(fact.sources).toEqual([sources.page]);
  });
});
