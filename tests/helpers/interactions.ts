import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import { commands } from '../../commands/index.ts';
import { capabilities, keysOf, kinds, purposes } from '../../src/catalog/vocabulary.ts';
import {
  cardPages,
  comparisonViews,
  recommendationViews,
  type State,
  wishParts,
  writeCustomId,
} from '../../src/custom-id.ts';
import { another, asker } from './ask.ts';

/** An interaction as it arrives, but for what differs every time: see {@link addressed}. */
export type Raw = { name: string; raw: Record<string, unknown> };

type Fields = Record<string, unknown>;

const server = {
  version: 1,
  locale: 'en-GB',
  guild_locale: 'de',
  guild_id: '300000000000000001',
  channel_id: '300000000000000002',
  channel: { id: '300000000000000002', type: 0 },
  context: 0,
  authorizing_integration_owners: { 0: '300000000000000001' },
  app_permissions: '442368',
  entitlements: [],
  member: { user: { id: asker, username: 'robin', discriminator: '0', global_name: 'Robin' }, roles: [] },
};

/** Where members ask: in a server, in the bot's direct messages, and elsewhere with the app installed for themselves. */
const places: Record<string, Fields> = {
  'in a server': server,
  'in a direct message': {
    ...server,
    guild_id: undefined,
    member: undefined,
    user: server.member.user,
    context: 1,
    authorizing_integration_owners: { 0: '0' },
  },
  'for a user install': {
    ...server,
    guild_id: undefined,
    member: undefined,
    user: server.member.user,
    context: 2,
    authorizing_integration_owners: { 1: asker },
  },
  'in another language': { ...server, locale: 'ar', guild_locale: 'zh-TW' },
  'without a locale': { ...server, locale: undefined, guild_locale: undefined },
};

/** What is typed into options of text: what is meant, what nearly is, and what is no name at all. */
const typed: Record<string, readonly string[]> = {
  name: ['django', 'Laravel 11', 'feenix', 'php', 'react', 'slim', 'what is koa', 'xyzzy', '@everyone <@1>'],
  text: ['migrations', '"dependency injection"', 'xyzzy plugh', '**bold** [x](https://x.example)'],
  language: ['python', 'go', 'django', 'xyzzy'],
  first: ['django', 'django vs laravel', 'python', 'xyzzy'],
  second: ['rails', 'xyzzy'],
  third: ['koa'],
  fourth: ['phoenix'],
  needs: ['orm, admin', 'realtime and xyzzy'],
  describe: ['a realtime chat in ruby with background jobs', 'xyzzy', 'rest api, not in java'],
  'why-not': ['django', 'xyzzy'],
};

function valuesOf(option: APIApplicationCommandBasicOption): readonly (string | number | boolean)[] {
  if ('choices' in option && option.choices) return option.choices.map(({ value }) => value);
  if (option.type === Type.Boolean) return [true, false];
  if (option.type === Type.User) return [another];
  return typed[option.name] ?? [];
}

type Filled = { name: string; type: number; value: string | number | boolean; focused?: true };

function filled(option: APIApplicationCommandBasicOption, value: Filled['value']): Filled {
  return { name: option.name, type: option.type, value };
}

/** The options that must be there, and each value of each other one beside them; all at once last. */
function fillings(options: readonly APIApplicationCommandBasicOption[]): Filled[][] {
  const usual = (option: APIApplicationCommandBasicOption) => filled(option, valuesOf(option)[0] ?? 'x');
  const required = options.filter((option) => option.required);
  const each = options.flatMap((option) =>
    valuesOf(option).map((value) => [
      ...required.filter(({ name }) => name !== option.name).map(usual),
      filled(option, value),
    ]),
  );
  return [required.map(usual), ...each, options.map(usual)];
}

/** The same while each option that is completed is being typed. */
function completions(options: readonly APIApplicationCommandBasicOption[]): Filled[][] {
  return options
    .filter((option) => 'autocomplete' in option && option.autocomplete === true)
    .flatMap((option) =>
      ['', ...(typed[option.name] ?? [])].map((value) => {
        const others = options.filter(({ name, required }) => required && name !== option.name);
        return [
          ...others.map((other) => filled(other, valuesOf(other)[0] ?? 'x')),
          { ...filled(option, value), focused: true as const },
        ];
      }),
    );
}

