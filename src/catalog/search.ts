import { adoptionWords } from './facts.ts';
import type { Framework } from './framework.ts';
import type { Catalog } from './load.ts';
import { normalise } from './normalise.ts';
import { type Sourced, sourced } from './sources.ts';
import { capabilities, keysOf, kinds, levels, purposes, statuses } from './vocabulary.ts';

/** One thing that an entry says: under which heading, the words with their sources, and other words to find it by. */
type Passage = Sourced & { heading: string; also?: string };

/** A framework that a search found: the passage that fits best and how many others fit too. */
export type Hit = { framework: Framework; best: Passage; more: number };

/** Everything that an entry says, in words, the most telling first. */
function passagesOf(framework: Framework, catalog: Catalog): Passage[] {
  const f = framework;
  const languages = f.languages.value.map((id) => catalog.languageById.get(id)?.name ?? id).join(', ');
  const say = (heading: string, text: string, fact: { cites: string[] }): Passage => ({
    heading,
    ...sourced(f, text, fact),
  });
  return [
    say('Name', f.name, f.summary),
    say('Summary', f.summary.value, f.summary),
    say('Languages', languages, f.languages),
    say('Kind', kinds[f.kind.value].label, f.kind),
    ...f.patterns.map((pattern) => say('Pattern', pattern.value, pattern)),
    ...f.advantages.map((claim) => say('Advantage', `${claim.title}: ${claim.text}`, claim)),
    ...f.features.map((claim) => say('Feature', `${claim.title}: ${claim.text}`, claim)),
    ...f.tradeOffs.map((claim) => say('Think twice', `${claim.title}: ${claim.text}`, claim)),
    ...f.goodFor.map((fit) => say('Good for', `${purposes[fit.purpose].label}: ${fit.text}`, fit)),
    ...f.notGoodFor.map((fit) => say('Think twice', `${purposes[fit.purpose].label}: ${fit.text}`, fit)),
    ...keysOf(f.capabilities).flatMap((key) => {
      const capability = f.capabilities[key];
      // What is left to others is not there to be found.
      if (capability === undefined || capability.level === 'none') return [];
      const by = capability.by === undefined ? '' : `: ${capability.by}`;
      return [say(levels[capability.level].label, `${capabilities[key].label}${by}`, capability)];
    }),
    ...(f.runtime === undefined ? [] : [say('Runtime', f.runtime.value, f.runtime)]),
    say('Status', statuses[f.status.value].label, f.status),
    ...(f.release === undefined ? [] : [say('Newest release', f.release.version, f.release)]),
    ...(f.firstRelease === undefined ? [] : [say('First release', f.firstRelease.value, f.firstRelease)]),
    ...f.support.map((line) => say('Release line', `${line.cycle}${line.lts === true ? ' LTS' : ''}`, line)),
    ...f.adoption.map((figure) => say('Use', adoptionWords(figure), figure)),
    say('Licence', f.licence.value, f.licence),
    ...(f.maintainer === undefined ? [] : [say('Maintainer', f.maintainer.value, f.maintainer)]),
    ...f.usedBy.map((user) => say('Used by', user.name, user)),
    ...f.packages.map((pack) => say('Package', pack.name, pack)),
    // Aliases are ours and no page says them: they find a name where nothing else does, and are not shown.
    { heading: 'Name', text: f.name, also: f.aliases.join(' '), sources: [] },
  ];
}

/** A word: letters and digits, with the dots of a version. */
const word = /\p{N}+(?:\.\p{N}+)+|[\p{L}\p{N}#+]+/gu;

/** A text as it is compared: lower case, without accents. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

function wordsOf(text: string): string[] {
  return plain(text).match(word) ?? [];
}

/** A text in pieces, those marked that begin with one of the terms. */
export function markTerms(text: string, terms: readonly string[]): { text: string; isTerm: boolean }[] {
  let end = 0;
  const pieces: { text: string; isTerm: boolean }[] = [];
  for (const { 0: found, index } of text.matchAll(word)) {
    if (index > end) pieces.push({ text: text.slice(end, index), isTerm: false });
    pieces.push({ text: found, isTerm: terms.some((term) => plain(found).startsWith(term)) });
    end = index + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isTerm: false });
  return pieces;
}

/** Words that nobody searches for. */
const fillers = new Set('a an and are at be by for from in is it of on or the to with'.split(' '));

/** The words of a query that are searched for: at most eight, fillers left out unless there is nothing else. */
export function searchTerms(query: string): string[] {
  const words = [...new Set(wordsOf(query))];
  const telling = words.filter((word) => !fillers.has(word));
  return (telling.length > 0 ? telling : words).slice(0, 8);
}

/**
 * Frameworks whose entries hold every word of the query, each as the beginning of a word. One whose name the query is
 * stands first; a framework where one passage holds all the words stands before one where they are scattered; among
 * equals, more passages stand first.
 */
export function search(query: string, catalog: Catalog): Hit[] {
  const terms = searchTerms(query);
  if (terms.length === 0) return [];
  const scored = catalog.frameworks.flatMap((framework) => {
    const found = new Set<string>();
    const matching = passagesOf(framework, catalog).flatMap((passage) => {
      const words = wordsOf(`${passage.text} ${passage.also ?? ''}`);
      const held = terms.filter((term) => words.some((word) => word.startsWith(term)));
      for (const term of held) found.add(term);
      return held.length === 0 ? [] : [{ passage, held: held.length }];
    });
    if (found.size < terms.length) return [];
    const most = Math.max(...matching.map(({ held }) => held));
    const best = matching.filter(({ held }) => held === most);
    const first = best[0];
    if (first === undefined) return [];
    const isNamed = normalise(framework.name) === normalise(query);
    return [{ hit: { framework, best: first.passage, more: best.length - 1 }, most, isNamed }];
  });
  return scored
    .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.most - a.most || b.hit.more - a.hit.more)
    .map(({ hit }) => hit);
}
