import type { APIInteraction } from 'discord-api-types/v10';
import type { Handle } from '../../src/handle.ts';
import { another, pressInteraction, slashInteraction } from './ask.ts';

type Component = { custom_id?: string; options?: { value: string }[]; max_values?: number };

/** An autocomplete of the last of the options. */
function suggestion(path: string, values: Record<string, string>): APIInteraction {
  const focused = Object.keys(values).at(-1);
  const asked = structuredClone(slashInteraction(path, values)) as unknown as {
    type: number;
    data: { options: { name: string; options?: object[] }[] };
  };
  asked.type = 4;
  const [first] = asked.data.options;
  const options = (first?.options ?? asked.data.options) as { name: string; focused?: boolean }[];
  for (const option of options) if (option.name === focused) option.focused = true;
  return asked as unknown as APIInteraction;
}

function explained(content: string): APIInteraction {
  const asked = slashInteraction('Explain frameworks') as unknown as Record<string, unknown>;
  const message = { id: '7', content, embeds: [] };
  asked.data = {
    id: '1',
    name: 'Explain frameworks',
    type: 3,
    target_id: '7',
    resolved: { messages: { 7: message } },
  };
  return asked as unknown as APIInteraction;
}

/** What is asked first: every command with its options, every autocomplete, the message command, what leads nowhere. */
const firstQuestions: readonly APIInteraction[] = [
  { id: '5', application_id: '6', token: 'token', type: 1, version: 1 } as unknown as APIInteraction,
  slashInteraction('about'),
  slashInteraction('framework lookup', { name: 'django' }),
  slashInteraction('framework lookup', { name: 'django 5.2', private: true }),
  slashInteraction('framework lookup', { name: 'feenix', 'for-user': '100000000000000009' }),
  slashInteraction('framework lookup', { name: 'koa', private: true, 'for-user': '100000000000000009' }),
  slashInteraction('framework lookup', { name: 'php' }),
  slashInteraction('framework lookup', { name: '@everyone [x](https://x.example) **' }),
  slashInteraction('framework list'),
  slashInteraction('framework list', { language: 'ruby', kind: 'full-stack' }),
  slashInteraction('framework search', { text: 'background jobs' }),
  slashInteraction('compare', { first: 'django', second: 'rails' }),
  slashInteraction('compare', { first: 'koa vs express', third: 'fastify', fourth: 'hono' }),
  slashInteraction('recommend', { language: 'python', purpose: 'rest-api', needs: 'admin, mail' }),
  slashInteraction('recommend', { describe: 'a realtime chat in ruby', 'why-not': 'sinatra' }),
  slashInteraction('nothing of ours'),
  suggestion('framework lookup', { name: 'lara' }),
  suggestion('framework list', { language: 'py' }),
  suggestion('compare', { first: 'koa', second: 'ex' }),
  suggestion('recommend', { language: 'r' }),
  suggestion('recommend', { needs: 'admin, ma' }),
  suggestion('recommend', { 'why-not': 'dj' }),
  explained('is Koa or Express.js better?'),
  explained('nothing of the kind'),
  pressInteraction('framework:c:django:r:0', { by: another }),
  pressInteraction('framework:c:nothing:r:0'),
  pressInteraction('compare:django:d:0', { values: ['rails'] }),
  pressInteraction('forged:::'),
];

/** What of a button's id says which kind of button it is. */
function kindOf(customId: string): string {
  return customId.replaceAll(/\d+/g, '0').replaceAll(/[a-z0-9-]{3,}(?=[:,]|$)/g, 'x');
}

/**
 * The first questions and, twice over, what can be pressed in their answers: one of each kind of button or menu for each
 * question, so that every command, view and part is there.
 */
export async function crawl(handle: Handle): Promise<APIInteraction[]> {
  const found = [...firstQuestions];
  const seen = new Set<string>();
  let latest = found;
  for (const _ of [1, 2]) {
    const next: APIInteraction[] = [];
    for (const question of latest) {
      const { body } = await handle.respond(question);
      const data = 'data' in body && body.data !== undefined && 'components' in body.data ? body.data : {};
      const parts = (data.components ?? []).flatMap((row) =>
        'components' in row ? (row.components as Component[]) : [],
      );
      for (const { custom_id: customId, options } of parts) {
        if (customId === undefined || seen.has(kindOf(customId))) continue;
        seen.add(kindOf(customId));
        const values = options?.slice(-1).map(({ value }) => value);
        next.push(pressInteraction(customId, values === undefined ? {} : { values }));
      }
    }
    found.push(...next);
    latest = next;
  }
  return found;
}
