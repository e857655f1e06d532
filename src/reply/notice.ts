import type { APIButtonComponent } from 'discord-api-types/v10';
import type { Found } from '../catalog/find.ts';
import { echo, type Line, line, listOf, paginate } from './markdown.ts';
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

/** What to say of how a framework was found: what was typed, where that is not its name, and what else is called so. */
export function howFound(typed: string, { tier, others = [] }: Found & { is: 'framework' }): string[] {
  return [
    ...(tier === 'exact' ? [] : [`You typed ‘${echo(typed)}’.`]),
    ...(others.length === 0
      ? []
      : [`${listOf(others)} ${others.length === 1 ? 'is' : 'are'} called so too.`]),
  ];
}

/** What to say of a text that names no one framework: what it is instead, or that nothing is known of it. */
export function howNotFound(typed: string, found: Exclude<Found, { is: 'framework' }>): string {
  switch (found.is) {
    case 'several': {
      const names = found.frameworks.map(({ name }) => name);
      return `‘${echo(typed)}’ may be ${listOf(names, 'or')}.`;
    }
    case 'language':
      return `${found.language.name} is a language.`;
    case 'not-framework':
      return `${found.thing.name} is no backend framework.`;
    case 'none':
      return `I know no framework called ‘${echo(typed)}’.`;
  }
}

/** A {@link notice} that only the asker sees. */
export function privateNotice(...arguments_: Parameters<typeof notice>): Reply {
  return { ...notice(...arguments_), isPrivate: true };
}
