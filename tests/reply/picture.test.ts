import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { create } from 'fontkit';
import type { Node } from 'takumi-js';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/catalog/compare.ts';
import type { Framework } from '../../src/catalog/framework.ts';
import { type Catalog, loadCatalog, loadIcons } from '../../src/catalog/load.ts';
import { artOf } from '../../src/reply/art.ts';
import { comparison as comparisonReply } from '../../src/reply/comparison.ts';
import { visibleText } from '../../src/reply/markdown.ts';
import { altText } from '../../src/reply/picture/alt-text.ts';
import { accentsOf, contrast, ink, legible } from '../../src/reply/picture/colours.ts';
import { comparisonPicture } from '../../src/reply/picture/comparison-picture.ts';
import { createPictures } from '../../src/reply/picture/draw.ts';
import { drawable } from '../../src/reply/picture/drawable.ts';
import { page } from '../../src/reply/picture/nodes.ts';
import { axisOf, placeOf, ticksOf } from '../../src/reply/picture/timeline.ts';
import type { Picture } from '../../src/reply/reply.ts';
import { createRandom, draw } from '../helpers/random.ts';
import {
  createRenderer,
  fontFiles,
  fontFolder,
  nodesOf,
  placed,
  symbolOf,
  textsOf,
} from '../helpers/trees.ts';

const catalog = loadCatalog();
const icons = loadIcons();
const today = '2026-11-22';
const context = { catalog, today };

function entry(id: string): Framework {
  const found = catalog.byId.get(id);
  if (found === undefined) throw new Error(`no entry ${id}`);
  return found;
}

const random = createRandom(20261122);
const pairs = Array.from({ length: 300 }, () => draw(catalog.frameworks, 2, random));
const fours = Array.from({ length: 100 }, () => draw(catalog.frameworks, 4, random));
const threes = Array.from({ length: 20 }, () => draw(catalog.frameworks, 3, random));

/** Every entry in every width that a column has. */
const everyEntry = catalog.frameworks.flatMap((framework, at, all) => {
  const others = [1, 2, 3].flatMap((by) => all[(at + by) % all.length] ?? []);
  return [1, 2, 3].map((count) => [framework, ...others.slice(0, count)]);
});

/** An entry of the listed tier: what it is, its licence and its status. */
const sparse = {
  ...entry('flask'),
  ...{
    id: 'sparse',
    name: 'Sparse',
    tier: 'listed',
    support: [],
    adoption: [],
    capabilities: {},
    goodFor: [],
  },
  ...{ release: undefined, firstRelease: undefined, maintainer: undefined },
} as unknown as Framework;

/** The longest that the schema allows of everything, in the widest letters, without a place to break. */
const wide = {
  ...entry('django'),
  id: 'wide',
  name: 'W'.repeat(40),
  status: { ...entry('django').status, value: 'maintenance' },
  licence: { value: 'W'.repeat(60), cites: [] },
  maintainer: { value: 'W'.repeat(60), cites: [] },
  release: { version: 'W'.repeat(20), date: '2026-09-30', cites: entry('flask').release?.cites ?? [] },
  support: [{ cycle: 'W'.repeat(20), lts: true, fixesUntil: '2031-09', cites: [] }],
  adoption: [
    { measure: 'stack-overflow', value: 99.9, period: '2'.repeat(20), group: 'W'.repeat(60), cites: [] },
  ],
  languages: { value: ['wide'], cites: [] },
} as Framework;
const wideName = { id: 'wide', name: 'W'.repeat(30), aliases: [], colour: '#000080' };
const wideCatalog: Catalog = {
  ...catalog,
  languages: [...catalog.languages, wideName],
  languageById: new Map([...catalog.languageById, ['wide', wideName]]),
};

const hostile: Framework[][] = [
  [sparse, entry('django')],
  [sparse, { ...sparse, id: 'other', name: 'Other' }],
  [wide, { ...wide, id: 'wider', name: '日本語のフレームワーク' }],
  [wide, sparse, { ...wide, id: 'spaced', name: 'A Framework Of Many Words And Still More' }],
  [wide, { ...wide, id: 'wider', name: '🦄' }, sparse, entry('pyramid')],
];

