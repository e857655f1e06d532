/**
 * The words in which Framewise describes frameworks. Each vocabulary is one table; the order of its rows is the
 * order in which members see them. `code` is the two-letter form that a button's custom_id carries, so a code, once
 * published, keeps its meaning for ever: messages that were sent years ago still hold it.
 */

/** One word of a vocabulary: what members read, and a sentence that defines it. */
export type Term = { readonly label: string; readonly sentence: string };

/** A word that a custom_id may hold: besides what every {@link Term} has, its two-letter code. */
export type CodedTerm = Term & { readonly code: string };

/** A word that people type: besides what every {@link CodedTerm} has, the other words for it. */
export type TypedTerm = CodedTerm & { readonly aliases: readonly string[] };

/** What sort of thing a framework is. */
export const kinds = {
  'full-stack': {
    label: 'full-stack',
    code: 'fs',
    sentence:
      'Pages, data and tooling from one project: routing, templates and a way to the database come along.',
  },
  micro: {
    label: 'micro',
    code: 'mi',
    sentence: 'A small core of routing and request handling; what else is needed is chosen and added.',
  },
  api: {
    label: 'API',
    code: 'ap',
    sentence: 'Made for services that answer with data rather than pages.',
  },
  platform: {
    label: 'platform',
    code: 'pl',
    sentence:
      'More than a library: a server, toolkit or headless system on which web applications are built.',
  },
} as const satisfies Record<string, CodedTerm>;

/** A purpose: besides what every {@link CodedTerm} has, how it reads after 'you want'. */
export type PurposeTerm = CodedTerm & { readonly wish: string };

/** What people build. */
export const purposes = {
  'rest-api': {
    label: 'REST API',
    wish: 'a REST API',
    code: 'ra',
    sentence: 'An HTTP interface that other programs call and that answers with data.',
  },
  'full-stack-site': {
    label: 'Full-stack site',
    wish: 'a full-stack site',
    code: 'fs',
    sentence: 'A site whose pages are made on the server, with forms, sessions and a database behind them.',
  },
  realtime: {
    label: 'Realtime',
    wish: 'realtime',
    code: 'rt',
    sentence: 'Connections that stay open: chat, presence, live dashboards, collaboration.',
  },
  microservices: {
    label: 'Microservices',
    wish: 'microservices',
    code: 'ms',
    sentence: 'Many small services that are deployed, configured and watched separately.',
  },
  'minimal-service': {
    label: 'Minimal service',
    wish: 'a minimal service',
    code: 'mn',
    sentence: 'A few routes in little code, without parts that are not used.',
  },
  'admin-crud': {
    label: 'Admin and CRUD',
    wish: 'admin and CRUD screens',
    code: 'ac',
    sentence: 'Screens for people to list, create, change and delete records.',
  },
  'serverless-edge': {
    label: 'Serverless and edge',
    wish: 'to run serverless or at the edge',
    code: 'se',
    sentence: 'Code that a platform starts for each burst of requests, close to who asks.',
  },
  'high-throughput': {
    label: 'High throughput',
    wish: 'high throughput',
    code: 'ht',
    sentence: 'Many requests or connections at once on few machines.',
  },
  enterprise: {
    label: 'Enterprise',
    wish: 'an enterprise system',
    code: 'en',
    sentence: 'Large, long-lived systems: support periods, security standards, integration with what exists.',
  },
  prototype: {
    label: 'Prototype',
    wish: 'a prototype',
    code: 'pt',
    sentence: 'From an idea to something that can be tried, quickly.',
  },
  learning: {
    label: 'Learning',
    wish: 'to learn',
    code: 'le',
    sentence: 'A first backend: an official tutorial, few concepts before the first page.',
  },
} as const satisfies Record<string, PurposeTerm>;

