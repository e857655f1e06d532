import { find, type Place } from './places.ts';
import { docs, type Problem, quote } from './problem.ts';

/** A file sent beside a payload: its place in `files[n]`, its name, and how many bytes it has. */
export type SentFile = { index: number; name: string; size: number };

/** What a rule may need to know besides the payload. */
export type Surroundings = {
  /** The files sent in the same request. */
  files: readonly SentFile[];
  /** Ids of the attachments that the message has already, when it is edited. */
  attached: readonly string[];
  /** Their names. */
  attachedNames: readonly string[];
};

type Finding = { path: string; found: string };

type Rule = {
  /** What the rule says, in words. */
  allowed: string;
  link: string;
  broken: (payload: unknown, around: Surroundings) => Finding[];
};

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  );
}

function finding(place: Place, found = quote(place.value)): Finding {
  return { path: place.path, found };
}

function components(payload: unknown): Place[] {
  return find(payload, 'components.*.components.*');
}

function typed(places: readonly Place[], type: number): Place[] {
  return places.filter(({ value }) => record(value).type === type);
}

function options(payload: unknown): Place[] {
  return find(payload, 'options+.*');
}

function lists(payload: unknown): Place[] {
  return find(payload, 'options+');
}

function repeated(places: readonly Place[], by: (place: Place) => unknown = ({ value }) => value): Finding[] {
  const seen = new Set<unknown>();
  return places.flatMap((place) => {
    const word = by(place);
    if (word === undefined || word === null) return [];
    if (seen.has(word)) return [finding(place, `${quote(word)} a second time`)];
    seen.add(word);
    return [];
  });
}

function isWeb(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  return ['http:', 'https:'].includes(new URL(value).protocol);
}

function attachmentName(value: unknown): string | undefined {
  return typeof value === 'string' ? /^attachment:\/\/(.+)$/.exec(value)?.[1] : undefined;
}

function lowercase(text: string): boolean {
  return text === text.toLowerCase();
}

const optionName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const locales = new Set(
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  ),
);

function names(command: unknown): Place[] {
  return [...find(command, 'name'), ...find(command, 'name_localizations.*')];
}

function isSlash(command: unknown): boolean {
  return (record(command).type ?? 1) === 1;
}

const takesChoices = [3, 4, 10];
const optionPage = docs(
  'interactions/application-commands#application-command-object-application-command-option-structure',
);
const buttonPage = docs('components/reference#button-button-structure');
const selectPage = docs('components/reference#string-select-string-select-structure');

