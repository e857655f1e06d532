import { z } from 'zod';
import { failure, type Reply, refuse } from './answers.ts';
import { checkLimits } from './limits.ts';
import { docs } from './problem.ts';
import { checkShape } from './shapes.ts';
import type { World } from './world.ts';

const page = docs('resources/emoji#create-application-emoji');
const created = z.strictObject({
  name: z.string().regex(/^\w+$/, 'letters, digits and _'),
  image: z.string().regex(/^data:image\/(png|jpeg|gif|webp|avif);base64,/, 'a data URI of a picture'),
});
const renamed = z.strictObject({ name: z.string().regex(/^\w+$/, 'letters, digits and _') });

/** The application's own emojis. https://docs.discord.com/developers/resources/emoji#list-application-emojis */
export function listEmojis(world: World): Reply {
  return {
    status: 200,
    body: { items: [...world.emojis.values()] },
  };
}

/** One emoji by id. */
export function getEmoji(world: World, id: string): Reply {
  const emoji = world.emojis.get(id);
  return emoji ? { status: 200, body: emoji } : failure(404, 10014, 'Unknown Emoji');
}

/** Adds an emoji from a data URI. */
export function createEmoji(world: World, body: unknown): Reply {
  const request = 'a new application emoji';
  const shape = checkShape(body, created, page);
  if (shape.length > 0) return refuse(world, request, shape);
  const { name, image } = created.parse(body);
  const bytes = Buffer.from(image.slice(image.indexOf(',') + 1), 'base64');
  const problems = checkLimits({ name, bytes: bytes.length, count: world.emojis.size + 1 }, 'emoji');
  if (problems.length > 0) return refuse(world, request, problems);
  const id = world.id();
  const type = image.slice('data:'.length, image.indexOf(';'));
  const emoji = {
    id,
    name,
    roles: [],
    user: world.bot,
    require_colons: true,
    managed: false,
    animated: type === 'image/gif',
    available: true,
  };
  world.emojis.set(id, emoji);
  world.files.set(id, { bytes, type, name });
  return { status: 201, body: emoji };
}

/** Renames an emoji. */
export function renameEmoji(world: World, id: string, body: unknown): Reply {
  const emoji = world.emojis.get(id);
  if (!emoji) return failure(404, 10014, 'Unknown Emoji');
  const problems = [...checkShape(body, renamed, page), ...checkLimits(body, 'emoji')];
  if (problems.length > 0) return refuse(world, 'the name of an application emoji', problems);
  const changed = { ...emoji, name: renamed.parse(body).name };
  world.emojis.set(id, changed);
  return { status: 200, body: changed };
}

/** Deletes an emoji. */
export function deleteEmoji(world: World, id: string): Reply {
  world.files.delete(id);
  return world.emojis.delete(id) ? { status: 204 } : failure(404, 10014, 'Unknown Emoji');
}
