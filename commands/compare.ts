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
import { comparison, listOf } from '../src/reply/comparison.ts';
import { echo } from '../src/reply/markdown.ts';
import { notice } from '../src/reply/notice.ts';
import { button, type Reply } from '../src/reply/reply.ts';
import { frameworkChoice } from './framework.ts';

const positions = ['first', 'second', 'third', 'fourth'] as const;

type Query = Omit<State & { at: 'comparison' }, 'at'> & { note?: string | undefined };

/** Buttons to compare a framework with the five that are most like it. */
function partnerButtons(framework: Framework, { catalog }: Context) {
  return similarTo(framework, catalog)
    .slice(0, 5)
    .map(({ id, name }) =>
      button(`with ${name}`, { at: 'comparison', ids: [framework.id, id], view: 'differences', part: 0 }),
    );
}

function answer({ ids, note, ...shown }: Query, context: Context): Reply {
  const frameworks = [...new Set(ids)].flatMap((id) => context.catalog.byId.get(id) ?? []);
  const [first] = frameworks;
  if (first === undefined) {
    return notice('Not found', [
      note ?? 'I know none of these frameworks.',
      'Pick them from what the options offer.',
    ]);
  }
  if (frameworks.length === 1) {
    const why = note ?? `${first.name} is the only framework here.`;
    return notice(
      `${first.name} and what else?`,
      [why, 'Compare it with one of these:'],
      partnerButtons(first, context),
    );
  }
  return comparison({ ...shown, frameworks, note }, context);
}

/** The frameworks that were typed, each once, and a sentence on what was not understood. */
function understand(
  typed: readonly string[],
  { catalog, finder }: Context,
): { ids: string[]; note?: string } {
  const found = typed.map((text) => ({ text, found: finder.find(text) }));
  const ids = found.flatMap(({ found: result }) => (result.is === 'framework' ? [result.framework.id] : []));
  const notes = found.flatMap(({ text, found: result }) => {
    if (result.is === 'none') return [`I know no framework called ‘${echo(text)}’.`];
    if (result.is === 'language') return [`${result.language.name} is a language.`];
    if (result.is === 'not-framework') return [`${result.thing.name} is no backend framework.`];
    return result.tier === 'exact' ? [] : [`You typed ‘${echo(text)}’.`];
  });
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) < index));
  const names = [...twice].map((id) => catalog.byId.get(id)?.name ?? id);
  if (names.length > 0) notes.push(`${listOf(names)} stood there twice.`);
  return { ids, note: notes.length === 0 ? undefined : notes.join(' ') };
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

  suggest({ name, value }, options, context) {
    const chosen = positions
      .filter((position) => position !== name)
      .map((position) => textOption(options, position));
    return context.finder
      .offer(value, 25 + positions.length)
      .filter(({ id }) => !chosen.includes(id))
      .slice(0, 25)
      .map((framework) => frameworkChoice(framework, context));
  },
} satisfies Command;