/** What must hold inside a message, whoever sends it and whether it is new or an edit. */
export const messageRules = {
  embedNotEmpty: {
    allowed: 'an embed that shows something',
    link: docs('resources/message#embed-object-embed-structure'),
    broken: (message) =>
      find(message, 'embeds.*')
        .filter(({ value }) =>
          ['title', 'description', 'fields', 'image', 'thumbnail', 'author', 'footer'].every((key) =>
            isNothing(record(value)[key]),
          ),
        )
        .map((place) => finding(place)),
  },
  webAddress: {
    allowed: 'an http(s) address',
    link: docs('resources/message#embed-object-embed-author-structure'),
    broken: (message) =>
      ['embeds.*.url', 'embeds.*.author.url']
        .flatMap((pattern) => find(message, pattern))
        .filter(({ value }) => !isWeb(value))
        .map((place) => finding(place)),
  },
  pictureAddress: {
    allowed: 'an http(s) address, or attachment:// and the name of a picture of the same message',
    link: docs('resources/message#embed-object-embed-image-structure'),
    broken: (message, { files, attachedNames }) => {
      const known = [...files.map(({ name }) => name), ...attachedNames];
      return [
        'embeds.*.image.url',
        'embeds.*.thumbnail.url',
        'embeds.*.author.icon_url',
        'embeds.*.footer.icon_url',
      ]
        .flatMap((pattern) => find(message, pattern))
        .filter(({ value }) => {
          const name = attachmentName(value);
          if (name === undefined) return !isWeb(value);
          return !known.includes(name) || !/\.(jpe?g|png|webp|gif)$/i.test(name);
        })
        .map((place) => finding(place));
    },
  },
  oneSelectPerRow: {
    allowed: 'either buttons or a single menu in a row',
    link: docs('components/reference#action-row'),
    broken: (message) =>
      find(message, 'components.*.components')
        .filter(
          ({ value }) => list(value).length > 1 && list(value).some((child) => record(child).type !== 2),
        )
        .map((place) => finding(place, `${list(place.value).length} components, a menu among them`)),
  },
  buttonByStyle: {
    allowed:
      'url without custom_id on a link button (5), sku_id alone on a premium button (6), custom_id without url on every other',
    link: buttonPage,
    broken: (message) =>
      typed(components(message), 2)
        .filter(({ value }) => {
          const { style, custom_id, url, sku_id, label, emoji } = record(value);
          const has = (field: unknown) => !isNothing(field);
          if (style === 5) return !has(url) || has(custom_id) || has(sku_id);
          if (style === 6) return !has(sku_id) || has(custom_id) || has(url) || has(label) || has(emoji);
          return !has(custom_id) || has(url) || has(sku_id);
        })
        .map((place) => finding(place)),
  },
  buttonShowsSomething: {
    allowed: 'a label or an emoji on a button',
    link: buttonPage,
    broken: (message) =>
      typed(components(message), 2)
        .filter(({ value }) => {
          const { style, label, emoji } = record(value);
          return style !== 6 && isNothing(label) && isNothing(emoji);
        })
        .map((place) => finding(place)),
  },
  linkOpensWebOrApp: {
    allowed: 'an http(s) or discord address',
    link: buttonPage,
    broken: (message) =>
      find(message, 'components.*.components.*.url')
        .filter(({ value }) => !isWeb(value) && !String(value).startsWith('discord://'))
        .map((place) => finding(place)),
  },
  customIdsDiffer: {
    allowed: 'custom_ids that differ, across the whole message',
    link: docs('components/reference#anatomy-of-a-component-custom-id'),
    broken: (message) => repeated(find(message, 'components.*.components.*.custom_id')),
  },
  selectCounts: {
    allowed: 'min_values at most max_values, and neither above the number of options',
    link: selectPage,
    broken: (message) =>
      typed(components(message), 3)
        .filter(({ value }) => {
          const select = record(value);
          const least = Number(select.min_values ?? 1);
          const most = Number(select.max_values ?? 1);
          return least > most || most > Math.max(list(select.options).length, 1);
        })
        .map((place) => finding(place)),
  },
  selectValuesDiffer: {
    allowed: 'option values that differ within a menu',
    link: docs('components/reference#string-select-select-option-structure'),
    broken: (message) =>
      typed(components(message), 3).flatMap(({ path, value }) =>
        repeated(find(value, 'options.*.value')).map((one) => ({ ...one, path: `${path}.${one.path}` })),
      ),
  },
  selectDefaults: {
    allowed: 'at most max_values options chosen by default',
    link: docs('components/reference#string-select-select-option-structure'),
    broken: (message) =>
      typed(components(message), 3).flatMap((place) => {
        const chosen = find(place.value, 'options.*.default').filter(({ value }) => value === true).length;
        return chosen > Number(record(place.value).max_values ?? 1)
          ? [finding(place, `${chosen} options chosen`)]
          : [];
      }),
  },
  mentionsNotTwice: {
    allowed:
      'allowed_mentions.parse without "users" beside a list of users, without "roles" beside one of roles',
    link: docs('resources/message#allowed-mentions-object-allowed-mentions-examples'),
    broken: (message) =>
      find(message, 'allowed_mentions')
        .filter(({ value }) => {
          const mentions = record(value);
          return ['users', 'roles'].some(
            (kind) => list(mentions.parse).includes(kind) && !isNothing(mentions[kind]),
          );
        })
        .map((place) => finding(place)),
  },
  attachmentsMatchFiles: {
    allowed: 'the n of a files[n] of the same request, or the id of a file that the message has already',
    link: docs('reference#uploading-files'),
    broken: (message, { files, attached }) =>
      find(message, 'attachments.*.id')
        .filter(
          ({ value }) =>
            !files.some(({ index }) => String(index) === String(value)) && !attached.includes(String(value)),
        )
        .map((place) => finding(place)),
  },
  attachmentsDiffer: {
    allowed: 'each file named once',
    link: docs('resources/message#attachment-object-attachment-request-structure'),
    broken: (message) => repeated(find(message, 'attachments.*.id'), ({ value }) => String(value)),
  },
  pollAnswersSay: {
    allowed: 'text for every answer of a poll',
    link: docs('resources/poll#poll-media-object'),
    broken: (message) =>
      find(message, 'poll.answers.*.poll_media')
        .filter(({ value }) => isNothing(record(value).text))
        .map((place) => finding(place)),
  },
} as const satisfies Record<string, Rule>;

