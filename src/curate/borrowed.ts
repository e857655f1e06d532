import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** So many words in a row that also stand in somebody else's text are borrowed from it. */
const most = 8;

/** How many bytes of a digest are kept: among some ten thousand runs, two never share five by chance. */
const kept = 5;

/** The digests of every run of words in the texts that were read for the dataset and must not be repeated in it. */
export const borrowedFile = path.join(import.meta.dirname, 'borrowed.txt');

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Every run of eight words in a text, in lower case and without punctuation. */
function runsOf(text: string): string[] {
  const words = wordsOf(text);
  return words.slice(most - 1).map((_, at) => words.slice(at, at + most).join(' '));
}

function digestOf(run: string): string {
  return createHash('sha256').update(run).digest().subarray(0, kept).toString('hex');
}

/**
 * What is kept of texts that others wrote: a digest for each run of eight words, sorted, one a line. The texts
 * themselves cannot be read from it, so it can be kept where they may not.
 */
export function digestsOf(texts: readonly string[]): string {
  const digests = new Set(texts.flatMap(runsOf).map(digestOf));
  return `${[...digests].sort().join('\n')}\n`;
}

/** How to find what a text has in common with the texts of which {@link digestsOf} was kept in a file. */
export function createBorrowedFinder(file: string = borrowedFile): (text: string) => string | undefined {
  const digests = new Set(readFileSync(file, 'utf8').split('\n'));
  return (text) => runsOf(text).find((run) => digests.has(digestOf(run)));
}
