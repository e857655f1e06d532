import { describe, expect, test } from 'vitest';
import { purposes } from '../../src/catalog/vocabulary.ts';
import { createPictures } from '../../src/reply/picture/draw.ts';
import {
  type Answer,
  another,
  buttonId,
  catalog,
  context,
  createAsk,
  customIds,
  labels,
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

  test('who compares languages is offered what is used most in them', async () => {
    const answer = await slash('compare', { first: 'python vs ruby' });
    expect(answer.text).toContain('Python is a language. Ruby is a language.');
    expect(labels(answer)).toEqual(expect.arrayContaining(['FastAPI', 'Ruby on Rails']));
  });

  test('two slips in one name are asked about once', async () => {
    const answer = await slash('compare', { first: 'pnpm rubby on rails', second: 'rails symfoy' });
    expect(answer.embed.title).toBe('Not found');
    expect(new Set(customIds(answer)).size).toBe(customIds(answer).length);
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

describe('/compare, typed at once', () => {
  test.each([
    ['django vs laravel', 'Django and Laravel'],
    ['Django VS. Laravel', 'Django and Laravel'],
    ['express, koa and fastify', 'Express, Koa and Fastify'],
    ['django versus rails versus laravel', 'Django, Ruby on Rails and Laravel'],
    ['flask or fastapi', 'Flask and FastAPI'],
    ['django & flask', 'Django and Flask'],
    ['django / flask', 'Django and Flask'],
    ['django, laravel', 'Django and Laravel'],
    ['koa | hono', 'Koa and Hono'],
    ['@nestjs/core vs express', 'NestJS and Express'],
    ['django laravel', 'Django and Laravel'],
    ['ruby on rails vs spring boot', 'Ruby on Rails and Spring Boot'],
    ['django rest framework', 'Django REST framework and what else?'],
    ['djagno vs laravell', 'Django and Laravel'],
  ])('%s', async (first, title) => {
    expect((await slash('compare', { first })).embed.title).toBe(title);
  });

  test('what is typed at once is compared with what stands in the other options', async () => {
    const { embed } = await slash('compare', { first: 'django vs laravel', second: 'rails' });
    expect(embed.title).toBe('Django, Laravel and Ruby on Rails');
  });

  test('of more than four, those that are used most are compared, and the others named', async () => {
    const first = 'polka, express, koa, fastify, nestjs, hapi';
    const { embed, text } = await slash('compare', { first });
    expect(embed.title).toBe('Express, Koa, Fastify and NestJS');
    expect(text).toContain('Left out: Polka and hapi.');
  });

  test.each([
    ['django vs', 'Django vs ', 'django, '],
    ['django vs la', 'Django vs Laravel', 'django, laravel'],
    ['express, koa and fast', 'Express vs Koa vs Fastify', 'express, koa, fastify'],
  ])('‘%s’ goes on with ‘%s…’', async (first, name, value) => {
    const { choices } = await suggest('compare', { first }, 'first');
    const chosen = choices.find((choice) => choice.name.startsWith(name));
    expect(String(chosen?.value)).toMatch(new RegExp(`^${value}`));
    expect(choices.some((choice) => choice.name === 'Django vs Django')).toBe(false);
    const { embed } = await slash('compare', { first: String(chosen?.value) });
    expect(embed.title?.replaceAll(/,| and/g, ' vs')).toBe(chosen?.name);
  });
});

test('after four names no fifth is offered', async () => {
  const first = 'django, laravel, rails, koa, ex';
  expect((await suggest('compare', { first }, 'first')).choices).toEqual([]);
});

describe('what can be done with a comparison', () => {
  test('its menu changes one: added, swapped for the last of four, taken away', async () => {
    const titleOf = async (answer: Answer, label: string) => {
      const [menu] = answer.menus;
      const chosen = menu?.options.find((option) => option.label === label)?.value ?? '';
      return press(menu?.custom_id ?? '', { values: [chosen] });
    };
    const two = await slash('compare', { first: 'django', second: 'laravel' });
    expect(two.menus[0]).toMatchObject({ placeholder: 'Add or swap…', min_values: 1, max_values: 1 });
    expect(two.menus[0]?.options.some(({ label }) => label.startsWith('Without'))).toBe(false);
    const three = await titleOf(two, 'Symfony');
    expect(three.embed.title).toBe('Django, Laravel and Symfony');
    expect(three.text).toContain('What differs');
    expect((await titleOf(three, 'Without Django')).embed.title).toBe('Laravel and Symfony');
    const four = await titleOf(three, 'Ruby on Rails');
    expect(four.embed.title).toBe('Django, Laravel, Symfony and Ruby on Rails');
    expect(four.menus[0]?.options.find(({ label }) => label === 'Flask')?.description).toBe(
      'instead of Ruby on Rails',
    );
    expect((await titleOf(four, 'Flask')).embed.title).toBe('Django, Laravel, Symfony and Flask');
    expect((await press('compare:django,laravel:m:0', { values: ['nothing'] })).embed.title).toBe(
      'Django and Laravel',
    );
  });

  test('the decision record is a file for who pressed, with every source that it cites', async () => {
    const shown = await slash('compare', { first: 'django', second: 'laravel' });
    const { files, isPrivate, type } = await press(buttonId(shown, 'Decision record'));
    expect({ type, isPrivate }).toEqual({ type: 4, isPrivate: true });
    expect(files.map(({ name }) => name)).toEqual(['decision-django-or-laravel.md']);
    const record = String(files[0]?.data);
    expect(record).toMatch(/^# Choose a backend framework: Django or Laravel$/m);
    for (const heading of [
      'Context and Problem Statement',
      'Considered Options',
      'Decision Outcome',
      'Pros and Cons of the Options',
      'Facts compared',
      'Sources',
    ])
      expect(record).toContain(`\n## ${heading}\n`);
    const cited = new Set([...record.matchAll(/\[\^(\d+)\](?!:)/g)].map(([, number]) => number));
    const explained = [...record.matchAll(/^\[\^(\d+)\]: \[.+\]\(https:.+\), read on 20\d\d-\d\d-\d\d\.$/gm)];
    expect(cited.size).toBeGreaterThan(20);
    expect(new Set(explained.map(([, number]) => number))).toEqual(cited);
    for (const { goodFor, notGoodFor } of ['django', 'laravel'].flatMap((id) => catalog.byId.get(id) ?? [])) {
      for (const { purpose } of goodFor) expect(record).toContain(`- Good for ${purposes[purpose].label}: `);
      for (const { purpose } of notGoodFor)
        expect(record).toContain(`- Bad for ${purposes[purpose].label}: `);
    }
    const rows = record.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(4);
  });

  test('a poll is shown to the asker before it is posted for everybody, once', async () => {
    const shown = await slash('compare', { first: 'django', second: 'laravel', third: 'rails' });
    const preview = await press(buttonId(shown, 'Ask the channel'));
    expect(preview).toMatchObject({ type: 4, isPrivate: true, poll: undefined });
    expect(preview.text).toContain('Django, Laravel or Ruby on Rails: which one would you take?');
    const posted = await press(buttonId(preview, 'Post the poll'));
    // The preview is replaced, so that its button cannot be pressed again, and the poll comes after it.
    expect(posted).toMatchObject({ type: 7, menus: [], buttons: [], poll: undefined });
    expect(posted.after).toMatchObject({ isPrivate: false, menus: [], buttons: [] });
    expect(posted.after?.poll?.answers.map(({ poll_media }) => poll_media.text)).toEqual([
      'Django',
      'Laravel',
      'Ruby on Rails',
    ]);
  });

  test('nobody else asks the channel', async () => {
    const shown = await slash('compare', { first: 'django', second: 'laravel' });
    const { isPrivate, text, buttons } = await press(buttonId(shown, 'Ask the channel'), { by: another });
    expect(isPrivate).toBe(true);
    expect(text).toContain('Only who asked for this comparison');
    expect(buttons).toEqual([]);
  });

  test('the picture takes the place of the words, and goes with them again', async () => {
    const { slash: ask, press: turn } = createAsk({ ...context, pictures: createPictures() });
    const words = await ask('compare', { first: 'koa', second: 'express' });
    const picture = await turn(buttonId(words, 'Picture'));
    expect(picture.embed).toMatchObject({
      title: 'Koa and Express',
      image: { url: 'attachment://koa-express.png' },
    });
    expect(picture.files.map(({ name, description = '' }) => [name, description.length <= 1024])).toEqual([
      ['koa-express.png', true],
    ]);
    expect(
      [...(picture.files[0]?.data.slice(1, 4) ?? [])]
        .map((byte) => String.fromCharCode(Number(byte)))
        .join(''),
    ).toBe('PNG');
    expect(picture.body).toMatchObject({ type: 7, data: { attachments: [{ filename: 'koa-express.png' }] } });
    const again = await turn(buttonId(picture, 'Only differences'));
    expect(again.text).toBe(words.text);
    expect(again.body).toMatchObject({ data: { attachments: [] } });
  });

  test('where nothing can draw, no picture is offered, and an old button gets the words', async () => {
    const words = await slash('compare', { first: 'koa', second: 'express' });
    expect(labels(words)).not.toContain('Picture');
    expect((await press('compare:koa,express:p:0')).text).toContain('What differs');
  });
});
