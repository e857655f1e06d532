import { describe, expect, test } from 'vitest';
import { capabilities, fromCode, keysOf, kinds, purposes } from '../src/catalog/vocabulary.ts';
import {
  cardPages,
  comparisonViews,
  longestCustomId,
  longestSearch,
  readCustomId,
  recommendationViews,
  type State,
  wishParts,
  writeCustomId,
} from '../src/custom-id.ts';

const longestId = 'abcdefghij-0123456789'.slice(0, 20);

describe('a state survives its button', () => {
  const cards = keysOf(cardPages).flatMap((page): State[] => [
    { at: 'card', id: 'django', page, part: 0 },
    { at: 'card', id: longestId, page, part: 999 },
  ]);
  const lists: State[] = [
    { at: 'list', language: undefined, kind: undefined, part: 0 },
    { at: 'list', language: 'python', kind: undefined, part: 3 },
    ...keysOf(kinds).map((kind): State => ({ at: 'list', language: undefined, kind, part: 1 })),
    { at: 'list', language: longestId, kind: 'full-stack', part: 12 },
  ];
  const searches: State[] = [
    'orm',
    'a: colon:',
    ':',
    '::::',
    'ünï çödé',
    '漢字',
    '🎉',
    '  spaces  ',
    'c#, c++',
    'x'.repeat(longestSearch),
  ].map((text, part) => ({ at: 'search', text, part }));
  const comparisons = keysOf(comparisonViews).flatMap((view): State[] => [
    { at: 'comparison', ids: ['django'], view, part: 0 },
    { at: 'comparison', ids: ['django', 'rails'], view, part: 2 },
    { at: 'comparison', ids: ['koa', 'express', 'aspnet-core', 'spring-boot'], view, part: 9 },
  ]);
  const recommendations: State[] = [
    ...keysOf(purposes).map((purpose): State => ({ at: 'recommendation', purpose, needs: [], ...rest() })),
    ...keysOf(capabilities).map((need): State => ({ at: 'recommendation', needs: [need], ...rest() })),
    ...keysOf(recommendationViews).map(
      (view): State => ({ at: 'recommendation', needs: [], ...rest(), view }),
    ),
    ...[
      { languages: ['go', 'rust'], without: [] },
      { languages: [], without: ['java'] },
      { languages: ['kotlin'], without: ['java', 'php'] },
    ].map((spoken): State => ({ at: 'recommendation', needs: [], ...rest(), ...spoken })),
    ...keysOf(wishParts).map((changes): State => ({ at: 'recommendation', needs: [], ...rest(), changes })),
    {
      at: 'recommendation',
      languages: ['go', 'x'.repeat(12)],
      without: ['x'.repeat(14)],
      purpose: 'rest-api',
      needs: keysOf(capabilities).toReversed(),
      view: 'sources',
      part: 9,
      changes: 'needs',
    },
  ];
  function rest() {
    return { languages: [], without: [], view: 'ranking', part: 0 } as const;
  }

  test.each(
    [...cards, ...lists, ...searches, ...comparisons, ...recommendations].map((state) => [
      writeCustomId(state),
      state,
    ]),
  )('%s', (id, state) => {
    expect(id.length).toBeGreaterThan(0);
    expect(id.length).toBeLessThanOrEqual(longestCustomId);
    expect(readCustomId(id)?.state).toEqual(state);
  });

  test('and names the command that answers it', () => {
    const commandOf = (state: State | undefined) => state && readCustomId(writeCustomId(state))?.command;
    expect([cards[0], lists[0], searches[0], comparisons[0], recommendations[0]].map(commandOf)).toEqual([
      'framework',
      'framework',
      'framework',
      'compare',
      'recommend',
    ]);
  });

  test('different states have different ids', () => {
    const all = [...cards, ...lists, ...searches, ...comparisons, ...recommendations];
    const texts = new Set(all.map((state) => JSON.stringify(state)));
    expect(new Set(all.map(writeCustomId)).size).toBe(texts.size);
  });

  test('the same framework twice is read once', () => {
    expect(readCustomId('compare:django,django,koa:d:0')?.state).toMatchObject({ ids: ['django', 'koa'] });
    expect(readCustomId('recommend:::omomro:r:0:')?.state).toMatchObject({ needs: ['orm', 'routing'] });
  });
});

