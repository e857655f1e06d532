import type {
  APIApplicationCommandOptionChoice,
  APIButtonComponent,
  APIEmbed,
  APIInteraction,
  APIMessageComponentInteraction,
  APIStringSelectComponent,
  MessageFlags,
  RESTAPIPoll,
} from 'discord-api-types/v10';
import { expect } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { createFinder } from '../../src/catalog/find.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { Command, Context } from '../../src/command.ts';
import { createHandle, type Handle, type Outgoing } from '../../src/handle.ts';
import { checkResponse } from '../../src/playground/limits.ts';
import { sentence } from '../../src/playground/problem.ts';
import { visibleText } from '../../src/reply/markdown.ts';
import type { ReplyFile } from '../../src/reply/reply.ts';
import { validateAgainstOpenApi } from './openapi.ts';
import { tenOf } from './ten.ts';

/** Who asks in the tests unless told, and somebody else. */
export const asker = '100000000000000001';
export const another = '100000000000000002';

/** The shipped dataset and a day on which its support tables have lines in every state. */
export const catalog = loadCatalog();
export const context: Context = {
  catalog,
  finder: createFinder(catalog),
  today: '2026-11-22',
  version: '1.2.3',
};

/** The same with a mark for each framework, under names and ids as long as they can be. */
export const contextWithMarks: Context = {
  ...context,
  marks: new Map(
    catalog.frameworks.map(({ id }, index) => [
      id,
      {
        id: `${10n ** 19n - 1n - BigInt(index)}`,
        name: `fw_${id.replaceAll('-', '_').padEnd(20, 'x')}_12345678`,
      },
    ]),
  ),
};

const ten = tenOf(catalog);

/** The same with ten of the entries, for what comes first and what one page holds. */
export const contextOfTen: Context = { ...context, catalog: ten, finder: createFinder(ten) };

/** Counts the frameworks of a catalogue: how many are recorded in a language, of a kind. */
export function countIn({ frameworks }: Catalog): (language?: string, kind?: string) => number {
  return (language, kind) =>
    frameworks.filter(
      (framework) =>
        (language === undefined || framework.languages.value.includes(language)) &&
        (kind === undefined || framework.kind.value === kind),
    ).length;
}

/** What was answered, taken apart for assertions. */
export type Answer = {
  /** 4 a message, 7 a changed message, 8 choices. */
  type: number;
  isPrivate: boolean;
  content: string | undefined;
  embed: APIEmbed;
  /** Title, author, description and footer as members read them. */
  text: string;
  buttons: APIButtonComponent[];
  menus: APIStringSelectComponent[];
  choices: APIApplicationCommandOptionChoice[];
  poll: RESTAPIPoll | undefined;
  files: readonly ReplyFile[];
  /** The message that follows. */
  after: Answer | undefined;
  /** The body on the wire. */
  body: unknown;
};

type Body = {
  type: number;
  data?: {
    content?: string;
    flags?: MessageFlags;
    embeds?: APIEmbed[];
    components?: { components: (APIButtonComponent | APIStringSelectComponent)[] }[];
    choices?: APIApplicationCommandOptionChoice[];
    poll?: RESTAPIPoll;
  };
};

const schemas: Record<number, string> = {
  4: 'CreateMessageInteractionCallbackRequest',
  5: 'CreateMessageInteractionCallbackRequest',
  6: 'UpdateMessageInteractionCallbackRequest',
  7: 'UpdateMessageInteractionCallbackRequest',
  8: 'ApplicationCommandAutocompleteCallbackRequest',
};

/** What Discord would refuse in a body, by the project's own table of limits and by Discord's description if at hand. */
export function refusals(body: unknown, files: readonly ReplyFile[] = []): string[] {
  const { type } = body as Body;
  const sent = files.map(({ name, data }, index) => ({ index, name, size: Buffer.from(data).length }));
  return [
    ...checkResponse(body, { files: sent }).map(sentence),
    ...(validateAgainstOpenApi(schemas[type] ?? '', body) ?? []),
  ];
}

