import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capabilities, keysOf } from '../src/catalog/vocabulary.ts';
import { another, asker, catalog, createAsk, customIds } from './helpers/ask.ts';

/*
 * Whatever is typed ends in an answer that Discord takes: createAsk refuses what Discord would refuse, and every error that
 * the core logs.
 */

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
const text = fc.oneof(
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
        text.map((typed) => typed.slice(0, most).toWellFormed()),
      ]),
    ),
    { requiredKeys: [] },
  );
}

const commands = [
  ['compare', { first: 100, second: 100, third: 100, fourth: 100 }],
  ['recommend', { language: 100, needs: 200, describe: 1_000, 'why-not': 100 }],
] as const;

test.each(commands)(
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
          const ids = customIds(answer);
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
