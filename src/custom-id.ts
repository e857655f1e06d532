import {
  type Capability,
  capabilities,
  fromCode,
  type Kind,
  keysOf,
  kinds,
  type Purpose,
  purposes,
} from './catalog/vocabulary.ts';

/** The most characters of a custom_id: https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id */
export const longestCustomId = 100;

/** The most characters of a search, so that it fits into the buttons that turn its pages. */
export const longestSearch = 80;

/** The most characters of the languages of a wish, their ids with a comma or tilde between them. */
export const longestLanguages = 30;

/** The pages of a framework's card with their codes, in the order of their buttons. */
export const cardPages = {
  overview: { label: 'Overview', code: 'o' },
  advantages: { label: 'Advantages', code: 'a' },
  features: { label: 'Features', code: 'f' },
  capabilities: { label: 'Capabilities', code: 'c' },
  releases: { label: 'Releases', code: 'r' },
  sources: { label: 'Sources', code: 's' },
} as const;
export type CardPage = keyof typeof cardPages;

/** What of a comparison is shown, or what its buttons and menu do, in their order, with the codes. */
export const comparisonViews = {
  differences: { label: 'Only differences', code: 'd' },
  everything: { label: 'Everything', code: 'e' },
  picture: { label: 'Picture', code: 'p' },
  record: { label: 'Decision record', code: 'r' },
  ask: { label: 'Ask the channel', code: 'a' },
  sources: { label: 'Sources', code: 's' },
  poll: { label: 'Post the poll', code: 'q' },
  choose: { label: 'Add or swap…', code: 'm' },
} as const satisfies Record<string, { label: string; code: string }>;
/** A key of {@link comparisonViews}. */
export type ComparisonView = keyof typeof comparisonViews;

/** What of a recommendation is shown, with the codes. */
export const recommendationViews = { ranking: 'r', sources: 's', whyNot: 'w' } as const;
export type RecommendationView = keyof typeof recommendationViews;

/** Which part of a wish a menu changes, or about which framework it asks, with the codes. */
export const wishParts = { language: 'l', purpose: 'p', needs: 'n', whyNot: 'w' } as const;
type WishPart = keyof typeof wishParts;

/**
 * What a message shows, or what one shows after a press: all that is needed to answer again, in any process. `part`
 * counts from 0 and turns the pages of what is too long for one message.
 */
export type State =
  | { at: 'card'; id: string; page: CardPage; part: number }
  | { at: 'list'; language?: string; kind?: Kind; part: number }
  | { at: 'search'; text: string; part: number }
  | { at: 'comparison'; ids: readonly string[]; view: ComparisonView; part: number }
  | {
      at: 'recommendation';
      languages?: readonly string[];
      without?: readonly string[];
      purpose?: Purpose;
      needs: readonly Capability[];
      view: RecommendationView;
      part: number;
      changes?: WishPart;
    };

/** The command that answers a state: the first part of a custom_id. */
const commandOf = {
  card: 'framework',
  list: 'framework',
  search: 'framework',
  comparison: 'compare',
  recommendation: 'recommend',
} as const satisfies Record<State['at'], string>;

const idForm = /^[a-z0-9-]{1,20}$/;

function keyOfCode<T extends Record<string, string>>(
  table: T,
  code: string | undefined,
): (keyof T & string) | undefined {
  return keysOf(table).find((key) => table[key] === code);
}

/**
 * The id of a button or menu that leads to a state: `command:part:part`. Ids of entries have at most 20 characters and
 * a search at most {@link longestSearch}, so that every state fits {@link longestCustomId}; the dataset's check proves it.
 */
export function writeCustomId(state: State): string {
  return [commandOf[state.at], ...partsOf(state)].join(':');
}

/** Languages that are asked for, and behind `~` those that are not wanted: `go,rust`, `~java`. */
function languagesPart({ languages = [], without = [] }: State & { at: 'recommendation' }): string {
  return [languages.join(','), ...(without.length === 0 ? [] : [without.join(',')])].join('~');
}