describe('a message of long ago still leads where it led', () => {
  // Ids as they were sent. They may be added to, never changed.
  test.each<[string, object]>([
    ['framework:c:django:o:0', { at: 'card', id: 'django', page: 'overview', part: 0 }],
    ['framework:c:koa:s:2', { at: 'card', id: 'koa', page: 'sources', part: 2 }],
    ['framework:l:::0', { at: 'list', language: undefined, kind: undefined, part: 0 }],
    ['framework:l:python:mi:1', { at: 'list', language: 'python', kind: 'micro', part: 1 }],
    ['framework:s:0:open api', { at: 'search', text: 'open api', part: 0 }],
    [
      'compare:django,rails:d:0',
      { at: 'comparison', ids: ['django', 'rails'], view: 'differences', part: 0 },
    ],
    [
      'recommend:python:ra:omad:r:0:n',
      {
        at: 'recommendation',
        languages: ['python'],
        without: [],
        purpose: 'rest-api',
        needs: ['orm', 'admin'],
        view: 'ranking',
        part: 0,
        changes: 'needs',
      },
    ],
    [
      'recommend::::s:1:',
      {
        at: 'recommendation',
        languages: [],
        without: [],
        purpose: undefined,
        needs: [],
        view: 'sources',
        part: 1,
        changes: undefined,
      },
    ],
  ])('%s', (id, state) => {
    expect(readCustomId(id)?.state).toEqual(state);
  });

  const codesOf = (table: Record<string, { code: string }>) =>
    Object.fromEntries(Object.entries(table).map(([key, { code }]) => [key, code]));

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['kinds', codesOf(kinds), { 'full-stack': 'fs', micro: 'mi', api: 'ap', platform: 'pl' }],
    [
      'purposes',
      codesOf(purposes),
      {
        'rest-api': 'ra',
        'full-stack-site': 'fs',
        realtime: 'rt',
        microservices: 'ms',
        'minimal-service': 'mn',
        'admin-crud': 'ac',
        'serverless-edge': 'se',
        'high-throughput': 'ht',
        enterprise: 'en',
        prototype: 'pt',
        learning: 'le',
      },
    ],
    [
      'capabilities',
      codesOf(capabilities),
      {
        routing: 'ro',
        orm: 'om',
        migrations: 'mi',
        templates: 'te',
        forms: 'fo',
        sessions: 'se',
        authentication: 'an',
        authorisation: 'az',
        admin: 'ad',
        cli: 'cl',
        di: 'di',
        jobs: 'jo',
        scheduling: 'sc',
        websockets: 'ws',
        caching: 'ca',
        mail: 'ma',
        i18n: 'in',
        openapi: 'oa',
        graphql: 'gq',
        storage: 'st',
        testing: 'ts',
        csrf: 'cs',
        'hot-reload': 'hr',
        async: 'as',
      },
    ],
    [
      'card pages',
      codesOf(cardPages),
      { overview: 'o', advantages: 'a', features: 'f', capabilities: 'c', releases: 'r', sources: 's' },
    ],
    ['comparison views', codesOf(comparisonViews), { differences: 'd', everything: 'e', sources: 's' }],
    ['recommendation views', recommendationViews, { ranking: 'r', sources: 's' }],
    ['parts of a wish', wishParts, { purpose: 'p', needs: 'n' }],
  ])('the codes of %s have kept their meaning, and no two are alike', (_, now, published) => {
    expect(now).toMatchObject(published);
    expect(new Set(Object.values(now)).size).toBe(Object.keys(now).length);
  });

  test('codes that are written one after another are two letters each', () => {
    for (const { code } of Object.values(capabilities)) expect(code).toMatch(/^[a-z]{2}$/);
  });

  test.each(['', 'xx', 'r', 'roo', '__proto__', 'constructor'])('the code %j means nothing', (code) => {
    expect(fromCode(capabilities, code)).toBeUndefined();
  });
});

