import type { Catalog } from './load.ts';
import { createNames } from './names.ts';
import { normalise } from './normalise.ts';
import type { Wish } from './score.ts';
import { properNames } from './spelling.ts';
import { type Capability, capabilities, keysOf, type Purpose, purposes } from './vocabulary.ts';

/** What plain words ask for: a wish, and the needs that they say are not wanted. */
export type Understood = Required<Pick<Wish, 'languages' | 'without' | 'needs'>> &
  Pick<Wish, 'purpose'> & { avoid: Capability[] };

/**
 * Words for what somebody builds, besides the labels. The purposes stand in the order in which they win over each other: who
 * wants a realtime site wants realtime, and a site is what most things are in the end.
 */
const purposePhrases = {
  microservices: ['microservice', 'micro service'],
  'serverless-edge': [
    'serverless',
    'edge',
    'lambda',
    'aws lambda',
    'lambda function',
    'cloud function',
    'cloudflare worker',
  ],
  'high-throughput': [
    'high throughput',
    'high traffic',
    'high load',
    'high performance',
    'requests per second',
    'requests per minute',
    'millions of requests',
    'millions of users',
    'rps',
  ],
  realtime: [
    'realtime',
    'real time',
    'live',
    'live update',
    'chat',
    'chat room',
    'multiplayer',
    'collaborative',
    'collaboration',
    'whiteboard',
    'push notification',
    'presence',
  ],
  'admin-crud': [
    'crud',
    'crud app',
    'crud screen',
    'back office',
    'backoffice',
    'admin panel',
    'internal tool',
  ],
  enterprise: ['enterprise', 'bank', 'insurance company', 'large company', 'corporate', 'government'],
  prototype: ['prototype', 'mvp', 'hackathon', 'proof of concept', 'poc', 'side project', 'throwaway'],
  learning: [
    'learn',
    'learning',
    'beginner',
    'student',
    'school project',
    'homework',
    'first backend',
    'first framework',
    'tutorial',
    'newbie',
  ],
  'minimal-service': [
    'minimal',
    'minimalist',
    'lightweight',
    'micro framework',
    'microframework',
    'tiny',
    'smallest possible',
    'single endpoint',
    'webhook',
    'little code',
    'small service',
  ],
  'full-stack-site': [
    'website',
    'web site',
    'site',
    'full stack',
    'fullstack',
    'web app',
    'webapp',
    'blog',
    'shop',
    'portal',
    'server rendered',
    'homepage',
  ],
  'rest-api': ['rest api', 'rest', 'restful', 'json api', 'http api', 'web api', 'api', 'endpoint'],
} as const satisfies Record<Purpose, readonly string[]>;

/** Words for needs, besides the labels. What stands here says the need beyond doubt: a need shuts out what fits otherwise. */
const needPhrases: Partial<Record<Capability, readonly string[]>> = {
  routing: ['router'],
  orm: ['active record', 'object relational mapper'],
  migrations: ['migration', 'schema change'],
  templates: ['template', 'templating', 'template engine', 'ssr'],
  forms: ['form', 'contact form', 'validation', 'form validation', 'input validation', 'validate'],
  sessions: ['session', 'cookies'],
  authentication: [
    'auth',
    'login',
    'log in',
    'logs in',
    'logged in',
    'log into',
    'logging in',
    'sign in',
    'sign up',
    'signup',
    'signin',
    'user account',
    'password',
    'oauth',
    'sso',
    'jwt',
  ],
  authorisation: ['authorization', 'permission', 'role', 'acl', 'rbac', 'policies', 'access control'],
  admin: ['admin panel', 'admin interface', 'back office', 'backoffice'],
  cli: ['cli', 'scaffolding', 'scaffold', 'generator', 'code generation', 'command line'],
  di: ['di', 'di container', 'ioc', 'inversion of control'],
  jobs: [
    'background job',
    'background work',
    'background task',
    'job',
    'job queue',
    'queue',
    'queue worker',
    'worker',
    'task queue',
  ],
  scheduling: [
    'scheduler',
    'scheduled',
    'schedule',
    'cron',
    'cron job',
    'nightly',
    'every day',
    'every night',
    'every week',
    'every month',
    'every hour',
    'every morning',
    'every monday',
    'every friday',
  ],
  websockets: ['websocket', 'web socket', 'socket'],
  caching: ['cache'],
  mail: ['email', 'e mail', 'mailer', 'newsletter'],
  i18n: [
    'internationalisation',
    'internationalization',
    'localisation',
    'localization',
    'l10n',
    'translation',
    'multi language',
    'multilanguage',
    'multilingual',
    'several languages',
  ],
  openapi: ['swagger', 'swagger doc', 'api doc', 'openapi spec'],
  graphql: ['gql'],
  storage: ['upload', 'file upload', 'image upload', 'photo upload', 's3'],
  testing: ['test', 'unit test', 'test client'],
  csrf: ['csrf', 'xss', 'security header'],
  'hot-reload': ['live reload', 'hot reloading', 'auto reload'],
  async: ['asynchronous', 'non blocking', 'nonblocking'],
};