/** Groups with their ids before them, for the titles of tests. */
const named = (groups: readonly (readonly Framework[])[]) =>
  groups.map((frameworks) => [frameworks.map(({ id }) => id).join(', '), frameworks] as const);

const treeOf = (frameworks: readonly Framework[], within: Catalog = catalog) =>
  comparisonPicture(compare(frameworks, within, today), { catalog: within, today }, icons);

describe('letters', () => {
  const cmaps = fontFiles.map(({ weight, files }) => {
    const fonts = files.map((file) => create(readFileSync(path.join(fontFolder, file))));
    return {
      weight,
      points: new Set(fonts.flatMap((font) => ('characterSet' in font ? font.characterSet : []))),
    };
  });
  const missingIn = (text: string) =>
    cmaps.flatMap(({ weight, points }) =>
      [...text]
        .filter((letter) => !points.has(letter.codePointAt(0) ?? 0))
        .map((letter) => `${letter} ${weight}`),
    );

  test('every text that an entry can put into a picture has its glyphs in both weights', () => {
    const texts = everyEntry.flatMap((frameworks) => textsOf(treeOf(frameworks)));
    expect(texts.length).toBeGreaterThan(5_000);
    const missing = new Set(texts.flatMap(({ text }) => missingIn(text)));
    expect([...missing]).toEqual([]);
  });

  test('what the fonts lack is spelt in letters that they have', () => {
    expect(missingIn('Ж')).not.toEqual([]);
    expect(drawable('Жук, Łódź, “José”')).toBe('Zhuk, Łódź, “José”');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(missingIn(drawable(text))).toEqual([]);
      }),
    );
  });

  test('none is smaller than the 32nd part of the width', () => {
    const small = everyEntry
      .flatMap((frameworks) => textsOf(treeOf(frameworks)))
      .filter(({ style }) => Number(style?.fontSize) < page.width / 32 || style?.fontSize === undefined);
    expect(small).toEqual([]);
  });
});

