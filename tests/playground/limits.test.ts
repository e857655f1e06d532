import { describe, expect, it } from 'vitest';
import {
  checkCommands,
  checkFiles,
  checkLimits,
  checkResponse,
  type LimitName,
  limits,
  measureLimits,
} from '../../src/playground/limits.ts';
import type { Problem } from '../../src/playground/problem.ts';
import { commandRules, messageRules } from '../../src/playground/rules.ts';

function text(size: number): string {
  return 'x'.repeat(size);
}

function times<T>(size: number, make: (index: number) => T): T[] {
  return Array.from({ length: size }, (_, at) => make(at));
}

function row(...components: unknown[]) {
  return { type: 1, components };
}

function button(more: object = {}) {
  return { type: 2, style: 2, label: 'Go', custom_id: 'go', ...more };
}

function link(more: object = {}) {
  return { type: 2, style: 5, label: 'Go', url: 'https://example.org', ...more };
}

function options(size: number) {
  return times(size, (at) => ({ label: `Option ${at}`, value: `${at}` }));
}

function select(more: object = {}) {
  return { type: 3, custom_id: 'menu', options: options(1), ...more };
}

function poll(more: object = {}) {
  return {
    question: { text: 'Which?' },
    answers: [{ poll_media: { text: 'One' } }],
    ...more,
  };
}

function command(more: object = {}) {
  return { name: 'command', description: 'Does it', ...more };
}

function option(more: object = {}) {
  return { type: 3, name: 'option', description: 'What', ...more };
}

function files(...sizes: number[]) {
  return sizes.map((size, index) => ({ index, name: `${index}.txt`, size }));
}

function id(at: number): string {
  return String(100_000_000_000_000_000n + BigInt(at));
}

function message(data: object): Problem[] {
  return checkResponse({ type: 4, data }, { files: files(1) });
}

function choices(list: unknown[]): Problem[] {
  return checkResponse({ type: 8, data: { choices: list } });
}

function one(more: object): Problem[] {
  return checkCommands([command(more)]);
}

function many(type: number, size: number): Problem[] {
  return checkCommands(
    times(size, (at) => ({ name: `command-${at}`, type, ...(type === 1 ? { description: 'Does' } : {}) })),
  );
}

function emoji(more: object): Problem[] {
  return checkLimits({ name: 'name', bytes: 1, count: 1, ...more }, 'emoji');
}

