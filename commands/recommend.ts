import { SlashCommandBuilder } from '@discordjs/builders';
import { longestDescription, type Understood } from '../src/catalog/describe.ts';
import type { Framework } from '../src/catalog/framework.ts';
import { findNeed, needsLike } from '../src/catalog/needs.ts';
import { recommend } from '../src/catalog/recommend.ts';
import type { Wish } from '../src/catalog/score.ts';
import {
  type Capability,
  capabilities,
  fromCode,
  keysOf,
  type Purpose,
  purposes,
} from '../src/catalog/vocabulary.ts';
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
import { longestLanguages, type State } from '../src/custom-id.ts';
import { frameworkChoices, languageChoices, longestChoice, mostChoices } from '../src/reply/choices.ts';
import { kept } from '../src/reply/kept.ts';
import { echo, listOf } from '../src/reply/markdown.ts';
import { howNotFound, notice } from '../src/reply/notice.ts';
import { ranking } from '../src/reply/ranking.ts';
import { clip, type Reply } from '../src/reply/reply.ts';

type Query = Omit<State & { at: 'recommendation' }, 'at' | 'changes'> & {
  note?: string | undefined;
  about?: Framework | undefined;
};

function answer({ view, part, note, about, ...wish }: Query, context: Context): Reply {
  const make = () => {
    const recommendation = recommend(wish, context.catalog, context.today);
    return ranking({ recommendation, view, part, note, about }, context);
  };
  const followsFromState = note === undefined && about === undefined;
  return followsFromState ? kept({ at: 'recommendation', ...wish, view, part }, context, make) : make();
}

/** The words of a list of needs, as typed. */
function wordsOf(list: string): string[] {
  return list.split(/[,;+]| and /).map((word) => word.trim());
}

/** Reads `needs:`: what was understood, and the words that were not. */
function readNeeds(list: string): { needs: Capability[]; unknown: string[] } {
  const words = wordsOf(list).filter((word) => word !== '');
  const read = words.map((word) => ({ word, need: findNeed(word) }));
  return {
    needs: [...new Set(read.flatMap(({ need }) => need ?? []))],
    unknown: read.filter(({ need }) => need === undefined).map(({ word }) => word),
  };
}

/** The language that was typed, and a sentence where something else was meant or nothing understood. */
function readLanguage(
  typed: string,
  { finder }: Context,
): { language?: string; note?: string; unknown?: true } {
  if (typed === '') return {};
  const found = finder.findLanguage(typed);
  if (found === undefined) return { unknown: true };
  const { language, via } = found;
  const note =
    via === undefined
      ? undefined
      : `${via.name} is a framework in ${language.name}, so here is what fits in ${language.name}.`;
  return { language: language.id, note };
}

/**
 * Languages that fit into a button: the first ones of those that are asked for, then of those that are not wanted. What is
 * both is asked for: it was chosen after the other was said.
 */
function fittingLanguages({ languages = [], without: shut = [] }: Pick<Wish, 'languages' | 'without'>) {
  const without = shut.filter((id) => !languages.includes(id));
  const fits = (asked: readonly string[], others: readonly string[]) =>
    [...asked, ...others].join(',').length <= longestLanguages;
  const kept = languages.filter((_, at) => fits(languages.slice(0, at + 1), []));
  return { languages: kept, without: without.filter((_, at) => fits(kept, without.slice(0, at + 1))) };
}

/** What was understood of plain words, in words: `Understood: Ruby · Realtime · background jobs.` */
function understoodNote(text: string, read: Understood, { catalog }: Context): string {
  const { languages = [], without = [], purpose, needs, avoid } = read;
  const named = (ids: readonly string[]) => ids.map((id) => catalog.languageById.get(id)?.name ?? id);
  const labels = (list: readonly Capability[]) => list.map((need) => capabilities[need].label);
  const said = [
    ...(languages.length === 0 ? [] : [listOf(named(languages), 'or')]),
    ...(purpose === undefined ? [] : [purposes[purpose].label]),
    ...labels(needs),
    ...(without.length === 0 ? [] : [`not in ${listOf(named(without), 'or')}`]),
    ...(avoid.length === 0 ? [] : [`${listOf(labels(avoid))} not needed`]),
  ];
  if (said.length > 0) return `Understood: ${said.join(' · ')}.`;
  return `I found no language, purpose or need in ‘${echo(text)}’; choose below.`;
}

