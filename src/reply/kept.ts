import type { Catalog } from '../catalog/load.ts';
import { type State, writeCustomId } from '../custom-id.ts';
import type { Mark } from './markdown.ts';
import type { Reply, ReplyContext } from './reply.ts';

/**
 * How many replies are kept of each catalogue: those that were asked for last. With what is sent of it a card takes 7 KB, a
 * comparison 14, a recommendation 23, so all of them are under 10 MB.
 */
const mostKept = 400;

/** Replies by their states, and what all of them were made from besides. */
type Memory = {
  today: string;
  canDraw: boolean;
  marks: readonly Mark[];
  replies: Map<string, Reply>;
};

const memories = new WeakMap<Catalog, Memory>();

function isOf({ today, canDraw, marks }: Memory, context: ReplyContext): boolean {
  if (today !== context.today || canDraw !== (context.pictures !== undefined)) return false;
  // Marks come to be while answers are given, so they are compared one by one.
  let at = 0;
  for (const mark of context.marks?.values() ?? []) if (mark !== marks[at++]) return false;
  return at === marks.length;
}

function memoryFor(context: ReplyContext): Memory {
  const { catalog, today, pictures, marks } = context;
  const before = memories.get(catalog);
  if (before !== undefined && isOf(before, context)) return before;
  const canDraw = pictures !== undefined;
  const memory = { today, canDraw, marks: [...(marks?.values() ?? [])], replies: new Map() };
  memories.set(catalog, memory);
  return memory;
}

/**
 * The reply that shows a state: as it was made before, while the catalogue, the day and the marks are the same;
 * else it is made, and kept. Only for what follows from its state alone: nothing that anybody typed, and nothing of who
 * asks. Nobody changes a reply that was given out.
 */
export function kept(state: State, context: ReplyContext, make: () => Reply): Reply {
  const { replies } = memoryFor(context);
  const key = writeCustomId(state);
  const reply = replies.get(key) ?? make();
  // What is asked for goes to the end of the line, and who stands first in it is the first to be forgotten.
  replies.delete(key);
  replies.set(key, reply);
  const [oldest] = replies.keys();
  if (replies.size > mostKept && oldest !== undefined) replies.delete(oldest);
  return reply;
}
