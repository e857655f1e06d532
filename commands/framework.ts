import { SlashCommandBuilder } from '@discordjs/builders';
import { supportWords } from '../src/catalog/facts.ts';
import type { Found } from '../src/catalog/find.ts';
import type { Framework } from '../src/catalog/framework.ts';
import { bestIn } from '../src/catalog/recommend.ts';
import { inTurns } from '../src/catalog/steps.ts';
import { lineOf } from '../src/catalog/support.ts';
import { type Kind, keysOf, kinds } from '../src/catalog/vocabulary.ts';
import {
  type Command,
  type Context,
  everywhere,
  forUserOption,
  type Options,
  privateOption,
  textOption,
} from '../src/command.ts';
import { longestSearch, type State } from '../src/custom-id.ts';
import { card } from '../src/reply/card.ts';
import { frameworkChoices, languageChoices, mostChoices } from '../src/reply/choices.ts';
import { list, searchResults } from '../src/reply/list.ts';
import { echo, line, listOf } from '../src/reply/markdown.ts';
import { howFound, notice } from '../src/reply/notice.ts';
import { button, cardButton, clip, type Reply } from '../src/reply/reply.ts';

/** The most buttons of suggestions: one row. */
const mostSuggestions = 5;

/** Buttons to the cards of the first few. */
function lookupButtons(frameworks: readonly Framework[], context: Context, most = mostSuggestions) {
  return frameworks.slice(0, most).map((framework) => cardButton(framework, context));
}

/** How the version that was asked for is supported: `13: fixes until Mar 2027.` */
function versionNote(framework: Framework, version: string, today: string): string {
  const line = lineOf(framework, version);
  if (line === undefined) return `How ${version} is supported is not recorded.`;
  return `${line.cycle}: ${supportWords(line, today) ?? 'how it is supported is not recorded'}.`;
}

