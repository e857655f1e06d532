import { SlashCommandBuilder, type SlashCommandStringOption } from '@discordjs/builders';
import { compareUse } from '../src/catalog/adoption.ts';
import { similarTo } from '../src/catalog/compare.ts';
import type { Framework } from '../src/catalog/framework.ts';
import { normalise } from '../src/catalog/normalise.ts';
import { bestIn } from '../src/catalog/recommend.ts';
import {
  type Choice,
  type Command,
  type Context,
  everywhere,
  forUserOption,
  type Options,
  privateOption,
  textOption,
} from '../src/command.ts';
import type { State } from '../src/custom-id.ts';
import { frameworkChoices, longestChoice, mostChoices } from '../src/reply/choices.ts';
import {
  comparison,
  mostCompared,
  pictureReply,
  pollPreview,
  postPoll,
  recordReply,
  takeAway,
} from '../src/reply/comparison.ts';
import { listOf } from '../src/reply/markdown.ts';
import { howFound, howNotFound, notice, privateNotice } from '../src/reply/notice.ts';
import { button, cardButton, clip, type Reply } from '../src/reply/reply.ts';

const positions = ['first', 'second', 'third', 'fourth'] as const;

/** `suggestions` are what names that nothing fits may have meant. */
type Query = Omit<State & { at: 'comparison' }, 'at'> & {
  note?: string | undefined;
  suggestions?: readonly Framework[];
};

/** The most buttons that are offered: one row. */
const mostButtons = 5;

function namesOf(frameworks: readonly Framework[]): string[] {
  return frameworks.map(({ name }) => name);
}

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

/** The four of many that matter: those that are used most, in the order in which they were named. */
function mostUsed(frameworks: readonly Framework[], { catalog }: Context): Framework[] {
  const kept = new Set([...frameworks].sort(compareUse(catalog)).slice(0, mostCompared));
  return frameworks.filter((framework) => kept.has(framework));
}

function answer(query: Query, context: Context): Reply | Promise<Reply> {
  const { suggestions = [], view } = query;
  const named = [...new Set(query.ids)].flatMap((id) => context.catalog.byId.get(id) ?? []);
  const frameworks = mostUsed(named, context);
  const leftOut = named.filter((framework) => !frameworks.includes(framework));
  const tooMany =
    leftOut.length === 0 ? [] : [`Four fit here: those used most. Left out: ${listOf(namesOf(leftOut))}.`];
  const note = noteOf([...(query.note === undefined ? [] : [query.note]), ...tooMany]);
  const [first] = frameworks;
  if (first === undefined) {
    const lookups = suggestions.slice(0, mostButtons).map((framework) => cardButton(framework, context));
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
      [why, `Compare ${first.name} with one of these:`],
      partnerButtons(first, suggestions, context),
    );
  }
  switch (view) {
    case 'picture':
      return pictureReply({ frameworks, view, part: 0, note }, context);
    case 'record':
      return recordReply(frameworks, context);
    case 'ask':
      return pollPreview(frameworks);
    case 'poll':
      return postPoll(frameworks);
    default:
      return comparison({ frameworks, view, part: query.part, note }, context);
  }
}

/** Who is compared after a choice in a menu: one is taken away, added, or put in the place of the last of four. */
function changed(ids: readonly string[], [chosen]: readonly string[]): readonly string[] {
  if (chosen === undefined) return ids;
  if (chosen.startsWith(takeAway)) return ids.filter((id) => id !== chosen.slice(takeAway.length));
  return [...ids.slice(0, mostCompared - 1), chosen];
}

/** What stands between several names that were typed at once, where spaces stand alone. */
const separators = / ?[,;|&] ?(?:(?:and|or|und|et|y) )?| (?:vs\.?|versus|against|and|or|und|et|y) | [/+-] /i;

function split(text: string): string[] {
  return text.replace(/\s+/g, ' ').split(separators);
}

/** The most characters of a note: as many names as fit into the options must not crowd out what they ask for. */
const longestNote = 600;

/** Sentences as the note above an answer, or nothing where there are none. */
function noteOf(sentences: readonly string[]): string | undefined {
  return sentences.length === 0 ? undefined : clip(sentences.join(' '), longestNote);
}

/** Whether a text as a whole is one of a framework's names. */
function isSpelling(text: string, { name, aliases }: Framework): boolean {
  return [name, ...aliases].some((spelling) => normalise(spelling) === normalise(text));
}