/** For each row of the table, a payload in which exactly that has the given size. */
const sized: Record<LimitName, (size: number) => Problem[]> = {
  contentCharacters: (size) => message({ content: text(size) }),
  embeds: (size) => message({ embeds: times(size, () => ({ title: 'Title' })) }),
  embedTitle: (size) => message({ embeds: [{ title: text(size) }] }),
  embedDescription: (size) => message({ embeds: [{ description: text(size) }] }),
  embedFields: (size) => message({ embeds: [{ fields: times(size, () => ({ name: 'n', value: 'v' })) }] }),
  embedFieldName: (size) => message({ embeds: [{ fields: [{ name: text(size), value: 'v' }] }] }),
  embedFieldValue: (size) => message({ embeds: [{ fields: [{ name: 'n', value: text(size) }] }] }),
  embedFooter: (size) => message({ embeds: [{ footer: { text: text(size) } }] }),
  embedAuthor: (size) => message({ embeds: [{ author: { name: text(size) } }] }),
  embedTotal: (size) =>
    message({ embeds: [{ description: text(4000) }, { title: text(200), description: text(size - 4200) }] }),
  rows: (size) => message({ components: times(size, (at) => row(button({ custom_id: `go-${at}` }))) }),
  rowComponents: (size) =>
    message({ content: 'x', components: [row(...times(size, (at) => button({ custom_id: `go-${at}` })))] }),
  customId: (size) => message({ components: [row(select({ custom_id: text(size) }))] }),
  buttonLabel: (size) => message({ components: [row(button({ label: text(size) }))] }),
  buttonUrl: (size) => message({ components: [row(link({ url: `https://e.org/${text(size - 14)}` }))] }),
  selectOptions: (size) => message({ components: [row(select({ options: options(size) }))] }),
  selectPlaceholder: (size) => message({ components: [row(select({ placeholder: text(size) }))] }),
  selectMinValues: (size) =>
    message({ components: [row(select({ options: options(25), min_values: size, max_values: 25 }))] }),
  selectMaxValues: (size) =>
    message({ components: [row(select({ options: options(25), max_values: size }))] }),
  selectOptionLabel: (size) =>
    message({ components: [row(select({ options: [{ label: text(size), value: 'v' }] }))] }),
  selectOptionValue: (size) =>
    message({ components: [row(select({ options: [{ label: 'l', value: text(size) }] }))] }),
  selectOptionDescription: (size) =>
    message({
      components: [row(select({ options: [{ label: 'l', value: 'v', description: text(size) }] }))],
    }),
  allowedUsers: (size) => message({ content: 'x', allowed_mentions: { users: times(size, id) } }),
  allowedRoles: (size) => message({ content: 'x', allowed_mentions: { roles: times(size, id) } }),
  attachmentDescription: (size) => message({ attachments: [{ id: 0, description: text(size) }] }),
  attachments: (size) =>
    checkResponse(
      { type: 4, data: { attachments: times(size, (at) => ({ id: at })) } },
      { attached: times(size, String) },
    ),
  pollQuestion: (size) => message({ poll: poll({ question: { text: text(size) } }) }),
  pollAnswers: (size) =>
    message({ poll: poll({ answers: times(size, () => ({ poll_media: { text: 'a' } })) }) }),
  pollAnswer: (size) => message({ poll: poll({ answers: [{ poll_media: { text: text(size) } }] }) }),
  pollHours: (size) => message({ poll: poll({ duration: size }) }),
  files: (size) => checkFiles(files(...times(size, () => 1))),
  fileBytes: (size) => checkFiles(files(size)),
  requestBytes: (size) =>
    checkFiles(files(limits.fileBytes.max, limits.fileBytes.max, size - 2 * limits.fileBytes.max)),
  suggestions: (size) => choices(times(size, (at) => ({ name: `n${at}`, value: `v${at}` }))),
  suggestionName: (size) => choices([{ name: text(size), value: 'v' }]),
  suggestionValue: (size) => choices([{ name: 'n', value: text(size) }]),
  slashCommands: (size) => many(1, size),
  userCommands: (size) => many(2, size),
  messageCommands: (size) => many(3, size),
  commandName: (size) => one({ name: text(size) }),
  commandDescription: (size) => one({ description: text(size) }),
  options: (size) => one({ options: times(size, (at) => option({ name: `o${at}` })) }),
  optionDescription: (size) => one({ options: [option({ description: text(size) })] }),
  optionMinLength: (size) => one({ options: [option({ min_length: size })] }),
  optionMaxLength: (size) => one({ options: [option({ max_length: size })] }),
  optionFileTypes: (size) =>
    one({ options: [option({ type: 11, file_types: times(size, (at) => `.e${at}`) })] }),
  choices: (size) =>
    one({ options: [option({ choices: times(size, (at) => ({ name: `n${at}`, value: `v${at}` })) })] }),
  choiceName: (size) => one({ options: [option({ choices: [{ name: text(size), value: 'v' }] })] }),
  choiceValue: (size) => one({ options: [option({ choices: [{ name: 'n', value: text(size) }] })] }),
  commandSize: (size) => {
    // Two options of 25 choices hold 25 × (60 + 92) characters each; the last description takes what is left.
    const full = (name: string) =>
      option({ name, choices: times(25, (at) => ({ name: text(57) + (100 + at), value: text(92) })) });
    const fixed =
      'command'.length +
      'Does it'.length +
      2 * (1 + 'What'.length + 25 * 152) +
      2 +
      100 +
      2 +
      100 +
      2 +
      100 +
      2;
    const filler = (name: string, size: number) => option({ name, description: text(size) });
    return one({
      options: [
        full('a'),
        full('b'),
        filler('c1', 100),
        filler('d1', 100),
        filler('e1', 100),
        filler('f1', size - fixed),
      ],
    });
  },
  emojiName: (size) => emoji({ name: text(size) }),
  emojiBytes: (size) => emoji({ bytes: size }),
  emojis: (size) => emoji({ count: size }),
};