describe('nothing overflows', async () => {
  const renderer = await createRenderer();

  /** What is wrong with how a tree is laid out; half a pixel is rounding. */
  async function faults(tree: Node, mayBeCut = false): Promise<string[]> {
    const measured = await renderer.measure(tree, { width: page.width });
    const boxes = placed(tree, measured);
    const drawn = boxes.flatMap(({ node, measured: { transform, runs, width, height } }) => {
      const [, , , , left, top] = transform;
      const inside = { left, top, right: left + width, bottom: top + height };
      return [{ node, runs, inside, width, height }];
    });
    const outside = drawn
      .filter(
        ({ inside, node }) =>
          node !== tree &&
          (inside.left < page.margin - 8 ||
            inside.right > page.width - page.margin + 8.5 ||
            inside.top < page.margin - 0.5 ||
            inside.bottom > measured.height - page.margin + 0.5),
      )
      .map(({ node, inside }) => `out of the picture: ${JSON.stringify({ inside, node })}`);
    const texts = drawn.filter(({ node }) => node.type === 'text');
    const spilt = texts
      .filter(({ node, runs, width, height }) =>
        runs.some(({ text, x, y, ...run }) => {
          // The space at which a line breaks hangs over the edge and draws nothing.
          const hanging = text.endsWith(' ') ? Number(node.style?.fontSize) * 0.3 : 0;
          const isIn = x >= -0.5 && y >= -0.5 && x + run.width - hanging <= width + 0.5;
          return !isIn || y + run.height > height + 0.5;
        }),
      )
      .map(({ node, runs, width }) => `out of its box: ${JSON.stringify({ runs, width, node })}`);
    const cut = texts
      .filter(({ node, runs }) => {
        const shown = runs.map(({ text }) => text).join('');
        return node.type === 'text' && shown.replaceAll(' ', '') !== node.text.replaceAll(' ', '');
      })
      .map(({ node }) => `cut: ${JSON.stringify(node)}`);
    const overlapping = texts.flatMap((one, at) =>
      texts
        .slice(at + 1)
        .filter(
          (other) =>
            one.inside.left < other.inside.right - 0.5 &&
            other.inside.left < one.inside.right - 0.5 &&
            one.inside.top < other.inside.bottom - 0.5 &&
            other.inside.top < one.inside.bottom - 0.5,
        )
        .map((other) => `over each other: ${JSON.stringify([one.node, other.node])}`),
    );
    return [...outside, ...spilt, ...overlapping, ...(mayBeCut ? [] : cut)];
  }

  test.each([
    ['out of its box', { text: 'wide', style: { fontSize: 500, width: 100 } }],
    [
      'out of the picture',
      { text: 'wide', style: { position: 'absolute' as const, left: 1100, width: 100 } },
    ],
    ['over each other', { text: 'wide', style: { position: 'absolute' as const, left: 60, top: 60 } }],
    ['cut', { text: 'wide and long and wider', style: { lineClamp: 1, width: 200 } }],
  ])('what is %s is noticed', async (fault, { text, style }) => {
    const under = { type: 'text' as const, text: 'beneath' };
    const over = { type: 'text' as const, text, style };
    const tree = {
      type: 'container' as const,
      children: [under, over],
      style: { display: 'flex', width: page.width, padding: '40px', fontFamily: 'Inter', fontSize: 38 },
    };
    expect((await faults(tree)).join()).toMatch(fault);
    expect(await faults({ ...tree, children: [under] })).toEqual([]);
  });

  test.each([
    ['300 pairs', pairs],
    ['20 threes', threes],
    ['100 fours', fours],
  ])('in %s, and no text is cut', { timeout: 60_000 }, async (_, groups) => {
    for (const frameworks of groups) {
      const found = await faults(treeOf(frameworks));
      expect(found, frameworks.map(({ id }) => id).join()).toEqual([]);
    }
  });

  /** How far down the head of a picture each column has a line of who the framework is and what its newest release is. */
  async function linesOf(frameworks: readonly Framework[]): Promise<number[][]> {
    const comparison = compare(frameworks, catalog, today);
    const tree = comparisonPicture(comparison, context, icons);
    const measured = await renderer.measure(tree, { width: page.width });
    const tops = new Map(placed(tree, measured).map((one) => [one.node, one.measured.transform[5]]));
    const [head] = tree.children ?? [];
    const rows = head?.type === 'container' ? (head.children ?? []) : [];
    return frameworks.map((_, at) => {
      const said = ['kind', 'status', 'newest'].flatMap(
        (label) =>
          comparison.rows.find((one) => one.label === label)?.cells[at]?.said?.text.split(', ') ?? [],
      );
      const texts = rows.flatMap((line) =>
        line.type === 'container' ? textsOf(line.children?.[at] ?? { type: 'text', text: '' }) : [],
      );
      return [
        ...new Set(texts.filter(({ text }) => said.includes(text)).map((text) => tops.get(text) ?? -1)),
      ];
    });
  }

  test.each([
    ['pairs', pairs],
    ['threes', fours.map((frameworks) => frameworks.slice(1))],
    ['fours', fours],
  ])('in %s, the lines of the head are level: none breaks where the others do not', async (_, groups) => {
    const isDated = ({ release }: Framework) => release?.date !== undefined;
    const even = groups.filter((frameworks) => frameworks.every(isDated));
    expect(even.length).toBeGreaterThan(15);
    for (const frameworks of even) {
      const [first, ...others] = await linesOf(frameworks);
      expect(first?.length).toBeGreaterThan(1);
      for (const other of others) expect(other, frameworks.map(({ id }) => id).join()).toEqual(first);
    }
  });

  test.each(named(hostile))('in %s', async (_, frameworks) => {
    expect(await faults(treeOf(frameworks, wideCatalog), true)).toEqual([]);
  });
});