/** Phrases that hold such a word and mean something else. */
const otherThings = [
  'job board',
  'job site',
  'insurance policy',
  'insurance policies',
  'privacy policies',
  'cookie',
  'cant live',
  'go live',
  'goes live',
  'going live',
  'went live',
  'live in',
  'live with',
  'role model',
  'business model',
  'worker bee',
  'test the waters',
  'dress form',
  'rest of',
  'the rest',
];

/** Words that turn what follows into what is not wanted. */
const negators = new Set(
  'no not without dont doesnt never neither nor skip avoid except excluding minus non'.split(' '),
);

/** Words that end what a negator turns: behind them stands something else. */
const turns = new Set('but with only just in for using instead rather'.split(' '));

/** Words behind which a colon leads to what is, or is not, wanted. */
const longings = new Set(['want', 'need', 'like', 'use']);

/** How many words may stand between a negator and what it turns. */
const reach = 3;

/** Words before an everyday word that make a language of it: `in go`, `using swift`. */
const leads = new Set(
  'be in using use need needs for with language either or and know knows prefer plain but not no without except lang than via w'.split(
    ' ',
  ),
);

/** Words behind an everyday word that make a language of it: `crystal lang`, `go backend`. */
const follows = new Set('lang language backend code please pls or and'.split(' '));

/** What is written in a language: behind an everyday word it makes a language of it, as in `java rest api`. */
const made = new Set(
  'api apis rest restful graphql microservice microservices server servers serverless app apps application applications web chat realtime multiplayer crud mvp monolith developer developers dev devs programmer programmers'.split(
    ' ',
  ),
);

/** Words behind which an everyday word is what somebody does: `we go web`. */
const subjects = new Set('to i we you they it can will would should must let lets s'.split(' '));

type Meaning =
  | { is: 'language'; id: string; isEveryday: boolean }
  | { is: 'purpose'; purpose: Purpose }
  | { is: 'need'; need: Capability }
  | { is: 'nothing' };

type Match = { at: number; length: number; meanings: Meaning[] };

/** A word, and whether it was written with a capital; a mark between sentences is a word of its own. */
type Token = { text: string; isCapital: boolean; isMark: boolean };

/** The most characters of a description that are read. */
export const longestDescription = 1_000;

/** The most words of a phrase. */
const longestPhrase = 4;

