import { describe, expect, test } from 'vitest';
import { loadIcons } from '../../../src/catalog/load.ts';
import { artOf } from '../../../src/reply/art.ts';
import { drawMark } from '../../../src/reply/picture/mark.ts';
import { catalog } from '../../helpers/ask.ts';

const icons = loadIcons();
const arts = catalog.frameworks.map((framework) => ({ framework, art: artOf(framework, catalog, icons) }));

/** Width and height of a PNG: https://www.w3.org/TR/png-3/#11IHDR */
function sizeOf(picture: Uint8Array): [number, number] {
  const bytes = Buffer.from(picture);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe('what a mark shows', () => {
  test('the icon where an entry has one, else letters in the colour of the language', () => {
    for (const { framework, art } of arts) {
      if (framework.icon !== undefined) expect(art).toEqual(icons[framework.id]);
      else {
        const language = catalog.languageById.get(framework.languages.value[0] ?? '');
        expect(art).toEqual({ colour: language?.colour, letters: expect.stringMatching(/^[\p{L}\d]{2}$/u) });
      }
    }
  });

  test.each([
    ['Litestar', 'Li'],
    ['hapi', 'ha'],
    ['API Platform', 'AP'],
    ['Fat-Free Framework', 'FF'],
    ['ASP.NET Core', 'AC'],
    ['Django REST framework', 'DR'],
    ['Nano – the framework', 'NT'],
    ['Encore.ts', 'En'],
    ['X', 'X'],
    ['𝔽ast', '𝔽a'],
  ])('%s: %s', (name, letters) => {
    const [framework] = catalog.frameworks;
    if (framework === undefined) throw new Error('the dataset is empty');
    expect(artOf({ ...framework, name }, catalog, {})).toMatchObject({ letters });
  });

  test('an id that every object has is no icon', () => {
    const [framework] = catalog.frameworks;
    if (framework === undefined) throw new Error('the dataset is empty');
    expect(artOf({ ...framework, id: 'constructor' }, catalog, {})).toHaveProperty('letters');
  });
});

test('each is drawn as a PNG that Discord takes, alike for the same and only for the same', async () => {
  const byArt = new Map<string, string>();
  for (const { art } of arts) {
    const picture = await drawMark(art);
    expect(sizeOf(picture)).toEqual([128, 128]);
    expect(picture.length).toBeLessThan(256 * 1024);
    const [key, drawn] = [JSON.stringify(art), Buffer.from(picture).toString('base64')];
    expect(byArt.get(key) ?? drawn).toBe(drawn);
    byArt.set(key, drawn);
  }
  expect(new Set(byArt.values()).size).toBe(byArt.size);
});
