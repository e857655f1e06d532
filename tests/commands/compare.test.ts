import { describe, expect, test } from 'vitest';
import { buttonId, createAsk, customIds, labels } from '../helpers/ask.ts';

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
