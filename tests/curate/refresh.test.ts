import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import type { Framework } from '../../src/catalog/framework.ts';
import { readCatalog, shippedData } from '../../src/catalog/load.ts';
import { applied } from '../../src/curate/changes.ts';
import { describeDraft, draftEntry, type Known } from '../../src/curate/draft.ts';
import { formatJson } from '../../src/curate/entry-file.ts';
import { describeProblem } from '../../src/curate/problems.ts';
import { describeRun, type RefreshOptions, refresh } from '../../src/curate/refreshing.ts';
import type { Get } from '../../src/curate/registries/registry.ts';
import { askWith, type Recorded, startRegistries } from '../helpers/registries.ts';

const today = '2026-11-22';
const root = mkdtempSync(path.join(tmpdir(), 'framewise-refresh-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A copy of the dataset with some of its entries changed, in a folder of its own. */
function folderWith(changes: Record<string, (entry: Framework) => void> = {}): string {
  const folder = path.join(mkdtempSync(path.join(root, 'case-')), 'data');
  cpSync(shippedData, folder, { recursive: true });
  for (const [id, change] of Object.entries(changes)) {
    const entry = entryIn(folder, id);
    change(entry);
    writeFileSync(fileOf(folder, id), formatJson(applied(entry, [])));
  }
  return folder;
}

function fileOf(folder: string, id: string): string {
  return path.join(folder, 'frameworks', `${id}.json`);
}

function entryIn(folder: string, id: string): Framework {
  return JSON.parse(readFileSync(fileOf(folder, id), 'utf8'));
}

type Given = Partial<RefreshOptions> & Pick<RefreshOptions, 'folder' | 'ids'>;

async function run(answers: Record<string, Recorded>, given: Given) {
  const server = await startRegistries(answers);
  const { get, close } = askWith();
  const progress = path.join(path.dirname(given.folder), 'progress.json');
  const { addresses } = server;
  try {
    const done = await refresh({ today, accept: false, get, addresses, progress, ...given });
    return { ...done, asked: server.asked.map(({ path: asked }) => asked) };
  } finally {
    await close();
    server.close();
  }
}

/** Koa as the tests want to find it, whatever is known of it today. */
function koaAt(version: string): (koa: Framework) => void {
  return (koa) => {
    koa.release = { version, date: '2026-01-01', cites: ['npm', 'history'] };
    koa.licence.value = 'MIT';
    koa.status.value = 'active';
    koa.adoption = [];
  };
}

const latest = 'npm-registry /koa/latest';
const downloads = 'npm-downloads /downloads/point/2026-10-01:2026-10-31/koa';
const repository = 'github-repository /repos/koajs/koa';
const onGitHub = {
  full_name: 'koajs/koa',
  html_url: 'https://github.com/koajs/koa',
  archived: false,
  license: { spdx_id: 'MIT' },
};

type Row = {
  what: string;
  before?: string;
  answers: Record<string, Recorded>;
  changes: { field: string; before: string; after: string; by: string; suspicion?: string }[];
  /** What the entry holds where the change is not suspicious, or is accepted. */
  expected: Partial<Framework>;
};

const rows: Row[] = [
  {
    what: 'a new release',
    answers: { [latest]: { json: { version: '3.9.0', license: 'MIT' } } },
    changes: [{ field: 'release', before: '3.3.0 (2026-01-01)', after: '3.9.0', by: 'npm' }],
    expected: { release: { version: '3.9.0', cites: ['npm-registry'] } },
  },
  {
    what: 'a new release of the part that is named',
    before: 'core 3.3.0',
    answers: { [latest]: { json: { version: '3.9.0', license: 'MIT' } } },
    changes: [{ field: 'release', before: 'core 3.3.0 (2026-01-01)', after: 'core 3.9.0', by: 'npm' }],
    expected: { release: { version: 'core 3.9.0', cites: ['npm-registry'] } },
  },
  {
    what: 'the same release',
    answers: { [latest]: { json: { version: '3.3.0', license: 'MIT' } } },
    changes: [],
    expected: { release: { version: '3.3.0', date: '2026-01-01', cites: ['npm-registry', 'history'] } },
  },
  {
    what: 'a figure of adoption',
    answers: { [downloads]: { json: { downloads: 41_000_000, start: '2026-10-01', end: '2026-10-31' } } },
    changes: [
      {
        field: 'adoption.npm-downloads',
        before: 'not recorded',
        after: '41000000 (2026-10)',
        by: 'npm’s download counts',
      },
    ],
    expected: {
      adoption: [
        { measure: 'npm-downloads', value: 41_000_000, period: '2026-10', cites: ['npm-downloads'] },
      ],
    },
  },
];

const suspicious: Row[] = [
  {
    what: 'a version that has gone back',
    before: '3.10.0',
    answers: { [latest]: { json: { version: '3.9.0', license: 'MIT' } } },
    changes: [
      {
        field: 'release',
        before: '3.10.0 (2026-01-01)',
        after: '3.9.0',
        by: 'npm',
        suspicion: 'the version has gone back',
      },
    ],
    expected: { release: { version: '3.9.0', cites: ['npm-registry'] } },
  },
  {
    what: 'another licence',
    answers: { [latest]: { json: { version: '3.3.0', license: 'BUSL-1.1' } } },
    changes: [
      {
        field: 'licence',
        before: 'MIT',
        after: 'BUSL-1.1',
        by: 'npm',
        suspicion: 'the licence is another one',
      },
    ],
    expected: { licence: { value: 'BUSL-1.1', cites: ['npm-registry'] } },
  },
  {
    what: 'a package that is deprecated',
    answers: { [latest]: { json: { version: '3.3.0', license: 'MIT', deprecated: 'use hono' } } },
    changes: [
      { field: 'status', before: 'active', after: 'ended', by: 'npm', suspicion: 'deprecated on npm' },
    ],
    expected: { status: { value: 'ended', cites: ['npm-registry'] } },
  },
  {
    what: 'a repository that is archived',
    answers: { [repository]: { json: { ...onGitHub, archived: true } } },
    changes: [
      { field: 'status', before: 'active', after: 'ended', by: 'GitHub', suspicion: 'archived on GitHub' },
    ],
    expected: { status: { value: 'ended', cites: ['github-repository'] } },
  },
  {
    what: 'a repository that has moved',
    answers: {
      [repository]: { json: { ...onGitHub, full_name: 'k/k', html_url: 'https://github.com/k/k' } },
    },
    changes: [
      {
        field: 'links.repository',
        before: 'https://github.com/koajs/koa',
        after: 'https://github.com/k/k',
        by: 'GitHub',
        suspicion: 'the repository has moved',
      },
    ],
    expected: { links: expect.objectContaining({ repository: 'https://github.com/k/k' }) },
  },
];

/** What is wrong in a data folder. */
function problemsOf(folder: string): string[] {
  return readCatalog(folder).problems.map((problem) => describeProblem(folder, problem));
}

describe('what a registry says', () => {
  test.each(rows)('$what is written, with its source and the day', async (row) => {
    const folder = folderWith({ koa: koaAt(row.before ?? '3.3.0') });
    const { outcomes } = await run(row.answers, { folder, ids: ['koa'] });
    expect(outcomes[0]?.changes).toMatchObject(row.changes);
    expect(outcomes[0]?.changes).toHaveLength(row.changes.length);
    const koa = entryIn(folder, 'koa');
    expect(koa).toMatchObject(row.expected);
    const [key = ''] = Object.keys(koa.sources).slice(-1);
    expect(koa.sources[key]?.read).toBe(today);
    expect(problemsOf(folder)).toEqual([]);
    expect(readFileSync(fileOf(folder, 'koa'), 'utf8')).toBe(formatJson(koa));
  });

  test.each(suspicious)('$what is held back', async (row) => {
    const folder = folderWith({ koa: koaAt(row.before ?? '3.3.0') });
    const { release, licence, status, links } = entryIn(folder, 'koa');
    const { outcomes } = await run(row.answers, { folder, ids: ['koa'] });
    expect(outcomes[0]?.changes).toMatchObject(row.changes);
    expect(outcomes[0]?.changes).toHaveLength(row.changes.length);
    const { version } = entryIn(folder, 'koa').release ?? {};
    expect(version).toBe(release?.version);
    expect(entryIn(folder, 'koa')).toMatchObject({ licence, status, links });
  });

  test.each(suspicious)('$what is written when it is accepted', async (row) => {
    const folder = folderWith({ koa: koaAt(row.before ?? '3.3.0') });
    await run(row.answers, { folder, ids: ['koa'], accept: true });
    expect(entryIn(folder, 'koa')).toMatchObject(row.expected);
    expect(problemsOf(folder)).toEqual([]);
  });

  test('what the dataset would not take is not written, even when it is accepted', async () => {
    const folder = folderWith({ koa: koaAt('3.3.0') });
    const version = '4.0.0.0.0.0.0.0.0.0.0';
    const { outcomes } = await run(
      { [latest]: { json: { version } } },
      { folder, ids: ['koa'], accept: true },
    );
    expect(outcomes[0]?.changes).toMatchObject([
      { field: 'release', after: version, suspicion: 'the entry would not pass its check' },
    ]);
    expect(entryIn(folder, 'koa').release?.version).toBe('3.3.0');
    expect(problemsOf(folder)).toEqual([]);
  });

  test('pages that nothing cites any more go', async () => {
    const folder = folderWith({
      koa: (koa) => {
        koaAt('3.3.0')(koa);
        koa.sources.notes = { title: 'Notes', url: 'https://koajs.com/notes', read: '2026-01-01' };
        koa.release = { version: '3.3.0', cites: ['notes'] };
      },
    });
    await run({ [latest]: { json: { version: '3.9.0' } } }, { folder, ids: ['koa'] });
    expect(entryIn(folder, 'koa').sources.notes).toBeUndefined();
  });
});

describe('support tables', () => {
  const eol = { title: 'endoflife.date: Koa', url: 'https://endoflife.date/koa', read: '2026-01-01' };
  const docs = { title: 'Koa: support', url: 'https://koajs.com/support', read: '2026-01-01' };
  const line = (name: string, releaseDate: string, eolFrom: string | null, isEoas = false) => ({
    name,
    releaseDate,
    isLts: false,
    isEoas,
    eoasFrom: null,
    isEol: false,
    eolFrom,
    latest: null,
  });
  const withLines = (support: Framework['support'], more: Framework['sources'] = {}) =>
    folderWith({
      koa: (koa) => {
        koaAt('3.3.0')(koa);
        delete koa.firstRelease;
        koa.support = support;
        koa.sources = { ...koa.sources, eol, ...more };
      },
    });
  const product = (...releases: object[]) => ({
    'endoflife /api/v1/products/koa': { json: { result: { label: 'Koa', releases } } },
  });

  test('a later end is written, a new line is added with the fields of its elder', async () => {
    const folder = withLines([
      { cycle: '3', released: '2025-04-28', securityUntil: '2026-12-31', cites: ['eol'] },
    ]);
    const { outcomes } = await run(
      product(line('4', '2026-11-01', '2029-01-01'), line('3', '2025-04-28', '2027-06-30')),
      { folder, ids: ['koa'] },
    );
    expect(entryIn(folder, 'koa').support).toEqual([
      { cycle: '4', released: '2026-11-01', securityUntil: '2029-01-01', cites: ['endoflife'] },
      { cycle: '3', released: '2025-04-28', securityUntil: '2027-06-30', cites: ['endoflife'] },
    ]);
    expect(outcomes[0]?.changes.map(({ field, before }) => [field, before])).toEqual([
      ['support.3', 'released 2025-04-28, securityUntil 2026-12-31'],
      ['support.4', 'not recorded'],
    ]);
    expect(problemsOf(folder)).toEqual([]);
  });

  test.each<[string, Framework['support'][number], object, string | undefined]>([
    [
      'a sooner end',
      { cycle: '3', securityUntil: '2027-06-30', cites: ['eol'] },
      line('3', '2025-04-28', '2026-12-31'),
      'support ends sooner',
    ],
    [
      'a line that cites another page too, and said otherwise',
      { cycle: '3', securityUntil: '2026-12-31', cites: ['eol', 'docs'] },
      line('3', '2025-04-28', '2027-06-30'),
      'the line also cites docs',
    ],
    [
      'another day of the release',
      { cycle: '3', released: '2025-04-01', cites: ['eol'] },
      line('3', '2025-04-28', null),
      'the release has another date',
    ],
    [
      'the same',
      { cycle: '3', released: '2025-04-28', cites: ['eol', 'docs'] },
      line('3', '2025-04-28', '2027-06-30'),
      undefined,
    ],
    [
      'a line of the policy alone',
      { cycle: '3', securityUntil: '2026-12-31', cites: ['docs'] },
      line('3', '2025-04-28', '2027-06-30'),
      undefined,
    ],
  ])('%s', async (_what, recorded, theirs, suspicion) => {
    const other: Framework['support'][number] = { cycle: '2', released: '2017', cites: ['eol', 'docs'] };
    const folder = withLines([recorded, other], { docs });
    const { outcomes } = await run(product(theirs), { folder, ids: ['koa'] });
    expect(outcomes[0]?.changes.map((change) => change.suspicion)).toEqual(suspicion ? [suspicion] : []);
    const { cites, ...fields } = recorded;
    expect(entryIn(folder, 'koa').support[0]).toMatchObject(fields);
  });
});

describe('a run', () => {
  const hono = 'npm-registry /hono/latest';

  test('says what changed, what is suspicious, and who gave no answer', () => {
    const missing = [{ by: 'GitHub (api.github.com)', reason: 'it answered 401', mayPass: true }];
    const release = { field: 'release', before: '3.3.0', after: '3.9.0', by: 'npm', isWritten: true };
    const licence = {
      ...{ field: 'licence', before: 'MIT', after: 'A|B', by: 'npm' },
      suspicion: 'the licence is another one',
    };
    const outcomes = [
      { id: 'koa', changes: [release, { ...licence, isWritten: false }], confirmed: 2, missing },
      { id: 'sails', changes: [{ ...licence, isWritten: true }], confirmed: 1, missing },
    ];
    expect(describeRun(outcomes)).toBe(
      `2 entries asked about: 1 changed, 3 confirmed, 2 suspicious.

## Changed

| entry | field | was | is | by |
|---|---|---|---|---|
| koa | release | 3.3.0 | 3.9.0 | npm |

## Suspicious, written all the same

| entry | field | was | is | by |
|---|---|---|---|---|
| sails | licence | MIT | A\\|B | npm: the licence is another one |

## Suspicious, not written

| entry | field | was | would be | by |
|---|---|---|---|---|
| koa | licence | MIT | A\\|B | npm: the licence is another one |

Look at each page; then \`npm run data:refresh -- <id> --accept\` writes what the check lets through.

## Not answered

- GitHub (api.github.com): it answered 401 (koa, sails)`,
    );
  });

  test('that was stopped is gone on with, on the same day', async () => {
    const folder = folderWith({ koa: koaAt('3.3.0') });
    const ids = ['koa', 'hono', 'express'];
    const answers = {
      [latest]: { json: { version: '3.9.0' } },
      [hono]: { after: 300, json: { version: '99.0.0' } },
      // Express is begun, but not all could be asked about it: that is to be done again.
      'npm-registry /express/latest': { status: 401, after: 100 },
    };
    // The power goes out as soon as the first entry is done.
    const stop: Given['onDone'] = () => {
      throw new Error('power cut');
    };
    await expect(run(answers, { folder, ids, onDone: stop })).rejects.toThrow('power cut');
    expect(entryIn(folder, 'koa').release?.version).toBe('3.9.0');

    const { outcomes, resumed, asked } = await run(answers, { folder, ids });
    expect(resumed).toBeGreaterThan(0);
    expect(asked).toContain('/npm-registry/express/latest');
    expect(asked).not.toContain('/npm-registry/koa/latest');
    expect(outcomes.map(({ id }) => id)).toEqual(['express', 'hono', 'koa']);
    expect(outcomes[2]?.changes).toHaveLength(1);
    expect(entryIn(folder, 'hono').release?.version).toBe('99.0.0');
    expect(readdirSync(path.join(folder, 'frameworks')).filter((file) => !file.endsWith('.json'))).toEqual(
      [],
    );
    expect(existsSync(path.join(path.dirname(folder), 'progress.json'))).toBe(false);

    const again = await run(answers, { folder, ids });
    expect(again.resumed).toBe(0);
  });

  test.each<[string, (folder: string) => void, string[], RegExp]>([
    ['an id that no entry has', () => {}, ['kao'], /No entry has the id kao\. The entries are abp, /],
    [
      'a dataset that is not whole',
      (folder) => rmSync(fileOf(folder, 'express')),
      [],
      /has to be whole.*\n.*not-frameworks\.json:\d+ .*'express'/,
    ],
  ])('refuses %s', async (_what, harm, ids, message) => {
    const folder = folderWith();
    harm(folder);
    await expect(run({}, { folder, ids })).rejects.toThrow(message);
  });
});

describe('npm itself', async () => {
  const { get, close } = askWith({ timeout: 20_000 });
  afterAll(close);
  const isThere = await isReachable(get);

  test.skipIf(!isThere)('tells what it knows of Express', async () => {
    const folder = folderWith({
      express: (express) => {
        express.release = { version: '0.0.1', cites: ['npm'] };
      },
    });
    const progress = path.join(path.dirname(folder), 'progress.json');
    const nowhere = Object.fromEntries(
      ['endoflife', 'github-repository', 'npm-downloads'].map((key) => [key, 'http://127.0.0.1:9']),
    );
    const { outcomes } = await refresh({
      folder,
      ids: ['express'],
      today,
      accept: false,
      get,
      addresses: nowhere,
      progress,
    });
    expect(outcomes[0]?.changes).toMatchObject([
      { field: 'release', before: '0.0.1', after: expect.stringMatching(/^\d+\.\d+\.\d+ \(20/), by: 'npm' },
    ]);
    expect(outcomes[0]?.missing).toHaveLength(3);
    expect(problemsOf(folder)).toEqual([]);
  });
});

async function isReachable(get: Get): Promise<boolean> {
  const { z } = await import('zod');
  return await get('https://registry.npmjs.org/express/latest', z.object({ version: z.string() })).then(
    (answer) => answer !== undefined,
    () => false,
  );
}

describe('a new entry', () => {
  const fruit: Known = { id: 'fruit', name: 'Fruit', package: 'pypi:fruit', endoflife: 'fruit' };
  const answers = {
    'pypi-registry /pypi/fruit/json': {
      json: {
        info: {
          version: '2.0.1',
          license_expression: 'Apache-2.0',
          classifiers: [],
          project_urls: { Homepage: 'https://fruit.example', Repository: 'https://github.com/fruit/fruit' },
        },
        urls: [{ upload_time_iso_8601: '2026-10-01T00:00:00Z' }],
      },
    },
    'github-repository /repos/fruit/plum': {
      json: {
        full_name: 'fruit/plum',
        html_url: 'https://github.com/fruit/plum',
        archived: false,
        language: 'C#',
      },
    },
    'endoflife /api/v1/products/fruit': {
      json: {
        result: {
          label: 'Fruit',
          releases: [
            { name: '2', releaseDate: '2026-09-01', isLts: false, isEol: false, eolFrom: null, latest: null },
          ],
        },
      },
    },
  };

  async function draft(known: Known, folder: string, local?: string) {
    const server = await startRegistries(answers);
    const { get, close } = askWith();
    try {
      return await draftEntry(known, { folder, local, today, get, addresses: server.addresses });
    } finally {
      await close();
      server.close();
    }
  }

  test('holds what the registries know and names what is left', async () => {
    const folder = folderWith();
    const begun = await draft(fruit, folder);
    expect(entryIn(folder, 'fruit')).toMatchObject({
      id: 'fruit',
      name: 'Fruit',
      tier: 'listed',
      packages: [{ registry: 'pypi', name: 'fruit', cites: ['pypi-registry'] }],
      languages: { value: ['python'], cites: ['pypi-registry'] },
      licence: { value: 'Apache-2.0', cites: ['pypi-registry'] },
      links: {
        website: 'https://fruit.example',
        repository: 'https://github.com/fruit/fruit',
        package: 'https://pypi.org/project/fruit/',
      },
      release: { version: '2.0.1', date: '2026-10-01', cites: ['pypi-registry'] },
      support: [{ cycle: '2', released: '2026-09-01', securityUntil: 'open', cites: ['endoflife'] }],
      sources: {
        'pypi-registry': { title: 'PyPI: fruit', url: 'https://pypi.org/project/fruit/', read: today },
        endoflife: { title: 'endoflife.date: Fruit', url: 'https://endoflife.date/fruit', read: today },
      },
    });
    expect(begun.gaps).toEqual([
      expect.stringMatching(/^data\/frameworks\/fruit\.json:1 status: is missing/),
      expect.stringMatching(/^data\/frameworks\/fruit\.json:1 kind: is missing/),
      expect.stringMatching(/^data\/frameworks\/fruit\.json:1 summary: is missing/),
    ]);
    expect(describeDraft(begun)).toContain('Top PyPI Packages: it does not know the name');

    const cites = ['pypi-registry'];
    const filled = {
      ...entryIn(folder, 'fruit'),
      status: { value: 'active', cites },
      kind: { value: 'micro', cites },
      summary: { value: 'Serves fruit.', cites },
    };
    writeFileSync(fileOf(folder, 'fruit'), formatJson(filled));
    expect(problemsOf(folder)).toEqual([]);
  });

  test('of an operator’s own is begun in their folder, in a language of their own', async () => {
    const folder = folderWith();
    const own = path.join(folder, '../own');
    const sharp = { id: 'c-sharper', name: 'C#er', aliases: ['C#'], colour: '#123456' };
    const languages = JSON.parse(readFileSync(path.join(folder, 'languages.json'), 'utf8'));
    const others = languages.languages.filter(({ id }: { id: string }) => id !== 'csharp');
    writeFileSync(path.join(folder, 'languages.json'), JSON.stringify({ languages: others }));
    mkdirSync(own);
    writeFileSync(path.join(own, 'languages.json'), JSON.stringify({ languages: [sharp] }));
    const plum: Known = { id: 'plum', name: 'Plum', repository: 'https://github.com/fruit/plum' };
    const begun = await draft(plum, folder, own);
    const entry = entryIn(own, 'plum');
    expect(entry.languages.value).toEqual(['c-sharper']);
    expect(path.join(own, 'frameworks', entry.$schema ?? '')).toBe(
      path.join(folder, 'schema/framework.schema.json'),
    );
    expect(begun.gaps.length).toBeGreaterThan(0);
    for (const gap of begun.gaps) expect(gap).toContain(`${path.join(own, 'frameworks/plum.json')}:1 `);
    await expect(draft(plum, folder, own)).rejects.toThrow('exists already');
    await expect(draft({ ...plum, id: 'koa' }, folder, own)).rejects.toThrow(
      `exists already; copy it to ${path.join(own, 'frameworks/koa.json')}`,
    );
  });

  test('knows its language by the name that GitHub gives it', async () => {
    const folder = folderWith();
    await draft({ id: 'plum', name: 'Plum', repository: 'https://github.com/fruit/plum' }, folder);
    expect(entryIn(folder, 'plum').languages).toEqual({ value: ['csharp'], cites: ['github-repository'] });
  });

  test('of which nobody knows anything names every gap', async () => {
    const { gaps } = await draft({ id: 'pear', name: 'Pear' }, folderWith());
    expect(gaps.map((gap) => /:\d+ (\S+):/.exec(gap)?.[1])).toEqual([
      'status',
      'languages',
      'kind',
      'summary',
      'licence',
      'links.website',
    ]);
  });

  test.each<[string, Known, RegExp]>([
    ['an id that is taken', { id: 'koa', name: 'Koa' }, /koa\.json exists already; npm run data:refresh/],
    ['what is no id', { id: 'Koa_2', name: 'Koa' }, /'Koa_2' is no id: lower-case letters/],
    ['an id that is too long', { id: 'a'.repeat(21), name: 'A' }, /at most 20 characters/],
    [
      'a package without a registry',
      { id: 'a', name: 'A', package: 'koa' },
      /not of the form registry:name; registries are npm, jsr, pypi/,
    ],
    [
      'a registry that nobody knows',
      { id: 'a', name: 'A', package: 'floppy:A' },
      /'floppy:A' is not of the form/,
    ],
  ])('refuses %s', async (_what, known, message) => {
    await expect(draft(known, folderWith())).rejects.toThrow(message);
  });
});

describe('the commands', () => {
  const project = path.join(import.meta.dirname, '../..');

  test.each<[string, string[], RegExp]>([
    ['refresh', ['kao'], /^No entry has the id kao\./],
    ['refresh', ['--accept'], /^--accept needs the ids/],
    ['refresh', ['--all'], /^Unknown option '--all'/],
    ['new', [], /^One id is needed\.\nnpm run data:new/],
    ['new', ['pear'], /^--name is missing/],
  ])('%s %j says what is wrong and ends with 1', async (name, given, message) => {
    const script = path.join(project, 'src/curate', `${name}.ts`);
    const ended = promisify(execFile)(process.execPath, [script, ...given], { cwd: project });
    await expect(ended).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
  });
});