/** Each command, or each of its subcommands: how its data is written around options, and which it takes. */
const slashes = commands
  .filter(({ data }) => data.type === undefined || data.type === 1)
  .flatMap(({ data }) => {
    const options: readonly APIApplicationCommandOption[] =
      ('options' in data ? data.options : undefined) ?? [];
    const around = (inner: unknown) => ({ id: '1', name: data.name, type: 1, options: inner });
    const subcommands = options.filter((option) => option.type === Type.Subcommand);
    if (subcommands.length === 0) {
      return [{ name: data.name, options: options as APIApplicationCommandBasicOption[], around }];
    }
    return subcommands.map((sub) => ({
      name: `${data.name} ${sub.name}`,
      options: sub.options ?? [],
      around: (inner: Filled[]) => around([{ type: sub.type, name: sub.name, options: inner }]),
    }));
  });

function said(options: readonly Filled[]): string {
  return options.map(({ name, value }) => `${name}:${value}`).join(' ');
}

const usages: Raw[] = slashes.flatMap(({ name, options, around }) => [
  ...fillings(options).map((given) => ({
    name: `/${name} ${said(given)}`,
    raw: { ...server, type: 2, data: around(given) },
  })),
  ...completions(options).map((given) => ({
    name: `typing /${name} ${said(given)}`,
    raw: { ...server, type: 4, data: around(given) },
  })),
]);

function explain(content: string, embeds: Fields[] = []): Raw {
  const message = { id: '7', content, embeds, author: { id: another } };
  return {
    name: `Explain frameworks on ‘${content}’`,
    raw: {
      ...server,
      type: 2,
      data: {
        id: '1',
        name: 'Explain frameworks',
        type: 3,
        target_id: '7',
        resolved: { messages: { 7: message } },
      },
    },
  };
}

const explained = [
  explain('is Koa or Express.js better?'),
  explain('django'),
  explain('django, rails, koa, flask, laravel and phoenix'),
  explain('good morning @everyone'),
  explain('', [{ title: 'FastAPI 1.0' }]),
];

/** A button that is pressed or a menu in which something is chosen, by who asked unless told, on a message of ours. */
function press(customId: string, values?: readonly string[], more: Fields = {}, words = ''): Raw {
  return {
    name: `${values === undefined ? 'pressing' : `choosing ${JSON.stringify(values)} in`} ${customId}${words}`,
    raw: {
      ...server,
      type: 3,
      data: { custom_id: customId, component_type: values ? 3 : 2, ...(values && { values }) },
      message: {
        id: '8',
        content: '',
        embeds: [],
        components: [],
        attachments: [],
        interaction_metadata: { id: '9', type: 2, user: { id: asker } },
      },
      ...more,
    },
  };
}

/** Every state that a button can hold, with a few of the things that it can be about. */
const states: readonly State[] = [
  ...keysOf(cardPages).flatMap((page) =>
    ['django', 'koa'].flatMap((id) => [0, 1].map((part): State => ({ at: 'card', id, page, part }))),
  ),
  ...[undefined, 'python'].flatMap((language) =>
    [undefined, ...keysOf(kinds)].map(
      (kind): State => ({
        at: 'list',
        part: 0,
        ...(language && { language }),
        ...(kind && { kind }),
      }),
    ),
  ),
  { at: 'list', part: 2 },
  ...[0, 1, 99].map((part): State => ({ at: 'search', text: 'orm: with migrations', part })),
  ...keysOf(comparisonViews).flatMap((view) =>
    [['django', 'rails'], ['django', 'rails', 'koa', 'phoenix'], ['django']].map(
      (ids): State => ({
        at: 'comparison',
        ids,
        view,
        part: 0,
      }),
    ),
  ),
  ...keysOf(recommendationViews).flatMap((view) =>
    [undefined, ...keysOf(wishParts)].map(
      (changes): State => ({
        at: 'recommendation',
        languages: ['python'],
        without: ['java'],
        purpose: keysOf(purposes)[0],
        needs: keysOf(capabilities).slice(0, 2),
        view,
        part: 0,
        ...(changes && { changes }),
      }),
    ),
  ),
  ...keysOf(purposes).map(
    (purpose): State => ({
      at: 'recommendation',
      purpose,
      needs: [],
      view: 'ranking',
      part: 0,
    }),
  ),
];