/** The names that a text holds: the whole of it where that is one, else what stands between the separators. */
function namesIn(text: string, { finder }: Context): string[] {
  const whole = finder.find(text);
  // 'ruby or rails' is an alias; 'django vs python' only holds one.
  if (whole.is === 'framework' && isSpelling(text, whole.framework)) return [text];
  const parts = split(` ${text} `)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > 1 || (parts.length === 1 && parts[0] !== text.trim())) return parts;
  // 'django laravel'
  const mentioned = whole.is === 'none' ? finder.frameworksIn(text) : [];
  return mentioned.length > 1 ? namesOf(mentioned) : [text];
}

/** The frameworks that were typed, each once, and a sentence on what was not understood. */
function understand(
  typed: readonly string[],
  { catalog, finder, today }: Context,
): Pick<Query, 'ids' | 'note' | 'suggestions'> {
  const found = typed.map((text) => ({ text, found: finder.find(text) }));
  const ids = found.flatMap(({ found: result }) => (result.is === 'framework' ? [result.framework.id] : []));
  const notes = found.flatMap(({ text, found: result }) => {
    if (result.is === 'framework') return howFound(text, result);
    const near = result.is === 'none' ? namesOf(finder.suggest(text)) : [];
    const question = near.length === 0 ? '' : ` Did you mean ${listOf(near, 'or')}?`;
    return [`${howNotFound(text, result)}${question}`];
  });
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) < index));
  const names = [...twice].map((id) => catalog.byId.get(id)?.name ?? id);
  if (names.length > 0) notes.push(`You named ${listOf(names)} twice.`);
  const suggestions = found.flatMap(({ text, found: result }) => {
    if (result.is === 'several') return result.frameworks;
    // Who compares languages wants to know what is best in each.
    if (result.is === 'language') return bestIn(result.language.id, catalog, today).slice(0, 2);
    return result.is === 'none' ? finder.suggest(text) : [];
  });
  // Two slips may mean the same one, and a message holds no button twice.
  return { ids, note: noteOf(notes), suggestions: [...new Set(suggestions)] };
}

/** What was typed into the options, but one of them. */
function typedBeside(options: Options, name?: string): string[] {
  return positions
    .filter((position) => position !== name)
    .map((position) => textOption(options, position))
    .filter((text) => text !== '');
}

/** Completes the last of several names that are typed at once: `django vs la` goes on with `Django vs Laravel`. */
function completions(value: string, options: Options, name: string, context: Context): Choice[] {
  const { finder, catalog } = context;
  const parts = split(`${value} `).map((part) => part.trim());
  const before = parts.slice(0, -1).filter((part) => part !== '');
  const named = (texts: readonly string[]) =>
    texts.flatMap((text) => {
      const found = finder.find(text);
      return found.is === 'framework' ? [found.framework] : [];
    });
  // Who does not pick sends what they typed.
  const led = named(before);
  const chosen = [...named(typedBeside(options, name)), ...led];
  if (chosen.length >= mostCompared) return [];
  const offered = finder.offer(parts.at(-1) ?? '', mostChoices + chosen.length);
  const others = offered.filter((framework) => !chosen.includes(framework));
  if (before.length === 0) return frameworkChoices(others, catalog);
  return others
    .map((framework) => {
      const all = [...led, framework];
      return { name: namesOf(all).join(' vs '), value: all.map(({ id }) => id).join(', ') };
    })
    .filter((choice) => choice.name.length <= longestChoice && choice.value.length <= longestChoice)
    .slice(0, mostChoices);
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
    .addStringOption((option) =>
      position(option, 'first', 'A framework, or several at once: django vs laravel').setRequired(true),
    )
    .addStringOption((option) => position(option, 'second', 'Another one'))
    .addStringOption((option) => position(option, 'third', 'A third one'))
    .addStringOption((option) => position(option, 'fourth', 'A fourth one'))
    .addUserOption(forUserOption)
    .addBooleanOption(privateOption)
    .toJSON(),

  run(options, context) {
    const typed = typedBeside(options).flatMap((text) => namesIn(text, context));
    return answer({ ...understand(typed, context), view: 'differences', part: 0 }, context);
  },

  press(state, values, context, isAsker) {
    if (state.at !== 'comparison') throw new Error(`The command 'compare' has no answer for a ${state.at}`);
    if ((state.view === 'ask' || state.view === 'poll') && !isAsker) {
      return privateNotice('Not yours to ask', [
        'Only who asked for this comparison can put it to the channel. Ask with /compare, and you can.',
      ]);
    }
    const ids = changed(state.ids, values);
    const view = state.view === 'choose' ? 'differences' : state.view;
    return answer({ ...state, ids, view }, context);
  },

  suggest({ name, value }, options, context) {
    return completions(value, options, name, context);
  },
} satisfies Command;