/** What must hold inside one command. */
export const commandRules = {
  slashName: {
    allowed: "1 to 32 lower-case letters, digits, - _ or ' in the name of a slash command or of an option",
    link: docs('interactions/application-commands#application-command-object-application-command-naming'),
    broken: (command) =>
      [...(isSlash(command) ? names(command) : []), ...options(command).flatMap((option) => nested(option))]
        .filter(({ value }) => typeof value !== 'string' || !optionName.test(value) || !lowercase(value))
        .map((place) => finding(place)),
  },
  descriptionByType: {
    allowed: 'a description on a slash command, none on a user or message command',
    link: docs('interactions/application-commands#application-command-object-application-command-structure'),
    broken: (command) => {
      const { description } = record(command);
      return isSlash(command) === isNothing(description)
        ? [{ path: 'description', found: quote(description) }]
        : [];
    },
  },
  optionsOfSlashOnly: {
    allowed: 'options on slash commands only',
    link: docs('interactions/application-commands#application-command-object-application-command-structure'),
    broken: (command) =>
      isSlash(command) || isNothing(record(command).options) ? [] : [{ path: 'options', found: 'options' }],
  },
  localesKnown: {
    allowed: 'the locales that Discord lists',
    link: docs('reference#locales'),
    broken: (command) =>
      [
        ...find(command, 'name_localizations'),
        ...find(command, 'description_localizations'),
        ...find(command, 'options+.*.name_localizations'),
        ...find(command, 'options+.*.description_localizations'),
        ...find(command, 'options+.*.choices.*.name_localizations'),
      ].flatMap((place) =>
        Object.keys(record(place.value))
          .filter((locale) => !locales.has(locale))
          .map((locale) => ({ path: `${place.path}.${locale}`, found: quote(locale) })),
      ),
  },
  requiredFirst: {
    allowed: 'required options before optional ones',
    link: optionPage,
    broken: (command) =>
      lists(command).flatMap((place) => {
        const required = list(place.value).map((option) => record(option).required === true);
        const optional = required.indexOf(false);
        return optional >= 0 && required.lastIndexOf(true) > optional
          ? [
              {
                path: `${place.path}.${required.lastIndexOf(true)}`,
                found: 'a required option after an optional one',
              },
            ]
          : [];
      }),
  },
  optionNamesDiffer: {
    allowed: 'option names that differ within their list',
    link: optionPage,
    broken: (command) =>
      lists(command).flatMap(({ path, value }) =>
        repeated(find(value, '*.name')).map((one) => ({ ...one, path: `${path}.${one.path}` })),
      ),
  },
  nesting: {
    allowed:
      'groups of subcommands at the top, subcommands in groups or at the top, nothing else beside them',
    link: docs('interactions/application-commands#subcommands-and-subcommand-groups'),
    broken: (command) =>
      lists(command).flatMap((place) => {
        const depth = place.path.split('.').filter((step) => step === 'options').length;
        const types = list(place.value).map((option) => Number(record(option).type));
        const holders = types.filter((type) => type <= 2);
        const deepest = depth === 1 ? 2 : 1;
        const parent = Number(record(place.parent).type);
        const wrongParent = depth > 1 && parent > 2;
        const wrongChild =
          depth > 1 && (parent === 2 ? types.some((type) => type !== 1) : holders.length > 0);
        const mixed = holders.length > 0 && holders.length < types.length;
        return wrongParent || wrongChild || mixed || holders.some((type) => type > deepest)
          ? [finding(place, `options of the types ${types.join(', ')}`)]
          : [];
      }),
  },
  choicesByType: {
    allowed: 'choices or autocomplete, not both, on string, integer and number options only',
    link: optionPage,
    broken: (command) =>
      options(command)
        .filter(({ value }) => {
          const option = record(value);
          const choices = !isNothing(option.choices);
          const autocomplete = option.autocomplete === true;
          return (
            (choices && autocomplete) ||
            ((choices || autocomplete) && !takesChoices.includes(Number(option.type)))
          );
        })
        .map((place) => finding(place)),
  },
  choiceValueByType: {
    allowed: 'choice values of the type of their option',
    link: docs(
      'interactions/application-commands#application-command-object-application-command-option-choice-structure',
    ),
    broken: (command) =>
      options(command).flatMap(({ path, value }) =>
        find(value, 'choices.*.value')
          .filter((place) => {
            const type = record(value).type;
            if (type === 4) return !Number.isInteger(place.value);
            return typeof place.value !== (type === 10 ? 'number' : 'string');
          })
          .map((place) => finding({ ...place, path: `${path}.${place.path}` })),
      ),
  },
  choicesDiffer: {
    allowed: 'choices whose names differ',
    link: docs(
      'interactions/application-commands#application-command-object-application-command-option-choice-structure',
    ),
    broken: (command) =>
      options(command).flatMap(({ path, value }) =>
        repeated(find(value, 'choices.*.name')).map((one) => ({ ...one, path: `${path}.${one.path}` })),
      ),
  },
  boundsInOrder: {
    allowed: 'min_ values at most max_ values, lengths on strings, values on numbers',
    link: optionPage,
    broken: (command) =>
      options(command)
        .filter(({ value }) => {
          const option = record(value);
          const above = (low: unknown, high: unknown) =>
            typeof low === 'number' && typeof high === 'number' && low > high;
          return (
            above(option.min_value, option.max_value) ||
            above(option.min_length, option.max_length) ||
            (option.type !== 3 && !(isNothing(option.min_length) && isNothing(option.max_length))) ||
            (![4, 10].includes(Number(option.type)) &&
              !(isNothing(option.min_value) && isNothing(option.max_value)))
          );
        })
        .map((place) => finding(place)),
  },
  contextsDiffer: {
    allowed: 'each context and installation type once',
    link: docs('interactions/application-commands#contexts'),
    broken: (command) =>
      ['contexts.*', 'integration_types.*'].flatMap((pattern) => repeated(find(command, pattern))),
  },
} as const satisfies Record<string, Rule>;

function nested(option: Place): Place[] {
  return names(option.value).map((place) => ({ ...place, path: `${option.path}.${place.path}` }));
}

/** Applies a table of rules to a payload. */
export function checkRules(
  payload: unknown,
  rules: Readonly<Record<string, Rule>>,
  around: Surroundings,
): Problem[] {
  return Object.values(rules).flatMap(({ allowed, link, broken }) =>
    broken(payload, around).map(({ path, found }) => ({
      path,
      what: 'a combination that Discord refuses',
      found,
      allowed,
      link,
    })),
  );
}

/** Whether a message that would be left like this shows nothing at all, not even a file. */
export function isEmptyMessage(message: unknown, files: readonly SentFile[]): boolean {
  const { content, embeds, components: rows, attachments, poll } = record(message);
  return [content, embeds, rows, attachments, poll].every(isNothing) && files.length === 0;
}