describe('what it says', () => {
  /** The line at the foot for a framework of which something was read long ago. */
  const noteOfAge = /^(.+): ((?:status|newest).* read \d+ months ago)$/;

  /** What is no fact: headings, the legend, the axis. */
  const furniture = new Set([
    ...['What differs', 'What each brings', 'Alike', 'Support', 'Use', 'today', 'Framewise · as of Nov 2026'],
    ...['built in', 'official add-on', 'community', 'left to others', 'not recorded'],
    ...['newest', 'since', 'licence', 'maintainer'].map((label) => `${label}: not recorded`),
  ]);

  function wordsOf(frameworks: readonly Framework[]): string {
    const parts = Array.from({ length: 12 }, (_, part) => part);
    const pages = parts.map(
      (part) => comparisonReply({ frameworks, view: 'everything', part }, context).embed,
    );
    return pages.map((embed) => `${embed?.title}\n${visibleText(embed?.description ?? '')}`).join('\n');
  }

  test.each(named([...pairs.slice(0, 60), ...fours.slice(0, 30), [sparse, entry('laravel')]]))(
    'stands in the words too: %s',
    (_, frameworks) => {
      const tree = treeOf(frameworks);
      const said = wordsOf(frameworks);
      const marks = frameworks.flatMap((framework, at) => {
        const art = artOf(framework, catalog, icons);
        return [framework.name.charAt(0), String(at + 1), ...('letters' in art ? [art.letters] : [])];
      });
      const unsaid = textsOf(tree)
        .map(({ text }) => text)
        .filter((text) => !furniture.has(text) && !marks.includes(text) && !/^20\d\d$/.test(text))
        .flatMap((text) => {
          // At the foot: which facts of whom were read long ago.
          const [, name, facts] = noteOfAge.exec(text) ?? [];
          return name === undefined || facts === undefined ? [text] : [name, ...facts.split(/, | and /)];
        })
        .map((text) => text.replace(/^(status|newest) (?=read )/, ''))
        .flatMap((text) => (/^[\w\s,]+$/.test(text) ? text.replace(/^since /, '').split(', ') : [text]))
        .filter((text) => !said.includes(text));
      expect(unsaid).toEqual([]);
    },
  );

  test.each(named([...pairs.slice(60, 90), ...fours.slice(30, 50)]))(
    'shows the levels of the words: %s',
    (_, frameworks) => {
      const said = wordsOf(frameworks);
      const rows = nodesOf(treeOf(frameworks)).flatMap((node) => {
        if (node.type !== 'container') return [];
        const [first, label] = node.children ?? [];
        if (first?.type !== 'container' || label?.type !== 'text') return [];
        const symbols = (first.children ?? []).flatMap((child) =>
          child.type === 'image' ? symbolOf(child) : [],
        );
        return symbols.length === frameworks.length ? `${symbols.join(' ')}  ${label.text}` : [];
      });
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter((line) => !said.includes(line))).toEqual([]);
    },
  );

  test.each([
    ['2026-11-22', named(pairs.slice(0, 60)), named(fours.slice(0, 20))],
    ['2027-10-01', named(pairs.slice(0, 20)), named(fours.slice(0, 20))],
  ])('as of %s, the foot names what was read long ago, and nothing else', (asOf, ...groups) => {
    let count = 0;
    for (const [ids, frameworks] of groups.flat()) {
      const comparison = compare(frameworks, catalog, asOf);
      const texts = textsOf(comparisonPicture(comparison, { catalog, today: asOf }, icons));
      const notes = texts.flatMap(({ text }) => {
        const [, name, facts = ''] = noteOfAge.exec(text) ?? [];
        return name === undefined ? [] : [{ name, facts }];
      });
      const old = frameworks.flatMap(({ name }, at) => {
        const ages = ['status', 'newest'].flatMap((label) => {
          const text = comparison.rows.find((one) => one.label === label)?.cells[at]?.said?.text ?? '';
          const [, age] = /, (read \d+ months ago)$/.exec(text) ?? [];
          return age === undefined ? [] : { label, age };
        });
        return ages.length === 0 ? [] : [{ name, ages }];
      });
      expect(
        notes.map(({ name }) => name),
        ids,
      ).toEqual(old.map(({ name }) => name));
      for (const [at, { ages }] of old.entries()) {
        const facts = notes[at]?.facts ?? '';
        const [first, second = first] = ages;
        expect(facts, ids).toBe(
          first?.age === second?.age
            ? `${ages.map(({ label }) => label).join(' and ')} ${first?.age}`
            : `${first?.label} ${first?.age}, ${second?.label} ${second?.age}`,
        );
      }
      count += notes.length;
    }
    expect(count).toBeGreaterThan(0);
  });

  test('the mark of each: its icon, or letters in the colour of its language', () => {
    for (const frameworks of everyEntry) {
      const nodes = nodesOf(treeOf(frameworks));
      const tiles = frameworks.map((framework) => {
        const art = artOf(framework, catalog, icons);
        return nodes.filter((node) => {
          if (node.type !== 'container' || node.style?.backgroundColor !== art.colour) return false;
          const [sign] = node.children ?? [];
          return 'path' in art
            ? sign?.type === 'image' && String(sign.src).includes(`d="${art.path}"`)
            : sign?.type === 'text' && sign.text === art.letters;
        }).length;
      });
      // Two of one language may have the same letters.
      const arts = frameworks.map((framework) => JSON.stringify(artOf(framework, catalog, icons)));
      expect(tiles).toEqual(arts.map((art) => arts.filter((other) => other === art).length));
    }
  });

  test('rows that differ come first', () => {
    const comparison = compare([entry('express'), entry('koa')], catalog, today);
    const texts = textsOf(comparisonPicture(comparison, context, icons)).map(({ text }) => text);
    const grid = comparison.rows.filter(({ capability }) => capability !== undefined);
    const places = (differs: boolean) =>
      grid
        .filter(
          (line) =>
            line.differs === differs && line.cells.some(({ level }) => level === undefined) !== differs,
        )
        .map(({ label }) => texts.indexOf(label))
        .filter((place) => place >= 0);
    expect(places(true).length).toBeGreaterThan(3);
    expect(Math.max(...places(true))).toBeLessThan(Math.min(...places(false)));
  });

  test('the alternative text names all and has at most 1,024 characters', () => {
    for (const frameworks of [...pairs, ...fours, ...hostile]) {
      const alt = altText(compare(frameworks, catalog, today), context);
      expect(alt.length).toBeLessThanOrEqual(1024);
      for (const { name } of frameworks) expect(alt).toContain(`${name}: `);
    }
    expect(altText(compare([entry('django'), entry('laravel')], catalog, today), context)).toMatch(
      /^Django and Laravel side by side, as of Nov 2026\. Django: Python, full-stack, active, .*admin \(built in, official add-on\)/,
    );
  });

  test('support is told of all as soon as one is known, and drawn as a bar only while it lasts', () => {
    const framework = entry('laravel');
    const cites = framework.release?.cites ?? [];
    const kept = (fixesUntil: string, securityUntil: string): Framework => ({
      ...framework,
      support: [{ cycle: '13', fixesUntil, securityUntil, cites }],
    });
    const bars = (one: Framework) => {
      const tree = treeOf([one, sparse]);
      const isTold = textsOf(tree).some(({ text }) => text === 'Support');
      const drawn = nodesOf(tree).filter(
        ({ style }) => style?.left === 0 && style.position === 'absolute' && style.height,
      );
      return {
        isTold,
        drawn: drawn.map(({ style }) => [style?.height, style?.backgroundImage !== undefined]),
      };
    };
    expect(bars(kept('2027-03', '2028'))).toEqual({ isTold: true, drawn: [[26, false]] });
    expect(bars(kept('2025', '2028'))).toEqual({ isTold: true, drawn: [[12, false]] });
    expect(bars(kept('open', 'open'))).toEqual({ isTold: true, drawn: [[26, true]] });
    expect(bars(kept('2024', '2025'))).toEqual({ isTold: true, drawn: [] });
    expect(bars({ ...framework, support: [] })).toEqual({ isTold: false, drawn: [] });
  });

  test('bars of use stand only where two have a share of the same survey', () => {
    const has = (...ids: string[]) => textsOf(treeOf(ids.map(entry))).some(({ text }) => text === 'Use');
    expect(has('django', 'laravel')).toBe(true);
    expect(has('django', 'koa')).toBe(false);
    expect(has('aiohttp', 'quart')).toBe(false);
  });
});

