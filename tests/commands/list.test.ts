import { describe, expect, test } from 'vitest';
import { buttonId, catalog, context, countIn, createAsk } from '../helpers/ask.ts';

const { slash, press } = createAsk(context);

const count = countIn(catalog);

describe('/framework list with more than one menu holds', () => {
  const written = new Set(catalog.frameworks.flatMap(({ languages }) => languages.value));

  test('without a language it is an overview of all languages, the one with most frameworks first', async () => {
    const first = await slash('framework list');
    expect(first.embed.title).toBe(`${catalog.frameworks.length} frameworks in ${written.size} languages`);
    expect(first.text).toContain(`Python ${count('python')} · FastAPI · Flask`);
    const lines = [...first.text.matchAll(/^(.+) (\d+) · /gm)];
    const counts = lines.map(([, , number]) => Number(number));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(lines.length).toBeGreaterThan(10);
  });

  test('the overview’s menus lead to every language, and its list leads back', async () => {
    const { menus, embed } = await slash('framework list');
    const offered = menus.flatMap((menu) => menu.options.map(({ value }) => ({ menu, value })));
    expect(new Set(offered.map(({ value }) => value))).toEqual(written);
    for (const { menu, value } of offered) {
      const opened = await press(menu.custom_id, { values: [value] });
      expect(opened.embed.title).toMatch(new RegExp(`^${count(value)} frameworks? in `));
      expect((await press(buttonId(opened, 'All languages'))).embed.title).toBe(embed.title);
    }
  });

  test('an overview of a kind stays with the kind', async () => {
    const { menus, embed } = await slash('framework list', { kind: 'micro' });
    expect(embed.title).toMatch(`${count(undefined, 'micro')} micro frameworks in `);
    const opened = await press(menus[0]?.custom_id ?? '', { values: ['python'] });
    expect(opened.embed.title).toBe(`${count('python', 'micro')} micro frameworks in Python`);
  });

  test('of a language it begins with what is used most, and ends with what has ended', async () => {
    const first = await slash('framework list', { language: 'php' });
    const second = await press(buttonId(first, 'More (page 2 of 2)'));
    const text = `${first.text}\n${second.text}`;
    const places = ['Laravel', 'Symfony', 'CakePHP', 'Lumen'].map((name) => text.indexOf(`\n${name} `));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });
});
