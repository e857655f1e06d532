import type { APIButtonComponent } from 'discord-api-types/v10';
import { type Line, line, paginate } from './markdown.ts';
import { buttonRows, neutralColour, type Reply } from './reply.ts';

/**
 * A short answer in words: what is the matter, and a way forward.
 *
 * @param lines one sentence each; a string is plain text.
 * @param buttons at most 25.
 */
export function notice(
  title: string,
  lines: readonly (string | Line)[],
  buttons: APIButtonComponent[] = [],
): Reply {
  const [page] = paginate([{ lines: lines.map((text) => (typeof text === 'string' ? line(text) : text)) }]);
  return {
    embed: { title, color: neutralColour, description: page?.markdown ?? '' },
    rows: buttonRows(buttons),
    isNotice: true,
  };
}

/** A {@link notice} that only the asker sees. */
export function privateNotice(...arguments_: Parameters<typeof notice>): Reply {
  return { ...notice(...arguments_), isPrivate: true };
}