describe('what is not ours leads nowhere', () => {
  test.each([
    '',
    ':',
    ':::::::::',
    'framework',
    'framework:',
    'framework:c',
    'framework:c:django',
    'framework:c:django:o',
    'framework:c:django:o:',
    'framework:c:django:o:-1',
    'framework:c:django:o:1.5',
    'framework:c:django:o:1e3',
    'framework:c:django:o:0x1',
    'framework:c:django:o: 1',
    'framework:c:django:o:١',
    'framework:c:django:o:1000',
    'framework:c:django:o:99999999999999999999',
    'framework:c:django:o:NaN',
    'framework:c:django:x:0',
    'framework:c:django:overview:0',
    'framework:c:django:__proto__:0',
    'framework:c:django::0',
    'framework:c::o:0',
    'framework:c:Django:o:0',
    'framework:c:../../etc/passwd:o:0',
    'framework:c:dj ango:o:0',
    'framework:c:djängo:o:0',
    `framework:c:${'x'.repeat(21)}:o:0`,
    'framework:c:django\n:o:0',
    'framework:l:PYTHON::0',
    `framework:l:${'x'.repeat(21)}::0`,
    'framework:l::',
    'framework:s',
    'framework:s:0',
    'framework:s:0:',
    'framework:s:x:text',
    'framework:s::text',
    'framework:x:django:o:0',
    'framework::django:o:0',
    'FRAMEWORK:c:django:o:0',
    ' framework:c:django:o:0',
    'compare',
    'compare:',
    'compare:django,rails',
    'compare:django,rails:d',
    'compare:django,rails:x:0',
    'compare::d:0',
    'compare:,:d:0',
    'compare:django,:d:0',
    'compare:django rails:d:0',
    'compare:a,b,c,d,e:d:0',
    `compare:${'x'.repeat(21)},django:d:0`,
    'recommend',
    'recommend::::',
    'recommend::::r',
    'recommend::::r:',
    'recommend::::x:0:',
    'recommend:P Y:::r:0:',
    'recommend::::__proto__:0:',
    'about',
    'about:x',
    'toString:c:django:o:0',
    '__proto__:c:django:o:0',
    'constructor:c:django:o:0',
    'other-bot/button/1',
    '{"at":"card","id":"django"}',
    '🎉',
    '\ud800',
    '\u0000',
    'x'.repeat(100_000),
    `compare:${'django,'.repeat(20_000)}:d:0`,
    `recommend:::${'om'.repeat(50_000)}:x:0:`,
  ])('%#', (id) => {
    expect(readCustomId(id)).toBeUndefined();
  });

  test('an id that is longer than Discord’s limit cannot be ours', () => {
    expect(readCustomId(`framework:s:0:${'x'.repeat(longestCustomId)}`)).toBeUndefined();
    expect(readCustomId(`recommend:::${'om'.repeat(200)}:r:0:`)).toBeUndefined();
  });

  test('a cut id is read as nothing or as what stands there, and never breaks', () => {
    const whole = [
      'framework:c:spring-boot:a:1',
      'framework:l:python:mi:1',
      'framework:s:12:open api',
      'compare:django,rails,koa:d:3',
      'recommend:python:ra:omad:r:10:n',
    ];
    for (const id of whole) {
      expect(readCustomId(id)).toBeDefined();
      for (let length = 0; length < id.length; length++) {
        const read = readCustomId(id.slice(0, length));
        if (read !== undefined) expect(readCustomId(writeCustomId(read.state))).toEqual(read);
      }
    }
  });

  test('words that a later version no longer knows are left out', () => {
    expect(readCustomId('recommend:python:zz:omzzad:r:0:')?.state).toMatchObject({
      purpose: undefined,
      needs: ['orm', 'admin'],
    });
    expect(readCustomId('framework:l:python:zz:0')?.state).toMatchObject({ kind: undefined });
  });
});
