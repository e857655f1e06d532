import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import { factsOf } from '../../src/catalog/cited.ts';
import type { Framework } from '../../src/catalog/framework.ts';
import { loadCatalog, loadIcons, shippedData } from '../../src/catalog/load.ts';
import { createBorrowedFinder, digestsOf } from '../../src/curate/borrowed.ts';
import { generatedFiles } from '../../src/curate/generated.ts';
import { countFacts, describeProblem, findProblems } from '../../src/curate/problems.ts';
import { visibleText } from '../../src/reply/markdown.ts';

const today = '2099-12-31';
const catalog = loadCatalog();

const root = mkdtempSync(path.join(tmpdir(), 'framewise-problems-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The shipped dataset with Koa's entry changed, in a folder of its own. */
function folderWith(change: (koa: Framework) => void): string {
  const folder = path.join(mkdtempSync(path.join(root, 'case-')), 'data');
  cpSync(shippedData, folder, { recursive: true });
  const file = path.join(folder, 'frameworks/koa.json');
  const koa = JSON.parse(readFileSync(file, 'utf8'));
  change(koa);
  writeFileSync(file, JSON.stringify(koa, null, 2));
  return folder;
}

async function described(folder: string, day = today): Promise<string[]> {
  const { problems } = await findProblems(folder, day);
  return problems.map((problem) => describeProblem(folder, problem));
}

/** The line, counted from 1, of the first that holds a piece of text. */
function lineWith(folder: string, piece: string): number {
  const lines = readFileSync(path.join(folder, 'frameworks/koa.json'), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(piece)) + 1;
}

test('eight words of somebody else are found wherever they stand', async () => {
  const theirs = 'they grow on plants that look very much like trees';
  const file = path.join(root, 'borrowed.txt');
  writeFileSync(file, digestsOf([theirs]));
  const folder = folderWith((koa) => {
    koa.summary.value = `Bananas: ${theirs}.`;
  });
  const { problems } = await findProblems(folder, today, { borrowed: createBorrowedFinder(file) });
  expect(problems.map((problem) => describeProblem(folder, problem))).toEqual([
    expect.stringMatching(
      /^data\/frameworks\/koa\.json:\d+ summary\.value: 'they grow on plants that look very much' stands in/,
    ),
  ]);
});

test('the shipped dataset has no problem', async () => {
  // What was read lies in the past of whoever reads it.
  const day = new Date().toISOString().slice(0, 10);
  expect(await described(shippedData, day)).toEqual([]);
});

describe('what neither the schema nor another file can say', () => {
  test.each<[string, (koa: Framework) => void, string, string, string[]]>([
    [
      'a licence that SPDX does not know',
      (koa) => {
        koa.licence.value = 'MIT-ish';
      },
      '"value": "MIT-ish"',
      'licence.value',
      ["'MIT-ish'", 'https://spdx.org/licenses/'],
    ],
    [
      'a licence in words',
      (koa) => {
        koa.licence.value = 'do what you like';
      },
      '"value": "do what you like"',
      'licence.value',
      ['SPDX'],
    ],
    [
      'a page that was read tomorrow',
      ({ sources: { npm } }) => {
        if (npm !== undefined) npm.read = '2100-01-01';
      },
      '"read": "2100-01-01"',
      'sources.npm.read',
      ['2100-01-01', 'still to come'],
    ],
    [
      'a release of tomorrow',
      (koa) => {
        if (koa.release !== undefined) koa.release.date = '2100-01-01';
      },
      '"date": "2100-01-01"',
      'release.date',
      ['2100-01-01', 'still to come'],
    ],
    [
      'an icon that does not exist',
      (koa) => {
        koa.icon = 'koajs';
      },
      '"icon": "koajs"',
      'icon',
      ["no icon 'koajs'", 'CC0-1.0', 'https://simpleicons.org', 'leave the field out'],
    ],
    [
      'an icon under another licence',
      (koa) => {
        koa.icon = 'aiohttp';
      },
      '"icon": "aiohttp"',
      'icon',
      ["'aiohttp' (AIOHTTP)", 'Apache-2.0', 'CC0-1.0', 'leave the field out'],
    ],
    [
      'an icon in capitals',
      (koa) => {
        koa.icon = 'Koa';
      },
      '"icon": "Koa"',
      'icon',
      ['a slug of simple-icons'],
    ],
  ])('%s', async (_, change, piece, place, says) => {
    const folder = folderWith(change);
    const problems = await described(folder);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`data/frameworks/koa.json:${lineWith(folder, piece)} ${place}: `);
    for (const words of says) expect(problems[0]).toContain(words);
  });

  test('the icon of another entry is refused at the second of the two', async () => {
    const folder = folderWith((koa) => {
      koa.icon = 'django';
    });
    expect(await described(folder)).toEqual([
      `data/frameworks/koa.json:${lineWith(folder, '"icon": "django"')} icon: 'django' is already the icon of 'django'; write the slug of its own icon, if that is CC0-1.0 there (https://simpleicons.org), or leave the field out`,
    ]);
  });

  test.each(['MIT', 'Apache-2.0', 'MIT OR Apache-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'])(
    'the licence %s is one',
    async (licence) => {
      const folder = folderWith((koa) => {
        koa.licence.value = licence;
      });
      expect(await described(folder)).toEqual([]);
    },
  );

  test('today is not still to come', async () => {
    const folder = folderWith((koa) => {
      if (koa.release !== undefined) koa.release.date = today;
      if (koa.sources.npm !== undefined) koa.sources.npm.read = today;
    });
    expect(await described(folder)).toEqual([]);
  });

  test('a page of a card that Discord would not take', async () => {
    const folder = folderWith((koa) => {
      const cites = koa.kind.cites;
      koa.usedBy.push(
        ...Array.from({ length: 40 }, (_, index) => ({
          name: `Someone with a long name, no. ${index}`,
          cites,
        })),
      );
    });
    const problems = await described(folder);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).toMatch(/does not fit a page|would be refused/);
  });

  test('an entry that is wrong is still an entry to those that name it', async () => {
    const folder = folderWith((koa) => {
      koa.name = '';
    });
    for (const problem of await described(folder)) expect(problem).toContain('frameworks/koa.json');
  });

  test('problems of several kinds and files at once', async () => {
    const folder = folderWith((koa) => {
      koa.licence.value = 'MIT-ish';
      if (koa.release !== undefined) koa.release.date = '2100-01-01';
    });
    const languages = path.join(folder, 'languages.json');
    writeFileSync(languages, readFileSync(languages, 'utf8').replace(/"#[0-9a-f]{6}"/, '"grey"'));
    const problems = (await described(folder)).join('\n');
    for (const place of ['koa.json', 'licence.value', 'release.date', 'languages.json', '#rrggbb'])
      expect(problems).toContain(place);
  });
});