/** What a framework can bring. */
export const capabilities = {
  routing: {
    label: 'routing',
    code: 'ro',
    sentence: 'Maps the address of a request to the code that answers it.',
    aliases: ['router', 'routes'],
  },
  orm: {
    label: 'ORM',
    code: 'om',
    sentence: 'Objects or schemas in code for the rows of a relational database.',
    aliases: ['database', 'db', 'models', 'active record'],
  },
  migrations: {
    label: 'migrations',
    code: 'mi',
    sentence: 'Versioned changes of the database structure.',
    aliases: ['migration', 'schema changes'],
  },
  templates: {
    label: 'templates',
    code: 'te',
    sentence: 'Makes HTML on the server from templates or components.',
    aliases: ['templating', 'views', 'html', 'ssr'],
  },
  forms: {
    label: 'forms and validation',
    code: 'fo',
    sentence: 'Checks what a request brings and reports what is wrong with it.',
    aliases: ['validation', 'forms', 'form validation'],
  },
  sessions: {
    label: 'sessions',
    code: 'se',
    sentence: 'Remembers a visitor from one request to the next.',
    aliases: ['session', 'cookies'],
  },
  authentication: {
    label: 'authentication',
    code: 'an',
    sentence: 'Finds out who somebody is: sign-in, passwords, tokens.',
    aliases: ['auth', 'login', 'sign in', 'users'],
  },
  authorisation: {
    label: 'authorisation',
    code: 'az',
    sentence: 'Decides what somebody may do: permissions, roles, policies.',
    aliases: ['authorization', 'permissions', 'roles', 'acl', 'policies'],
  },
  admin: {
    label: 'admin',
    code: 'ad',
    sentence: 'Ready-made screens to manage the data.',
    aliases: ['admin panel', 'back office', 'dashboard'],
  },
  cli: {
    label: 'CLI and scaffolding',
    code: 'cl',
    sentence: 'Commands that create projects and generate code.',
    aliases: ['scaffolding', 'generators', 'command line'],
  },
  di: {
    label: 'dependency injection',
    code: 'di',
    sentence: 'Hands a component what it depends on.',
    aliases: ['ioc', 'dependency injection container', 'injection'],
  },
  jobs: {
    label: 'background jobs',
    code: 'jo',
    sentence: 'Work that is queued and done outside the request.',
    aliases: ['queues', 'queue', 'workers', 'jobs', 'tasks'],
  },
  scheduling: {
    label: 'scheduling',
    code: 'sc',
    sentence: 'Work that runs at set times.',
    aliases: ['scheduler', 'cron', 'schedule'],
  },
  websockets: {
    label: 'websockets',
    code: 'ws',
    sentence: 'Two-way connections that stay open.',
    aliases: ['websocket', 'realtime', 'ws', 'sockets'],
  },
  caching: {
    label: 'caching',
    code: 'ca',
    sentence: 'Keeps computed results for later requests.',
    aliases: ['cache'],
  },
  mail: { label: 'mail', code: 'ma', sentence: 'Sends e-mail.', aliases: ['email', 'e-mail', 'mailer'] },
  i18n: {
    label: 'i18n',
    code: 'in',
    sentence: 'Translations and local formats.',
    aliases: [
      'internationalisation',
      'internationalization',
      'localisation',
      'localization',
      'translations',
      'l10n',
    ],
  },
  openapi: {
    label: 'OpenAPI',
    code: 'oa',
    sentence: 'A machine-readable description of the HTTP interface, made from the code.',
    aliases: ['swagger', 'api docs'],
  },
  graphql: { label: 'GraphQL', code: 'gq', sentence: 'Serves a GraphQL schema.', aliases: ['gql'] },
  storage: {
    label: 'file storage',
    code: 'st',
    sentence: 'Takes uploads and keeps files on disk or in object storage.',
    aliases: ['uploads', 'files', 'file uploads', 's3'],
  },
  testing: {
    label: 'testing',
    code: 'ts',
    sentence: 'Tools to test an application: a test client, fixtures, a runner.',
    aliases: ['tests', 'test client'],
  },
  csrf: {
    label: 'security headers and CSRF',
    code: 'cs',
    sentence: 'Protects forms against cross-site requests and sets protective headers.',
    aliases: ['security', 'csrf', 'security headers', 'xss'],
  },
  'hot-reload': {
    label: 'hot reload',
    code: 'hr',
    sentence: 'Picks up changed code during development by itself.',
    aliases: ['reload', 'live reload', 'watch'],
  },
  async: {
    label: 'async',
    code: 'as',
    sentence: 'Handlers may wait without holding a thread or process.',
    aliases: ['asynchronous', 'non-blocking'],
  },
} as const satisfies Record<string, TypedTerm>;

/** One level of a capability: besides what every {@link Term} has, the symbol in lists and the rank (more is nearer). */
export type LevelTerm = Term & { readonly symbol: string; readonly rank: number };