describe('colours', () => {
  test('can be read on the background, whatever the language', () => {
    for (const { colour } of catalog.languages) {
      expect(contrast(legible(colour), ink.background)).toBeGreaterThanOrEqual(4.5);
    }
    for (const colour of [ink.text, ink.muted, ink.good, ink.caution, ink.bad]) {
      expect(contrast(colour, ink.background)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('tell the compared apart, also those of one language', () => {
    for (const frameworks of [
      ...pairs,
      ...fours,
      [entry('django'), entry('flask'), entry('fastapi'), entry('falcon')],
    ]) {
      const colours = frameworks.map(
        ({ languages }) => catalog.languageById.get(languages.value[0] ?? '')?.colour ?? '',
      );
      const accents = accentsOf(colours);
      expect(new Set(accents).size).toBe(frameworks.length);
      expect(accents[0]).toBe(legible(colours[0] ?? ''));
      for (const accent of accents) expect(contrast(accent, ink.background)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('the axis of support', () => {
  test('begins today and ends with the year of the last date', () => {
    const axis = axisOf(today, ['2028-04', '2029']);
    expect(axis.endYear).toBe(2030);
    expect(ticksOf(axis).map(({ year }) => year)).toEqual([2027, 2028, 2029]);
    expect(placeOf('2026-11-21', axis)).toBe(0);
    expect(placeOf('2029', axis)).toBe(1);
    expect(placeOf('2031-05', axis)).toBe(1);
    const halfway = placeOf('2028-06-11', axis);
    expect(halfway).toBeCloseTo(0.5, 2);
  });

  test('is three calendar years long where no end is near, and never longer than fourteen', () => {
    expect(axisOf(today, []).endYear).toBe(2029);
    expect(axisOf(today, ['2099']).endYear).toBe(2039);
  });
});

describe('drawing', () => {
  test('loads its renderer when the first picture is asked for, not with the bot', () => {
    const module = pathToFileURL(path.join(import.meta.dirname, '../../src/reply/picture/draw.ts')).href;
    const script = `
      process.report.excludeNetwork = true;
      const isLoaded = () => process.report.getReport().sharedObjects.some((file) => file.includes('takumi'));
      await import('${module}');
      const before = isLoaded();
      await import('takumi-js/node');
      console.log(before, isLoaded());
    `;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      cwd: path.join(import.meta.dirname, '../..'),
    });
    expect(stdout.trim()).toBe('false true');
  });

  test('gives a PNG of the width, with a name and an alternative text', async () => {
    const { draw: drawPicture } = createPictures();
    for (const frameworks of [[entry('django'), entry('laravel')], ...fours.slice(0, 10), ...hostile]) {
      const picture: Picture = await drawPicture(compare(frameworks, wideCatalog, today), {
        catalog: wideCatalog,
        today,
      });
      expect(Buffer.from(picture.data).subarray(1, 4).toString()).toBe('PNG');
      expect(picture.width).toBe(page.width);
      expect(picture.height).toBeGreaterThan(400);
      expect(picture.data.byteLength).toBeLessThan(1_000_000);
      expect(picture.name).toBe(`${frameworks.map(({ id }) => id).join('-')}.png`);
      expect(picture.alt).not.toBe('');
    }
  });

  test('happens once while a picture is kept, also when it is asked for twice at once', async () => {
    const { draw: drawPicture } = createPictures(2);
    const [first, second, third] = [pairs[0] ?? [], pairs[1] ?? [], pairs[2] ?? []].map((frameworks) =>
      compare(frameworks, catalog, today),
    );
    if (first === undefined || second === undefined || third === undefined) throw new Error('too few pairs');
    const [one, same] = await Promise.all([drawPicture(first, context), drawPicture(first, context)]);
    expect(same.data).toBe(one.data);
    await drawPicture(second, context);
    expect((await drawPicture(first, context)).data).toBe(one.data);
    await drawPicture(third, context);
    expect((await drawPicture(first, context)).data).toBe(one.data);
    await drawPicture(second, context);
    await drawPicture(third, context);
    const again = await drawPicture(first, context);
    expect(again.data).not.toBe(one.data);
    expect(Buffer.from(again.data).equals(Buffer.from(one.data))).toBe(true);
  });
});
