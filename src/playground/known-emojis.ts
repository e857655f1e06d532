import { docs, type Problem, quote } from './problem.ts';
import type { World } from './world.ts';

/** Every emoji in a message's buttons and menus that has an id, with its place. */
function emojisIn(value: unknown, path: string): { path: string; id: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => {
    const place = `${path}.${key}`;
    const id: unknown = key === 'emoji' ? Object(held).id : undefined;
    return typeof id === 'string' ? [{ path: `${place}.id`, id }] : emojisIn(held, place);
  });
}

/**
 * Emojis in the buttons and menus of a message that the application does not have: Discord refuses the whole message.
 * https://github.com/discord/discord-api-docs/issues/8071
 */
export function unknownEmojis(world: World, message: unknown): Problem[] {
  return emojisIn(Object(message).components, 'components')
    .filter(({ id }) => !world.emojis.has(id))
    .map(({ path, id }) => ({
      path,
      what: 'the emoji of a button or an option',
      found: quote(id),
      allowed: 'an emoji that the application has',
      link: docs('components/reference#button-button-structure'),
    }));
}
