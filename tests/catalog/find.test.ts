import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adoptionLevel } from '../../src/catalog/adoption.ts';
import { createFinder, type Found } from '../../src/catalog/find.ts';
import type { Framework } from '../../src/catalog/framework.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { normalise } from '../../src/catalog/normalise.ts';
import { tenOf } from '../helpers/ten.ts';

const catalog = loadCatalog();
const finder = createFinder(catalog);

/** What a text stands for, in a word or two. */
function said(found: Found): string {
  switch (found.is) {
    case 'framework':
      return found.framework.id;
    case 'language':
      return `language ${found.language.id}`;
    case 'not-framework':
      return `other ${found.thing.id}`;
    case 'several':
      return `several:${found.frameworks.map(({ id }) => id).join(',')}`;
    case 'none':
      return 'none';
  }
}

const tierOf = (found: Found): string => (found.is === 'framework' ? found.tier : found.is);

/** Names as people write them, besides what the entries list. */
const spellings: [string, string[]][] = [
  [
    'aspnet-core',
    ['ASP.NET Core', 'asp net core', 'aspnetcore', 'ASP.NET', '.NET Core', 'Dotnet', 'razor pages'],
  ],
  ['cakephp', ['CakePHP', 'cake php', 'Cake-PHP', 'CAKEPHP', 'cake.php', 'cakephp framework']],
  ['django', ['Django', 'DJANGO', 'd j a n g o', 'Python Django', 'django framework', '"Django"']],
  [
    'express',
    ['Express', 'express.js', 'expressjs', 'Express JS', 'EXPRESS-JS', 'express 5', 'node express'],
  ],
  ['flask', ['Flask', 'flask!', 'python-flask', 'pyflask', 'Pallets Flask']],
  [
    'koa',
    [
      'Koa',
      'koa.js',
      'koajs',
      'Koa JS',
      'KOA',
      'koa 2',
      'koa framework',
      'koa framwork',
      'koa framewrk',
      'koa frmaework',
    ],
  ],
  ['laravel', ['Laravel', 'LARAVEL', 'laravel framework', 'PHP Laravel', 'lara-vel']],
  ['phoenix', ['Phoenix', 'phoenix framework', 'Phoenix (Elixir)', 'phx', 'Phoenix LiveView']],
  ['rails', ['Ruby on Rails', 'rails', 'RoR', 'ruby-on-rails', 'rubyonrails', 'Rails!', 'ruby rails']],
  [
    'spring-boot',
    ['Spring Boot', 'springboot', 'spring-boot', 'SPRING BOOT', 'Spring', 'spring mvc', 'webflux'],
  ],
];

/** The same letters in other dress. */
const dressed: [string, string][] = [
  ['Ďjangò', 'django'],
  ['flásk', 'flask'],
  ['Ｌａｒａｖｅｌ', 'laravel'],
  ['𝐑𝐮𝐛𝐲 𝐨𝐧 𝐑𝐚𝐢𝐥𝐬', 'rails'],
  ['ko\u200ba', 'koa'],
  ['\u200b.NET Core', 'aspnet-core'],
  ['  \t Phoenix\n', 'phoenix'],
  ['**Express**', 'express'],
  ['`spring_boot`', 'spring-boot'],
  ['‘CakePHP’?', 'cakephp'],
  ['ASP\u200b.NET\u3000Core', 'aspnet-core'],
];

