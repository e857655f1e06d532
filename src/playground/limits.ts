import { find } from './places.ts';
import { docs, type Problem, quote, within } from './problem.ts';
import {
  checkRules,
  commandRules,
  isEmptyMessage,
  messageRules,
  type SentFile,
  type Surroundings,
} from './rules.ts';
import { checkShape, shapes } from './shapes.ts';
import type { Measure } from './wire.ts';

/** One documented limit of Discord, and how it is measured. */
export type Limit = {
  /** What is limited, in words. */
  what: string;
  /** The kind of payload that the paths start from. */
  in: 'message' | 'choices' | 'command' | 'commands' | 'files' | 'emoji';
  /** Where, as patterns of {@link find}. */
  at: readonly string[];
  /**
   * How a place is measured: `characters` of a text, `items` of a list, a `number` itself, or (`total`, `sum`)
   * the characters or numbers of all places together.
   */
  measure: 'characters' | 'items' | 'number' | 'total' | 'sum';
  min?: number;
  max: number;
  /** Only elements of this `type` count (for lists of commands). */
  ofType?: number;
  link: string;
};

const embedLimits = docs('resources/message#embed-object-embed-limits');
const button = docs('components/reference#button-button-structure');
const select = docs('components/reference#string-select-string-select-structure');
const selectOption = docs('components/reference#string-select-select-option-structure');
const command = docs(
  'interactions/application-commands#application-command-object-application-command-structure',
);
const option = docs(
  'interactions/application-commands#application-command-object-application-command-option-structure',
);
const choice = docs(
  'interactions/application-commands#application-command-object-application-command-option-choice-structure',
);
const registering = docs('interactions/application-commands#registering-a-command');
const poll = docs('resources/poll#poll-create-request-object');
const child = 'components.*.components.*';

/**
 * Discord's documented limits for what a bot of commands, buttons and menus sends: one row, one limit.
 *
 * The documentation says 'characters' and not of which kind. Lengths here are those of JavaScript strings (UTF-16
 * code units), which are never below the number of code points, and leading and trailing white space is counted
 * although Discord trims it: what passes here passes by either reading.
 */
