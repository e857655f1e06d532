import { z } from 'zod';
import { docs, type Problem, quote } from './problem.ts';

/*
 * The fields that Discord documents for what a bot of commands, buttons and menus sends, and no others: Discord
 * ignores a field that it does not know, which hides a misspelling until somebody misses what it should have done.
 * How long and how many is said in limits.ts, what excludes what in rules.ts.
 */

function maybe<T extends z.ZodType>(type: T) {
  return type.nullish();
}

const snowflake = z.string().regex(/^\d{1,20}$/, 'a snowflake: a string of digits');
const texts = maybe(z.record(z.string(), z.string()));

const emoji = z.strictObject({
  id: maybe(snowflake),
  name: maybe(z.string()),
  animated: maybe(z.boolean()),
});

const button = z.strictObject({
  type: z.literal(2),
  id: maybe(z.int()),
  style: z.int().min(1).max(6),
  label: maybe(z.string()),
  emoji: maybe(emoji),
  custom_id: maybe(z.string()),
  sku_id: maybe(snowflake),
  url: maybe(z.string()),
  disabled: maybe(z.boolean()),
});

const stringSelect = z.strictObject({
  type: z.literal(3),
  id: maybe(z.int()),
  custom_id: z.string(),
  options: z.array(
    z.strictObject({
      label: z.string(),
      value: z.string(),
      description: maybe(z.string()),
      emoji: maybe(emoji),
      default: maybe(z.boolean()),
    }),
  ),
  placeholder: maybe(z.string()),
  min_values: maybe(z.int()),
  max_values: maybe(z.int()),
  required: maybe(z.boolean()),
  disabled: maybe(z.boolean()),
});

const actionRow = z.strictObject({
  type: z.literal(1, 'an action row (1), which is all that this stand-in shows at the top level'),
  id: maybe(z.int()),
  components: z.array(z.discriminatedUnion('type', [button, stringSelect])),
});

const picture = maybe(z.strictObject({ url: z.string(), description: maybe(z.string()) }));

const embed = z.strictObject({
  type: maybe(z.literal('rich')),
  title: maybe(z.string()),
  description: maybe(z.string()),
  url: maybe(z.string()),
  timestamp: maybe(z.iso.datetime({ offset: true })),
  color: maybe(z.int().min(0).max(0xffffff)),
  footer: maybe(z.strictObject({ text: z.string(), icon_url: maybe(z.string()) })),
  image: picture,
  thumbnail: picture,
  author: maybe(z.strictObject({ name: z.string(), url: maybe(z.string()), icon_url: maybe(z.string()) })),
  fields: maybe(z.array(z.strictObject({ name: z.string(), value: z.string(), inline: maybe(z.boolean()) }))),
});

const pollMedia = z.strictObject({ text: maybe(z.string()), emoji: maybe(emoji) });

const poll = z.strictObject({
  question: z.strictObject({ text: z.string() }),
  answers: z.array(z.strictObject({ poll_media: pollMedia })),
  duration: maybe(z.int()),
  allow_multiselect: maybe(z.boolean()),
  layout_type: maybe(z.literal(1)),
});

const editFields = {
  content: maybe(z.string()),
  embeds: maybe(z.array(embed)),
  allowed_mentions: maybe(
    z.strictObject({
      parse: maybe(z.array(z.enum(['roles', 'users', 'everyone']))),
      users: maybe(z.array(snowflake)),
      roles: maybe(z.array(snowflake)),
      replied_user: maybe(z.boolean()),
    }),
  ),
  components: maybe(z.array(actionRow)),
  attachments: maybe(
    z.array(
      z.strictObject({
        id: z.union([snowflake, z.int().nonnegative()]),
        filename: maybe(z.string().min(1)),
        title: maybe(z.string()),
        description: maybe(z.string()),
        is_spoiler: maybe(z.boolean()),
      }),
    ),
  ),
  flags: maybe(z.int().nonnegative()),
  // Documented for channel messages only, but discord.js sends these with every message.
  tts: maybe(z.boolean()),
  nonce: maybe(z.union([z.string(), z.int()])),
  enforce_nonce: maybe(z.boolean()),
};

