import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { askAll } from '../../src/curate/refreshing.ts';
import type { Answer, Subject } from '../../src/curate/registries/registry.ts';
import { askWith, type Recorded, startRegistries } from '../helpers/registries.ts';

const today = '2026-11-22';

/** A framework with a package, a repository, or a page of endoflife.date. */
function framework({
  own,
  repository,
  product,
  known,
}: {
  own?: Subject['packages'][number]['registry'];
  repository?: string;
  product?: string;
  known?: string;
}): Subject {
  return {
    packages: own === undefined ? [] : [{ registry: own, name: 'fruit/cake', cites: ['x'] }],
    links: { website: 'https://fruit.example', ...(repository === undefined ? {} : { repository }) },
    sources:
      product === undefined
        ? {}
        : { eol: { title: 'x', url: `https://endoflife.date/${product}`, read: today } },
    ...(known === undefined ? {} : { release: { version: known, cites: ['x'] } }),
  };
}

async function ask(
  subject: Subject,
  answers: Record<string, Recorded | Recorded[]>,
  options: Parameters<typeof askWith>[0] = {},
) {
  const server = await startRegistries(answers);
  const { get, close } = askWith(options);
  try {
    const { given, missing } = await askAll(subject, { get, today, addresses: server.addresses });
    const byKey = Object.fromEntries(given.map(({ key, answer }) => [key, answer]));
    return { byKey, missing, asked: server.asked, mostOpen: server.mostOpen() };
  } finally {
    await close();
    server.close();
  }
}

const npmLatest = {
  name: 'fruit/cake',
  version: '5.3.0',
  license: 'MIT',
  homepage: 'https://fruit.example/docs',
  repository: { type: 'git', url: 'git+https://github.com/fruit/cake.git' },
};

const pypiProject = {
  info: {
    version: '3.1.3',
    license_expression: 'BSD-3-Clause',
    classifiers: ['Framework :: Flask'],
    home_page: '',
    project_urls: {
      Documentation: 'https://fruit.example/docs/',
      Source: 'https://github.com/fruit/cake',
      Chat: 'https://discord.gg/fruit',
    },
  },
  urls: [
    { upload_time_iso_8601: '2026-02-19T05:00:57.678796Z' },
    { upload_time_iso_8601: '2026-02-18T23:59:00.000000Z' },
  ],
};

const packagistVersions = [
  {
    version: 'v13.0.0-RC1',
    time: '2026-03-01T10:00:00+00:00',
    license: ['MIT'],
    homepage: 'https://fruit.example',
    source: { url: 'https://github.com/fruit/cake.git', type: 'git', reference: 'a' },
  },
  { version: 'v12.4.2', time: '2026-02-02T10:00:00+00:00' },
  { version: 'v12.4.1', time: '2026-01-02T10:00:00+00:00', homepage: '__unset' },
  { version: 'v12.4.0', license: 'MIT' },
];

const githubRepository = {
  full_name: 'fruit/cake',
  html_url: 'https://github.com/fruit/cake',
  homepage: 'https://fruit.example',
  archived: false,
  language: 'Ruby',
  license: { key: 'mit', name: 'MIT License', spdx_id: 'MIT' },
};

const endoflifeProduct = {
  schema_version: '1.2.0',
  result: {
    name: 'cake',
    label: 'Cake',
    releases: [
      {
        name: '6.1',
        releaseDate: '2026-08-05',
        isLts: false,
        isEoas: false,
        eoasFrom: '2027-04-30',
        isEol: false,
        eolFrom: null,
        latest: { name: '6.1.2', date: '2026-10-01', link: null },
      },
      {
        name: '5.2',
        releaseDate: '2025-04-02',
        isLts: true,
        isEoas: true,
        eoasFrom: null,
        isEol: true,
        eolFrom: '2026-01-01',
        latest: null,
      },
    ],
  },
};

const packageLinks = {
  npm: 'https://www.npmjs.com/package/fruit/cake',
  pypi: 'https://pypi.org/project/fruit/cake/',
  packagist: 'https://packagist.org/packages/fruit/cake',
};