export const limits = {
  contentCharacters: {
    what: 'characters of a message',
    in: 'message',
    at: ['content'],
    measure: 'characters',
    max: 2000,
    link: docs('resources/message#create-message'),
  },
  embeds: {
    what: 'embeds in a message',
    in: 'message',
    at: ['embeds'],
    measure: 'items',
    max: 10,
    link: docs('resources/message#create-message'),
  },
  embedTitle: {
    what: 'characters of an embed’s title',
    in: 'message',
    at: ['embeds.*.title'],
    measure: 'characters',
    max: 256,
    link: embedLimits,
  },
  embedDescription: {
    what: 'characters of an embed’s description',
    in: 'message',
    at: ['embeds.*.description'],
    measure: 'characters',
    max: 4096,
    link: embedLimits,
  },
  embedFields: {
    what: 'fields of an embed',
    in: 'message',
    at: ['embeds.*.fields'],
    measure: 'items',
    max: 25,
    link: embedLimits,
  },
  embedFieldName: {
    what: 'characters of an embed field’s name',
    in: 'message',
    at: ['embeds.*.fields.*.name'],
    measure: 'characters',
    min: 1,
    max: 256,
    link: embedLimits,
  },
  embedFieldValue: {
    what: 'characters of an embed field’s value',
    in: 'message',
    at: ['embeds.*.fields.*.value'],
    measure: 'characters',
    min: 1,
    max: 1024,
    link: embedLimits,
  },
  embedFooter: {
    what: 'characters of an embed’s footer',
    in: 'message',
    at: ['embeds.*.footer.text'],
    measure: 'characters',
    max: 2048,
    link: embedLimits,
  },
  embedAuthor: {
    what: 'characters of an embed’s author',
    in: 'message',
    at: ['embeds.*.author.name'],
    measure: 'characters',
    max: 256,
    link: embedLimits,
  },
  embedTotal: {
    what: 'characters of all embeds of a message together',
    in: 'message',
    at: [
      'embeds.*.title',
      'embeds.*.description',
      'embeds.*.fields.*.name',
      'embeds.*.fields.*.value',
      'embeds.*.footer.text',
      'embeds.*.author.name',
    ],
    measure: 'total',
    max: 6000,
    link: embedLimits,
  },
  rows: {
    what: 'action rows of a message',
    in: 'message',
    at: ['components'],
    measure: 'items',
    max: 5,
    link: docs('components/reference#legacy-message-component-behavior'),
  },
  rowComponents: {
    what: 'components of an action row',
    in: 'message',
    at: ['components.*.components'],
    measure: 'items',
    min: 1,
    max: 5,
    link: docs('components/reference#action-row'),
  },
  customId: {
    what: 'characters of a custom_id',
    in: 'message',
    at: [`${child}.custom_id`],
    measure: 'characters',
    min: 1,
    max: 100,
    link: docs('components/reference#anatomy-of-a-component-custom-id'),
  },
  buttonLabel: {
    what: 'characters of a button’s label',
    in: 'message',
    at: [`${child}.label`],
    measure: 'characters',
    max: 80,
    link: button,
  },
  buttonUrl: {
    what: 'characters of a link button’s address',
    in: 'message',
    at: [`${child}.url`],
    measure: 'characters',
    max: 512,
    link: button,
  },
  selectOptions: {
    what: 'options of a menu',
    in: 'message',
    at: [`${child}.options`],
    measure: 'items',
    min: 1,
    max: 25,
    link: select,
  },
  selectPlaceholder: {
    what: 'characters of a menu’s placeholder',
    in: 'message',
    at: [`${child}.placeholder`],
    measure: 'characters',
    max: 150,
    link: select,
  },
  selectMinValues: {
    what: 'min_values of a menu',
    in: 'message',
    at: [`${child}.min_values`],
    measure: 'number',
    min: 0,
    max: 25,
    link: select,
  },
  selectMaxValues: {
    what: 'max_values of a menu',
    in: 'message',
    at: [`${child}.max_values`],
    measure: 'number',
    min: 1,
    max: 25,
    link: select,
  },
  selectOptionLabel: {
    what: 'characters of a menu option’s label',
    in: 'message',
    at: [`${child}.options.*.label`],
    measure: 'characters',
    min: 1,
    max: 100,
    link: selectOption,
  },
  selectOptionValue: {
    what: 'characters of a menu option’s value',
    in: 'message',
    at: [`${child}.options.*.value`],
    measure: 'characters',
    min: 1,
    max: 100,
    link: selectOption,
  },
  selectOptionDescription: {
    what: 'characters of a menu option’s description',
    in: 'message',
    at: [`${child}.options.*.description`],
    measure: 'characters',
    max: 100,
    link: selectOption,
  },
  allowedUsers: {
    what: 'users in allowed_mentions',
    in: 'message',
    at: ['allowed_mentions.users'],
    measure: 'items',
    max: 100,
    link: docs('resources/message#allowed-mentions-object'),
  },
  allowedRoles: {
    what: 'roles in allowed_mentions',
    in: 'message',
    at: ['allowed_mentions.roles'],
    measure: 'items',
    max: 100,
    link: docs('resources/message#allowed-mentions-object'),
  },
  attachmentDescription: {
    what: 'characters of a file’s description',
    in: 'message',
    at: ['attachments.*.description'],
    measure: 'characters',
    max: 1024,
    link: docs('resources/message#attachment-object-attachment-request-structure'),
  },
  attachments: {
    what: 'attachments of a message',
    in: 'message',
    at: ['attachments'],
    measure: 'items',
    max: 10,
    link: docs('reference#uploading-files'),
  },
  pollQuestion: {
    what: 'characters of a poll’s question',
    in: 'message',
    at: ['poll.question.text'],
    measure: 'characters',
    min: 1,
    max: 300,
    link: docs('resources/poll#poll-media-object'),
  },
  pollAnswers: {
    what: 'answers of a poll',
    in: 'message',
    at: ['poll.answers'],
    measure: 'items',
    min: 1,
    max: 10,
    link: docs('resources/poll#poll-answer-object'),
  },
  pollAnswer: {
    what: 'characters of a poll’s answer',
    in: 'message',
    at: ['poll.answers.*.poll_media.text'],
    measure: 'characters',
    min: 1,
    max: 55,
    link: docs('resources/poll#poll-media-object'),
  },
  pollHours: {
    what: 'hours that a poll is open',
    in: 'message',
    at: ['poll.duration'],
    measure: 'number',
    min: 1,
    max: 32 * 24,
    link: poll,
  },
  files: {
    what: 'files in a request',
    in: 'files',
    at: [''],
    measure: 'items',
    max: 10,
    link: docs('reference#uploading-files'),
  },
  fileBytes: {
    what: 'bytes of a file',
    in: 'files',
    at: ['*.size'],
    measure: 'number',
    max: 10 * 1024 * 1024,
    link: docs('reference#uploading-files'),
  },
  requestBytes: {
    what: 'bytes of all files of a request',
    in: 'files',
    at: ['*.size'],
    measure: 'sum',
    max: 25 * 1024 * 1024,
    link: docs('resources/message#create-message-limitations'),
  },
  suggestions: {
    what: 'choices of an autocomplete',
    in: 'choices',
    at: ['choices'],
    measure: 'items',
    max: 25,
    link: docs('interactions/receiving-and-responding#interaction-response-object-autocomplete'),
  },
  suggestionName: {
    what: 'characters of an autocomplete choice’s name',
    in: 'choices',
    at: ['choices.*.name', 'choices.*.name_localizations.*'],
    measure: 'characters',
    min: 1,
    max: 100,
    link: choice,
  },
  suggestionValue: {
    what: 'characters of an autocomplete choice’s value',
    in: 'choices',
    at: ['choices.*.value'],
    measure: 'characters',
    max: 100,
    link: choice,
  },
  slashCommands: {
    what: 'slash commands in one scope',
    in: 'commands',
    at: [''],
    measure: 'items',
    ofType: 1,
    max: 100,
    link: registering,
  },
  userCommands: {
    what: 'user commands in one scope',
    in: 'commands',
    at: [''],
    measure: 'items',
    ofType: 2,
    max: 15,
    link: registering,
  },
  messageCommands: {
    what: 'message commands in one scope',
    in: 'commands',
    at: [''],
    measure: 'items',
    ofType: 3,
    max: 15,
    link: registering,
  },
  commandName: {
    what: 'characters of a command’s name',
    in: 'command',
    at: ['name', 'name_localizations.*'],
    measure: 'characters',
    min: 1,
    max: 32,
    link: command,
  },
  commandDescription: {
    what: 'characters of a command’s description',
    in: 'command',
    at: ['description', 'description_localizations.*'],
    measure: 'characters',
    max: 100,
    link: command,
  },
  options: {
    what: 'options of a command, a group or a subcommand',
    in: 'command',
    at: ['options+'],
    measure: 'items',
    max: 25,
    link: option,
  },
  optionDescription: {
    what: 'characters of an option’s description',
    in: 'command',
    at: ['options+.*.description', 'options+.*.description_localizations.*'],
    measure: 'characters',
    min: 1,
    max: 100,
    link: option,
  },
  optionMinLength: {
    what: 'min_length of an option',
    in: 'command',
    at: ['options+.*.min_length'],
    measure: 'number',
    min: 0,
    max: 6000,
    link: option,
  },
  optionMaxLength: {
    what: 'max_length of an option',
    in: 'command',
    at: ['options+.*.max_length'],
    measure: 'number',
    min: 1,
    max: 6000,
    link: option,
  },
  optionFileTypes: {
    what: 'file types of an option',
    in: 'command',
    at: ['options+.*.file_types'],
    measure: 'items',
    max: 10,
    link: option,
  },
  choices: {
    what: 'choices of an option',
    in: 'command',
    at: ['options+.*.choices'],
    measure: 'items',
    max: 25,
    link: option,
  },
  choiceName: {
    what: 'characters of a choice’s name',
    in: 'command',
    at: ['options+.*.choices.*.name', 'options+.*.choices.*.name_localizations.*'],
    measure: 'characters',
    min: 1,
    max: 100,
    link: choice,
  },
  choiceValue: {
    what: 'characters of a choice’s value',
    in: 'command',
    at: ['options+.*.choices.*.value'],
    measure: 'characters',
    max: 100,
    link: choice,
  },
  commandSize: {
    what: 'characters of a command’s names, descriptions and values together',
    in: 'command',
    at: [
      'name',
      'description',
      'options+.*.name',
      'options+.*.description',
      'options+.*.choices.*.name',
      'options+.*.choices.*.value',
    ],
    measure: 'total',
    max: 8000,
    link: docs('interactions/application-commands#slash-commands'),
  },
  emojiName: {
    what: 'characters of an application emoji’s name',
    in: 'emoji',
    at: ['name'],
    measure: 'characters',
    min: 2,
    max: 32,
    link: docs('resources/emoji#create-application-emoji'),
  },
  emojiBytes: {
    what: 'bytes of an application emoji’s picture',
    in: 'emoji',
    at: ['bytes'],
    measure: 'number',
    max: 256 * 1024,
    link: docs('resources/emoji#create-application-emoji'),
  },
  emojis: {
    what: 'emojis of an application, the new one included',
    in: 'emoji',
    at: ['count'],
    measure: 'number',
    max: 2000,
    link: docs('resources/emoji#emoji-object-applicationowned-emoji'),
  },
} as const satisfies Record<string, Limit>;