/** Slips that no entry lists: swapped, doubled, left-out, neighbouring letters, and wrong vowels. */
const misspelled: [string, string[]][] = [
  [
    'aspnet-core',
    ['asp.net ocre', 'asp.net coree', 'asp.met core', 'asp.net crore', 'aspp.net core', 'asp.net coer'],
  ],
  ['cakephp', ['cakephl', 'cakeohp', 'cakkephp', 'cakehpp', 'cakepbp', 'cakepgp']],
  ['django', ['djangp', 'djamgo', 'djengo', 'dhango', 'djangl', 'ddjango', 'djabgo', 'jdango']],
  [
    'express',
    ['expresd', 'ezpress', 'exptess', 'expriss', 'xpress', 'exxpress', 'exprews js', 'ecpress', 'expresa'],
  ],
  ['flask', ['flasl', 'flaask', 'fladk', 'fllask', 'flqsk', 'lfask', 'flusk']],
  ['laravel', ['laravek', 'laravrl', 'laracel', 'larqvel', 'llaravel', 'laaravel', 'alravel', 'laravwl js']],
  ['phoenix', ['phoennix', 'phoeniz', 'phoebix', 'hpoenix', 'phoenux', 'phoenic', 'phonenix']],
  [
    'rails',
    ['railes', 'raiils', 'raols', 'raild', 'rrails', 'ruby on rauls', 'rub on rails', 'ryby on rails'],
  ],
  [
    'spring-boot',
    ['spring biot', 'sprinng boot', 'spring bpot', 'spriing boot', 'sring boot', 'psring boot'],
  ],
];

/** Beginnings that only one framework's name has. */
const beginnings: [string, string][] = [
  ['djan', 'django'],
  ['expr', 'express'],
  ['fla', 'flask'],
  ['lara', 'laravel'],
  ['phoe', 'phoenix'],
  ['ruby on', 'rails'],
  ['spring bo', 'spring-boot'],
  ['cakep', 'cakephp'],
  ['asp.net c', 'aspnet-core'],
];

/** What is something else, also where a framework's name begins so or is near. */
const others: [string, string][] = [
  ['java', 'language java'],
  ['php', 'language php'],
  ['python', 'language python'],
  ['ruby', 'language ruby'],
  ['elixir', 'language elixir'],
  ['JavaScript', 'language javascript'],
  ['js', 'language javascript'],
  ['node', 'other nodejs'],
  ['C#', 'language csharp'],
  ['C', 'language c'],
  ['c++', 'language cpp'],
  ['golang', 'language go'],
  ['react', 'other react'],
  ['React.js', 'other react'],
  ['reactjs', 'other react'],
  ['vue.js', 'other vue'],
  ['Node.js', 'other nodejs'],
  ['angular', 'other angular'],
  ['postgres', 'other postgresql'],
  ['socket.io', 'other socket-io'],
  ['composer', 'other composer'],
  ['k8s', 'other kubernetes'],
];