describe('what each registry says', () => {
  test.each<[string, Subject, Record<string, Recorded>, string, Answer]>([
    [
      'npm, of a version that is not known yet',
      framework({ own: 'npm', known: '5.2.1' }),
      { 'npm-registry /fruit%2fcake/latest': { json: npmLatest } },
      'npm-registry',
      {
        source: { title: 'npm: fruit/cake', url: packageLinks.npm },
        language: 'javascript',
        links: {
          website: 'https://fruit.example/docs',
          repository: 'https://github.com/fruit/cake',
          package: packageLinks.npm,
        },
        licence: 'MIT',
        // The loopback is no npm of its own, so its times are not taken.
        release: { version: '5.3.0' },
      },
    ],
    [
      'npm, of a package that is deprecated, with nothing stable and a licence of the old form',
      framework({ own: 'npm' }),
      {
        'npm-registry /fruit%2fcake/latest': {
          json: { version: '2.0.0-beta.1', license: { type: 'MIT' }, deprecated: 'use pie' },
        },
      },
      'npm-registry',
      {
        source: { title: 'npm: fruit/cake', url: packageLinks.npm },
        language: 'javascript',
        links: { package: packageLinks.npm },
        ended: 'deprecated on npm',
      },
    ],
    [
      'npm’s counts, of the month before',
      framework({ own: 'npm' }),
      {
        'npm-downloads /downloads/point/2026-10-01:2026-10-31/fruit/cake': {
          json: { downloads: 299476266, start: '2026-10-01', end: '2026-10-31', package: 'fruit/cake' },
        },
      },
      'npm-downloads',
      {
        source: {
          title: 'npm: downloads of fruit/cake, 2026-10-01 to 2026-10-31',
          url: 'https://api.npmjs.org/downloads/point/2026-10-01:2026-10-31/fruit/cake',
        },
        adoption: { measure: 'npm-downloads', value: 299476266, period: '2026-10' },
      },
    ],
    [
      'PyPI, with the day of the first file',
      framework({ own: 'pypi' }),
      { 'pypi-registry /pypi/fruit/cake/json': { json: pypiProject } },
      'pypi-registry',
      {
        source: { title: 'PyPI: fruit/cake', url: packageLinks.pypi },
        language: 'python',
        links: {
          documentation: 'https://fruit.example/docs/',
          repository: 'https://github.com/fruit/cake',
          package: packageLinks.pypi,
        },
        licence: 'BSD-3-Clause',
        release: { version: '3.1.3', date: '2026-02-18' },
      },
    ],
    [
      'PyPI, of a project that is given up and names its licence in words only',
      framework({ own: 'pypi' }),
      {
        'pypi-registry /pypi/fruit/cake/json': {
          json: {
            info: {
              ...pypiProject.info,
              version: '4.0rc1',
              license: 'BSD',
              license_expression: null,
              project_urls: null,
              classifiers: ['Development Status :: 7 - Inactive'],
            },
            urls: [],
          },
        },
      },
      'pypi-registry',
      {
        source: { title: 'PyPI: fruit/cake', url: packageLinks.pypi },
        language: 'python',
        links: { package: packageLinks.pypi },
        ended: 'marked inactive on PyPI',
      },
    ],
    [
      'the list of PyPI’s most downloaded, whose names are written in other ways',
      framework({ own: 'pypi' }),
      {
        'pypi-ranks /top-pypi-packages/top-pypi-packages.min.json': {
          json: {
            last_update: '2026-11-01 06:34:06',
            rows: [
              { download_count: 9, project: 'boto3' },
              { download_count: 8, project: 'Fruit/Cake' },
            ],
          },
        },
      },
      'pypi-ranks',
      {
        source: {
          title: 'Top PyPI Packages: the 15,000 most-downloaded packages',
          url: 'https://hugovk.github.io/top-pypi-packages/',
        },
        adoption: { measure: 'pypi-rank', value: 2, period: '2026-10' },
      },
    ],
    [
      'Packagist, whose later versions say only what differs, past a release candidate',
      framework({ own: 'packagist' }),
      {
        'packagist-registry /p2/fruit/cake.json': { json: { packages: { 'fruit/cake': packagistVersions } } },
      },
      'packagist-registry',
      {
        source: { title: 'Packagist: fruit/cake', url: packageLinks.packagist },
        language: 'php',
        links: {
          website: 'https://fruit.example',
          repository: 'https://github.com/fruit/cake',
          package: packageLinks.packagist,
        },
        licence: 'MIT',
        release: { version: '12.4.2', date: '2026-02-02' },
      },
    ],
    [
      'Packagist, of a package that is abandoned for another and has two licences',
      framework({ own: 'packagist' }),
      {
        'packagist-registry /p2/fruit/cake.json': {
          json: {
            packages: {
              'fruit/cake': [{ version: '1.0.0', license: ['MIT', 'GPL-3.0-only'], abandoned: 'fruit/pie' }],
            },
          },
        },
      },
      'packagist-registry',
      {
        source: { title: 'Packagist: fruit/cake', url: packageLinks.packagist },
        language: 'php',
        links: { package: packageLinks.packagist },
        licence: 'MIT OR GPL-3.0-only',
        ended: 'abandoned on Packagist',
        release: { version: '1.0.0' },
      },
    ],
    [
      'GitHub, with a release, as no registry that is asked has the package',
      framework({ own: 'rubygems', repository: 'https://github.com/fruit/cake' }),
      {
        'github-repository /repos/fruit/cake': { json: githubRepository },
        'github-repository /repos/fruit/cake/releases/latest': {
          json: { tag_name: 'cake-v8.1.3', published_at: '2026-07-29T17:01:02Z' },
        },
      },
      'github-repository',
      {
        source: { title: 'GitHub: fruit/cake', url: 'https://github.com/fruit/cake' },
        links: { repository: 'https://github.com/fruit/cake', website: 'https://fruit.example' },
        language: 'ruby',
        licence: 'MIT',
        release: { version: '8.1.3', date: '2026-07-29' },
      },
    ],
    [
      'GitHub, of a repository that is archived, has no release and no licence that GitHub knows',
      framework({ repository: 'https://github.com/fruit/cake/' }),
      {
        'github-repository /repos/fruit/cake': {
          json: {
            ...githubRepository,
            archived: true,
            language: null,
            homepage: '',
            license: { spdx_id: 'NOASSERTION' },
          },
        },
      },
      'github-repository',
      {
        source: { title: 'GitHub: fruit/cake', url: 'https://github.com/fruit/cake' },
        links: { repository: 'https://github.com/fruit/cake' },
        ended: 'archived on GitHub',
      },
    ],
    [
      'endoflife.date, with ends that are known, open and over',
      framework({ product: 'cake' }),
      { 'endoflife /api/v1/products/cake': { json: endoflifeProduct } },
      'endoflife',
      {
        source: { title: 'endoflife.date: Cake', url: 'https://endoflife.date/cake' },
        release: { version: '6.1.2', date: '2026-10-01' },
        support: [
          { cycle: '6.1', released: '2026-08-05', fixesUntil: '2027-04-30', securityUntil: 'open' },
          {
            cycle: '5.2',
            released: '2025-04-02',
            lts: true,
            fixesUntil: 'ended',
            securityUntil: '2026-01-01',
          },
        ],
      },
    ],
  ])('%s', async (_what, subject, answers, key, expected) => {
    const { byKey } = await ask(subject, answers);
    expect(byKey[key]).toEqual(expected);
  });

  test('a package that is not the framework’s own is not asked about', async () => {
    const subject = framework({ own: 'hex' });
    subject.packages.push({ registry: 'npm', name: 'cake', cites: ['x'] });
    const { asked } = await ask(subject, {});
    expect(asked).toEqual([]);
  });

  test('the document of all versions is only asked for when the version is new', async () => {
    const answers = { 'npm-registry /fruit%2fcake/latest': { json: npmLatest } };
    const { asked } = await ask(framework({ own: 'npm', known: '5.3.0' }), answers);
    expect(asked.filter(({ path }) => path.startsWith('/npm-registry'))).toHaveLength(1);
  });
});