/** A name of the table of limits. */
export type LimitName = keyof typeof limits;

/** Documented deadlines and counts that depend on what came before, not on one payload. */
export const deadlines = {
  /** Milliseconds within which an interaction must be answered or deferred. */
  firstAnswer: 3_000,
  /** Milliseconds for which an interaction's token is good for follow-ups and edits. */
  token: 15 * 60 * 1000,
  /** Follow-ups to an interaction where the app is installed by the user alone. */
  followUpsOfUserInstall: 5,
  link: docs('interactions/receiving-and-responding#interaction-callback'),
} as const;

/** How long what came in time may take until it is read when this process is busy, in milliseconds: nobody is told before. */
export const reading = 100;

const flags = { suppressEmbeds: 1 << 2, ephemeral: 1 << 6, suppressNotifications: 1 << 12 } as const;

function length(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}

function longestTranslation(parent: unknown, key: string, value: unknown): number {
  return Math.max(
    length(value),
    ...find(parent, `${key}_localizations.*`).map((place) => length(place.value)),
  );
}

function inWords(limit: Limit): string {
  return limit.min === undefined ? `at most ${limit.max}` : `${limit.min} to ${limit.max}`;
}

/** What a limit measures in a payload: a place and its size. */
function measured(payload: unknown, limit: Limit): { path: string; size: number }[] {
  const places = limit.at.flatMap((pattern) => find(payload, pattern));
  if (limit.measure === 'total' || limit.measure === 'sum') {
    const sizes = places.map(({ parent, key, value }) =>
      limit.measure === 'total' ? longestTranslation(parent, key, value) : Number(value),
    );
    return [{ path: '', size: sizes.reduce((sum, size) => sum + size, 0) }];
  }
  return places.flatMap(({ path, value }) => {
    if (limit.measure === 'characters')
      return typeof value === 'string' ? [{ path, size: value.length }] : [];
    if (limit.measure === 'number') return typeof value === 'number' ? [{ path, size: value }] : [];
    if (!Array.isArray(value)) return [];
    const counted =
      limit.ofType === undefined
        ? value
        : value.filter((item: { type?: number }) => (item.type ?? 1) === limit.ofType);
    return [{ path, size: counted.length }];
  });
}