function tokensOf(text: string): Token[] {
  const plain = text
    .slice(0, longestDescription)
    .normalize('NFKC')
    // Mentions, emojis and the addresses of links say nothing.
    .replace(/<[@#:a][^>\s]{0,60}>|\]\(\S{0,300}\)|https?:\/\/\S+/gi, ' ')
    .replace(/\bw\/o\b/gi, ' without ')
    .replace(/\bw\//gi, ' with ')
    .replace(/(\p{L})['’](?=t\b)/giu, '$1');
  const found = plain.matchAll(
    /\.net\b|[\p{L}\p{N}][\p{L}\p{N}#+]*(?:\.[\p{L}\p{N}#+]+)*|[.,;:!?()\n+/&]/giu,
  );
  return [...found].map(([word]) => ({
    text: word.toLowerCase(),
    isCapital: /^\p{Lu}/u.test(word),
    isMark: /^[.,;:!?()\n+/&]$/.test(word),
  }));
}

/** A phrase and its plural. */
function formsOf(phrase: string): string[] {
  return [phrase, `${phrase}s`];
}

/** Every phrase that means something, with what it means. */
function createLexicon(catalog: Catalog): Map<string, Meaning[]> {
  const lexicon = new Map<string, Meaning[]>();
  const add = (phrase: string, meaning: Meaning) => {
    const key = phrase.toLowerCase().replaceAll('-', ' ').trim();
    lexicon.set(key, [...(lexicon.get(key) ?? []), meaning]);
  };
  // A framework's name is no word for a need: 'spring' is no season here, and 'express' no way to send.
  for (const framework of catalog.frameworks) {
    for (const name of properNames(framework)) add(name, { is: 'nothing' });
  }
  for (const phrase of otherThings) add(phrase, { is: 'nothing' });
  for (const { id, name, aliases, ordinaryWords = [] } of catalog.languages) {
    const everyday = new Set([...ordinaryWords.map(normalise)]);
    for (const spelled of new Set([id, name, ...aliases].map((one) => one.toLowerCase()))) {
      const isEveryday = everyday.has(normalise(spelled)) || spelled.length < 3;
      if (spelled.includes(' ')) add(spelled.replaceAll(' ', '.'), { is: 'language', id, isEveryday: false });
      add(spelled, { is: 'language', id, isEveryday: isEveryday && !sureShort.has(spelled) });
    }
  }
  for (const purpose of keysOf(purposePhrases)) {
    const phrases = new Set([...purposePhrases[purpose], purposes[purpose].label].flatMap(formsOf));
    for (const phrase of phrases) add(phrase, { is: 'purpose', purpose });
  }
  for (const need of keysOf(capabilities)) {
    const phrases = new Set([capabilities[need].label, need, ...(needPhrases[need] ?? [])].flatMap(formsOf));
    for (const phrase of phrases) add(phrase, { is: 'need', need });
  }
  return lexicon;
}

/** Short names of languages that are no words of English. */
const sureShort = new Set(['js', 'ts', 'py', 'rb', 'c#', 'f#', 'kt', 'rs']);

/** From how many letters a word that is not known is taken for a slip in one that is. */
const shortestSlipped = 6;

/** Builds what reads a description: by the words of the vocabularies and the names of languages, without guessing. */
export function createDescriptionReader(catalog: Catalog): (text: string) => Understood {
  const lexicon = createLexicon(catalog);
  const single = createNames(
    [...lexicon]
      .filter(([phrase, meanings]) => {
        const isName = meanings.some(({ is }) => is === 'nothing');
        return !isName && !phrase.includes(' ') && phrase.length >= shortestSlipped - 1;
      })
      .map(([phrase, meanings]) => ({ spelling: phrase, thing: meanings, least: Number.POSITIVE_INFINITY })),
  );

  const slipped = (word: string): Meaning[] | undefined => {
    if (word.length < shortestSlipped) return undefined;
    const near = single
      .within(word, 1, () => 1)
      .filter(({ spelling }) => spelling.charAt(0) === word.charAt(0));
    const [first, ...others] = new Set(near.map(({ thing }) => thing));
    return others.length === 0 ? first : undefined;
  };

  const matchesIn = (tokens: readonly Token[]): Match[] => {
    const matches: Match[] = [];
    for (let at = 0; at < tokens.length; at++) {
      for (let length = Math.min(longestPhrase, tokens.length - at); length > 0; length--) {
        const words = tokens.slice(at, at + length);
        if (words.some(({ isMark }) => isMark)) continue;
        const phrase = words.map(({ text }) => text).join(' ');
        const meanings = lexicon.get(phrase) ?? (length === 1 ? slipped(phrase) : undefined);
        if (meanings === undefined) continue;
        matches.push({ at, length, meanings });
        at += length - 1;
        break;
      }
    }
    return matches;
  };

  return (text) => {
    const tokens = tokensOf(text);
    const matches = matchesIn(tokens);
    const wanted = {
      languages: new Set<string>(),
      needs: new Set<Capability>(),
      purposes: new Set<Purpose>(),
    };
    const unwanted = {
      languages: new Set<string>(),
      needs: new Set<Capability>(),
      purposes: new Set<Purpose>(),
    };
    for (const match of matches) {
      const said = isTurned(tokens, match.at) ? unwanted : wanted;
      for (const meaning of match.meanings) {
        if (meaning.is === 'purpose') said.purposes.add(meaning.purpose);
        if (meaning.is === 'need') said.needs.add(meaning.need);
        if (meaning.is !== 'language') continue;
        if (!meaning.isEveryday || isLanguage(tokens, match, matches)) said.languages.add(meaning.id);
      }
    }
    const purpose = keysOf(purposePhrases).find(
      (key) => wanted.purposes.has(key) && !unwanted.purposes.has(key),
    );
    return {
      languages: [...wanted.languages].filter((id) => !unwanted.languages.has(id)),
      without: [...unwanted.languages],
      needs: [...wanted.needs].filter((need) => !unwanted.needs.has(need)),
      avoid: [...unwanted.needs],
      ...(purpose === undefined ? {} : { purpose }),
    };
  };
}

/** Whether what stands at a place is not wanted: `no orm`, `without sessions or forms`, `anything but java`. */
function isTurned(tokens: readonly Token[], at: number): boolean {
  let between = 0;
  for (let before = at - 1; before >= 0; before--) {
    const { text, isMark } = tokens[before] ?? { text: '', isMark: true };
    // 'what we do not want: graphql'
    const isList = text === ':' && longings.has(tokens[before - 1]?.text ?? '');
    if (isMark && !isList && text !== '/' && text !== '&') return false;
    if (text === 'but') {
      const asked = tokens.slice(Math.max(0, before - 2), before).map((token) => token.text);
      return asked.some((word) => ['anything', 'any', 'everything'].includes(word));
    }
    if (negators.has(text)) {
      const last = tokens[before - 1]?.text ?? '';
      // 'can't live without', 'not only'
      return !(last === 'live' || last === 'matter') && tokens[before + 1]?.text !== 'only';
    }
    if (turns.has(text)) return false;
    if (text === 'or' || text === 'nor' || text === 'and') between = 0;
    else if (++between > reach) return false;
  }
  return false;
}

/** Whether an everyday word at a place is a language there: by what stands around it, or by its capital. */
function isLanguage(tokens: readonly Token[], { at, length }: Match, matches: readonly Match[]): boolean {
  const word = tokens[at];
  const before = tokens[at - 1];
  const after = tokens[at + length];
  if (word === undefined) return false;
  const opens = before === undefined || before.isMark;
  const closes = after === undefined || after.isMark;
  if (opens && closes) return true;
  const isOther = (place: number) =>
    matches.some((match) => match.at === place && match.meanings.some(({ is }) => is === 'language'));
  const joins = (text: string | undefined) => text === 'or' || text === 'and';
  // 'python and go to work' says less than 'python or ruby for a shop'.
  if (joins(before?.text) && isOther(at - 2) && (closes || before?.text === 'or')) return true;
  if (opens && joins(after?.text) && isOther(at + length + 1)) return true;
  const isVerb = before !== undefined && subjects.has(before.text);
  if (after !== undefined && !isVerb && made.has(after.text)) return true;
  if (before !== undefined && leads.has(before.text) && !joins(before.text)) return true;
  if (after !== undefined && follows.has(after.text) && !joins(after.text)) return true;
  const isShout = tokens.every((token) => token.isMark || token.isCapital || /^\p{N}/u.test(token.text));
  return word.isCapital && !opens && !isShout;
}