const repository = 'https://github.com/fruit/cake';
const question = 'github-repository /repos/fruit/cake';
const latestRelease = 'github-repository /repos/fruit/cake/releases/latest';

describe('faults', () => {
  test.each<[string, Recorded[]]>([
    ['a server in trouble', [{ status: 503 }, { status: 500 }]],
    ['too many requests', [{ status: 429, headers: { 'retry-after': '0' } }]],
    ['a connection that ends', [{ cut: true }]],
  ])('%s is tried again', async (_what, faults) => {
    const { byKey, missing } = await ask(framework({ repository }), {
      [question]: [...faults, { json: githubRepository }],
    });
    expect(byKey['github-repository']?.licence).toBe('MIT');
    expect(missing).toEqual([]);
  });

  test('Retry-After is waited for', async () => {
    const before = Date.now();
    await ask(framework({ repository }), {
      [question]: [{ status: 429, headers: { 'retry-after': '1' } }, { json: githubRepository }],
    });
    expect(Date.now() - before).toBeGreaterThanOrEqual(900);
  });

  const resetAt = Math.floor(Date.UTC(2026, 10, 22, 15, 40) / 1000);
  test.each<[string, Recorded, RegExp]>([
    ['a name that nobody knows', { status: 404 }, /does not know the name/],
    ['a refusal', { status: 401 }, /answered 401/],
    ['trouble without end', { status: 502 }, /answered 502, again and again/],
    ['a connection that always ends', { cut: true }, /connection broke off/],
    ['no answer in time', { after: 3000, json: githubRepository }, /did not answer in time/],
    ['a page for people', { text: '<html>' }, /for \/github-repository\/repos\/fruit\/cake is no JSON/],
    ['another form', { json: { full_name: 'fruit/cake' } }, /another form than expected, at html_url/],
    [
      'a limit that is reached',
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetAt) },
        json: {},
      },
      /limit of requests is reached and ends at 15:40 UTC; GITHUB_TOKEN/,
    ],
  ])('%s is said', async (_what, recorded, reason) => {
    const { byKey, missing } = await ask(
      framework({ repository }),
      { [question]: recorded },
      { timeout: 500 },
    );
    expect(byKey).toEqual({});
    expect(missing).toMatchObject([
      { by: expect.stringMatching(/^GitHub/), reason: expect.stringMatching(reason) },
    ]);
  });

  test('a repository without a release is no fault', async () => {
    const { byKey, missing } = await ask(framework({ repository }), {
      [question]: { json: githubRepository },
    });
    expect(byKey['github-repository']).toBeDefined();
    expect(missing).toEqual([]);
  });
});