/** How near a capability is. What is not recorded has no level; it is shown with {@link unrecorded}. */
export const levels = {
  'built-in': {
    label: 'built in',
    symbol: '●',
    rank: 3,
    sentence:
      'Part of the framework itself or of the one that it is a layer over, or installed in every new web project that its guides create.',
  },
  official: {
    label: 'official add-on',
    symbol: '◐',
    rank: 2,
    sentence: 'A separate package that the framework’s own project or company maintains.',
  },
  community: {
    label: 'community',
    symbol: '◌',
    rank: 1,
    sentence: 'Packages by others that the framework’s documentation or their own names for this.',
  },
  none: {
    label: 'left to others',
    symbol: '○',
    rank: 0,
    sentence:
      'The documentation leaves it to others, or its complete index names nothing for it; packages may exist all the same.',
  },
} as const satisfies Record<string, LevelTerm>;

/** How a capability without a level is shown. */
export const unrecorded = { label: 'not recorded', symbol: '·' } as const;

/** Whether a framework is being developed. */
export const statuses = {
  active: { label: 'active', sentence: 'Worked on: releases or changes to it appear.' },
  maintenance: { label: 'in maintenance', sentence: 'Fixes only; its makers say so.' },
  dormant: {
    label: 'dormant',
    sentence:
      'No stable release for two years or more, by its registry or changelog; its makers say neither that it goes on nor that it has ended.',
  },
  ended: { label: 'ended', sentence: 'Its makers have stopped; nothing is fixed any more.' },
} as const satisfies Record<string, Term>;

/** How deep an entry goes. */
export const tiers = {
  full: {
    label: 'full',
    sentence: 'Advantages, features, trade-offs, purposes and capabilities are recorded.',
  },
  listed: {
    label: 'listed',
    sentence: 'The essentials only: what it is, its licence, its status, its links.',
  },
} as const satisfies Record<string, Term>;

/** The package registries whose names an entry may hold, and what they are called. */
export const registries = {
  npm: 'npm',
  jsr: 'JSR',
  pypi: 'PyPI',
  packagist: 'Packagist',
  rubygems: 'RubyGems',
  nuget: 'NuGet',
  maven: 'Maven Central',
  hex: 'Hex',
  crates: 'crates.io',
  go: 'Go modules',
  cpan: 'CPAN',
  hackage: 'Hackage',
  clojars: 'Clojars',
  pub: 'pub.dev',
  opam: 'opam',
  luarocks: 'LuaRocks',
  cran: 'CRAN',
  dub: 'DUB',
  nimble: 'Nimble',
  shards: 'Crystal shards',
  julia: 'Julia General',
  quicklisp: 'Quicklisp',
  racket: 'Racket packages',
  haxelib: 'Haxelib',
  ballerina: 'Ballerina Central',
  alire: 'Alire',
  conan: 'Conan',
  vcpkg: 'vcpkg',
  raku: 'Raku modules',
  vpm: 'VPM',
} as const;

/**
 * The measures of adoption: how a figure of each reads in a sentence, with `{value}`, and `{group}` for who was asked.
 * Figures of different measures are never compared with each other.
 */
export const measures = {
  'stack-overflow': '{value} % of the {group} asked had worked with it',
  jetbrains: '{value} % of the {group} asked use it',
  'state-of-js': '{value} % of the {group} had ever used it',
  'npm-downloads': '{value} downloads a month from npm',
  'pypi-rank': 'rank {value} among PyPI’s most downloaded packages',
} as const;

/** How much a framework is used beside the others of its language; which it is, `adoption.ts` computes. */
export const adoptionLevels = {
  mainstream: {
    label: 'Mainstream',
    sentence: 'A survey gives it at least a quarter of the share of the most used framework of its language.',
  },
  established: {
    label: 'Established',
    sentence:
      'A survey gives it at least a twentieth of that share; where none asked about it, a million downloads a month from npm, or one of the first 3,000 places at PyPI.',
  },
  niche: { label: 'Niche', sentence: 'A figure is recorded, and it is smaller.' },
} as const satisfies Record<string, Term>;

/** A key of {@link adoptionLevels}. */
export type AdoptionLevel = keyof typeof adoptionLevels;
/** A key of {@link kinds}. */
export type Kind = keyof typeof kinds;
/** A key of {@link purposes}. */
export type Purpose = keyof typeof purposes;
/** A key of {@link capabilities}. */
export type Capability = keyof typeof capabilities;
/** A key of {@link levels}. */
export type Level = keyof typeof levels;

/** The keys of a vocabulary with their exact type, in the order of the table. */
export function keysOf<T extends object>(table: T): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];
}

/** The word that a short code stands for, or undefined: a custom_id is untrusted and may hold anything. */
export function fromCode<T extends Record<string, CodedTerm>>(
  table: T,
  code: string,
): (keyof T & string) | undefined {
  return keysOf(table).find((key) => table[key]?.code === code);
}