/** Nonsense, other words, and words that are near to a name without meaning it. */
const refused = [
  ...[
    '',
    ' ',
    '\n',
    '?',
    '...',
    '#',
    '+',
    '🎉',
    '👩‍💻',
    '\u200b',
    '\u0000',
    '\u001b[31m',
    '\ud800',
    'ﷺ',
    '١٢٣',
    '日本語',
  ],
  ...[
    'pizza',
    'hello',
    'asdf',
    'qwerty',
    'xyz',
    'aaaa',
    '404',
    '42',
    '1.2.3',
    'lorem ipsum',
    'test',
    'help me',
  ],
  ...[
    'a',
    'x',
    'js js',
    'the',
    'a framework',
    'framework',
    'backend',
    'the best one',
    'what is this',
    'null',
  ],
  ...['undefined', 'NaN', '[object Object]', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
  ...[
    "'; DROP TABLE frameworks; --",
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '{{7*7}}',
    '@everyone',
  ],
  ...['flash', 'flank', 'flesh', 'flush', 'fast', 'task', 'string', 'strong', 'sporting', 'aspiring'],
  ...['empress', 'impress', 'expert', 'expense', 'excess', 'egress', 'expression', 'expressed'],
  ...[
    'rains',
    'raids',
    'raise',
    'nails',
    'tails',
    'trails',
    'mango',
    'tango',
    'jungle',
    'koala',
    'kola',
    'boa',
  ],
  ...['larva', 'caravel', 'marvel', 'phone', 'phonics', 'felix', 'pancake', 'cheesecake', 'aspen', 'asphalt'],
  ...[
    'web',
    'pal',
    'eli',
    'dot',
    'done',
    'micro',
    'org',
    'active',
    'action',
    'boot',
    'core',
    'net',
    'mvc',
    'api',
  ],
  ...[
    'text',
    'rest',
    'panic',
    'motor',
    'happy',
    'mono',
    'sales',
    'start',
    'faster',
    'nested',
    'router',
    'http',
    'code',
    'star',
    'lite',
  ],
  'djangodjangodjango',
  'x'.repeat(5000),
  'flask'.repeat(1000),
  '\u0301'.repeat(500),
];

describe('a framework is found', () => {
  test.each(catalog.frameworks.map((framework) => [framework.name, framework] as const))(
    '%s by its name, its id, every alias and every package',
    (_, framework) => {
      const { id, name, aliases, packages, sharedNames = [] } = framework;
      // What another has too may ask back which of the two is meant.
      const shared = sharedNames.map(normalise);
      const spelled = [...aliases, ...packages.map((pack) => pack.name)];
      expect([name, id].map((text) => [text, said(finder.find(text)), tierOf(finder.find(text))])).toEqual(
        [name, id].map((text) => [text, id, 'exact']),
      );
      // A package that is called as the framework itself is the name.
      for (const text of spelled.filter((text) => !shared.includes(normalise(text)))) {
        expect([text, said(finder.find(text))]).toEqual([text, id]);
        expect(['exact', 'alias']).toContain(tierOf(finder.find(text)));
      }
    },
  );

  test.each(spellings)('%s however it is written', (id, texts) => {
    for (const text of texts) {
      expect([text, said(finder.find(text))]).toEqual([text, id]);
      expect(['exact', 'alias']).toContain(tierOf(finder.find(text)));
    }
  });

  test.each(dressed)('in other letters: %s', (text, id) => {
    expect(said(finder.find(text))).toBe(id);
  });

  test.each(misspelled)('%s by a slip that its entry does not list', (id, texts) => {
    const listed = new Set(catalog.byId.get(id)?.aliases.map(normalise));
    for (const text of texts) {
      expect(listed).not.toContain(normalise(text));
      expect([text, said(finder.find(text)), tierOf(finder.find(text))]).toEqual([text, id, 'typo']);
    }
  });

  test.each(beginnings)('by the beginning %s', (text, id) => {
    const found = finder.find(text);
    expect([said(found), tierOf(found)]).toEqual([id, 'prefix']);
  });
});

test('the beginning of a name is more than half of it', () => {
  const names: Record<string, string> = { flask: 'Django REST framework', koa: 'API Platform' };
  const frameworks = catalog.frameworks
    .filter(({ id }) => ['django', 'flask', 'koa'].includes(id))
    .map((framework) => ({ ...framework, name: names[framework.id] ?? framework.name, aliases: [] }));
  const few = createFinder({ ...catalog, frameworks });
  expect(['djan', 'django', 'django rest', 'api', 'api plat'].map((text) => said(few.find(text)))).toEqual([
    'django',
    'django',
    'flask',
    'none',
    'koa',
  ]);
});

describe('something else is not taken for a framework', () => {
  test.each(others)('%s is a %s', (text, what) => {
    expect(said(finder.find(text))).toBe(what);
  });

  test.each(catalog.languages.map(({ name, id }) => [name, id]))('%s is a language', (name, id) => {
    expect(said(finder.find(name))).toBe(`language ${id}`);
  });

  test.each(catalog.notFrameworks.map(({ name, id }) => [name, id]))('%s is what it is', (name, id) => {
    expect(said(finder.find(name))).toBe(`other ${id}`);
  });

  test('at least 60 words are tried', () => {
    expect(new Set(refused).size).toBeGreaterThanOrEqual(60);
  });

  test.each(
    refused.map((text) => [text.length > 40 ? `${text.slice(0, 20)}… (${text.length})` : text, text]),
  )('nothing is called %j', (_, text) => {
    expect(finder.find(text).is).not.toBe('framework');
  });
});

describe('an address', () => {
  test.each([
    ['https://learn.microsoft.com/azure/functions', 'none'],
    ['https://docs.djangoproject.com/en/6.1/topics/http/', 'django'],
    ['https://laravel.com/docs/13.x/mail', 'laravel'],
    ['https://github.com/dotnet/aspnetcore/issues', 'aspnet-core'],
  ])('%s leads to %s: a host belongs to a framework only when its site is the whole of it', (text, id) => {
    expect(said(finder.find(text))).toBe(id);
  });
});

describe('suggestions', () => {
  test.each([
    ['flash', 'flask'],
    ['string', 'spring-boot'],
    ['empress', 'express'],
    ['rains', 'rails'],
    ['a django for the weekend', 'django'],
  ])('%s may have meant %s', (text, id) => {
    expect(finder.find(text).is).toBe('none');
    expect(finder.suggest(text).map((framework) => framework.id)).toContain(id);
  });

  test.each(['', '  ', '🎉', 'x', 'qqqqqqqqqq', '日本語'])('%j gives none', (text) => {
    expect(finder.find(text)).toEqual({ is: 'none' });
    expect(finder.suggest(text)).toEqual([]);
  });

  test('are five at most and each of them once', () => {
    for (const text of refused) {
      const suggestions = finder.suggest(text);
      expect(suggestions.length).toBeLessThanOrEqual(5);
      expect(new Set(suggestions).size).toBe(suggestions.length);
    }
  });
});

describe('while somebody types', () => {
  const offered = (text: string, limit = 25): string[] => finder.offer(text, limit).map(({ id }) => id);

  test('the mainstream of every language is offered at first, the most used of each before its second', () => {
    const all = finder.offer('', catalog.frameworks.length);
    expect(new Set(all)).toEqual(new Set(catalog.frameworks));
    const isMainstream = all.map((framework) => adoptionLevel(framework, catalog) === 'mainstream');
    expect(isMainstream).toEqual(isMainstream.toSorted().toReversed());
    const first = all.slice(0, 8).map(({ languages }) => languages.value[0]);
    expect(new Set(first).size).toBe(8);
    for (const id of ['django', 'express', 'laravel', 'rails', 'spring-boot', 'phoenix'])
      expect(offered('')).toContain(id);
    expect(finder.offer('', 3)).toEqual(all.slice(0, 3));
  });

  test.each(catalog.frameworks.map((framework) => [framework.name, framework] as const))(
    '%s is offered at every letter, and first when it is typed in full',
    (name, framework) => {
      for (let length = 1; length <= name.length; length++) {
        const text = name.slice(0, length);
        // More than a menu's 25 may begin with a letter: then the next letter tells.
        const all = finder.offer(text, 1000);
        const offered = all.length > 25 ? all : finder.offer(text, 25);
        if (normalise(text) !== '')
          expect([text, offered]).toEqual([text, expect.arrayContaining([framework])]);
      }
      for (const spelled of [name, framework.id, ...framework.aliases])
        expect(finder.offer(spelled, 1)).toEqual([framework]);
    },
  );

  test.each([
    ['d', 'django'],
    ['DJA', 'django'],
    ['dja', 'django'],
    ['la', 'laravel'],
    ['expr', 'express'],
    ['ror', 'rails'],
    ['rub', 'rails'],
    ['asp.n', 'aspnet-core'],
    ['.ne', 'aspnet-core'],
    ['spring', 'spring-boot'],
    ['djanog', 'django'],
    ['pyt', 'django'],
    ['elix', 'phoenix'],
    ['c#', 'aspnet-core'],
    ['kotlin', 'spring-boot'],
  ])('%s offers %s', (text, id) => {
    expect(offered(text)).toContain(id);
  });

  test.each([
    ['dja', 'django'],
    ['lar', 'laravel'],
    ['phoe', 'phoenix'],
    ['koa', 'koa'],
    ['flask', 'flask'],
    ['laravvel', 'laravel'],
    ['djag', 'django'],
    ['exprs', 'express'],
    ['nst', 'nestjs'],
    ['boot', 'spring-boot'],
    ['js', 'nextjs'],
  ])('%s offers %s first', (text, id) => {
    expect(offered(text)[0]).toBe(id);
  });

  test('a language offers all that is written in it', () => {
    const inPython = catalog.frameworks.filter(({ languages }) => languages.value.includes('python'));
    const offered = finder.offer('python', 100).map(({ id }) => id);
    expect(offered.toSorted()).toEqual(inPython.map(({ id }) => id).toSorted());
  });

  test('nonsense offers nothing', () => {
    expect(['qqqqqqqq', 'zzz', '日本語'].map((text) => offered(text))).toEqual([[], [], []]);
  });

  test('languages are offered too, those with entries first', () => {
    const used = new Set(catalog.frameworks.flatMap(({ languages }) => languages.value));
    const offered = finder.offerLanguages('', 100).map(({ id }) => id);
    expect(new Set(offered)).toEqual(used);
    // One without entries is offered to who types it, behind those with entries.
    const ten = tenOf(catalog);
    const usedByTen = new Set(ten.frameworks.flatMap(({ languages }) => languages.value));
    const begun = createFinder(ten)
      .offerLanguages('r', 100)
      .map(({ id }) => usedByTen.has(id));
    expect(begun).toEqual(begun.toSorted((a, b) => Number(b) - Number(a)));
    expect(new Set(begun).size).toBe(2);
    expect(finder.offerLanguages('', 4)).toHaveLength(4);
  });

  test.each([
    ['py', 'python'],
    ['golan', 'go'],
    ['c#', 'csharp'],
    ['.n', 'csharp'],
    ['.ne', 'csharp'],
    ['js', 'javascript'],
    ['JAVA', 'java'],
  ])('%s offers the language %s', (text, id) => {
    expect(finder.offerLanguages(text, 25).map((language) => language.id)).toContain(id);
  });
});

describe('a language is found', () => {
  test.each([
    ['js', 'javascript', undefined],
    ['Node', 'javascript', undefined],
    ['node.js', 'javascript', undefined],
    ['c#', 'csharp', undefined],
    ['C', 'c', undefined],
    ['C++', 'cpp', undefined],
    ['golang', 'go', undefined],
    ['.net', 'csharp', undefined],
    ['dotnet', 'csharp', undefined],
    ['PHP', 'php', undefined],
    ['pyhton', 'python', undefined],
    ['pythin', 'python', undefined],
    ['javscript', 'javascript', undefined],
    ['javascrpit', 'javascript', undefined],
    ['typescrip', 'typescript', undefined],
    ['elixri', 'elixir', undefined],
    ['django', 'python', 'django'],
    ['Express.js', 'javascript', 'express'],
    ['ror', 'ruby', 'rails'],
    ['ASP.NET', 'csharp', 'aspnet-core'],
    ['phoenix', 'elixir', 'phoenix'],
  ])('%s is %s', (text, language, via) => {
    const found = finder.findLanguage(text);
    expect([found?.language.id, found?.via?.id]).toEqual([language, via]);
  });

  test.each(['', ' ', 'pizza', 'x', '🎉', 'react', 'postgres', 'djanggo', '__proto__', 'x'.repeat(5000)])(
    '%j is none',
    (text) => {
      expect(finder.findLanguage(text)).toBeUndefined();
    },
  );
});

describe('a name that several have', () => {
  const framework = (
    id: string,
    use?: number,
    status: Framework['status']['value'] = 'active',
  ): Framework => {
    const model = catalog.byId.get('koa') as Framework;
    const adoption: Framework['adoption'] =
      use === undefined ? [] : [{ measure: 'stack-overflow', value: use, period: '2026', cites: [] }];
    const bare = { ...model, id, name: id, aliases: [], packages: [], adoption };
    return { ...bare, sharedNames: ['mono'], status: { value: status, cites: [] } };
  };
  const answered = (frameworks: Framework[], text = 'mono') => {
    const { find, suggest } = createFinder({
      ...catalog,
      frameworks: [...catalog.frameworks, ...frameworks],
    });
    const found = find(text);
    return [said(found), 'others' in found ? found.others : undefined, suggest(text).map(({ id }) => id)];
  };

  test.each<[string, Framework[], string, string[] | undefined]>([
    ['the more used one', [framework('apple', 1), framework('pear', 9)], 'pear', ['apple']],
    ['the only one that is used', [framework('apple'), framework('pear', 1)], 'pear', ['apple']],
    [
      'the one that has not ended',
      [framework('apple', undefined, 'ended'), framework('pear')],
      'pear',
      ['apple'],
    ],
    ['even ones', [framework('apple', 4), framework('pear', 4)], 'several:apple,pear', undefined],
    ['unknown ones', [framework('apple'), framework('pear')], 'several:apple,pear', undefined],
  ])('%s', (_what, frameworks, is, others) => {
    expect(answered(frameworks).slice(0, 2)).toEqual([is, others]);
  });

  test('is looked for by its slips as well, and both are suggested for what is only like it', () => {
    const both = [framework('apple'), framework('pear')];
    expect(answered(both, 'momo')[0]).toBe('several:apple,pear');
    expect(answered(both, 'monoxy')[2]).toEqual(expect.arrayContaining(['apple', 'pear']));
  });

  test.each([
    ['slim', 'slim', ['Slim templates']],
    ['Slim 4', 'slim', ['Slim templates']],
    ['slim templates', 'other slim-template', undefined],
    ['falcon', 'falcon', ['Falcon for Ruby']],
    ['leaf', 'leaf', ['Leaf for Vapor']],
  ])('%s is %s', (text, is, others) => {
    const found = finder.find(text);
    expect([said(found), 'others' in found ? found.others : undefined]).toEqual([is, others]);
  });
});

describe('any text', () => {
  const pieces = catalog.frameworks.flatMap(({ name, aliases, packages }) => [
    name,
    ...aliases,
    ...packages.map((pack) => pack.name),
  ]);
  /** Whatever can be typed: letters of any script, half characters, and pieces of names with slips and words around. */
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })), { maxLength: 5 })
      .map((list) => list.join(' ')),
    fc
      .tuple(
        fc.constantFrom('a', ' ', '.', '-', '@', '/', '"', 'js', 'ab '),
        fc.integer({ min: 1, max: 3_000 }),
      )
      .map(([unit, times]) => unit.repeat(times)),
  );
  /** Far more than an answer takes, and far less than anything that grows with the square of a text's length. */
  const longest = 1_000;

  test('ends in an answer, in bounded time', () => {
    const kinds = new Set(['framework', 'several', 'language', 'not-framework', 'none']);
    fc.assert(
      fc.property(texts, (text) => {
        const before = performance.now();
        expect(kinds).toContain(finder.find(text).is);
        expect(finder.suggest(text).length).toBeLessThanOrEqual(5);
        expect(finder.offer(text, 25).length).toBeLessThanOrEqual(25);
        expect(finder.offerLanguages(text, 25).length).toBeLessThanOrEqual(25);
        const language = finder.findLanguage(text)?.language;
        expect(language === undefined || catalog.languages.includes(language)).toBe(true);
        expect(performance.now() - before).toBeLessThan(longest);
      }),
      { numRuns: 500 },
    );
  });

  test('that is a name or an alias leads to the same thing however its letters are dressed', () => {
    const dress = fc.constantFrom<(text: string) => string>(
      (text) => text.toUpperCase(),
      (text) => `  ${text} `,
      (text) => [...text].join('\u200b'),
      (text) => text.replaceAll(' ', '-'),
      (text) => `**${text}**`,
    );
    fc.assert(
      fc.property(fc.constantFrom(...catalog.frameworks), fc.nat(), dress, (framework, at, dressed) => {
        const spellings = [framework.id, framework.name, ...framework.aliases];
        const spelled = spellings[at % spellings.length] ?? '';
        expect([spelled, said(finder.find(dressed(spelled)))]).toEqual([spelled, framework.id]);
      }),
      { numRuns: 500 },
    );
  });
});
