import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { purposes } from '../../src/catalog/vocabulary.ts';
import { createHandle } from '../../src/handle.ts';
import {
  another,
  buttonId,
  catalog,
  context,
  createAsk,
  customIds,
  labels,
  pressInteraction,
} from '../helpers/ask.ts';

const { slash, press, suggest } = createAsk();

describe('/compare', () => {
  test('shows what differs, with symbols in the order of the heading, and what speaks for each', async () => {
    const first = await slash('compare', { first: 'django', second: 'laravel' });
    expect(first.embed.title).toBe('Django and Laravel');
    expect(first.text).toContain('D L  in this order: D Django · L Laravel');
    expect(first.text).toMatch(/● ◐ {2}admin: django\.contrib\.admin/);
    expect(first.text).toMatch(/language: Python.* · PHP/);
    expect(first.text).toMatch(/● built in.*· not recorded/);
    expect(first.text).not.toMatch(/● ● {2}/);
    const second = await press(buttonId(first, 'More (page 2 of 2)'));
    for (const heading of ['What only one brings itself', 'Choose Django if', 'Choose Laravel if']) {
      expect(second.text).toContain(heading);
    }
    expect(second.text).toMatch(/your code is in PHP\s[¹²³⁴⁵⁶⁷⁸⁹⁰]/);
    expect(labels(first)).toEqual([
      'Everything',
      'Decision record',
      'Ask the channel',
      'Sources',
      'Django',
      'Laravel',
      'More (page 2 of 2)',
    ]);
  });

  test('everything includes what is alike and what is not recorded', async () => {
    const { text } = await press('compare:express,koa:e:0');
    expect(text).toMatch(/◐ ◐\s+sessions/);
    const pages = await Promise.all(['1', '2'].map((part) => press(`compare:express,koa:e:${part}`)));
    expect(pages.map((page) => page.text).join('\n')).toMatch(/Not recorded\n(?:.*\n)*.*Koa: .*support/);
  });

  test('three and four stand beside each other too', async () => {
    const { embed, text } = await slash('compare', {
      first: 'django',
      second: 'laravel',
      third: 'rails',
      fourth: 'express',
    });
    expect(embed.title).toBe('Django, Laravel, Ruby on Rails and Express');
    expect(text).toContain('D L R E  in this order');
    expect(text).toMatch(/● ● ● ◌ {2}ORM/);
  });

  test('where initials collide, numbers tell them apart', async () => {
    const { text } = await slash('compare', { first: 'phoenix', second: 'cakephp', third: 'rails' });
    expect(text).toContain('P C R  in this order');
    // ASP.NET Core and no other begins with A; a pair with the same letter needs numbers.
    const same = await slash('compare', { first: 'laravel', second: 'lavarel', third: 'koa' });
    expect(same.embed.title).toBe('Laravel and Koa');
  });

  test.each([
    [{ first: 'django', second: 'djagno' }, 'Django and what else?', 'You named Django twice.'],
    [{ first: 'django', second: 'pizza' }, 'Django and what else?', 'I know no framework called ‘pizza’.'],
    [{ first: 'python', second: 'flask' }, 'Flask and what else?', 'Python is a language.'],
    [{ first: 'react', second: 'express' }, 'Express and what else?', 'React is no backend framework.'],
    [{ first: 'django', second: 'larvl' }, 'Django and what else?', 'Did you mean Laravel?'],
    [{ first: 'pizza', second: 'pasta' }, 'Not found', 'I know no framework called ‘pizza’.'],
    [
      { first: 'pizza', second: 'flask', third: 'koa' },
      'Flask and Koa',
      'I know no framework called ‘pizza’.',
    ],
    [{ first: 'flask', second: 'koa', third: 'flask' }, 'Flask and Koa', 'You named Flask twice.'],
    [{ first: 'djagno', second: 'phoenx' }, 'Django and Phoenix', 'You typed ‘phoenx’.'],
  ])('%o is answered with %s', async (options: Record<string, string>, title, said) => {
    const answer = await slash('compare', options);
    expect(answer.embed.title).toBe(title);
    expect(answer.text).toContain(said);
    if (title.endsWith('what else?')) {
      expect(labels(answer)).toHaveLength(5);
      const [partner = ''] = customIds(answer);
      expect((await press(partner)).embed.title).toMatch(/ and /);
    }
  });

  test.each([
    ['django vs laravel', 'Django and Laravel'],
    ['express, koa, and fastify', 'Express, Koa and Fastify'],
    ['Django or Rails?', 'Django and Ruby on Rails'],
    ['django rails', 'Django and Ruby on Rails'],
    ['ruby or rails', 'Ruby on Rails and what else?'],
    ['django vs', 'Django and what else?'],
    ['django, rails, laravel, express, koa, fastapi', 'Django, Laravel, Express and FastAPI'],
  ])('‘%s’ typed at once is %s', async (first, title) => {
    const answer = await slash('compare', { first });
    expect(answer.embed.title).toBe(title);
    expect(answer.text).not.toContain('You typed ‘and ');
  });

  test.each([
    ['django vs python', 'Python is a language.'],
    ['node vs django', 'Node.js is no backend framework.'],
    ['django vs react', 'React is no backend framework.'],
  ])('of ‘%s’ it is said that %s', async (first, said) => {
    const answer = await slash('compare', { first });
    expect(answer.embed.title).toBe('Django and what else?');
    expect(answer.text).toContain(said);
    expect(answer.text).toContain('Compare Django with one of these:');
  });

  test.each(['', 'django, koa, '])('as many names as fit are answered, after ‘%s’', async (before) => {
    const first = `${before}${[...'abcdefghijklmnopqrstuvwxyz0123456789'].join(',')}`;
    const four = { first, second: first, third: first, fourth: first };
    const { embed } = await slash('compare', four);
    expect(embed.title).toBe(before === '' ? 'Not found' : 'Django and Koa');
  });

  test('two slips in one name are asked about once', async () => {
    const answer = await slash('compare', { first: 'pnpm rubby on rails', second: 'rails symfoy' });
    expect(answer.embed.title).toBe('Not found');
    expect(new Set(customIds(answer)).size).toBe(customIds(answer).length);
  });

  test('the menu that changes who is compared shows what differs', async () => {
    const { embed, text, ...answer } = await press('compare:django,laravel:m:0', {
      values: ['koa', 'rails'],
    });
    expect(embed.title).toBe('Koa and Ruby on Rails');
    expect(text).toContain('What differs');
    expect(labels({ embed, text, ...answer })[0]).toBe('Everything');
  });

  test('the decision record says for what each is good, with the sources of each fact', async () => {
    const handle = createHandle(commands, () => context, {
      error: (details) => expect.fail(String(details)),
    });
    const { files = [] } = await handle.respond(pressInteraction('compare:django,koa:r:0'));
    const [{ name, data } = { name: '', data: '' }] = files;
    expect(name).toBe('decision-django-or-koa.md');
    const text = String(data);
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
    for (const { name: framework, goodFor, notGoodFor } of ['django', 'koa'].flatMap(
      (id) => catalog.byId.get(id) ?? [],
    )) {
      expect(text).toContain(`### ${framework}`);
      for (const { purpose } of goodFor) expect(text).toContain(`- Good for ${purposes[purpose].label}: `);
      for (const { purpose } of notGoodFor) expect(text).toContain(`- Bad for ${purposes[purpose].label}: `);
    }
    const cited = new Set([...text.matchAll(/\[\^(\d+)\](?!:)/g)].map(([, number]) => number));
    const listed = [...text.matchAll(/^\[\^(\d+)\]: \[.+\]\(https:.+\), read on \d{4}/gm)].map(
      ([, number]) => number,
    );
    expect([...cited].sort()).toEqual(listed.sort());
  });

  test('the channel is asked by who asked, after a preview that only they see', async () => {
    const preview = await press('compare:django,koa:a:0');
    expect(preview).toMatchObject({ type: 4, isPrivate: true });
    const posted = await press(buttonId(preview, 'Post the poll'));
    expect(posted).toMatchObject({ type: 4, isPrivate: false });
    expect(posted.body).toMatchObject({
      data: { poll: { answers: [{ poll_media: { text: 'Django' } }, { poll_media: { text: 'Koa' } }] } },
    });
    const other = await press('compare:django,koa:a:0', { by: another });
    expect(other).toMatchObject({ isPrivate: true, buttons: [] });
    expect(other.text).toContain('Not yours to ask');
  });

  test('what is chosen already is not offered again', async () => {
    const { choices } = await suggest('compare', { first: 'django', second: '' }, 'second');
    const values = choices.map(({ value }) => value);
    expect(values).not.toContain('django');
    expect(values.length).toBeGreaterThan(8);
  });

  test('what was typed without picking it counts as chosen too', async () => {
    const { choices } = await suggest('compare', { first: 'DJANGOO', second: 'dj' }, 'second');
    expect(choices.map(({ value }) => value)).not.toContain('django');
    expect(choices.length).toBeGreaterThan(0);
  });

  test('its buttons lead to the cards', async () => {
    const answer = await slash('compare', { first: 'koa', second: 'phoenix' });
    expect((await press(buttonId(answer, 'Phoenix'))).embed.title).toBe('Phoenix');
  });
});
