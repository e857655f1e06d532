import type { Comparison } from '../../catalog/compare.ts';
import { monthOf } from '../../catalog/dates.ts';
import { levels } from '../../catalog/vocabulary.ts';
import { listOf } from '../markdown.ts';
import { clip, type ReplyContext } from '../reply.ts';

/** https://docs.discord.com/developers/resources/message#attachment-object */
const mostCharacters = 1024;

/** The facts that introduce a framework, as rows of the comparison. */
const introducing = ['language', 'kind', 'status', 'newest', 'licence', 'support'];

/**
 * What a picture says, for who cannot see it, in at most 1,024 characters: who each is, what differs, what is alike.
 * All of it is in the words, so what has no room here is not lost.
 */
export function altText({ frameworks, rows, alike }: Comparison, { today }: ReplyContext): string {
  const facts = frameworks.map(({ name }, at) => {
    const said = rows
      .filter(({ label }) => introducing.includes(label))
      .flatMap(({ cells }) => cells[at]?.said?.text ?? []);
    return `${name}: ${said.join(', ')}.`;
  });
  const differing = rows
    .filter(({ capability, differs }) => capability !== undefined && differs)
    .map(({ label, cells }) => {
      const told = cells.map(({ level }) => (level === undefined ? 'not recorded' : levels[level].label));
      return `${label} (${told.join(', ')})`;
    });
  const common = alike.levels.flatMap(({ labels }) => labels);
  const sentences = [
    `${listOf(frameworks.map(({ name }) => name))} side by side, as of ${monthOf(today)}.`,
    ...facts,
    ...(common.length === 0 ? [] : [`Alike in ${common.length} capabilities.`]),
    ...(differing.length === 0
      ? []
      : [`Different in ${differing.length}, in this order: ${differing.join('; ')}.`]),
  ];
  return clip(sentences.join(' '), mostCharacters);
}
