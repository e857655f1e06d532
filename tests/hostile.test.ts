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
];

async function answered(interaction: ReturnType<typeof slashInteraction>) {
  const errors: object[] = [];
  const { respond } = createHandle(commands, () => context, { error: (details) => errors.push(details) });
  const { body, files } = await respond(interaction);
  expect(errors).toEqual([]);
  expect(refusals(JSON.parse(JSON.stringify(body)), files)).toEqual([]);
  expect('data' in body ? body.data : {}).toMatchObject({ allowed_mentions: { parse: [] } });
  const texts = textsOf('data' in body ? { ...body.data, components: [] } : {});
  for (const text of texts) for (const danger of dangers) expect(text).not.toMatch(danger);
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