/** What the options ask for; what is chosen goes before what was read in plain words. */
function run(options: Options, context: Context): Reply {
  const typed = textOption(options, 'language');
  const chosen = readLanguage(typed, context);
  if (chosen.unknown) {
    return notice('Not found', [
      `I know no language called ‘${echo(typed)}’.`,
      'Pick one from what the option offers, or leave it out for the best across all languages.',
    ]);
  }
  const description = textOption(options, 'describe');
  const said = description === '' ? undefined : context.finder.understand(description);
  // What is said to be understood is what is answered.
  const read = said && { ...said, ...fittingLanguages(said) };
  const { needs, unknown: words } = readNeeds(textOption(options, 'needs'));
  const reason = textOption(options, 'why-not');
  const asked = reason === '' ? undefined : context.finder.find(reason);
  const about = asked?.is === 'framework' ? asked.framework : undefined;
  const notes = [
    ...(read === undefined ? [] : [understoodNote(description, read, context)]),
    ...(chosen.note === undefined ? [] : [chosen.note]),
    ...(words.length === 0
      ? []
      : [`I do not know the need ‘${echo(words.join(', '))}’; the menu below has those I know.`]),
    ...(asked === undefined || asked.is === 'framework' ? [] : [howNotFound(reason, asked)]),
  ];
  const wish: Wish = {
    ...fittingLanguages({
      languages: chosen.language === undefined ? read?.languages : [chosen.language],
      without: read?.without,
    }),
    purpose: keysOf(purposes).find((key) => key === textOption(options, 'purpose')) ?? read?.purpose,
    needs: [...new Set([...needs, ...(read?.needs ?? [])])],
  };
  const view = reason === '' ? 'ranking' : 'whyNot';
  return answer(
    { ...wish, about, view, part: 0, note: notes.length === 0 ? undefined : notes.join(' ') },
    context,
  );
}

/** Completes the last word of a list of needs; the words before it stay as they are, in short where space is short. */
function suggestNeeds(list: string): Choice[] {
  const words = wordsOf(list);
  const before = words.slice(0, -1).filter((word) => word !== '');
  const named = before.flatMap((word) => findNeed(word) ?? []);
  return needsLike(words.at(-1) ?? '')
    .filter((need) => !named.includes(need))
    .flatMap((need) => {
      const long = [...before, capabilities[need].label].join(', ');
      const short = [...before.map((word) => findNeed(word) ?? word), need].join(',');
      const text = [long, short].find((candidate) => candidate.length <= longestChoice);
      return text === undefined ? [] : [{ name: text, value: text }];
    })
    .slice(0, mostChoices);
}

const purposeChoices = keysOf(purposes).map((key: Purpose) => ({ name: purposes[key].label, value: key }));

/** Ranks frameworks for a language, a purpose and needs, with reasons. */
export default {
  data: new SlashCommandBuilder()
    .setName('recommend')
    .setDescription('Which framework fits what you want to build')
    .setIntegrationTypes(everywhere.installs)
    .setContexts(everywhere.contexts)
    .addStringOption((option) =>
      option
        .setName('language')
        .setDescription('The language you work in')
        .setMaxLength(100)
        .setAutocomplete(true),
    )
    .addStringOption((option) =>
      option
        .setName('purpose')
        .setDescription('What you build')
        .setChoices(...purposeChoices),
    )
    .addStringOption((option) =>
      option
        .setName('needs')
        .setDescription('What it must bring, separated by commas')
        .setMaxLength(200)
        .setAutocomplete(true),
    )
    .addStringOption((option) =>
      option
        .setName('describe')
        .setDescription('Or in plain words: a realtime chat in ruby with background jobs')
        .setMaxLength(longestDescription),
    )
    .addStringOption((option) =>
      option
        .setName('why-not')
        .setDescription('Why is this one not the first?')
        .setMaxLength(100)
        .setAutocomplete(true),
    )
    .addUserOption(forUserOption)
    .addBooleanOption(privateOption)
    .toJSON(),

  run,

  press(state, values, context) {
    if (state.at !== 'recommendation')
      throw new Error(`The command 'recommend' has no answer for a ${state.at}`);
    const { changes, at: _, ...query } = state;
    if (changes === 'language') {
      const languages = values.filter((id) => context.catalog.languageById.has(id));
      // 'Any language' is any: also one that was not wanted before.
      const without = languages.length === 0 ? [] : query.without;
      return answer({ ...query, ...fittingLanguages({ languages, without }), part: 0 }, context);
    }
    if (changes === 'whyNot')
      return answer({ ...query, about: context.catalog.byId.get(values[0] ?? '') }, context);
    if (changes === 'purpose')
      return answer({ ...query, purpose: fromCode(purposes, values[0] ?? ''), part: 0 }, context);
    if (changes === 'needs') {
      const needs = values.flatMap((code) => fromCode(capabilities, code) ?? []);
      return answer({ ...query, needs: [...new Set(needs)], part: 0 }, context);
    }
    return answer(query, context);
  },

  suggest({ name, value }, _options, context) {
    if (name === 'why-not')
      return frameworkChoices(context.finder.offer(value, mostChoices), context.catalog);
    return name === 'language'
      ? languageChoices(context.finder.offerLanguages(value, mostChoices), context.catalog)
      : suggestNeeds(clip(value, 200));
  },
} satisfies Command;