/** What is chosen in the menus that carry a state. */
function chosenIn(state: State): string[][] {
  if (state.at === 'card') return [['flask']];
  if (state.at === 'list') return [['go']];
  if (state.at === 'comparison') return state.view === 'choose' ? [['flask'], ['-django'], []] : [];
  if (state.at !== 'recommendation') return [];
  if (state.changes === 'language') return [['go'], []];
  if (state.changes === 'purpose')
    return [
      keysOf(purposes)
        .slice(0, 1)
        .map((key) => purposes[key].code),
      [],
    ];
  if (state.changes === 'needs') return [keysOf(capabilities).map((key) => capabilities[key].code), []];
  return state.changes === 'whyNot' ? [['django'], ['flask']] : [];
}

const byAnother = { member: { ...server.member, user: { ...server.member.user, id: another } } };

const presses = states.flatMap((state) => {
  const id = writeCustomId(state);
  return [
    press(id),
    press(id, undefined, byAnother, ' by somebody else'),
    ...chosenIn(state).map((values) => press(id, values)),
  ];
});

/** Ids that older versions wrote or might have written, and ids that nobody did. */
const strangeIds = [
  'framework:django',
  'framework:c:django:o',
  'framework:c:gone-framework:o:0',
  'framework:l:python:0',
  'framework:s:migrations',
  'compare:django:rails',
  'compare:django,gone:d:0',
  'recommend:python:ra::r:0',
  'recommend:cobol:ra:zzzz:r:0:',
  'about',
  'about:0',
  'lookup:django',
  '',
  ':',
  'framework',
  'framework:c:../../etc/passwd:o:0',
  'framework:c:__proto__:o:0',
  'framework:c:constructor:o:0',
  'framework:c:django:o:-1',
  'framework:c:django:o:1e9',
  'framework:c:django:o:999',
  'framework:s:0:@everyone <@1> [x](https://x.example)',
  'compare:django,django,django:d:0',
  'compare:a,b,c,d,e,f,g:d:0',
  'compare:,:d:0',
  'recommend:~~:::r:0:',
  'constructor:c:django:o:0',
  '__proto__:c',
  'x'.repeat(100),
  'framework:c:'.repeat(500),
  '\u202eframework:c:django:o:0',
];

const forgedValues = [
  ['@everyone'],
  ['../../x'],
  ['__proto__'],
  Array.from({ length: 50 }, () => 'koa'),
  [''],
];

const strange = [
  ...strangeIds.map((id) => press(id)),
  ...['framework:c:django:o:0', 'compare:django:m:0', 'recommend::::r:0:n', 'recommend::::r:0:l'].flatMap(
    (id) => forgedValues.map((values) => press(id, values)),
  ),
];

const elsewhere = Object.entries(places).flatMap(([where, fields]) =>
  [
    ...usages.filter(({ name }) =>
      /^\/(?:about|compare first:django |framework lookup name:django) ?$/.test(name),
    ),
    ...usages.filter(({ name }) => name === 'typing /framework lookup name:django'),
    ...explained.slice(0, 2),
    press('framework:c:django:r:0'),
    press('compare:django,rails:q:0'),
  ].map(({ name, raw }) => ({ name: `${name} ${where}`, raw: { ...raw, ...fields } })),
);

/** A command whose options are nested as deep as given. */
function nested(depth: number): unknown {
  let options: unknown[] = [];
  for (let level = 0; level < depth; level += 1) options = [{ name: 'lookup', type: 1, options }];
  return options;
}

const lookupData = (options: unknown) => ({ id: '1', name: 'framework', type: 1, options });
const lookupOf = (value: unknown) =>
  lookupData([{ name: 'lookup', type: 1, options: [{ name: 'name', type: 3, value }] }]);

const odd = (name: string, fields: Fields): Raw => ({ name, raw: { ...server, ...fields } });

