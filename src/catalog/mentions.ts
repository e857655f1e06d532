import { compareUse } from './adoption.ts';
import type { Framework } from './framework.ts';
import type { Catalog } from './load.ts';
import { normalise } from './normalise.ts';
import { type Named, properNames } from './spelling.ts';

/** The most words that a name is looked for in: 'Ruby on Rails' has three. */
const longestName = 4;

/** How many words away another name still makes clear what an everyday word means. */
const nearby = 12;

/** Words after which a capital is more likely a place, a season or a company than a framework. */
const placesAndTimes = new Set(
  'in to from near at around towards visit visiting the this last next early late every until since'.split(
    ' ',
  ),
);

/** What people are called as well: a capital says nothing about these. */
const givenNames = new Set('amber athena carter emmett iris nancy robyn'.split(' '));

/** Phrases in which an everyday word is never a framework, not even beside one. */
const otherThings = new RegExp(
  [
    '(american|orient|panda|polar) express',
    'express (yourself|myself|ourselves|themselves|my|your|his|her|our|their|it|how|what|that)',
    'express (card|coffee|delivery|lane|mail|shipping|ticket|train|way|wish)s?',
    '(early|every|in the|last|late|next|season is) spring',
    'spring (break|cleaning|onion|roll|semester|term|water)s?',
    '(hip|thermos|vacuum) flask',
    'flasks? of',
    'off the rails',
    '(curtain|guard|hand) rails',
    '((am|are|comes?|is|was|were) from|(based|born|lived?|lives|living|meet|meets|met|raised) in) phoenix',
    '(fly|flying|flights?|trip) (from|to) phoenix',
    'phoenix suns',
    'next [0-9]+ (day|hour|minute|month|page|second|step|time|week|year)s?',
    'slim (build|chance|down|fit|image|picking|tag|template|variant)s?',
    'meteor (crater|shower|strike)s?',
    'tornado (alley|siren|warning|watch)(es|s)?',
    '(boat|ship)s? sails',
  ]
    .map((phrase) => `\\b${phrase.replaceAll(' ', '\\s+')}\\b`)
    .join('|'),
  'gi',
);

/** Words that show that a message is about programming. */
const aboutProgramming =
  /\b(api|app|apps|backend|back-end|bug|code|coding|codebase|deploy\w*|developer|endpoint|framework\w*|http|librar\w+|middleware|microservices?|npm|pip|programming|routes?|routing|server|server-side|software|stack|web|website)\b/i;

type Word = { text: string; startsSentence: boolean };

function wordsOf(message: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const match of message.matchAll(/[\p{L}\p{N}.][\p{L}\p{N}#+.’'-]*/gu)) {
    const text = match[0].replace(/(?<![.’'-])[.’'-]+$/, '');
    if (text === '') continue;
    const between = message.slice(end, match.index);
    const lastEnded = /[.!?]$/.test(message.slice(0, end)) || /[.!?:;\n"“(*_>]/.test(between);
    words.push({ text, startsSentence: end === 0 || lastEnded });
    end = match.index + match[0].length;
  }
  return words;
}

type Mention<T> = { thing: T; at: number; length: number; certain: boolean };

/** A map from normalised spellings to what they stand for. */
type Index<T> = ReadonlyMap<string, { thing: T; isOrdinary: boolean }>;

function indexOf<T extends Named & { ordinaryWords?: string[] | undefined }>(things: readonly T[]): Index<T> {
  return new Map(
    things.flatMap((thing) => {
      const ordinary = new Set((thing.ordinaryWords ?? []).map(normalise));
      // 'Nest' is no slip in 'NestJS'.
      const withoutJs = thing.aliases.filter((alias) => `${normalise(alias)}js` === normalise(thing.name));
      return [...properNames(thing), ...withoutJs].map((spelled) => {
        const key = normalise(spelled);
        return [key, { thing, isOrdinary: ordinary.has(key) }] as const;
      });
    }),
  );
}

/** Whether the capital of an everyday word is that of a name of its own. */
function isNamedByCapital(words: readonly Word[], at: number, isTechnical: boolean): boolean {
  const word = words[at];
  if (word === undefined || !/^\p{Lu}/u.test(word.text)) return false;
  if (isTechnical) return true;
  const before = words[at - 1];
  if (word.startsSentence || before === undefined || givenNames.has(word.text.toLowerCase())) return false;
  // 'American Express', 'in Phoenix'.
  return !/^\p{Lu}/u.test(before.text) && !placesAndTimes.has(before.text.toLowerCase());
}

function mentionsOf<T>(words: readonly Word[], index: Index<T>, isTechnical: boolean): Mention<T>[] {
  const found: Mention<T>[] = [];
  for (let at = 0; at < words.length; at++) {
    for (let length = Math.min(longestName, words.length - at); length > 0; length--) {
      const spelled = words
        .slice(at, at + length)
        .map(({ text }) => text)
        .join(' ');
      const key = normalise(spelled);
      const withoutJs = /[.-]?js$/i.test(spelled) && key.length > 4 ? key.slice(0, -2) : undefined;
      const entry = index.get(key) ?? (withoutJs === undefined ? undefined : index.get(withoutJs));
      if (entry === undefined) continue;
      const certain =
        !entry.isOrdinary || withoutJs !== undefined || isNamedByCapital(words, at, isTechnical);
      found.push({ thing: entry.thing, at, length, certain });
      at += length - 1;
      break;
    }
  }
  return found;
}

/**
 * Builds what finds the frameworks that a message names, in the order of their first mention. Only exact names count.
 * Names that are everyday words too (express, play, spring, echo, flask) count only with a capital that is not just
 * that of a sentence or of another name, in a message about programming, with `.js`, or with a language or another
 * framework nearby.
 */
export function createMentionFinder(catalog: Catalog): (message: string) => Framework[] {
  const languageIndex = indexOf(catalog.languages);
  // Of a name that several have, the last one is kept: the one that is used most.
  const frameworkIndex = indexOf([...catalog.frameworks].sort(compareUse(catalog)).reverse());
  return (message) => {
    const words = wordsOf(message.replace(otherThings, ' '));
    const isTechnical = aboutProgramming.test(message);
    const languages = mentionsOf(words, languageIndex, isTechnical).filter(({ certain }) => certain);
    const frameworks = mentionsOf(words, frameworkIndex, isTechnical);
    const certain = frameworks.filter((mention) => mention.certain);
    const counted = frameworks.filter((mention) => {
      if (mention.certain) return true;
      const others = [...languages, ...certain].filter(({ thing }) => thing !== mention.thing);
      return others.some(({ at }) => Math.abs(at - mention.at) <= nearby);
    });
    return [...new Set(counted.map(({ thing }) => thing))];
  };
}