/** What is said above a card: what was typed, what else is called so, and of the version that was asked for. */
function lookupNote(name: string, found: Found & { is: 'framework' }, today: string): string | undefined {
  const { framework, version } = found;
  const notes = [
    ...howFound(name, found),
    ...(version === undefined ? [] : [versionNote(framework, version, today)]),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
}

function lookup(name: string, context: Context): Reply {
  const found: Found = context.finder.find(name);
  switch (found.is) {
    case 'framework': {
      const note = lookupNote(name, found, context.today);
      // Who names a version wants to know how it is supported.
      const page = found.version === undefined ? 'overview' : 'releases';
      return card({ framework: found.framework, page, part: 0, note }, context);
    }
    case 'several': {
      const names = listOf(found.frameworks.map((framework) => framework.name));
      const buttons = lookupButtons(found.frameworks, context);
      return notice('Which one?', [`${names} are called ‘${echo(name)}’.`], buttons);
    }
    case 'language': {
      const { id, name: language } = found.language;
      const count = context.catalog.frameworks.filter(({ languages }) => languages.value.includes(id)).length;
      const few = ['no framework in it is recorded here yet', 'one of its frameworks is recorded here'];
      const recorded = few[count] ?? `${count} of its frameworks are recorded here`;
      const all = button('All of them', { at: 'list', language: id, part: 0 });
      return notice(
        language,
        [`${language} is a language; ${recorded}.`],
        [
          ...lookupButtons(bestIn(id, context.catalog, context.today), context, mostSuggestions - 1),
          ...(count === 0 ? [] : [all]),
        ],
      );
    }
    case 'not-framework': {
      const { name: thing, what, instead, source } = found.thing;
      const partners = instead.flatMap((id) => context.catalog.byId.get(id) ?? []);
      return notice(
        thing,
        [
          line({ text: what, sources: [source] }),
          partners.length === 0
            ? 'It is no backend framework; /framework list shows those that are recorded.'
            : 'It is no backend framework. On the server beside it:',
        ],
        lookupButtons(partners, context),
      );
    }
    case 'none': {
      const suggestions = context.finder.suggest(name);
      const forward =
        suggestions.length === 0
          ? '/framework list shows all that are recorded.'
          : 'Did you mean one of these?';
      return notice(
        'Not found',
        [`I know no framework called ‘${echo(name)}’.`, forward],
        lookupButtons(suggestions, context),
      );
    }
  }
}

function listed(options: Options, context: Context): Reply {
  const typed = textOption(options, 'language');
  const kind = keysOf(kinds).find((key) => key === textOption(options, 'kind'));
  const found = typed === '' ? undefined : context.finder.findLanguage(typed);
  if (typed !== '' && found === undefined) {
    return notice('Not found', [
      `I know no language called ‘${echo(typed)}’.`,
      'Pick one from what the option offers, or leave it out for all languages.',
    ]);
  }
  const note =
    found?.via === undefined ? undefined : `${found.via.name} is a framework in ${found.language.name}.`;
  return list({ language: found?.language.id, kind, part: 0, note }, context);
}

/** What a search finds. While its index is being made, others are answered. */
async function search(state: Extract<State, { at: 'search' }>, context: Context): Promise<Reply> {
  const { search } = context.finder;
  await inTurns(search.prepare());
  return searchResults(state, search.find(state.text), context);
}

function answer(state: State, context: Context): Reply | Promise<Reply> {
  switch (state.at) {
    case 'card': {
      const framework = context.catalog.byId.get(state.id);
      return framework === undefined ? lookup(state.id, context) : card({ ...state, framework }, context);
    }
    case 'list':
      return list(state, context);
    case 'search':
      return search(state, context);
    default:
      throw new Error(`The command 'framework' has no answer for a ${state.at}`);
  }
}

const kindChoices = keysOf(kinds).map((key: Kind) => ({ name: kinds[key].label, value: key }));

/** Looks one framework up, lists them, or searches all that is recorded of them. */
export default {
  data: new SlashCommandBuilder()
    .setName('framework')
    .setDescription('Look up backend web frameworks')
    .setIntegrationTypes(everywhere.installs)
    .setContexts(everywhere.contexts)
    .addSubcommand((subcommand) =>
      subcommand
        .setName('lookup')
        .setDescription('What a framework is, what it is good for, and how it is supported today')
        .addStringOption((option) =>
          option
            .setName('name')
            .setDescription('Its name, however you spell it')
            .setRequired(true)
            .setMaxLength(100)
            .setAutocomplete(true),
        )
        .addUserOption(forUserOption)
        .addBooleanOption(privateOption),
    )
    .addSubcommand((subcommand) =>
      subcommand
        .setName('list')
        .setDescription('All frameworks that are recorded here')
        .addStringOption((option) =>
          option
            .setName('language')
            .setDescription('Only in this language')
            .setMaxLength(100)
            .setAutocomplete(true),
        )
        .addStringOption((option) =>
          option
            .setName('kind')
            .setDescription('Only of this kind')
            .setChoices(...kindChoices),
        )
        .addBooleanOption(privateOption),
    )
    .addSubcommand((subcommand) =>
      subcommand
        .setName('search')
        .setDescription('Search everything that is recorded')
        .addStringOption((option) =>
          option
            .setName('text')
            .setDescription('Words that an entry must say')
            .setRequired(true)
            .setMaxLength(longestSearch),
        )
        .addBooleanOption(privateOption),
    )
    .toJSON(),

  run(options, context) {
    if (options.subcommand === 'list') return listed(options, context);
    if (options.subcommand === 'lookup') return lookup(textOption(options, 'name'), context);
    const text = clip(textOption(options, 'text'), longestSearch);
    return answer({ at: 'search', text, part: 0 }, context);
  },

  press(state, [chosen], context) {
    if (chosen === undefined) return answer(state, context);
    if (state.at === 'card') return answer({ ...state, id: chosen }, context);
    return answer(state.at === 'list' ? { ...state, language: chosen } : state, context);
  },

  suggest({ name, value }, _options, { catalog, finder }) {
    if (name === 'language') return languageChoices(finder.offerLanguages(value, mostChoices), catalog);
    return frameworkChoices(finder.offer(value, mostChoices), catalog);
  },
} satisfies Command;
