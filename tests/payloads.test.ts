import { describe, expect, test, vi } from 'vitest';
import { similarTo } from '../src/catalog/compare.ts';
import { capabilities, keysOf, kinds, purposes } from '../src/catalog/vocabulary.ts';
import { pageLimits, visibleText } from '../src/reply/markdown.ts';
import { type Answer, catalog, context, contextWithMarks, createAsk, customIds } from './helpers/ask.ts';

/*
 * What the bot can send, over all commands, entries, buttons and menu values; only of pairs, threes and fours there are
 * too many, so of those a part that holds every entry, and each with and without the frameworks' marks
 * and the sign of what is local. `createAsk` refuses a payload that Discord would refuse; what a
 * phone holds is checked here.
 */

// Each goes through the whole dataset, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000 });

function checkPhone({ embed }: Answer): void {
  const shown = embed.description ?? '';
  expect(visibleText(shown).length).toBeLessThanOrEqual(pageLimits.visible);
  expect(embed.fields).toBeUndefined();
  expect(shown).not.toContain('```');
}

/** The most that an answer can have to say: each entry has a mark, and is the operator's own. */
const contextOfAll = {
  ...contextWithMarks,
  catalog: { ...catalog, local: new Set(catalog.frameworks.map(({ id }) => id)) },
};

describe.each([
  ['without marks', context],
  ['with marks, all of them local', contextOfAll],
])('%s', (_, used) => {
  const { slash, press, suggest } = createAsk(used);

  /** Presses every button, and every button of what comes then, until nothing new comes. */
  async function pressAll(
    first: Answer,
    follows: (customId: string) => boolean,
    seen = new Set<string>(),
  ): Promise<number> {
    const waiting = [first];
    for (let answer = waiting.pop(); answer !== undefined; answer = waiting.pop()) {
      checkPhone(answer);
      for (const customId of customIds(answer).filter(follows)) {
        if (seen.has(customId)) continue;
        seen.add(customId);
        waiting.push(await press(customId));
      }
    }
    return seen.size;
  }

  test('every page of every card', async () => {
    for (const { id, tier } of catalog.frameworks) {
      const pages = await pressAll(await slash('framework lookup', { name: id }), (to) =>
        to.startsWith(`framework:c:${id}:`),
      );
      expect(pages).toBeGreaterThanOrEqual(tier === 'full' ? 6 : 3);
    }
  });

  test('every page of each beside those that are most and least like it', async () => {
    const seen = new Set<string>();
    for (const framework of catalog.frameworks) {
      const others = similarTo(framework, catalog).map(({ id }) => id);
      const partners = new Set([...others.slice(0, 2), ...others.slice(-1)]);
      const before = seen.size;
      for (const other of partners) {
        const answer = await press(`compare:${framework.id}:d:0`, { values: [other] });
        await pressAll(answer, (to) => to.startsWith(`compare:${framework.id},${other}:`), seen);
      }
      expect(partners.size).toBe(3);
      expect(seen.size - before).toBeGreaterThan(partners.size * 3);
    }
  });

  test('every page of threes and fours', async () => {
    const ids = catalog.frameworks.map(({ id }) => id);
    // Every other place: each entry stands in one of the threes and one of the fours at least.
    for (let at = 0; at < ids.length; at += 2) {
      for (const size of [3, 4]) {
        const group = Array.from(
          { length: size },
          (_, index) => ids[(at + index * 2 + (index > 1 ? 1 : 0)) % ids.length],
        );
        const list = [...new Set(group)].join(',');
        await pressAll(await press(`compare:${list}:e:0`), (to) => to.startsWith(`compare:${list}:`));
      }
    }
  });

  test('every recommendation for one language, one purpose and one need', async () => {
    const languages = ['', ...catalog.languages.map(({ id }) => id)];
    for (const language of languages) {
      for (const purpose of ['', ...keysOf(purposes).map((key) => purposes[key].code)]) {
        const answer = await press(`recommend:${language}:${purpose}::r:0:`);
        await pressAll(answer, (to) => to.startsWith('recommend:') && /:[rs]:\d+:$/.test(to));
      }
      for (const need of keysOf(capabilities)) {
        const { menus } = await press(`recommend:${language}:::r:0:`);
        checkPhone(await press(menus[1]?.custom_id ?? '', { values: [capabilities[need].code] }));
      }
    }
    const all = keysOf(capabilities).map((key) => capabilities[key].code);
    checkPhone(await press('recommend:visual-basic:ht::r:0:n', { values: all }));
  });

  test('every list and search', async () => {
    for (const language of ['', ...catalog.languages.map(({ id }) => id)]) {
      for (const kind of ['', ...keysOf(kinds).map((key) => kinds[key].code)]) {
        await pressAll(await press(`framework:l:${language}:${kind}:0`), (to) =>
          to.startsWith('framework:l:'),
        );
      }
    }
    for (const text of [
      'a',
      'the',
      'framework',
      'database',
      'test client',
      'x'.repeat(80),
      '<@1> **',
      '日本語',
    ]) {
      await pressAll(await slash('framework search', { text }), (to) => to.startsWith('framework:s:'));
    }
    checkPhone(await slash('about'));
  });

  test('every autocomplete', async () => {
    const beginnings = [
      '',
      ...'abcdefghijklmnopqrstuvwxyz.#+-é日',
      ...catalog.frameworks.map(({ name }) => name),
    ];
    for (const typed of beginnings) {
      await suggest('framework lookup', { name: typed }, 'name');
      await suggest('framework list', { language: typed }, 'language');
      await suggest('compare', { first: 'koa', second: typed }, 'second');
      await suggest('recommend', { language: typed }, 'language');
      await suggest('recommend', { needs: `admin, mail, ${typed}` }, 'needs');
    }
  });
});