describe('a problem is described', () => {
  const folder = folderWith(() => {});

  test.each([
    ['at a field', ['licence', 'value'], '"licence": {', 1],
    ['at an item of a list', ['aliases', 1], '"aliases": [', 2],
    ['at a field that is missing, by what holds it', ['licence', 'name'], '"licence": {', 0],
    ['at the whole file', [], '{', 0],
  ])('%s', (_, place, piece, below) => {
    const line = lineWith(folder, piece) + below;
    const start = place.length === 0 ? '' : `${place.join('.')}: `;
    expect(
      describeProblem(folder, { file: 'frameworks/koa.json', path: place, message: 'it is wrong' }),
    ).toBe(`data/frameworks/koa.json:${line} ${start}it is wrong`);
  });

  test('in a file that is not there', () => {
    expect(
      describeProblem(folder, { file: 'frameworks/absent.json', path: ['id'], message: 'it is missing' }),
    ).toBe('data/frameworks/absent.json:1 id: it is missing');
  });
});

test.each([
  ['plain text', 10],
  ['**bold** and *italic*', 15],
  ['### A heading\nand text', 18],
  ['-# small', 5],
  ['a fact [¹](https://example.org/a_b) and [²](https://example.org)', 14],
  ['escaped \\*stars\\* \\[x\\]', 19],
])('members see of %j that many characters: %i', (markdown, length) => {
  expect(visibleText(markdown).length).toBe(length);
});

test('the icons are those of the entries that name one, and nothing else', () => {
  const withIcon = catalog.frameworks.filter(({ icon }) => icon !== undefined).map(({ id }) => id);
  const icons = loadIcons();
  expect(Object.keys(icons).sort()).toEqual(withIcon.sort());
  for (const { path: drawing, colour } of Object.values(icons)) {
    // Nothing but the letters and numbers of a path: it is put into an SVG as it is.
    expect(drawing).toMatch(/^[Mm][-MmLlHhVvCcSsQqTtAaZz\d\s.,e]+$/);
    expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  }
});

test('facts are counted: whatever names its sources', () => {
  const cited = catalog.frameworks.map(
    ({ sources: _, ...rest }) => JSON.stringify(rest).split('"cites":').length - 1,
  );
  expect(catalog.frameworks.map((framework) => factsOf(framework).length)).toEqual(cited);
  expect(countFacts(catalog)).toBe(cited.reduce((sum, count) => sum + count, 0));
});

describe('the files made from the code', () => {
  const schemas = generatedFiles().filter(({ file }) => file.endsWith('.schema.json'));
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validators = new Map(
    schemas.map(({ file, text }) => [path.basename(file), ajv.compile(JSON.parse(text))]),
  );
  const check = (schema: string, content: unknown) => {
    const validate = validators.get(schema);
    if (validate === undefined) throw new Error(`no schema ${schema}`);
    return { isValid: validate(content), errors: validate.errors ?? [] };
  };
  const read = (file: string) => JSON.parse(readFileSync(path.join(shippedData, file), 'utf8'));

  test.each(generatedFiles().map(({ file, text }) => [path.basename(file), file, text]))(
    '%s is what the code makes',
    (_, file, text) => {
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );

  test.each([
    ...catalog.frameworks.map(({ id }) => [`frameworks/${id}.json`, 'framework.schema.json']),
    ['languages.json', 'languages.schema.json'],
    ['not-frameworks.json', 'not-frameworks.schema.json'],
  ])('%s is accepted', (file, schema) => {
    expect(check(schema, read(file))).toEqual({ isValid: true, errors: [] });
  });

  test.each<[string, (koa: Record<string, unknown>) => void]>([
    ['without a licence', (koa) => delete koa.licence],
    ['with an unknown field', (koa) => Object.assign(koa, { licens: 'MIT' })],
    ['with an unknown kind', (koa) => Object.assign(koa, { kind: { value: 'tiny', cites: ['npm'] } })],
    ['with a fact without a source', (koa) => Object.assign(koa, { kind: { value: 'micro', cites: [] } })],
    ['with an unknown capability', (koa) => Object.assign(koa, { capabilities: { magic: {} } })],
    [
      'with an end in words',
      (koa) => Object.assign(koa, { support: [{ cycle: '1', fixesUntil: 'soon', cites: ['npm'] }] }),
    ],
  ])('an entry %s is refused', (_, change) => {
    const koa = read('frameworks/koa.json');
    change(koa);
    expect(check('framework.schema.json', koa).isValid).toBe(false);
  });
});