describe('each documented limit', () => {
  it.each(Object.keys(limits) as LimitName[])('%s', (name) => {
    const limit = limits[name];
    expect(limit.link).toMatch(/^https:\/\/docs\.discord\.com\/developers\/[\w/-]+(#[\w-]+)?$/);
    expect(sized[name](limit.max)).toEqual([]);
    expect(sized[name](limit.max + 1)).toContainEqual(
      expect.objectContaining({ what: limit.what, found: String(limit.max + 1), link: limit.link }),
    );
    if ('min' in limit && limit.min > 0) {
      expect(sized[name](limit.min)).toEqual([]);
      expect(sized[name](limit.min - 1)).toContainEqual(expect.objectContaining({ what: limit.what }));
    }
  });
});

function picture(url: string) {
  return { embeds: [{ image: { url } }] };
}

/** For each rule of a message: what it takes, and what it refuses. */
const messages: Record<keyof typeof messageRules, readonly [taken: object, refused: object]> = {
  embedNotEmpty: [{ embeds: [{ title: 'x' }] }, { content: 'x', embeds: [{ color: 1 }] }],
  webAddress: [
    { embeds: [{ title: 'x', url: 'https://e.org' }] },
    { embeds: [{ title: 'x', url: 'ftp://e.org' }] },
  ],
  pictureAddress: [picture('attachment://0.png'), picture('attachment://1.png')],
  oneSelectPerRow: [{ components: [row(select())] }, { components: [row(select(), button())] }],
  buttonByStyle: [{ components: [row(link())] }, { components: [row(link({ custom_id: 'x' }))] }],
  buttonShowsSomething: [
    { components: [row(button({ label: null, emoji: { name: '🐍' } }))] },
    { components: [row(button({ label: null }))] },
  ],
  linkOpensWebOrApp: [
    { components: [row(link())] },
    { components: [row(link({ url: 'javascript:alert(1)' }))] },
  ],
  customIdsDiffer: [
    { components: [row(button()), row(button({ custom_id: 'other' }))] },
    { components: [row(button()), row(button())] },
  ],
  selectCounts: [
    { components: [row(select({ min_values: 0, max_values: 1 }))] },
    { components: [row(select({ max_values: 2 }))] },
  ],
  selectValuesDiffer: [
    { components: [row(select({ options: options(2) }))] },
    { components: [row(select({ options: [...options(1), ...options(1)] }))] },
  ],
  selectDefaults: [
    { components: [row(select({ options: [{ label: 'l', value: 'v', default: true }] }))] },
    { components: [row(select({ options: options(2).map((one) => ({ ...one, default: true })) }))] },
  ],
  mentionsNotTwice: [
    { content: 'x', allowed_mentions: { parse: ['users'], users: [] } },
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
  ],
  attachmentsMatchFiles: [{ attachments: [{ id: 0 }] }, { attachments: [{ id: 1 }] }],
  attachmentsDiffer: [{ attachments: [{ id: 0 }] }, { attachments: [{ id: 0 }, { id: '0' }] }],
  pollAnswersSay: [
    { poll: poll() },
    { poll: poll({ answers: [{ poll_media: { emoji: { name: '🐍' } } }] }) },
  ],
};

describe('each rule of a message', () => {
  const around = { files: [{ index: 0, name: '0.png', size: 1 }] };
  it.each(Object.keys(messageRules) as (keyof typeof messageRules)[])('%s', (name) => {
    const [taken, refused] = messages[name];
    const { allowed, link: page } = messageRules[name];
    expect(checkResponse({ type: 4, data: taken }, around)).toEqual([]);
    expect(checkResponse({ type: 4, data: refused }, around)).toContainEqual(
      expect.objectContaining({ allowed, link: page }),
    );
  });
});

function group(inner: unknown[]) {
  return [option({ type: 2, name: 'group', options: inner })];
}

function subcommand(inner: unknown[] = []) {
  return option({ type: 1, name: 'sub', options: inner });
}

/** For each rule of a command: what it takes, and what it refuses. */
const commands: Record<keyof typeof commandRules, readonly [taken: object, refused: object]> = {
  slashName: [{ name: 'größe-1_ค' }, { name: 'Größe' }],
  descriptionByType: [{ type: 3, name: 'Explain this', description: '' }, { description: '' }],
  optionsOfSlashOnly: [{ options: [option()] }, { type: 3, description: '', options: [option()] }],
  localesKnown: [{ name_localizations: { de: 'befehl' } }, { name_localizations: { xx: 'befehl' } }],
  requiredFirst: [
    { options: [option({ required: true }), option({ name: 'b' })] },
    { options: [option(), option({ name: 'b', required: true })] },
  ],
  optionNamesDiffer: [{ options: [option(), option({ name: 'b' })] }, { options: [option(), option()] }],
  nesting: [{ options: group([subcommand([option()])]) }, { options: group([option()]) }],
  choicesByType: [
    { options: [option({ autocomplete: true })] },
    { options: [option({ autocomplete: true, choices: [{ name: 'n', value: 'v' }] })] },
  ],
  choiceValueByType: [
    { options: [option({ type: 4, choices: [{ name: 'n', value: 1 }] })] },
    { options: [option({ type: 4, choices: [{ name: 'n', value: '1' }] })] },
  ],
  choicesDiffer: [
    { options: [option({ choices: [{ name: 'n', value: 'v' }] })] },
    { options: [option({ choices: times(2, () => ({ name: 'n', value: 'v' })) })] },
  ],
  boundsInOrder: [
    { options: [option({ min_length: 1, max_length: 1 })] },
    { options: [option({ min_length: 2, max_length: 1 })] },
  ],
  contextsDiffer: [{ contexts: [0, 1, 2], integration_types: [0, 1] }, { contexts: [0, 0] }],
};

describe('each rule of a command', () => {
  it.each(Object.keys(commandRules) as (keyof typeof commandRules)[])('%s', (name) => {
    const [taken, refused] = commands[name];
    const { allowed, link: page } = commandRules[name];
    expect(one(taken)).toEqual([]);
    expect(one(refused)).toContainEqual(expect.objectContaining({ allowed, link: page }));
  });

  it.each([
    ['a subcommand beside an option', [subcommand(), option()]],
    ['a subcommand in a subcommand', [subcommand([subcommand()])]],
    ['a group in a group', group(group([subcommand()]))],
    ['options of a string', [option({ options: [option()] })]],
  ])('refuses %s', (_, nested) => {
    expect(one({ options: nested })).toContainEqual(
      expect.objectContaining({ allowed: commandRules.nesting.allowed }),
    );
  });

  it('refuses two commands of one name and type, not of two types', () => {
    const explain = { type: 3, name: 'command' };
    expect(checkCommands([command(), explain])).toEqual([]);
    expect(checkCommands([command(), command()])).toMatchObject([{ path: '1.name' }]);
  });

  it('counts the longest translation towards the size of a command', () => {
    const long = option({ description_localizations: { de: text(100) } });
    const size = (problems: Problem[]) => problems.filter(({ what }) => what === limits.commandSize.what);
    const nineGroups = times(25, (at) =>
      option({ type: 1, name: `s${at}`, options: times(4, (inner) => ({ ...long, name: `o${inner}` })) }),
    );
    expect(size(one({ options: nineGroups }))).toHaveLength(1);
  });
});

describe('what cannot be an answer', () => {
  it.each([
    ['a misspelt field', { type: 4, data: { contents: 'x' } }, 'data.contents'],
    [
      'a misspelt field deep inside',
      { type: 4, data: { embeds: [{ title: 'x', colour: 1 }] } },
      'data.embeds.0.colour',
    ],
    ['a field beside the data', { type: 4, data: { content: 'x' }, flags: 64 }, 'flags'],
    ['an empty message', { type: 4, data: {} }, 'data'],
    ['a message of spaces', { type: 4, data: { content: '  ' } }, 'data'],
    [
      'an update that empties all',
      { type: 7, data: { content: '', embeds: [], components: [], attachments: [] } },
      'data',
    ],
    ['a poll in an update', { type: 7, data: { poll: poll() } }, 'data.poll'],
    ['an update that becomes private', { type: 7, data: { content: 'x', flags: 64 } }, 'data.flags'],
    ['a deferral with content', { type: 5, data: { content: 'x' } }, 'data.content'],
    ['a deferral with other flags', { type: 5, data: { flags: 4 } }, 'data.flags'],
    ['a deferred update with data', { type: 6, data: {} }, 'data'],
    ['choices that are not there', { type: 8, data: {} }, 'data.choices'],
    ['flags of components V2', { type: 4, data: { content: 'x', flags: 32_768 } }, 'data.flags'],
    ['a modal', { type: 9, data: {} }, 'type'],
    ['a kind that does not exist', { type: 99 }, 'type'],
    ['nothing', undefined, 'type'],
  ])('refuses %s', (_, body, path) => {
    expect(checkResponse(body)).toContainEqual(expect.objectContaining({ path }));
  });

  it.each([
    ['an update of one part', { type: 7, data: { embeds: [] } }],
    ['a private deferral', { type: 5, data: { flags: 64 } }],
    ['a deferral without data', { type: 5 }],
    ['a deferred update', { type: 6 }],
    ['no choices', { type: 8, data: { choices: [] } }],
    [
      'nulls, which Discord takes for absent',
      { type: 4, data: { content: 'x', embeds: null, components: null } },
    ],
  ])('takes %s', (_, body) => {
    expect(checkResponse(body)).toEqual([]);
  });
});

it('measures how much of each limit a payload uses, by its largest part', () => {
  const embeds = [{ title: 'ab', description: 'abc' }, { title: 'abcd' }];
  const used = measureLimits({ content: 'abc', embeds }, 'message');
  expect(used.map(({ what, found, max }) => [what, found, max])).toEqual([
    [limits.contentCharacters.what, 3, 2000],
    [limits.embeds.what, 2, 10],
    [limits.embedTitle.what, 4, 256],
    [limits.embedDescription.what, 3, 4096],
    [limits.embedTotal.what, 9, 6000],
  ]);
});
