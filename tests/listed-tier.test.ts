import { describe, expect, test } from 'vitest';
import { createFinder } from '../src/catalog/find.ts';
import type { Framework } from '../src/catalog/framework.ts';
import { type Catalog, loadCatalog } from '../src/catalog/load.ts';
import { createAsk, labels } from './helpers/ask.ts';

const shipped = loadCatalog();

/** The essentials of an entry, as `npm run data:new` leaves them once its gaps are filled. */
function essentialsOf({ id, name, status, languages, kind, summary, licence, links, sources }: Framework) {
  const cites = [...status.cites, ...languages.cites, ...kind.cites, ...summary.cites, ...licence.cites];
  return {
    ...{ id, name, status, languages, kind, summary, licence },
    tier: 'listed' as const,
    ...{ aliases: [], packages: [], patterns: [], support: [], usedBy: [], adoption: [] },
    ...{ advantages: [], features: [], tradeOffs: [], goodFor: [], notGoodFor: [] },
    links: { website: links.website },
    capabilities: {},
    sources: Object.fromEntries(Object.entries(sources).filter(([key]) => cites.includes(key))),
  } satisfies Framework;
}

/** The shipped catalogue with some of its entries cut down to the listed tier. */
function catalogWith(ids: string[]): Catalog {
  const frameworks = shipped.frameworks.map((one) => (ids.includes(one.id) ? essentialsOf(one) : one));
  return { ...shipped, frameworks, byId: new Map(frameworks.map((one) => [one.id, one])) };
}

function askWith(ids: string[]) {
  const catalog = catalogWith(ids);
  // Whatever Discord would refuse, this refuses.
  return createAsk({ catalog, finder: createFinder(catalog), today: '2026-11-22', version: '0' });
}

describe('an entry of the listed tier', () => {
  const { slash } = askWith(['flask']);

  test('has a card that says what is not recorded, with the pages it can fill', async () => {
    const card = await slash('framework lookup', { name: 'flask' });
    expect(card.embed.title).toBe('Flask');
    expect(card.text).toContain('BSD-3-Clause');
    for (const gap of ['first release not recorded', 'adoption: not recorded', 'In the box\nnot recorded']) {
      expect(card.text).toContain(gap);
    }
    expect(labels(card)).toEqual(['Overview', 'Releases', 'Sources', 'Website']);
  });

  test('stands in the lists', async () => {
    const listed = await slash('framework list', { language: 'python' });
    expect(listed.text).toMatch(/Flask micro/);
  });

  test('is compared with a full one, gaps marked', async () => {
    const compared = await slash('compare', { first: 'flask', second: 'django' });
    expect(compared.embed.title).toBe('Flask and Django');
    expect(compared.text).toContain('· ');
    expect(compared.text).toContain('· not recorded');
  });

  test('is found by what it says', async () => {
    const found = await slash('framework search', { text: 'BSD-3-Clause' });
    expect(found.text).toContain('Flask');
  });
});

describe('where there is nothing but the listed tier', () => {
  const { slash } = askWith(shipped.frameworks.map(({ id }) => id));

  test.each([
    ['a language', { language: 'python' }],
    ['a purpose', { language: 'python', purpose: 'rest-api' }],
  ])('%s is answered with reasons, and what is not known is said', async (_what, options) => {
    const { text } = await slash('recommend', options as Record<string, string>);
    expect(text).toMatch(/1 {2}\S+\n\+ /);
    expect(text).not.toContain('undefined');
  });

  test('needs are not met by what is not recorded', async () => {
    const { text } = await slash('recommend', { language: 'python', needs: 'admin' });
    expect(text).toContain('Nothing recorded here has all of that.');
  });

  test('two are compared by what is known', async () => {
    const { text } = await slash('compare', { first: 'rails', second: 'laravel' });
    expect(text).toMatch(/language:\sRuby\s[^\n]*·\sPHP\s/);
  });
});
