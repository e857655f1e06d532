import { describe, expect, test } from 'vitest';
import { createFinder } from '../../src/catalog/find.ts';
import type { Framework } from '../../src/catalog/framework.ts';
import { asker, buttonId, contextOfTen as context, countIn, createAsk, labels } from '../helpers/ask.ts';

const { catalog } = context;
const { slash, press, suggest } = createAsk(context);
const lookup = (name: string) => slash('framework lookup', { name });

const count = countIn(catalog);

describe('/framework lookup', () => {
  test('shows what a framework is, with a receipt behind each fact', async () => {
    const { embed, text, menus, ...answer } = await lookup('django');
    expect(embed).toMatchObject({
      author: { name: 'Python · full-stack · active' },
      title: 'Django',
      url: 'https://www.djangoproject.com/',
      color: 0x3572a5,
    });
    for (const said of ['BSD-3-Clause', 'since 2005', 'Good for', 'Think twice', 'In the box', 'LTS 5.2']) {
      expect(text).toContain(said);
    }
    expect(embed.description).toMatch(/BSD-3-Clause\s\[[⁰¹²³⁴⁵⁶⁷⁸⁹]+\]\(https:/);
    expect(embed.footer?.text).toMatch(/^\d+ of \d+ sources · newest [A-Z][a-z]{2} 20\d\d$/);
    expect(labels({ embed, text, menus, ...answer })).toEqual([
      'Overview',
      'Advantages',
      'Features',
      'Capabilities',
      'Releases',
      'Sources',
      'Website',
      'Docs',
      'Code',
    ]);
    expect(menus[0]?.placeholder).toBe('Compare with…');
    expect(menus[0]?.options).toHaveLength(Math.min(25, catalog.frameworks.length - 1));
  });

  test.each([
    ['djagno', 'Django', 'You typed ‘djagno’.'],
    ['ror', 'Ruby on Rails', 'You typed ‘ror’.'],
    ['Express.js', 'Express', undefined],
    ['asp net core', 'ASP.NET Core', undefined],
    ['spring boot', 'Spring Boot', undefined],
  ])('%s is %s', async (name, title, note) => {
    const { embed, text } = await lookup(name);
    expect(embed.title).toBe(title);
    if (note === undefined) expect(text).not.toContain('You typed');
    else expect(text).toContain(note);
  });

  test.each([
    [
      'python',
      'Python',
      `Python is a language; ${count('python')} of its frameworks are recorded here.`,
      undefined,
    ],
    ['go', 'Go', 'Go is a language; no framework in it is recorded here yet.', []],
    ['react', 'React', 'user interfaces', ['Express']],
    ['react', 'React', 'It is no backend framework. On the server beside it:', ['Express']],
    ['kafka', 'Apache Kafka', 'It is no backend framework; /framework list shows those', []],
    ['pizza', 'Not found', 'I know no framework called ‘pizza’.', []],
    ['larvl', 'Not found', 'Did you mean one of these?', ['Laravel']],
    ['django admin', 'Not found', 'Did you mean one of these?', ['Django']],
  ])('%s is answered with %s', async (name, title, said, buttons) => {
    const answer = await lookup(name);
    expect(answer.embed.title).toBe(title);
    expect(answer.text).toContain(said);
    if (buttons === undefined) expect(labels(answer).at(-1)).toBe('All of them');
    else expect(labels(answer)).toEqual(buttons);
  });

  test.each([
    ['django 5.2', 'Django', '5.2: security fixes until Apr 2028.'],
    ['django 5.2.3', 'Django', '5.2: security fixes until Apr 2028.'],
    ['django 6', 'Django', '6.0: '],
    ['laravel v12', 'Laravel', '12: security fixes until Feb 2027.'],
    ['laravel 3', 'Laravel', 'How 3 is supported is not recorded.'],
  ])(
    '%s asks for a version, and is answered with its support and the releases',
    async (name, title, line) => {
      const { embed, text } = await lookup(name);
      expect(embed.title).toBe(title);
      expect(text).toContain(`You typed ‘${name}’.`);
      expect(text).toContain(line);
    },
  );

  test('what else has the name is named, and even ones are asked back', async () => {
    // Of Koa nothing is recorded here of how much it is used, as of CakePHP.
    const shared = (id: string) =>
      ({
        ...catalog.byId.get(id),
        sharedNames: ['mono'],
        ...(id === 'koa' && { adoption: [] }),
      }) as Framework;
    const withShared = (...ids: string[]) => {
      const frameworks = catalog.frameworks.map((one) => (ids.includes(one.id) ? shared(one.id) : one));
      const changed = { ...catalog, frameworks };
      return createAsk({ ...context, catalog: changed, finder: createFinder(changed) });
    };
    const used = await withShared('express', 'koa').slash('framework lookup', { name: 'mono' });
    expect(used.embed.title).toBe('Express');
    expect(used.text).toContain('You typed ‘mono’. Koa is called so too.');
    const even = await withShared('cakephp', 'koa').slash('framework lookup', { name: '*mono*' });
    expect(even.text).toContain('Which one?\nCakePHP and Koa are called ‘*mono*’.');
    expect(labels(even)).toEqual(['CakePHP', 'Koa']);
    const compared = await withShared('cakephp', 'koa').slash('compare', { first: 'mono', second: 'django' });
    expect(compared.text).toContain('‘mono’ may be CakePHP or Koa.');
    expect(labels(compared)).toEqual(expect.arrayContaining(['with CakePHP', 'with Koa']));
  });

  test.each([
    ['pip install flask', 'Flask'],
    ['https://github.com/koajs/koa', 'Koa'],
    ['what is rails', 'Ruby on Rails'],
    ['feenix', 'Phoenix'],
  ])('%s means %s', async (name, title) => {
    const { embed, text } = await lookup(name);
    expect(embed.title).toBe(title);
    expect(text).toContain('You typed ‘');
  });

  test('repeats what was typed as plain, short text', async () => {
    const { embed } = await lookup(
      `**@everyone** [x](https://evil.example) <@1> ${'long '.repeat(12)}\u202e# a`.slice(0, 100),
    );
    expect(embed.description).toContain('\\*\\*\\@everyone\\*\\*');
    expect(embed.description).not.toMatch(/https:\/\/|(?<!\\)\[x|(?<!\\)<@|\u202e/);
    expect(embed.description?.length).toBeLessThan(200);
  });

  test.each([
    ['2027-04-30', 'Now 6.1, Aug 2026, fixes until Apr 2027'],
    ['2027-05-01', 'Now 6.1, Aug 2026, security fixes until Dec 2027'],
    ['2028-01-01', 'Now 6.1, Aug 2026, support ended in Dec 2027'],
  ])('tells support as of %s', async (today, said) => {
    const { slash: askThen } = createAsk({ ...context, today });
    expect((await askThen('framework lookup', { name: 'django' })).text).toContain(said);
  });

  test('an ended framework says so first and names its successor', async () => {
    const express = catalog.byId.get('express');
    if (express === undefined) throw new Error('express is missing');
    const ended = {
      ...express,
      status: { ...express.status, value: 'ended' as const, since: '2030-01', successor: 'koa' },
    };
    const byId = new Map([...catalog.byId, ['express', ended]]);
    const { press: pressThen } = createAsk({ ...context, catalog: { ...catalog, byId } });
    const { embed, text } = await pressThen('framework:c:express:o:0');
    expect(embed.author?.name).toBe('JavaScript · micro · ended');
    expect(text.split('\n')[2]).toMatch(/^Ended since Jan 2030; Koa takes its place/);
  });

  test('its buttons turn the pages, and come back', async () => {
    let answer = await lookup('laravel');
    for (const page of ['Advantages', 'Features', 'Capabilities', 'Releases', 'Sources', 'Overview']) {
      answer = await press(buttonId(answer, page));
      expect(answer.type).toBe(7);
      expect(answer.embed.title).toBe('Laravel');
      const current = answer.buttons.find((button) => 'label' in button && button.label === page);
      expect(current?.style).toBe(1);
    }
  });

  test('what is too long for one page goes on, and ends where it began', async () => {
    const first = await press('framework:c:django:f:0');
    const seen = [first.text];
    let answer = first;
    for (;;) {
      const next = labels(answer).find(
        (label) => label.startsWith('More (page ') || label === 'Back to page 1',
      );
      answer = await press(buttonId(answer, next ?? ''));
      if (next === 'Back to page 1') break;
      seen.push(answer.text);
    }
    expect(answer.text).toBe(first.text);
    expect(new Set(seen).size).toBe(seen.length);
    const features = catalog.byId.get('django')?.features.map(({ title }) => title) ?? [];
    for (const title of features)
      expect(seen.filter((text) => text.includes(`\n${title}: `))).toHaveLength(1);
    expect(seen.join('\n')).toContain('Runs on: Python');
  });

  test('its menu leads to a comparison', async () => {
    const { menus } = await lookup('django');
    const { embed } = await press(menus[0]?.custom_id ?? '', { values: ['rails'] });
    expect(embed.title).toBe('Django and Ruby on Rails');
  });
});

describe('/framework lookup, while typing', () => {
  test.each([
    ['', 'ASP.NET Core (C#)'],
    ['dja', 'Django (Python)'],
    ['ror', 'Ruby on Rails (Ruby)'],
    ['pyth', 'Flask (Python)'],
    ['phenix', 'Phoenix (Elixir)'],
  ])('‘%s’ offers %s first', async (name, first) => {
    const { choices } = await suggest('framework lookup', { name }, 'name');
    expect(choices[0]?.name).toBe(first);
  });

  test('what it sends is an id that leads to the card', async () => {
    const { choices } = await suggest('framework lookup', { name: 'lara' }, 'name');
    expect((await lookup(String(choices[0]?.value))).embed.title).toBe('Laravel');
  });

  test('nonsense offers nothing', async () => {
    expect((await suggest('framework lookup', { name: 'qqqqzzzz' }, 'name')).choices).toEqual([]);
  });
});

describe('/framework list', () => {
  test.each([
    [{}, '10 frameworks', ['Django', 'Express', 'CakePHP']],
    [{ kind: 'micro' }, `${count(undefined, 'micro')} micro frameworks`, ['Express', 'Flask', 'Koa']],
    [{ language: 'php' }, `${count('php')} frameworks in PHP`, ['CakePHP', 'Laravel']],
    [{ language: 'golang' }, '0 frameworks in Go', []],
    [
      { language: 'js', kind: 'micro' },
      `${count('javascript', 'micro')} micro frameworks in JavaScript`,
      ['Express', 'Koa'],
    ],
    [
      { language: 'django' },
      `${count('python')} frameworks in Python`,
      ['Django is a framework in Python.', 'Flask'],
    ],
    [{ language: 'klingon' }, 'Not found', ['I know no language called ‘klingon’.']],
  ])('%o is %s', async (options: Record<string, string>, title, said) => {
    const { embed, text } = await slash('framework list', options);
    expect(embed.title).toBe(title);
    for (const words of said) expect(text).toContain(words);
  });

  test('its menu leads to the card', async () => {
    const { menus } = await slash('framework list');
    expect(menus[0]?.options.length).toBeGreaterThan(9);
    expect((await press(menus[0]?.custom_id ?? '', { values: ['koa'] })).embed.title).toBe('Koa');
  });

  test('languages are offered by their other names', async () => {
    const { choices } = await suggest('framework list', { language: 'c#' }, 'language');
    expect(choices).toEqual([{ name: `C# (${count('csharp')})`, value: 'csharp' }]);
  });

  test('languages are offered with how many frameworks they have, most first', async () => {
    const { choices } = await suggest('framework list', { language: '' }, 'language');
    const counts = choices.map(({ name }) => Number(/\((\d+)\)$/.exec(name)?.[1]));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.at(-1)).toBeGreaterThan(0);
    const none = await suggest('framework list', { language: 'crys' }, 'language');
    expect(none.choices.map(({ name }) => name)).toEqual(['Crystal (none yet)']);
  });
});

describe('/framework search', () => {
  test('shows the words that matched, and where', async () => {
    const { embed, text } = await slash('framework search', { text: 'admin generat' });
    expect(text).toContain('Django');
    expect(embed.description).toMatch(/\*\*admin\*\*|\*\*Admin\*\*/);
    expect(embed.description).toMatch(/\*\*generat\w+\*\*/);
  });

  test.each(['zzzzqq', '!!!', '“”'])('‘%s’ finds nothing and says what to do', async (text) => {
    expect((await slash('framework search', { text })).text).toContain('No entry says that.');
  });

  test('a long search keeps its words over the pages', async () => {
    const text = `the ${'framework '.repeat(7)}`.slice(0, 80);
    const answer = await slash('framework search', { text });
    const ids = answer.buttons.flatMap((button) => ('custom_id' in button ? button.custom_id : []));
    for (const id of ids) expect((await press(id)).embed.title).toBe(answer.embed.title);
  });
});

test('a mention for somebody is the only one, and survives the turning of pages', async () => {
  const answer = await slash('framework lookup', { name: 'koa', 'for-user': asker });
  expect(answer.content).toBe(`<@${asker}>`);
  expect(answer.body).toMatchObject({ data: { allowed_mentions: { parse: [], users: [asker] } } });
  const turned = await press(buttonId(answer, 'Releases'), { content: answer.content ?? '' });
  expect(turned.content).toBe(`<@${asker}>`);
});
