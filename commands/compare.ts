import { SlashCommandBuilder, type SlashCommandStringOption } from '@discordjs/builders';
import { similarTo } from '../src/catalog/compare.ts';
import type { Framework } from '../src/catalog/framework.ts';
import {
  type Command,
  type Context,
  everywhere,
  forUserOption,
  privateOption,
  textOption,
} from '../src/command.ts';
import type { State } from '../src/custom-id.ts';
import { frameworkChoices, mostChoices } from '../src/reply/choices.ts';
import { comparison } from '../src/reply/comparison.ts';
import { echo, listOf } from '../src/reply/markdown.ts';
import { howFound, notice } from '../src/reply/notice.ts';
import { button, type Reply } from '../src/reply/reply.ts';

const positions = ['first', 'second', 'third', 'fourth'] as const;

/** `suggestions` are what names that nothing fits may have meant. */
type Query = Omit<State & { at: 'comparison' }, 'at'> & {
  note?: string | undefined;
  suggestions?: readonly Framework[];
};

/** The most buttons that are offered: one row. */
const mostButtons = 5;

/** Buttons to compare a framework: with what may have been meant, then with those that are most like it. */
function partnerButtons(framework: Framework, suggestions: readonly Framework[], { catalog }: Context) {
  const partners = new Set([...suggestions, ...similarTo(framework, catalog)]);
  partners.delete(framework);
  return [...partners]
    .slice(0, mostButtons)
    .map(({ id, name }) =>
      button(`with ${name}`, { at: 'comparison', ids: [framework.id, id], view: 'differences', part: 0 }),
    );
}

function answer({ ids, note, suggestions = [], ...shown }: Query, context: Context): Reply {
  const frameworks = [...new Set(ids)].flatMap((id) => context.catalog.byId.get(id) ?? []);
  const [first] = frameworks;
  if (first === undefined) {
    const lookups = suggestions
      .slice(0, mostButtons)
      .map(({ id, name }) => button(name, { at: 'card', id, page: 'overview', part: 0 }));
    return notice(
      'Not found',
      [note ?? 'I know none of these frameworks.', 'Pick them from what the options offer.'],
      lookups,
    );
  }
  if (frameworks.length === 1) {
    const why = note ?? `${first.name} is the only framework here.`;
    return notice(
      `${first.name} and what else?`,
      [why, 'Compare it with one of these:'],
      partnerButtons(first, suggestions, context),
    );
  }
  return comparison({ ...shown, frameworks, note }, context);
}

function namesOf(frameworks: readonly Framework[]): string[] {
  return frameworks.map(({ name }) => name);
}

/** The frameworks that were typed, each once, and a sentence on what was not understood. */
function understand(
  typed: readonly string[],
  { catalog, finder }: Context,
): Pick<Query, 'ids' | 'note' | 'suggestions'> {
  const found = typed.map((text) => ({ text, found: finder.find(text) }));
  const ids = found.flatMap(({ found: result }) => (result.is === 'framework' ? [result.framework.id] : []));
  const notes = found.flatMap(({ text, found: result }) => {
    if (result.is === 'none') {
      const near = namesOf(finder.suggest(text));
      const question = near.length === 0 ? '' : ` Did you mean ${listOf(near, 'or')}?`;
      return [`I know no framework called ‘${echo(text)}’.${question}`];
    }
    if (result.is === 'several') {
      return [`‘${echo(text)}’ may be ${listOf(namesOf(result.frameworks), 'or')}.`];
    }
    if (result.is === 'language') return [`${result.language.name} is a language.`];
    if (result.is === 'not-framework') return [`${result.thing.name} is no backend framework.`];
    return howFound(text, result);
  });
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) < index));
  const names = [...twice].map((id) => catalog.byId.get(id)?.name ?? id);
  if (names.length > 0) notes.push(`You named ${listOf(names)} twice.`);
  const suggestions = found.flatMap(({ text, found: result }) => {
    if (result.is === 'several') return result.frameworks;
    return result.is === 'none' ? finder.suggest(text) : [];
  });
  return { ids, note: notes.length === 0 ? undefined : notes.join(' '), suggestions };
}

function position(option: SlashCommandStringOption, name: (typeof positions)[number], description: string) {
  return option.setName(name).setDescription(description).setMaxLength(100).setAutocomplete(true);
}

/** Two to four frameworks side by side. */
export default {
  data: new SlashCommandBuilder()
    .setName('compare')
    .setDescription('Two to four frameworks side by side')
    .setIntegrationTypes(everywhere.installs)
    .setContexts(everywhere.contexts)
    .addStringOption((option) => position(option, 'first', 'A framework').setRequired(true))
    .addStringOption((option) => position(option, 'second', 'Another one').setRequired(true))
    .addStringOption((option) => position(option, 'third', 'A third one'))
    .addStringOption((option) => position(option, 'fourth', 'A fourth one'))
    .addUserOption(forUserOption)
    .addBooleanOption(privateOption)
    .toJSON(),

  run(options, context) {
    const typed = positions.map((position) => textOption(options, position)).filter((text) => text !== '');
    return answer({ ...understand(typed, context), view: 'differences', part: 0 }, context);
  },

  press(state, values, context) {
    if (state.at !== 'comparison') throw new Error(`The command 'compare' has no answer for a ${state.at}`);
    return answer({ ...state, ids: [...state.ids, ...values].slice(0, positions.length) }, context);
  },

  suggest({ name, value }, options, { catalog, finder }) {
    const others = positions.filter((other) => other !== name).map((other) => textOption(options, other));
    // Who does not pick sends what they typed.
    const chosen = others.flatMap((text) => {
      const found = text === '' ? undefined : finder.find(text);
      return found?.is === 'framework' ? [found.framework.id] : [];
    });
    const offered = finder.offer(value, mostChoices + positions.length);
    return frameworkChoices(
      offered.filter(({ id }) => !chosen.includes(id)),
      catalog,
    );
  },
} satisfies Command;
