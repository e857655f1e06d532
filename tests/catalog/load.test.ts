import { mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Framework, Language, NotFramework } from '../../src/catalog/framework.ts';
import {
  fingerprint,
  fingerprintFile,
  loadCatalog,
  readCatalog,
  shippedData,
} from '../../src/catalog/load.ts';
import {
  capabilities,
  keysOf,
  kinds,
  levels,
  measures,
  purposes,
  registries,
  statuses,
  tiers,
} from '../../src/catalog/vocabulary.ts';
import { describeProblem } from '../../src/curate/problems.ts';

type Files = {
  koa: Framework;
  express: Framework;
  languages: { languages: Language[] };
  others: { notFrameworks: NotFramework[] };
};

const places: Record<keyof Files, string> = {
  koa: 'frameworks/koa.json',
  express: 'frameworks/express.json',
  languages: 'languages.json',
  others: 'not-frameworks.json',
};

const root = mkdtempSync(path.join(tmpdir(), 'framewise-load-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const shipped = (file: string) => JSON.parse(readFileSync(path.join(shippedData, file), 'utf8'));

/** Two shipped entries, the languages, and one thing that is no framework, in a folder of their own. */
function folderWith(change: (files: Files) => void = () => {}): string {
  const files: Files = {
    koa: shipped(places.koa),
    express: shipped(places.express),
    languages: shipped(places.languages),
    others: { notFrameworks: shipped(places.others).notFrameworks.slice(0, 1) },
  };
  change(files);
  const folder = path.join(mkdtempSync(path.join(root, 'case-')), 'data');
  mkdirSync(path.join(folder, 'frameworks'), { recursive: true });
  for (const key of keysOf(places)) {
    writeFileSync(path.join(folder, places[key]), JSON.stringify(files[key], null, 2));
  }
  return folder;
}

const described = (folder: string): string[] =>
  readCatalog(folder).problems.map((problem) => describeProblem(folder, problem));

/** Gives a place in a file what its type would forbid; JSON leaves out what is undefined. */
function put(target: object, place: string, value: unknown): void {
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  let holder = target as Record<string, unknown>;
  for (const key of keys) holder = holder[key] as Record<string, unknown>;
  holder[last] = value;
}

/** The line, counted from 1, on which the value of a place begins, found without the code under test. */
function lineOf(folder: string, file: string, place: string): number {
  const content = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  put(content, place, 'THE PLACE');
  const lines = JSON.stringify(content, null, 2).split('\n');
  return lines.findIndex((line) => line.includes('"THE PLACE"')) + 1;
}

const source = { title: 'Extra', url: 'https://koajs.com', read: '2026-01-01' };
const figure = { measure: 'jetbrains', value: 1, period: '2025', cites: ['npm'] };

/** What is put where in Koa's entry, what the message says, and which place it names if that is another. */
const wrongInKoa: [rule: string, place: string, value: unknown, says: string[], named?: string][] = [
  ['an id in capitals', 'id', 'Koa', ['lower-case letters, digits and single hyphens']],
  ['an id of 21 characters', 'id', 'k'.repeat(21), ['<=20']],
  ['an id that is not the file’s name', 'id', 'koajs', ["'koajs'", "'koajs.json'"]],
  ['no name', 'name', '', ['one line']],
  ['a name of 41 characters', 'name', 'K'.repeat(41), ['<=40']],
  ['spaces around a name', 'name', ' Koa', ['one line without spaces around it']],
  ['two lines', 'summary.value', 'One\nTwo', ['one line']],
  ['a summary of 201 characters', 'summary.value', 'x'.repeat(201), ['<=200']],
  ['a text of 201 characters', 'advantages.0.text', 'x'.repeat(201), ['<=200']],
  ['a title of 49 characters', 'tradeOffs.1.title', 'x'.repeat(49), ['<=48']],
  ['a fit of 141 characters', 'goodFor.0.text', 'x'.repeat(141), ['<=140']],
  ['an unknown tier', 'tier', 'half', keysOf(tiers)],
  ['an unknown status', 'status.value', 'asleep', keysOf(statuses)],
  ['an unknown kind', 'kind.value', 'tiny', keysOf(kinds)],
  ['an unknown registry', 'packages.0.registry', 'floppy', keysOf(registries)],
  ['an unknown purpose', 'goodFor.0.purpose', 'fun', keysOf(purposes)],
  ['an unknown level', 'capabilities.routing.level', 'maybe', keysOf(levels)],
  ['an unknown capability', 'capabilities.magic', { level: 'none', cites: ['npm'] }, keysOf(capabilities)],
  [
    'an unknown measure',
    'adoption',
    [{ ...figure, measure: 'stars' }],
    keysOf(measures),
    'adoption.0.measure',
  ],
  ['a figure below nought', 'adoption', [{ ...figure, value: -1 }], ['>0'], 'adoption.0.value'],
  ['an unknown field', 'licens', 'MIT', ['no such field', 'licence', 'maintainer']],
  ['an unknown field within', 'links.blog', 'https://koajs.com', ['no such field', 'website', 'community']],
  ['a number for a text', 'release.version', 3, ['string']],
  ['a text for a list', 'aliases', 'koa framework', ['array']],
  ['a text for yes or no', 'support.0.lts', 'yes', ['boolean']],
  ['a field that is missing', 'licence.value', undefined, ['string'], 'licence'],
  ['a date written otherwise', 'firstRelease.value', '13/2013', ['YYYY, YYYY-MM or YYYY-MM-DD']],
  ['a thirteenth month', 'firstRelease.value', '2013-13', ['YYYY, YYYY-MM or YYYY-MM-DD']],
  ['a day that the month has not', 'release.date', '2026-02-30', ['not in the calendar']],
  ['an end in words', 'support.0.fixesUntil', 'soon', ['YYYY-MM-DD', 'open', 'ended']],
  ['an end as a number', 'support.0.securityUntil', 2027, ['YYYY-MM-DD', 'open', 'ended']],
  ['an end that is no day', 'support.0.securityUntil', '2027-02-31', ['not in the calendar']],
  ['reading known to the month only', 'sources.npm.read', '2026-11', ['date']],
  ['an address without encryption', 'links.website', 'http://koajs.com', ['https://']],
  ['no address', 'sources.npm.url', 'koajs.com', ['https://']],
  ['an address with a space', 'links.website', 'https://koajs.com/a b', ['without spaces']],
  ['an address that ends its link', 'sources.npm.url', 'https://koajs.com/<b>', ['without spaces']],
  ['an address of 301 characters', 'links.website', `https://koajs.com/${'x'.repeat(283)}`, ['at most 300']],
  ['no languages', 'languages.value', [], ['>=1']],
  ['seven languages', 'languages.value', ['a', 'b', 'c', 'd', 'e', 'f', 'g'], ['<=6']],
  ['a fact without a source', 'kind.cites', [], ['at least one source']],
  ['a fact with four sources', 'kind.cites', ['npm', 'readme', 'licence', 'history'], ['<=3']],
  ['a fact that cites nothing', 'kind.cites', undefined, ['is missing', 'one to three pages'], 'kind'],
  ['a source that is not there', 'kind.cites', ['hearsay'], ["'hearsay'", 'sources'], 'kind.cites.0'],
  ['a source that nothing cites', 'sources.extra', source, ['nothing in this entry cites']],
  ['a source’s key in capitals', 'sources.Bad Key', source, ['lower-case letters']],
  ['a fit named twice', 'goodFor.1.purpose', 'minimal-service', ["'minimal-service'", 'twice']],
  ['good and not good for the same', 'notGoodFor.0.purpose', 'rest-api', ["'rest-api'", 'twice']],
  [
    'a provider of nothing',
    'capabilities.orm',
    { level: 'none', by: 'Sequelize', cites: ['npm'] },
    ["leave 'by' out"],
    'capabilities.orm.by',
  ],
  [
    'something by nobody',
    'capabilities.async.by',
    undefined,
    ["'built-in' needs 'by'"],
    'capabilities.async',
  ],
  ['a full tier with three advantages', 'advantages.length', 3, ['at least 4', 'here are 3'], 'advantages'],
  ['a full tier with three features', 'features.length', 3, ['at least 4', 'here are 3'], 'features'],
  ['a full tier with one trade-off', 'tradeOffs.length', 1, ['at least 2', 'here are 1'], 'tradeOffs'],
  ['a full tier that is good for one thing', 'goodFor.length', 1, ['at least 2', 'here are 1'], 'goodFor'],
  ['a release before the first', 'release.date', '2012', ['out of order', '2013', '2012'], 'release'],
  ['a line before the first release', 'support.2.released', '2012-12', ['2013', '2012-12'], 'support.2'],
  ['an end before its release', 'support.0.fixesUntil', '2024-12-31', ['2024-12-31'], 'support.0'],
  ['security fixes that end before fixes', 'support.1', endsCrossed(), ['2020', '2019'], 'support.1'],
  ['a table that is not newest first', 'support.1.released', '2026-01', ['2026-01', '2025-04'], 'support.1'],
  ['a successor of an active one', 'status.successor', 'express', ['active', 'no successor']],
  [
    'an unknown successor',
    'status',
    { ...ended(), successor: 'hapi' },
    ['no entry', "'hapi'"],
    'status.successor',
  ],
  ['an unknown language', 'languages.value.1', 'coffeescript', ["'coffeescript'", 'typescript', 'zig']],
];

function endsCrossed() {
  return { cycle: '2', released: '2017-02', fixesUntil: '2020', securityUntil: '2019', cites: ['history'] };
}

function ended() {
  return { value: 'ended', since: '2026', cites: ['npm', 'release-3-2'] };
}

describe('what is wrong in an entry is named with its file, line, field and what is allowed', () => {
  test('nothing wrong, no problem', () => {
    expect(described(folderWith())).toEqual([]);
  });

  test.each(wrongInKoa)('%s', (_, place, value, says, named = place) => {
    const folder = folderWith(({ koa }) => put(koa, place, value));
    const missing = value === undefined ? place.slice(named.length) : '';
    const where = `data/${places.koa}:${lineOf(folder, places.koa, named)} ${named}${missing}: `;
    const message = described(folder).find((problem) => problem.startsWith(where));
    expect(message, `${where} among\n${described(folder).join('\n')}`).toBeDefined();
    for (const words of says) expect(message).toContain(words);
  });

  test('a field that is missing at the top stands on the first line', () => {
    const folder = folderWith(({ koa }) => put(koa, 'licence', undefined));
    expect(described(folder)).toContainEqual(
      expect.stringMatching(/^data\/frameworks\/koa\.json:1 licence: is missing: An SPDX expression/),
    );
  });

  test('a listed entry needs none of what a full one needs', () => {
    const folder = folderWith(({ koa }) => {
      koa.tier = 'listed';
      koa.capabilities = {};
      for (const list of ['advantages', 'features', 'tradeOffs', 'goodFor', 'notGoodFor', 'usedBy'] as const)
        koa[list] = [];
    });
    expect(described(folder).filter((problem) => !problem.includes('nothing in this entry cites'))).toEqual(
      [],
    );
  });
});

describe('what is wrong between files is named in the later one', () => {
  type Case = [string, (files: Files) => void, keyof Files, string, string[]];

  test.each<Case>([
    [
      'an alias that is another’s name',
      ({ koa }) => put(koa, 'aliases.0', 'EX-press'),
      'koa',
      'aliases.0',
      ["'EX-press'", "'express'", 'frameworks/express.json'],
    ],
    [
      'an alias that is another’s alias',
      ({ koa, express }) => {
        put(koa, 'aliases.0', 'Fast Server');
        put(express, 'aliases.0', 'fast-server');
      },
      'koa',
      'aliases.0',
      ["'Fast Server'", "'express'"],
    ],
    [
      'a thing that is a framework too',
      ({ others }) => put(others, 'notFrameworks.0.aliases.0', 'koa.'),
      'others',
      'notFrameworks.0.aliases.0',
      ["'koa.'", "'koa'", 'frameworks/koa.json'],
    ],
    [
      'a thing with a framework’s id',
      ({ others }) => put(others, 'notFrameworks.0.id', 'koa'),
      'others',
      'notFrameworks.0.id',
      ["'koa'", 'frameworks/koa.json'],
    ],
    [
      'two things with one id',
      ({ others }) =>
        others.notFrameworks.push({ ...structuredClone(react(others)), name: 'Other', aliases: [] }),
      'others',
      'notFrameworks.1.id',
      ["'react'", 'not-frameworks.json'],
    ],
    [
      'two languages with one id',
      ({ languages }) => languages.languages.push({ id: 'zig', name: 'Zag', aliases: [], colour: '#123456' }),
      'languages',
      `languages.${shipped(places.languages).languages.length}.id`,
      ["'zig'", 'languages.json'],
    ],
    [
      'a language’s alias that is another language',
      ({ languages }) => put(languages, 'languages.0.aliases.0', 'PYTHON'),
      'languages',
      `languages.${shipped(places.languages).languages.findIndex(({ id }: Language) => id === 'python')}.id`,
      ["'python'", "'ada'"],
    ],
    [
      'a name that only one of two calls shared',
      ({ koa, express }) => {
        put(koa, 'sharedNames', ['Fast Server']);
        put(express, 'aliases.0', 'fast-server');
      },
      'koa',
      'sharedNames.0',
      ["'Fast Server'", "'express'", "'sharedNames' of both"],
    ],
    [
      'a name that is shared with nothing',
      ({ koa }) => put(koa, 'sharedNames', ['Fast Server']),
      'koa',
      'sharedNames.0',
      ["'Fast Server'", 'make it an alias'],
    ],
    [
      'an alternative that is not there',
      ({ others }) => put(others, 'notFrameworks.0.instead', ['express', 'hapi']),
      'others',
      'notFrameworks.0.instead.1',
      ["'hapi'"],
    ],
    [
      'a colour by name',
      ({ languages }) => put(languages, 'languages.2.colour', 'green'),
      'languages',
      'languages.2.colour',
      ['#rrggbb'],
    ],
    [
      'an unknown field of a language',
      ({ languages }) => put(languages, 'languages.2.color', '#112233'),
      'languages',
      'languages.2.color',
      ['no such field', 'colour'],
    ],
    [
      'six alternatives',
      ({ others }) => put(others, 'notFrameworks.0.instead', Array(6).fill('koa')),
      'others',
      'notFrameworks.0.instead',
      ['<=5'],
    ],
  ])('%s', (_, change, file, place, says) => {
    const folder = folderWith(change);
    const where = `data/${places[file]}:${lineOf(folder, places[file], place)} ${place}: `;
    const message = described(folder).find((problem) => problem.startsWith(where));
    expect(message, `${where} among\n${described(folder).join('\n')}`).toBeDefined();
    for (const words of says) expect(message).toContain(words);
  });

  function react(others: Files['others']): NotFramework {
    const [first] = others.notFrameworks;
    if (first === undefined) throw new Error('nothing is shipped');
    return first;
  }

  test('a language and a framework may share a spelling, and an entry may repeat its own', () => {
    const folder = folderWith(({ koa, languages }) => {
      put(koa, 'aliases.0', 'KOA!');
      put(languages, 'languages.0.aliases.0', 'koa framework');
    });
    expect(described(folder)).toEqual([]);
  });
});

describe('a file that cannot be read', () => {
  test('is a problem that says where it breaks', () => {
    const folder = folderWith();
    writeFileSync(path.join(folder, places.koa), '{\n  "id": "koa",\n  "name" "Koa"\n}\n');
    const [problem = '', ...rest] = readCatalog(folder).problems.map(
      ({ file, message }) => `${file} ${message}`,
    );
    expect(problem).toMatch(/^frameworks\/koa\.json .*line 3/);
    expect(rest).toEqual([]);
  });

  test('is a problem when it is not there', () => {
    const folder = folderWith();
    unlinkSync(path.join(folder, places.others));
    expect(readCatalog(folder).problems).toEqual([
      { file: 'not-frameworks.json', path: [], message: 'is missing' },
    ]);
  });

  test.each(['notes.txt', 'Express.JSON'])('is told of when %s is no entry by its name', (name) => {
    const folder = folderWith();
    writeFileSync(path.join(folder, 'frameworks', name), '{}');
    expect(described(folder)).toEqual([`data/frameworks/${name}:1 is no entry: their names end in .json`]);
  });
});

test('all problems of all files are told at once', () => {
  const folder = folderWith(({ koa, express, languages, others }) => {
    put(koa, 'kind.value', 'tiny');
    put(koa, 'links.website', 'koajs.com');
    put(express, 'tier', 'half');
    put(languages, 'languages.0.colour', 'grey');
    put(others, 'notFrameworks.0.what', '');
  });
  const files = readCatalog(folder).problems.map(({ file, path: place }) => `${file} ${place.join('.')}`);
  expect(new Set(files)).toEqual(
    new Set([
      'frameworks/express.json tier',
      'frameworks/koa.json kind.value',
      'frameworks/koa.json links.website',
      'languages.json languages.0.colour',
      'not-frameworks.json notFrameworks.0.what',
    ]),
  );
  expect(() => loadCatalog(folder)).toThrow(
    /koa\.json: kind\.value: [\s\S]*languages\.json: languages\.0\.colour/,
  );
});

describe('files that were found without a problem are not checked again', () => {
  /** A folder that holds something wrong, and the fingerprint of its files all the same. */
  function trusted(): string {
    const folder = folderWith(({ koa }) => put(koa, 'kind.value', 'tiny'));
    writeFileSync(path.join(folder, fingerprintFile), `${fingerprint(folder)}\n`);
    return folder;
  }

  test('as long as they are the same', () => {
    expect(loadCatalog(trusted()).byId.get('koa')?.kind.value).toBe('tiny');
  });

  test.each<[string, (folder: string) => void]>([
    ['an entry changed', (folder) => writeFileSync(path.join(folder, places.express), '{}')],
    ['an entry was taken away', (folder) => unlinkSync(path.join(folder, places.express))],
    ['a file came to the entries', (folder) => writeFileSync(path.join(folder, 'frameworks/a.txt'), '')],
    ['the languages are gone', (folder) => unlinkSync(path.join(folder, places.languages))],
    ['the fingerprint is gone', (folder) => unlinkSync(path.join(folder, fingerprintFile))],
    ['the fingerprint is another', (folder) => writeFileSync(path.join(folder, fingerprintFile), 'x')],
  ])('until %s', (_, change) => {
    const folder = trusted();
    change(folder);
    expect(() => loadCatalog(folder)).toThrow('koa.json: kind.value');
  });

  test('and they are what checking makes of them', () => {
    const folder = folderWith();
    const checked = loadCatalog(folder);
    writeFileSync(path.join(folder, fingerprintFile), fingerprint(folder));
    expect(loadCatalog(folder)).toEqual(checked);
    expect(loadCatalog()).toEqual(readCatalog(shippedData).catalog);
  });
});

describe('the shipped dataset', () => {
  const catalog = loadCatalog();

  test('holds the ten, sorted by name and found by id', () => {
    expect(catalog.frameworks.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'ASP.NET Core',
        'CakePHP',
        'Django',
        'Express',
        'Flask',
        'Koa',
        'Laravel',
        'Phoenix',
        'Ruby on Rails',
        'Spring Boot',
      ]),
    );
    expect(catalog.frameworks.map(({ name }) => name)).toEqual(
      catalog.frameworks.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'en')),
    );
    for (const framework of catalog.frameworks) expect(catalog.byId.get(framework.id)).toBe(framework);
    for (const language of catalog.languages) expect(catalog.languageById.get(language.id)).toBe(language);
  });

  test('is what loads without a folder named', () => {
    expect(loadCatalog(shippedData)).toEqual(catalog);
  });
});