function checkLimit(payload: unknown, limit: Limit): Problem[] {
  return measured(payload, limit)
    .filter(({ size }) => size > limit.max || size < (limit.min ?? 0))
    .map(({ path, size }) => ({
      path,
      what: limit.what,
      found: String(size),
      allowed: inWords(limit),
      link: limit.link,
    }));
}

/** How much of each limit of one kind a payload uses, where it uses any: the largest place counts. */
export function measureLimits(payload: unknown, kind: Limit['in']): Measure[] {
  return Object.values<Limit>(limits)
    .filter((limit) => limit.in === kind)
    .map((limit) => ({
      what: limit.what,
      found: Math.max(0, ...measured(payload, limit).map(({ size }) => size)),
      max: limit.max,
    }))
    .filter(({ found }) => found > 0);
}

/** Compares a payload with every row of the table of one kind. */
export function checkLimits(payload: unknown, kind: Limit['in']): Problem[] {
  return Object.values<Limit>(limits)
    .filter((limit) => limit.in === kind)
    .flatMap((limit) => checkLimit(payload, limit));
}

function checkFlags(payload: unknown, allowed: number, words: string): Problem[] {
  return find(payload, 'flags')
    .filter(({ value }) => typeof value === 'number' && (value & ~allowed) !== 0)
    .map(({ path, value }) => ({
      path,
      what: 'message flags that may not be set here',
      found: quote(value),
      allowed: words,
      link: docs('interactions/receiving-and-responding#interaction-response-object-messages'),
    }));
}

const nothingShown: Problem = {
  path: '',
  what: 'an empty message',
  found: 'no content, embed, component, file or poll',
  allowed: 'at least one of them',
  link: docs('resources/message#create-message'),
};

/** Whether a problem is the one that Discord reports by a code of its own, 50006. */
export function isAboutEmptiness(problem: Problem): boolean {
  return problem.what === nothingShown.what;
}

/** How a message reaches Discord: what may be in it differs. */
export type MessageKind = 'message' | 'update' | 'edit';

/** What is known beside the payload of a message; everything defaults to nothing. */
export type MessageSurroundings = Partial<Surroundings>;