/** The same read back; undefined where it is not of this form. */
function readLanguages(text: string): { languages: string[]; without: string[] } | undefined {
  const [languages = [], without = [], ...more] = text
    .split('~')
    .map((list) => (list === '' ? [] : [...new Set(list.split(','))]));
  const isForm = [...languages, ...without].every((id) => idForm.test(id));
  return isForm && more.length === 0 && text.length <= longestLanguages ? { languages, without } : undefined;
}

function partsOf(state: State): (string | number)[] {
  switch (state.at) {
    case 'card':
      return ['c', state.id, cardPages[state.page].code, state.part];
    case 'list':
      return ['l', state.language ?? '', state.kind === undefined ? '' : kinds[state.kind].code, state.part];
    case 'search':
      return ['s', state.part, state.text];
    case 'comparison':
      return [state.ids.join(','), comparisonViews[state.view].code, state.part];
    case 'recommendation':
      return [
        languagesPart(state),
        state.purpose === undefined ? '' : purposes[state.purpose].code,
        state.needs.map((need) => capabilities[need].code).join(''),
        recommendationViews[state.view],
        state.part,
        state.changes === undefined ? '' : wishParts[state.changes],
      ];
  }
}

function readPart(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

function readFramework(parts: string[]): State | undefined {
  const [what, first = '', second = '', third] = parts;
  if (what === 's') {
    const part = readPart(first);
    const text = parts.slice(2).join(':');
    return part === undefined || text === '' ? undefined : { at: 'search', text, part };
  }
  const part = readPart(third);
  if (part === undefined) return undefined;
  if (what === 'c') {
    const page = keysOf(cardPages).find((key) => cardPages[key].code === second);
    return page === undefined || !idForm.test(first) ? undefined : { at: 'card', id: first, page, part };
  }
  if (what === 'l') {
    const kind = fromCode(kinds, second);
    if (first !== '' && !idForm.test(first)) return undefined;
    return { at: 'list', part, language: first || undefined, kind };
  }
  return undefined;
}

function readComparison([list = '', viewCode, partText]: string[]): State | undefined {
  const ids = [...new Set(list.split(','))];
  const view = keysOf(comparisonViews).find((key) => comparisonViews[key].code === viewCode);
  const part = readPart(partText);
  if (view === undefined || part === undefined) return undefined;
  return ids.length > 4 || !ids.every((id) => idForm.test(id))
    ? undefined
    : { at: 'comparison', ids, view, part };
}

function readRecommendation([languageText = '', purposeCode = '', codes = '', ...rest]: string[]):
  | State
  | undefined {
  const [viewCode, partText, changesCode = ''] = rest;
  const view = keyOfCode(recommendationViews, viewCode);
  const part = readPart(partText);
  const languages = readLanguages(languageText);
  if (view === undefined || part === undefined || languages === undefined) return undefined;
  const purpose = fromCode(purposes, purposeCode);
  const needs = (codes.match(/../g) ?? []).flatMap((code) => fromCode(capabilities, code) ?? []);
  const changes = keyOfCode(wishParts, changesCode);
  return {
    at: 'recommendation',
    ...languages,
    purpose,
    needs: [...new Set(needs)],
    view,
    part,
    changes,
  };
}

/**
 * The command and the state that a custom_id leads to, or undefined when it is not one of ours: an id may be forged, or
 * come from a message that an older version sent.
 */
export function readCustomId(customId: string): { command: string; state: State } | undefined {
  if (customId.length > longestCustomId) return undefined;
  const [command = '', ...parts] = customId.split(':');
  const readers = { framework: readFramework, compare: readComparison, recommend: readRecommendation };
  if (!Object.hasOwn(readers, command)) return undefined;
  const state = readers[command as keyof typeof readers](parts);
  return state === undefined ? undefined : { command, state };
}
