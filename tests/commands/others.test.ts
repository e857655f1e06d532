import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { checkCommands } from '../../src/playground/limits.ts';
import { context, createAsk, labels } from '../helpers/ask.ts';
import { validateAgainstOpenApi } from '../helpers/openapi.ts';

const { slash, explain } = createAsk();

describe('the list of commands', () => {
  test('is what is in the folder, each file named as its command', () => {
    const files = readdirSync('commands').filter((file) => file !== 'index.ts');
    const names = commands.map(({ data }) => `${data.name.toLowerCase().replaceAll(' ', '-')}.ts`);
    expect(names).toEqual(files.sort());
  });

  test('is taken by Discord, for servers, direct messages and everywhere', () => {
    const data = commands.map((command) => command.data);
    expect(checkCommands(data)).toEqual([]);
    for (const command of data) {
      expect(command).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] });
      expect(
        validateAgainstOpenApi('ApplicationCommandUpdateRequest', JSON.parse(JSON.stringify(command))) ?? [],
      ).toEqual([]);
    }
  });

  test('every slash command takes private:, and those that answer a question take for-user:', () => {
    type Definition = { name: string; type?: number; options?: Definition[] };
    const leaves = ({ name, options = [] }: Definition): { name: string; options: string[] }[] => {
      const subcommands = options.filter(({ type }) => type === 1);
      if (subcommands.length > 0)
        return subcommands.flatMap((one) => leaves({ ...one, name: `${name} ${one.name}` }));
      return [{ name, options: options.map((option) => option.name) }];
    };
    const slash = commands.map(({ data }) => data as Definition).filter(({ type = 1 }) => type === 1);
    const all = slash.flatMap(leaves);
    expect(all.filter(({ options }) => !options.includes('private'))).toEqual([]);
    const answering = all.filter(({ options }) => options.includes('for-user')).map(({ name }) => name);
    expect(answering).toEqual(['compare', 'framework lookup', 'recommend']);
  });
});

describe('/about', () => {
  test('says what is known and from where, and links nothing that is not there', async () => {
    const answer = await slash('about');
    expect(answer.embed.title).toBe('Framewise 1.2.3');
    expect(answer.text).toMatch(/\d+ frameworks in \d+ languages, from \d+ sources, newest [A-Z]/);
    expect(labels(answer)).toEqual([]);
  });

  test('links the repository where one is set', async () => {
    const repository = 'https://example.org/framewise';
    const { slash: ask } = createAsk({ ...context, repository });
    const { buttons } = await ask('about');
    expect(buttons.map((button) => ('url' in button ? button.url : ''))).toEqual([
      repository,
      `${repository}/issues`,
    ]);
  });
});

describe('Explain frameworks', () => {
  test('reads the titles of embeds too, such as those of our own answers', async () => {
    const answer = await explain('', [{ title: 'Django and Laravel' }]);
    expect(answer.embed.title).toBe('Django and Laravel');
  });

  test.each([
    ['should I learn Django?', 'Django', 'Python · full-stack · active'],
    ['Flask or express.js for a small api?', 'Flask and Express', 'in this order'],
    [
      'we moved from Rails to Phoenix, then Laravel, CakePHP and Koa',
      'Ruby on Rails, Phoenix, Laravel and CakePHP',
      'Also named: Koa.',
    ],
    ['express your feelings this spring', 'No framework in there', 'names no framework that I know'],
    ['', 'No framework in there', '/framework lookup'],
  ])('‘%s’ → %s, in private', async (content, title, said) => {
    const answer = await explain(content);
    expect(answer.embed.title).toBe(title);
    expect(answer.text).toContain(said);
    expect(answer.isPrivate).toBe(true);
  });
});