describe('politeness', () => {
  test('a host has two requests at a time at most', async () => {
    const server = await startRegistries({
      'npm-registry /fruit%2fcake/latest': { after: 100, json: npmLatest },
    });
    const { get, close } = askWith();
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(
      names.map((name) => {
        const subject = { ...framework({}), packages: [{ registry: 'npm' as const, name, cites: ['x'] }] };
        return askAll(subject, { get, today, addresses: server.addresses });
      }),
    );
    expect(server.asked).toHaveLength(12);
    expect(server.mostOpen()).toBeLessThanOrEqual(2);
    await close();
    server.close();
  });

  test('a host that is gone is not asked for ever', async () => {
    const server = await startRegistries({});
    server.close();
    const { get, close } = askWith();
    const missing: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const subject = framework({ repository: `https://github.com/fruit/${name}` });
      const asked = await askAll(subject, { get, today, addresses: server.addresses });
      missing.push(...asked.missing.map(({ reason }) => reason));
    }
    expect(missing).toEqual(Array(5).fill('it takes no connections'));
    await close();
  });

  test('the next run asks only whether an answer still holds', async () => {
    const server = await startRegistries({
      [question]: {
        headers: { etag: '"1"', 'cache-control': 'public, max-age=0, must-revalidate' },
        json: githubRepository,
      },
      [latestRelease]: { status: 404 },
    });
    const cache = path.join(mkdtempSync(path.join(tmpdir(), 'framewise-again-')), 'answers.sqlite');
    for (const etag of [undefined, '"1"']) {
      const { get, close } = askWith({ cache });
      const { given } = await askAll(framework({ repository }), {
        get,
        today,
        addresses: server.addresses,
      });
      expect(given[0]?.answer.licence).toBe('MIT');
      const last = server.asked.findLast(({ path }) => path.endsWith('/fruit/cake'));
      expect(last?.headers['if-none-match']).toBe(etag);
      await close();
    }
    server.close();
  });

  test('the token goes to GitHub alone', async () => {
    const { asked } = await ask(framework({ own: 'npm', repository }), {}, { githubToken: 'secret' });
    expect(asked.length).toBeGreaterThan(1);
    for (const { headers } of asked) expect(headers.authorization).toBeUndefined();
  });
});
