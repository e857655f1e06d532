import type { APIInteraction, APIInteractionResponse } from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { capabilities, keysOf } from '../src/catalog/vocabulary.ts';
import { createHandle } from '../src/handle.ts';
import {
  another,
  asker,
  catalog,
  context,
  createAsk,
  customIds as idsOf,
  pressInteraction,
  refusals,
  slashInteraction,
} from './helpers/ask.ts';
import { hostile, ordinary } from './helpers/interactions.ts';

/** What members and forgers may send: words of this field, marks of Markdown and Discord, and whatever else there is. */
const texts = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 120 }) },
  {
    weight: 3,
    arbitrary: fc
      .array(
        fc.constantFrom(
          ...[
            'django',
            'laravel',
            'koa',
            'python',
            'not',
            'rest api',
            'admin',
            'vs',
            ',',
            'and',
            '5.2',
            'no',
            'go',
          ],
          ...[
            '@everyone',
            '<@1>',
            '<@&2>',
            '<#3>',
            '</framework:4>',
            '[x](https://x.example)',
            'https://x.example',
          ],
          ...[
            '**',
            '__',
            '~~',
            '||',
            '`',
            '```',
            '# ',
            '> ',
            '- ',
            '-# ',
            '<:a:5>',
            '\n',
            '\u202e',
            '\u0000',
            '\ud800',
          ],
        ),
        { maxLength: 12 },
      )
      .map((words) => words.join(' ').slice(0, 900)),
  },
);

const commandInputs = fc.oneof(
  fc.record({ path: fc.constant('framework lookup'), values: fc.record({ name: texts }) }),
  fc.record({ path: fc.constant('framework search'), values: fc.record({ text: texts }) }),
  fc.record({ path: fc.constant('framework list'), values: fc.record({ language: texts, kind: texts }) }),
  fc.record({ path: fc.constant('compare'), values: fc.record({ first: texts, second: texts }) }),
  fc.record({
    path: fc.constant('recommend'),
    values: fc.record(
      { language: texts, purpose: texts, needs: texts, describe: texts, 'why-not': texts },
      { requiredKeys: [] },
    ),
  }),
);

/** Ids of buttons that are nearly ours. */
const customIds = fc.oneof(
  fc.string({ maxLength: 120 }),
  fc
    .tuple(
      fc.constantFrom('framework:c', 'framework:l', 'framework:s', 'compare', 'recommend', 'about'),
      fc.array(
        fc.constantFrom(
          '',
          'django',
          'koa,django',
          'ra',
          'omad',
          '~java',
          'go,rust~java',
          'o',
          'd',
          'e',
          'p',
          'r',
          'a',
          'q',
          'm',
          's',
          'w',
          '0',
          '1',
          '99',
          'l',
          'n',
          '-1',
          'x',
        ),
        { maxLength: 6 },
      ),
    )
    .map((parts) => parts.flat().join(':')),
);

/** Every text in a payload. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** What would mention somebody, lead elsewhere or turn the writing, unless a backslash stands before it. */
const dangers = [
  /(?<!\\)<[@#/:]/,
  /(?<!\\)@(?:everyone|here)/,
  /(?<!\\)\[[^\]]*\]\(https:\/\/x\.example/,
  /https:\/\/x\.example/,
  /[\p{Cf}--[\u200d\ufe0f]]/v,
  /[\p{Cc}--\n]/v,
];

/** Words as Discord shows them: what points an answer out to somebody is ours. */
function wordsOf(body: APIInteractionResponse): string[] {
  const { content, ...data }: { content?: unknown } = 'data' in body ? Object(body.data) : {};
  const isOurs = typeof content === 'string' && /^(?:<@\d{1,20}>)?$/.test(content);
  return textsOf({ ...data, content: isOurs ? '' : content, components: [] });
}

async function answered(interaction: ReturnType<typeof slashInteraction>) {
  const errors: object[] = [];
  const { respond } = createHandle(commands, () => context, { error: (details) => errors.push(details) });
  const { body, files } = await respond(interaction);
  expect(errors).toEqual([]);
  expect(refusals(JSON.parse(JSON.stringify(body)), files)).toEqual([]);
  expect('data' in body ? body.data : {}).toMatchObject({ allowed_mentions: { parse: [] } });
  for (const text of wordsOf(body)) for (const danger of dangers) expect(text).not.toMatch(danger);
}

test('whatever is typed ends in an answer that Discord takes, and nothing of it is more than words', async () => {
  await fc.assert(
    fc.asyncProperty(commandInputs, ({ path, values }) => answered(slashInteraction(path, values))),
    { numRuns: 1200 },
  );
}, 120_000);

test('whatever is pressed or chosen ends in an answer that Discord takes', async () => {
  const presses = fc.record({
    id: customIds,
    values: fc.option(
      fc.array(fc.oneof(texts, fc.constantFrom('django', 'koa', 'ra', 'om', '*', 'python')), {
        maxLength: 5,
      }),
      {
        nil: undefined,
      },
    ),
  });
  await fc.assert(
    fc.asyncProperty(presses, ({ id, values }) =>
      answered(pressInteraction(id, values === undefined ? {} : { values })),
    ),
    { numRuns: 800 },
  );
}, 120_000);

const { slash, press } = createAsk();

const words = [
  ...catalog.frameworks.flatMap(({ name, id, aliases }) => [name, id, ...aliases]),
  ...catalog.languages.flatMap(({ name, aliases }) => [name, ...aliases]),
  ...catalog.notFrameworks.map(({ name }) => name),
  ...keysOf(capabilities).map((key) => capabilities[key].label),
  ...[
    'vs',
    'and',
    'or',
    'no',
    'without',
    'anything but',
    '@everyone',
    '<@1>',
    '**',
    '||',
    '](http://a.b)',
    '`',
    '\\',
  ],
];
const typed = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc
    .tuple(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 })), { maxLength: 60 }),
      fc.constantFrom(',', ', ', ' ', ' vs ', ' and ', ' / ', ' or ', ';', '\n'),
    )
    .map(([parts, separator]) => parts.join(separator)),
);