function takeApart({ body: sent, files = [], after }: Outgoing): Answer {
  // What is on the wire, so that nothing is compared which JSON leaves out.
  const body = JSON.parse(JSON.stringify(sent)) as Body;
  expect(refusals(body, files)).toEqual([]);
  const { data = {} } = body;
  const embed = data.embeds?.[0] ?? {};
  const parts = (data.components ?? []).flatMap(({ components }) => components);
  return {
    type: body.type,
    isPrivate: ((data.flags ?? 0) & 64) !== 0,
    content: data.content,
    embed,
    text: [embed.author?.name, embed.title, visibleText(embed.description ?? ''), embed.footer?.text].join(
      '\n',
    ),
    buttons: parts.filter((part): part is APIButtonComponent => part.type === 2),
    menus: parts.filter((part): part is APIStringSelectComponent => part.type === 3),
    choices: data.choices ?? [],
    poll: data.poll,
    files,
    after: after && takeApart({ body: { type: 4, data: after } }),
    body,
  };
}

type Value = string | number | boolean;

function optionsOf(values: Record<string, Value>, focused?: string) {
  return Object.entries(values).map(([name, value]) => ({
    name,
    value,
    type: typeof value === 'boolean' ? 5 : name === 'for-user' ? 6 : 3,
    ...(name === focused ? { focused: true } : {}),
  }));
}

function commandData(path: string, values: Record<string, Value>, focused?: string) {
  const [name, subcommand] = path.split(' ');
  const options = optionsOf(values, focused);
  return {
    id: '1',
    name,
    type: 1,
    options: subcommand === undefined ? options : [{ type: 1, name: subcommand, options }],
  };
}

/** The raw interaction of a slash command such as `framework lookup`. */
export function slashInteraction(path: string, values: Record<string, Value> = {}): APIInteraction {
  return {
    id: '5',
    application_id: '6',
    token: 'token',
    type: 2,
    data: commandData(path, values),
    member: { user: { id: asker } },
  } as unknown as APIInteraction;
}

/** The raw interaction of a pressed button or used menu, on a message that {@link asker} asked for. */
export function pressInteraction(
  customId: string,
  { values, by = asker, content = '' }: { values?: string[]; by?: string; content?: string } = {},
): APIMessageComponentInteraction {
  return {
    id: '5',
    application_id: '6',
    token: 'token',
    type: 3,
    data: { custom_id: customId, component_type: values ? 3 : 2, ...(values && { values }) },
    message: { content, interaction_metadata: { user: { id: asker } } },
    member: { user: { id: by } },
  } as unknown as APIMessageComponentInteraction;
}

function messageInteraction(name: string, content: string, embeds: object[]): APIInteraction {
  return {
    id: '5',
    application_id: '6',
    token: 'token',
    type: 2,
    data: {
      id: '1',
      name,
      type: 3,
      target_id: '7',
      resolved: { messages: { 7: { id: '7', content, embeds } } },
    },
    member: { user: { id: asker } },
  } as unknown as APIInteraction;
}

/**
 * Asks the bot's core the way Discord does, raw interactions in and payloads out; every payload is validated on its
 * way. Errors that the core logs make the test fail.
 */
export function createAsk(used: Context = context, list: readonly Command[] = commands) {
  const handle: Handle = createHandle(list, () => used, {
    error: (details) =>
      expect.unreachable(`the core logged an error: ${String((details as { err: Error }).err.stack)}`),
  });
  const respond = async (interaction: APIInteraction) => takeApart(await handle.respond(interaction));
  return {
    slash: (path: string, values: Record<string, Value> = {}) => respond(slashInteraction(path, values)),
    press: (customId: string, how: Parameters<typeof pressInteraction>[1] = {}) =>
      respond(pressInteraction(customId, how)),
    explain: (content: string, embeds: object[] = []) =>
      respond(messageInteraction('Explain frameworks', content, embeds)),
    suggest: (path: string, values: Record<string, Value>, focused: string) =>
      respond({
        ...slashInteraction(path),
        type: 4,
        data: commandData(path, values, focused),
      } as unknown as APIInteraction),
  };
}

/** The custom_ids of an answer's buttons and menus, in their order. */
export function customIds({ buttons, menus }: Answer): string[] {
  return [...buttons, ...menus].flatMap((part) => ('custom_id' in part ? part.custom_id : []));
}

/** The custom_id of the button with a label. */
export function buttonId(answer: Answer, label: string): string {
  const found = answer.buttons.find((button) => 'label' in button && button.label === label);
  if (found === undefined || !('custom_id' in found)) throw new Error(`no button '${label}'`);
  return found.custom_id;
}

/** The labels of an answer's buttons. */
export function labels({ buttons }: Answer): string[] {
  return buttons.flatMap((button) => ('label' in button ? (button.label ?? []) : []));
}