/**
 * Compares a message with Discord's limits: a new one (`message`), an UPDATE_MESSAGE (`update`) or a webhook's
 * edit (`edit`). In the latter two, what is omitted stays as it is, so only a payload that empties every part of
 * the message counts as empty here.
 */
export function checkMessage(
  message: unknown,
  kind: MessageKind = 'message',
  surroundings: MessageSurroundings = {},
): Problem[] {
  const around: Surroundings = { files: [], attached: [], attachedNames: [], ...surroundings };
  const shape = checkShape(message, shapes[kind], docs('resources/message#create-message'));
  const parts = ['content', 'embeds', 'components', 'attachments'];
  const emptied =
    isEmptyMessage(message, around.files) &&
    (kind === 'message' || parts.every((part) => message instanceof Object && Object.hasOwn(message, part)));
  const allowedFlags =
    kind === 'message'
      ? flags.suppressEmbeds | flags.ephemeral | flags.suppressNotifications
      : flags.suppressEmbeds;
  return [
    ...shape,
    ...checkFlags(
      message,
      allowedFlags,
      kind === 'message'
        ? 'SUPPRESS_EMBEDS (4), EPHEMERAL (64) and SUPPRESS_NOTIFICATIONS (4096)'
        : 'SUPPRESS_EMBEDS (4)',
    ),
    ...checkLimits(message, 'message'),
    ...checkRules(message, messageRules, around),
    ...checkFiles(around.files),
    ...(emptied ? [nothingShown] : []),
  ];
}

/** Compares the files of one request with Discord's limits. */
export function checkFiles(files: readonly SentFile[]): Problem[] {
  return checkLimits(files, 'files');
}

const callbackPage = docs(
  'interactions/receiving-and-responding#interaction-response-object-interaction-callback-type',
);

/**
 * Compares the body of an interaction's first answer with Discord's limits: callbacks 4 (message), 5 (deferred),
 * 6 (deferred update), 7 (update) and 8 (autocomplete). Others (modals, activities) are reported as a problem: this
 * stand-in does not know them. An empty list means that Discord would take it.
 */
export function checkResponse(body: unknown, surroundings: MessageSurroundings = {}): Problem[] {
  const { type, data, ...rest } = { type: undefined, data: undefined, ...Object(body) };
  const unknown = Object.keys(rest).map((key) => ({
    path: key,
    what: 'a field that Discord does not document here',
    found: quote(key),
    allowed: 'type and data',
    link: docs('interactions/receiving-and-responding#interaction-response-object'),
  }));
  const check = (): Problem[] => {
    if (type === 4) return checkMessage(data ?? {}, 'message', surroundings);
    if (type === 5) {
      return [
        ...checkShape(data, shapes.deferral, callbackPage),
        ...checkFlags(data, flags.ephemeral, 'EPHEMERAL (64)'),
      ];
    }
    if (type === 6) return checkShape(data, shapes.nothing, callbackPage);
    if (type === 7) return checkMessage(data ?? {}, 'update', surroundings);
    return [...checkShape(data, shapes.autocomplete, callbackPage), ...checkLimits(data, 'choices')];
  };
  if (![4, 5, 6, 7, 8].includes(Number(type))) {
    return [
      ...unknown,
      {
        path: 'type',
        what: 'a kind of answer that this stand-in does not know',
        found: quote(type),
        allowed: '4, 5, 6, 7 or 8',
        link: callbackPage,
      },
    ];
  }
  return [...unknown, ...within('data', check())];
}

function sameName(commands: readonly unknown[]): Problem[] {
  const seen = new Set<string>();
  return commands.flatMap((one, index) => {
    const { type, name } = { type: 1, name: undefined, ...Object(one) };
    const key = `${type ?? 1} ${name}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      {
        path: `${index}.name`,
        what: 'a name that another command of the same type has',
        found: quote(name),
        allowed: 'names that differ within a type',
        link: registering,
      },
    ];
  });
}

/** Compares one command, as it is sent to be registered, with Discord's limits. */
export function checkCommand(one: unknown): Problem[] {
  return [
    ...checkShape(one, shapes.command, command),
    ...checkLimits(one, 'command'),
    ...checkRules(one, commandRules, { files: [], attached: [], attachedNames: [] }),
  ];
}

/** Compares all the commands of one scope (global, or one guild) with Discord's limits. */
export function checkCommands(commands: readonly unknown[]): Problem[] {
  return [
    ...commands.flatMap((one, index) => within(String(index), checkCommand(one))),
    ...checkLimits(commands, 'commands'),
    ...sameName(commands),
  ];
}