/** Options as Discord lets them through: each no longer than its command says, and not empty. */
function optionsFrom(limits: Record<string, number>) {
  return fc.record(
    Object.fromEntries(
      Object.entries(limits).map(([name, most]) => [
        name,
        typed.map((text) => text.slice(0, most).toWellFormed()),
      ]),
    ),
    { requiredKeys: [] },
  );
}

const typing = [
  ['compare', { first: 100, second: 100, third: 100, fourth: 100 }],
  ['recommend', { language: 100, needs: 200, describe: 1_000, 'why-not': 100 }],
] as const;

test.each(typing)(
  'whatever is typed into /%s is answered, and so is what can be pressed then',
  async (name, limits) => {
    await fc.assert(
      fc.asyncProperty(
        optionsFrom(limits),
        fc.nat(),
        fc.constantFrom(asker, another),
        async (options, at, by) => {
          const answer = await slash(name, JSON.parse(JSON.stringify(options)));
          expect(answer.embed.title).toBeTruthy();
          const ids = idsOf(answer);
          const id = ids[at % Math.max(1, ids.length)];
          if (id === undefined) return;
          const menu = answer.menus.find(({ custom_id }) => custom_id === id);
          const values = menu?.options.slice(0, menu.max_values ?? 1).map(({ value }) => value);
          await press(id, { by, ...(values && { values }) });
        },
      ),
      { numRuns: 1_000 },
    );
  },
  120_000,
);

/** What stands where something else was expected. */
const odd = fc.oneof(
  texts,
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    1,
    2,
    3,
    4,
    5,
    1e308,
    '',
    '__proto__',
    'constructor',
    'x'.repeat(5000),
    [],
    {},
  ),
  fc.constantFrom(
    'framework',
    'compare',
    'recommend',
    'about',
    'Explain frameworks',
    'lookup',
    'list',
    'search',
  ),
  fc.constantFrom('ar', 'zh-TW', 'xx-YY', 'en\u202e', 'i-klingon', '../en'),
);

type Place = { owner: Record<string, unknown>; key: string };

/** Every place of an object in which something stands. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesIn(owner[key])]);
}

/** An interaction with something else in some of its places, or nothing. */
function mutated(raw: object, changes: readonly { at: number; to?: unknown }[]): APIInteraction {
  const copy = JSON.parse(JSON.stringify({ id: '5', token: 'token', application_id: '6', ...raw }));
  for (const { at, ...change } of changes) {
    const places = placesIn(copy);
    const place = places[at % Math.max(1, places.length)];
    if (place === undefined) continue;
    if ('to' in change) place.owner[place.key] = change.to;
    else delete place.owner[place.key];
  }
  return JSON.parse(JSON.stringify(copy));
}

test('whatever arrives as an interaction ends in an answer that Discord takes, and nothing of it is more than words', async () => {
  const { respond, defer } = createHandle(commands, () => context, { error: () => undefined });
  const change = fc.record({ at: fc.nat(), to: odd }, { requiredKeys: ['at'] });
  const list = [...ordinary, ...hostile].map(({ raw }) => raw);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...list),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      async (raw, changes) => {
        const interaction = mutated(raw, changes);
        const { body, files } = await respond(interaction);
        defer(interaction);
        const sent = JSON.parse(JSON.stringify(body));
        if (interaction.type === 1) expect(sent).toEqual({ type: 1 });
        else expect(refusals(sent, files)).toEqual([]);
        for (const text of wordsOf(body)) for (const danger of dangers) expect(text).not.toMatch(danger);
      },
    ),
    { numRuns: 2500 },
  );
}, 120_000);

test('whatever a message says, what is explained of it is ours', async () => {
  const message = fc.record({ content: texts, title: texts });
  await fc.assert(
    fc.asyncProperty(message, async ({ content, title }) => {
      const target = { id: '7', content, embeds: [{ title }] };
      await answered({
        ...slashInteraction('Explain frameworks'),
        data: {
          id: '1',
          name: 'Explain frameworks',
          type: 3,
          target_id: '7',
          resolved: { messages: { 7: target } },
        },
      } as never);
    }),
    { numRuns: 500 },
  );
}, 120_000);

test('whatever is being typed, what is offered can be offered', async () => {
  const { respond } = createHandle(commands, () => context, {
    error: ({ err }: { err?: Error }) => expect.unreachable(String(err?.stack)),
  });
  const typing = ordinary.flatMap(({ raw }) => (raw.type === 4 ? [raw] : []));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...typing), texts, async (raw, text) => {
      const interaction = JSON.parse(JSON.stringify({ id: '5', ...raw }), (key, value: unknown) =>
        Object(value).focused === true && key !== '' ? { ...Object(value), value: text } : value,
      );
      const { body } = await respond(interaction);
      expect(refusals(JSON.parse(JSON.stringify(body)))).toEqual([]);
    }),
    { numRuns: 600 },
  );
}, 120_000);