const choice = z.strictObject({
  name: z.string(),
  name_localizations: texts,
  value: z.union([z.string(), z.number()]),
});

const optionFields = {
  type: z.int().min(1).max(11),
  name: z.string(),
  name_localizations: texts,
  description: z.string(),
  description_localizations: texts,
  required: maybe(z.boolean()),
  choices: maybe(z.array(choice)),
  channel_types: maybe(z.array(z.int())),
  min_value: maybe(z.number()),
  max_value: maybe(z.number()),
  min_length: maybe(z.int()),
  max_length: maybe(z.int()),
  autocomplete: maybe(z.boolean()),
  file_types: maybe(z.array(z.string())),
};

const leaf = z.strictObject(optionFields);
const branch = z.strictObject({ ...optionFields, options: maybe(z.array(leaf)) });
const trunk = z.strictObject({ ...optionFields, options: maybe(z.array(branch)) });

const command = z.strictObject({
  id: maybe(snowflake),
  type: maybe(z.int().min(1).max(3)),
  name: z.string(),
  name_localizations: texts,
  description: maybe(z.string()),
  description_localizations: texts,
  options: maybe(z.array(trunk)),
  default_member_permissions: maybe(z.string().regex(/^\d+$/, 'a string of digits: a set of bits')),
  dm_permission: maybe(z.boolean()),
  default_permission: maybe(z.boolean()),
  nsfw: maybe(z.boolean()),
  integration_types: maybe(z.array(z.int().min(0).max(1)).min(1)),
  contexts: maybe(z.array(z.int().min(0).max(2))),
});

/** The shapes of what a bot sends. Strict: a field that Discord does not document is a problem. */
export const shapes = {
  /** The data of a first answer (callback 4), and the body of a follow-up. */
  message: z.strictObject({ ...editFields, poll: maybe(poll) }),
  /** The data of UPDATE_MESSAGE (callback 7). */
  update: z.strictObject(editFields),
  /** The body of an edit of a message; a poll is taken only by the edit of a deferred answer. */
  edit: z.strictObject({ ...editFields, poll: maybe(poll) }),
  /** The data of callback 5: nothing but whether the answer will be private. */
  deferral: maybe(z.strictObject({ flags: maybe(z.int().nonnegative()) })),
  /** Callback 6 carries no data. */
  nothing: z.null().optional(),
  /** The data of callback 8. */
  autocomplete: z.strictObject({ choices: z.array(choice) }),
  command,
} as const satisfies Record<string, z.ZodType>;

const links: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)embeds\b/, docs('resources/message#embed-object')],
  [/(^|\.)components\b/, docs('components/reference')],
  [/(^|\.)attachments\b/, docs('resources/message#attachment-object-attachment-request-structure')],
  [/(^|\.)allowed_mentions\b/, docs('resources/message#allowed-mentions-object')],
  [/(^|\.)poll\b/, docs('resources/poll#poll-create-request-object')],
];

function valueAt(payload: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? Object.getOwnPropertyDescriptor(value, key)?.value
        : undefined,
    payload,
  );
}

/**
 * Compares a payload with one of the {@link shapes}: wrong types, missing fields, and fields that Discord does not
 * document. `link` is the page to point at where the path alone does not say which.
 */
export function checkShape(payload: unknown, shape: z.ZodType, link: string): Problem[] {
  const result = shape.safeParse(payload);
  if (result.success) return [];
  return result.error.issues.flatMap((issue): Problem[] => {
    const path = issue.path.map(String).join('.');
    const page = links.find(([pattern]) => pattern.test(path))?.[1] ?? link;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: path === '' ? key : `${path}.${key}`,
        what: 'a field that Discord does not document here',
        found: quote(key),
        allowed: 'the documented fields only (Discord itself would ignore it in silence)',
        link: page,
      }));
    }
    const found = quote(valueAt(payload, issue.path));
    const allowed = issue.code === 'invalid_type' ? issue.expected : issue.message;
    return [{ path, what: 'a value of the wrong shape', found, allowed, link: page }];
  });
}
