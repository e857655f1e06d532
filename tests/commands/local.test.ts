import { describe, expect, test } from 'vitest';
import { createFinder } from '../../src/catalog/find.ts';
import { readDataset } from '../../src/knowledge.ts';
import { type Answer, context, createAsk } from '../helpers/ask.ts';
import { corrected, entryFile, inHouse, ownFolders } from '../helpers/own-entries.ts';

const folderWith = ownFolders();

/** What Framewise answers with the entries of a folder. */
function ask(files: Parameters<typeof folderWith>[0]) {
  const catalog = readDataset(folderWith(files));
  return createAsk({ ...context, catalog, finder: createFinder(catalog) });
}

const wombat = { id: 'wombat', name: 'Wombat', aliases: [], colour: '#123456' };

const { slash, press, suggest } = ask({
  'languages.json': { languages: [wombat] },
  [entryFile('quoll')]: inHouse('quoll', 'Quoll', 'wombat'),
  [entryFile('koa')]: corrected('koa', (koa) => {
    koa.licence.value = 'Apache-2.0';
  }),
});

const optionOf = ({ menus }: Answer, id: string) =>
  menus.flatMap(({ options }) => options).find(({ value }) => value === id)?.description;

describe('an entry of an operator’s own is shown as local', () => {
  test.each(['quoll', 'koa'])('on each page of the card of %s, before its sources', async (id) => {
    for (const page of ['o', 'r', 's']) {
      const { embed } = await press(`framework:c:${id}:${page}:0`);
      expect(embed.footer?.text).toMatch(/^local entry of this bot · \d+ of \d+ sources? · newest /);
    }
  });

  test('with what it says, and its links', async () => {
    const { text, embed } = await slash('framework lookup', { name: 'quoll' });
    expect(text).toContain('LicenseRef-In-House');
    expect(embed.url).toBe('https://wiki.corp.example:8443/quoll');
    expect(embed.description).toContain('](https://wiki.corp.example:8443/quoll)');
    expect((await slash('framework lookup', { name: 'koa' })).text).toContain('Apache-2.0');
  });

  test('in a list, in the menu under it and in autocomplete', async () => {
    const list = await slash('framework list', { language: 'wombat' });
    expect(list.text).toMatch(/Quoll API · 4\.2 · local/);
    expect(optionOf(list, 'quoll')).toBe('Wombat · API · local');
    const { choices } = await suggest('framework lookup', { name: 'quo' }, 'name');
    expect(choices[0]).toEqual({ name: 'Quoll (Wombat, local)', value: 'quoll' });
  });

  test('in a search, a recommendation and a comparison', async () => {
    const found = await slash('framework search', { text: 'our services begin' });
    expect(found.text).toMatch(/Quoll \(local\) summary: /);
    const recommended = await slash('recommend', { language: 'wombat', needs: 'authentication' });
    expect(recommended.text).toMatch(/\d {2}Quoll \(local\)/);
    const compared = await slash('compare', { first: 'quoll', second: 'koa', third: 'ktor' });
    expect(compared.embed.footer?.text).toMatch(/^local: Quoll and Koa · \d+ sources · /);
  });

  test('and counted', async () => {
    expect((await slash('about')).text).toContain('2 of them are local: from who runs this bot.');
    const one = ask({ [entryFile('quoll')]: inHouse() });
    expect((await one.slash('about')).text).toContain('1 of them is local: from who runs this bot.');
  });
});

test('nothing that comes with the bot is called local', async () => {
  const { text } = await createAsk().slash('about');
  expect(text).not.toContain('local');
  for (const answer of [
    await press('framework:c:django:o:0'),
    await press('compare:django,rails:d:0'),
    await slash('framework list', { language: 'ruby' }),
  ]) {
    expect(answer.text).not.toContain('local');
    expect(optionOf(answer, 'rails') ?? '').not.toContain('local');
  }
});
