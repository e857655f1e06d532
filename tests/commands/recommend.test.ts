import { describe, expect, test } from 'vitest';
import { buttonId, contextOfTen, createAsk, labels } from '../helpers/ask.ts';

const { slash, press, suggest } = createAsk(contextOfTen);

describe('/recommend', () => {
  test('gives places with reasons and costs, each with its receipt', async () => {
    const { embed, text, ...answer } = await slash('recommend', { language: 'python', purpose: 'rest-api' });
    expect(embed.title).toBe('REST API in Python');
    expect(text).toMatch(/^1 {2}\S+$/m);
    expect(text).toMatch(/^\+ \S/m);
    expect(text).toMatch(/^− \S/m);
    expect(embed.description).toMatch(/\*\*1 {2}[^*]+\*\*\n\\\+ .+\s\[¹\]\(https:/);
    expect(embed.footer?.text).toContain('ranked by fit, needs, use, support and releases');
    expect(labels({ embed, text, ...answer }).slice(-2)).toEqual(['Why not …?', 'Sources']);
  });

  test.each([
    [{ language: 'js', purpose: 'minimal-service' }, 'Minimal service in JavaScript', /1 {2}(Express|Koa)/],
    [{ language: '.net' }, 'Backend frameworks in C#', /1 {2}ASP\.NET Core/],
    [{ language: 'golang' }, 'Backend frameworks in Go', /No framework in Go is recorded here yet/],
    [
      { language: 'django', purpose: 'admin-crud' },
      'Admin and CRUD in Python',
      /Django is a framework in Python/,
    ],
    [{ purpose: 'realtime' }, 'Realtime', /1 {2}\S+/],
    [{}, 'Backend frameworks', /1 {2}\S+/],
    [{ language: 'klingon' }, 'Not found', /I know no language called ‘klingon’/],
    [
      { language: 'python', needs: 'admin, e-mail' },
      'Backend frameworks in Python, with admin and mail',
      /1 {2}Django/,
    ],
    [{ needs: 'auth and swagger' }, 'Backend frameworks, with authentication and OpenAPI', /1 {2}\S+/],
    [
      { language: 'php', needs: 'mail, teleport' },
      'Backend frameworks in PHP, with mail',
      /I do not know the need ‘teleport’/,
    ],
    [
      { language: 'js', purpose: 'rest-api', needs: 'admin, mail' },
      'REST API in JavaScript, with admin and mail',
      /Without .+ fit|1 {2}\S+/,
    ],
  ])('%o is answered with %s', async (options: Record<string, string>, title, said) => {
    const answer = await slash('recommend', options);
    expect(answer.embed.title).toBe(title);
    expect(answer.text).toMatch(said);
  });

  test.each(['a', 'e', 'au', 'xx'])('the need ‘%s’ is not guessed', async (needs) => {
    const { embed, text } = await slash('recommend', { needs });
    expect(embed.title).toBe('Backend frameworks');
    expect(text).toContain(`I do not know the need ‘${needs}’`);
  });

  test('words that are not understood stay while the next is completed', async () => {
    const { choices } = await suggest('recommend', { needs: 'teleport, adm' }, 'needs');
    expect(choices[0]?.value).toBe('teleport, admin');
  });

  test('says why something that says itself that it is not for the purpose is left out', async () => {
    const { text } = await slash('recommend', { language: 'js', purpose: 'admin-crud' });
    expect(text).toMatch(/Left out\n.*Koa: /s);
  });

  test('its menus change the purpose and the needs, and keep the rest', async () => {
    const first = await slash('recommend', { language: 'ruby', purpose: 'rest-api', needs: 'mail' });
    const [languageMenu, purposeMenu, needsMenu] = first.menus;
    expect(languageMenu?.options.filter((option) => option.default).map(({ label }) => label)).toEqual([
      'Ruby',
    ]);
    expect(purposeMenu?.options.filter((option) => option.default).map(({ label }) => label)).toEqual([
      'REST API',
    ]);
    expect(needsMenu?.options.filter((option) => option.default).map(({ label }) => label)).toEqual(['mail']);
    const realtime = purposeMenu?.options.find(({ label }) => label === 'Realtime')?.value ?? '';
    const changed = await press(purposeMenu?.custom_id ?? '', { values: [realtime] });
    expect(changed.embed.title).toBe('Realtime in Ruby, with mail');
    const none = await press(changed.menus[2]?.custom_id ?? '', { values: [] });
    expect(none.embed.title).toBe('Realtime in Ruby');
    const any = await press(none.menus[1]?.custom_id ?? '', { values: ['*'] });
    expect(any.embed.title).toBe('Backend frameworks in Ruby');
    const all = any.menus[2]?.options.slice(0, 10).map(({ value }) => value) ?? [];
    expect((await press(any.menus[2]?.custom_id ?? '', { values: all })).embed.title).toMatch(
      /^Backend frameworks in Ruby, with /,
    );
  });

  test('its menus change the language too, to another, to two or to any', async () => {
    const first = await slash('recommend', { language: 'ruby', purpose: 'rest-api' });
    const id = first.menus[0]?.custom_id ?? '';
    expect((await press(id, { values: ['python'] })).embed.title).toBe('REST API in Python');
    expect((await press(id, { values: ['python', 'php'] })).embed.title).toBe('REST API in Python or PHP');
    expect((await press(id, { values: ['*'] })).embed.title).toBe('REST API');
    expect((await press(id, { values: ['klingon'] })).embed.title).toBe('REST API');
  });

  test.each([
    [
      'a realtime chat backend in ruby with background jobs',
      'Realtime in Ruby, with background jobs',
      'Understood: Ruby · Realtime · background jobs.',
    ],
    ['crud app, anything but java, no graphql', 'Admin and CRUD not in Java', 'GraphQL not needed.'],
    ['go or rust', 'Backend frameworks in Go or Rust', 'Understood: Go or Rust.'],
    [
      'pizza **with** @everyone',
      'Backend frameworks',
      'I found no language, purpose or need in ‘pizza **with** @everyone’',
    ],
  ])('plain words: %s', async (describe, title, said) => {
    const answer = await slash('recommend', { describe });
    expect(answer.embed.title).toBe(title);
    expect(answer.text).toContain(said);
    expect(answer.menus).toHaveLength(3);
  });

  test('what is chosen goes before what is described, and needs add up', async () => {
    const { embed } = await slash('recommend', {
      describe: 'a chat in ruby with mail',
      language: 'php',
      needs: 'orm',
    });
    expect(embed.title).toBe('Realtime in PHP, with ORM and mail');
  });

  test('says what would change the answer', async () => {
    const { text } = await slash('recommend', { language: 'python', purpose: 'rest-api' });
    expect(text).toMatch(/What would change this\n(?:.* is first.*\n?)+/);
  });

  test('asks why another is not the first, for what fits and for what does not', async () => {
    const first = await slash('recommend', { language: 'python', purpose: 'admin-crud' });
    const chooser = await press(buttonId(first, 'Why not …?'));
    expect(chooser.menus).toHaveLength(1);
    const values = chooser.menus[0]?.options.map(({ value }) => value) ?? [];
    expect(values).not.toContain('django');
    const flask = await press(chooser.menus[0]?.custom_id ?? '', { values: ['flask'] });
    expect(flask.embed.title).toBe('Why not Flask?');
    expect(flask.text).toContain('Flask is not the one that fits.');
    expect(labels(flask)).toEqual(['Flask', 'Compare with Django', 'Ranking', 'Sources']);
    const laravel = await press(chooser.menus[0]?.custom_id ?? '', { values: ['laravel'] });
    expect(laravel.text).toContain('it is written in PHP');
    expect((await press(buttonId(laravel, 'Ranking'))).text).toBe(first.text);
    const typed = await slash('recommend', { language: 'python', purpose: 'admin-crud', 'why-not': 'flaks' });
    expect(typed.embed.title).toBe('Why not Flask?');
    const unknown = await slash('recommend', { purpose: 'admin-crud', 'why-not': 'pizza' });
    expect(unknown.text).toContain('I know no framework called ‘pizza’.');
    const python = await slash('recommend', { purpose: 'admin-crud', 'why-not': 'python' });
    expect(python.text).toContain('Python is a language.');
    const none = await slash('recommend', { language: 'go', 'why-not': 'rails' });
    expect(none.text).toContain('Ruby on Rails does not fit; nothing recorded here does.');
  });

  test('a language that was not wanted can be chosen all the same', async () => {
    const said = await slash('recommend', { describe: 'a rest api, anything but python' });
    expect(said.embed.title).toBe('REST API not in Python');
    const [menu] = said.menus;
    const python = await press(menu?.custom_id ?? '', { values: ['python'] });
    expect(python.embed.title).toBe('REST API in Python');
    expect(python.text).toMatch(/1 {2}\S+/);
    const any = await press(menu?.custom_id ?? '', { values: [menu?.options[0]?.value ?? ''] });
    expect(any.embed.title).toBe('REST API');
    const both = await slash('recommend', { language: 'python', describe: 'anything but python' });
    expect(both.embed.title).toBe('Backend frameworks in Python');
  });

  test('what it says it understood is what it answers', async () => {
    const { embed, text } = await slash('recommend', {
      describe: 'an api in python, typescript, javascript, kotlin, c# or php',
    });
    const [, understood] = /^Understood: (.*) · REST API\.$/m.exec(text) ?? [];
    expect(embed.title).toBe(`REST API in ${understood}`);
  });

  test('its buttons lead to cards, to a comparison, and to the sources and back', async () => {
    const first = await slash('recommend', { purpose: 'full-stack-site' });
    expect((await press(buttonId(first, 'Compare these'))).embed.title).toMatch(/, .* and /);
    const sources = await press(buttonId(first, 'Sources'));
    expect(sources.text).toContain('Sources');
    expect((await press(buttonId(sources, 'Ranking'))).text).toBe(first.text);
  });
});

describe('/recommend, while typing', () => {
  test.each([
    ['', 'routing'],
    ['adm', 'admin'],
    ['admin, ma', 'admin, mail'],
    ['admin, mail, adm', undefined],
    ['queue', 'background jobs'],
    ['swag', 'OpenAPI'],
    ['admin, ', 'admin, routing'],
    [
      'routing, ORM, migrations, templates, forms, sessions, authentication, authorisation, admin, CLI, jobs, mai',
      'routing,orm,migrations,templates,forms,sessions,authentication,authorisation,admin,cli,jobs,mail',
    ],
  ])('the needs ‘%s’ go on with ‘%s’', async (needs, first) => {
    const { choices } = await suggest('recommend', { needs }, 'needs');
    expect(choices[0]?.value).toBe(first);
    for (const { value } of choices) {
      expect((await slash('recommend', { needs: String(value) })).text).not.toContain('I do not know');
    }
  });

  test.each([
    ['', 'javascript'],
    ['js', 'javascript'],
    ['.net', 'csharp'],
    ['gol', 'go'],
    ['ty', 'typescript'],
  ])('the language ‘%s’ offers %s first', async (language, id) => {
    const { choices } = await suggest('recommend', { language }, 'language');
    expect(choices[0]?.value).toBe(id);
  });
});