const broken: Raw[] = [
  ...[2, 3, 4, 5].flatMap((type) =>
    [undefined, null, 'text', 7, [], {}].map((data) =>
      odd(`type ${type} with data ${JSON.stringify(data)}`, { type, data }),
    ),
  ),
  odd('an unknown command', { type: 2, data: { id: '1', name: 'nuke', type: 1 } }),
  odd('a known command without options', { type: 2, data: { id: '1', name: 'framework', type: 1 } }),
  odd('an unknown subcommand', { type: 2, data: lookupData([{ name: 'drop', type: 1, options: [] }]) }),
  odd('a user command', { type: 2, data: { id: '1', name: 'framework', type: 2, target_id: asker } }),
  odd('options that are a text', { type: 2, data: lookupData('django') }),
  odd('options of nothing', { type: 2, data: lookupData([null, undefined, 5, 'x']) }),
  odd('options nested deeply', { type: 2, data: lookupData(nested(300)) }),
  odd('very many options', {
    type: 2,
    data: lookupData(Array.from({ length: 3000 }, (_, at) => ({ name: `n${at}`, type: 3, value: 'x' }))),
  }),
  odd('an option named __proto__', {
    type: 2,
    data: lookupData([
      { name: 'lookup', type: 1, options: [{ name: '__proto__', type: 3, value: { name: 'x' } }] },
    ]),
  }),
  ...[undefined, null, 7, true, {}, [], 'x'.repeat(60_000), '\ud800', '\u0000', '**'.repeat(500)].map(
    (value, at) => odd(`a name that is no name (${at})`, { type: 2, data: lookupOf(value) }),
  ),
  odd('for-user that is nobody', {
    type: 2,
    data: lookupData([
      {
        name: 'lookup',
        type: 1,
        options: [
          { name: 'name', type: 3, value: 'koa' },
          { name: 'for-user', type: 6, value: '1> @everyone <@2' },
        ],
      },
    ]),
  }),
  odd('private that is no yes or no', {
    type: 2,
    data: { id: '1', name: 'about', type: 1, options: [{ name: 'private', type: 5, value: 'yes' }] },
  }),
  odd('nothing being typed', { type: 4, data: lookupOf('django') }),
  odd('a message command without its message', {
    type: 2,
    data: { id: '1', name: 'Explain frameworks', type: 3, target_id: '7', resolved: {} },
  }),
  odd('a message whose content is a number', {
    type: 2,
    data: {
      id: '1',
      name: 'Explain frameworks',
      type: 3,
      target_id: '7',
      resolved: { messages: { 7: { content: 5, embeds: 'x' } } },
    },
  }),
  odd('a press without its message', {
    type: 3,
    data: { custom_id: 'framework:c:koa:o:0', component_type: 2 },
  }),
  odd('a press on a message of unknown origin', {
    type: 3,
    data: { custom_id: 'framework:c:koa:o:0', component_type: 2 },
    message: { id: '8', content: 5 },
  }),
  odd('a press without a custom_id', {
    type: 3,
    data: { component_type: 2 },
    message: { id: '8', content: '' },
  }),
  odd('a custom_id that is a list', {
    type: 3,
    data: { custom_id: ['a'] },
    message: { id: '8', content: '' },
  }),
  odd('values that are a text', {
    type: 3,
    data: { custom_id: 'compare:django:m:0', component_type: 3, values: 'rails' },
    message: { id: '8', content: '', interaction_metadata: { user: { id: asker } } },
  }),
  odd('a message that speaks for itself', {
    ...press('framework:c:koa:o:0').raw,
    message: { id: '8', content: '@everyone look', interaction_metadata: { user: { id: asker } } },
  }),
  odd('nobody who asks', { type: 2, data: lookupOf('koa'), member: undefined }),
  odd('fields and types that nobody knows', {
    type: 2,
    data: { ...lookupOf('koa'), extra: { a: [1] } },
    hologram: true,
  }),
];

/** What no kind of answer suits: a type of interaction that Discord has not invented yet. */
export const unknownTypes: readonly Raw[] = [0, 6, 99, -1, 1.5].map((type) =>
  odd(`an interaction of type ${type}`, { type, data: {} }),
);

/** What is no interaction at all: there is nothing that an answer could be sent to. */
export const notInteractions: readonly Raw[] = [
  { name: 'an empty object', raw: {} },
  { name: 'no token', raw: { ...server, type: 2, token: undefined } },
  { name: 'an id that is a number', raw: { ...server, type: 2, id: 5 } },
  { name: 'a type that is a text', raw: { ...server, type: '2' } },
  { name: 'no application', raw: { ...server, type: 2, application_id: undefined } },
];

/** Each of a list once: what is usual is also the first of several values. */
function once(list: readonly Raw[]): Raw[] {
  return [...new Map(list.map((one) => [one.name, one])).values()];
}

/** Everything that members can do, by name: each command, option, button and menu, in every place. */
export const ordinary: readonly Raw[] = once([...usages, ...explained, ...presses, ...elsewhere]);

/** What members cannot do with their own client: forged ids, ids of older versions, and what is malformed. */
export const hostile: readonly Raw[] = [...strange, ...broken];

/** An interaction with what differs every time: its id, its token, and whom it is for. */
export function addressed(raw: Fields, to: { id: string; token: string; application_id: string }): Fields {
  return { ...to, ...raw };
}
