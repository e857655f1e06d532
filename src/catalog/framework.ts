import { z } from 'zod';
import { factsOf } from './cited.ts';
import {
  type Capability,
  capabilities,
  keysOf,
  kinds,
  levels,
  measures,
  purposes,
  registries,
  statuses,
  tiers,
} from './vocabulary.ts';

/** A calendar date that is known to the year, the month or the day: `2005`, `2005-07` or `2005-07-21`. */
const dateOr = (error: string) =>
  z
    .string(error)
    .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, { error, abort: true })
    .refine((date) => new Date(date).toISOString().startsWith(date), 'this day is not in the calendar')
    .meta({ description: 'YYYY, YYYY-MM or YYYY-MM-DD: as exact as the source says, no more.' });

const partialDate = dateOr('a date: YYYY, YYYY-MM or YYYY-MM-DD');

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens');

const frameworkId = slug
  .max(20)
  .meta({ description: 'At most 20 characters, so that four of them fit into a button.' });

const address = z
  .string()
  .max(300, 'an address of at most 300 characters')
  .regex(
    /^https:\/\/[a-z\d.-]+\.[a-z]{2,}(:\d+)?([/?#][^\s<>"]*)?$/i,
    'an address that begins with https:// and a host with a dot in it (Discord takes no other), without spaces, quotation marks or angle brackets',
  )
  .meta({ description: 'An address that begins with https://.' });

const text = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^\S.*\S$|^\S$/, 'one line without spaces around it');

const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour: #rrggbb, lower case');

const cites = z
  .array(z.string())
  .min(1)
  .max(3)
  .meta({ description: 'The keys, under `sources`, of the one to three pages that say this.' });

const fact = <T extends z.ZodType>(value: T) => z.strictObject({ value, cites });

const claim = z.strictObject({ title: text(48), text: text(200), cites });

const fit = z.strictObject({ purpose: z.enum(keysOf(purposes)), text: text(140), cites });

const endForms = 'a date (YYYY, YYYY-MM or YYYY-MM-DD), open or ended';

const supportEnd = z.union([dateOr(endForms), z.enum(['open', 'ended'])], endForms).meta({
  description: 'The last day, or `open` (supported, no end announced), or `ended` (over, day not recorded).',
});

const cycle = z.strictObject({
  cycle: text(20).meta({ description: 'The release line, such as `5.2`.' }),
  released: partialDate.optional(),
  lts: z
    .boolean()
    .optional()
    .meta({ description: 'Whether its makers call it a long-term support release.' }),
  fixesUntil: supportEnd.optional().meta({ description: 'Until when bugs are fixed.' }),
  securityUntil: supportEnd.optional().meta({ description: 'Until when security holes are fixed.' }),
  cites,
});

const capability = z.strictObject({
  level: z.enum(keysOf(levels)),
  by: text(80).optional().meta({ description: 'What provides it; absent for `none`.' }),
  cites,
});

/** Each key of {@link capabilities}, none of them required. An object is checked several times as fast as a record. */
const recordOfEach = Object.fromEntries(keysOf(capabilities).map((key) => [key, capability.optional()])) as {
  [Key in Capability]: z.ZodOptional<typeof capability>;
};

const ordinaryWords = z
  .array(text(40))
  .optional()
  .meta({ description: 'Those of its spellings that are also everyday English words, such as `express`.' });

const icon = z
  .string()
  .regex(/^[a-z0-9_]+$/, "a slug of simple-icons: the name of the icon's file there, without .svg")
  .optional()
  .meta({
    description:
      'The slug of its own icon in simple-icons, where that is CC0: never that of another project or of what it is built on.',
  });

const sharedNames = z.array(text(40)).optional().meta({
  description:
    'Names of it that another entry has too, which lists them here as well: the more used one is found, the other named.',
});

const source = z.strictObject({
  title: text(90).meta({
    description: 'What the page is called, and of whom: `Django documentation: Models`.',
  }),
  url: address,
  read: z.iso.date().meta({ description: 'The date of the copy that was read.' }),
});

const shape = z.strictObject({
  $schema: z.string().optional(),
  id: frameworkId,
  name: text(40),
  icon,
  tier: z.enum(keysOf(tiers)),
  status: z
    .strictObject({
      value: z.enum(keysOf(statuses)),
      since: partialDate.optional(),
      successor: frameworkId.optional().meta({ description: 'The id of the entry that takes its place.' }),
      cites,
    })
    .meta({ description: 'Whether it is worked on, by a page of its makers.' }),
  aliases: z
    .array(text(40))
    .meta({ description: 'What people type besides the name: short forms, slips of the pen.' }),
  sharedNames,
  ordinaryWords,
  packages: z.array(z.strictObject({ registry: z.enum(keysOf(registries)), name: text(120), cites })),
  languages: fact(z.array(slug).min(1).max(6)).meta({
    description: 'Ids from languages.json; the first is the main one.',
  }),
  runtime: fact(text(60)).optional().meta({ description: 'What it runs on: `Python 3.12 to 3.14`.' }),
  kind: fact(z.enum(keysOf(kinds))).meta({ description: `What it is: ${keysOf(kinds).join(', ')}.` }),
  patterns: z
    .array(fact(text(40)))
    .meta({ description: 'Architecture in the field’s words: `model–view–controller`.' }),
  summary: fact(text(200)).meta({ description: 'What it is, in your own words, without praise.' }),
  licence: fact(text(60)).meta({ description: 'An SPDX expression: `MIT`, `Apache-2.0`.' }),
  firstRelease: z.strictObject({ value: partialDate, version: text(20).optional(), cites }).optional(),
  maintainer: fact(text(60)).optional(),
  links: z.strictObject({
    website: address,
    documentation: address.optional(),
    repository: address.optional(),
    package: address.optional(),
    community: address.optional(),
  }),
  release: z
    .strictObject({ version: text(20), date: partialDate.optional(), cites })
    .optional()
    .meta({ description: 'The newest stable release.' }),
  support: z.array(cycle).meta({ description: 'The support table, newest first.' }),
  advantages: z.array(claim),
  features: z.array(claim),
  tradeOffs: z.array(claim),
  goodFor: z.array(fit),
  notGoodFor: z.array(fit),
  usedBy: z.array(z.strictObject({ name: text(40), cites })),
  adoption: z.array(
    z.strictObject({
      measure: z.enum(keysOf(measures)),
      value: z.number().positive(),
      period: text(20).meta({ description: 'When it was measured: `2025` or `2026-10`.' }),
      group: text(60).optional().meta({ description: 'Who was asked, where it is not everybody.' }),
      cites,
    }),
  ),
  capabilities: z.strictObject(recordOfEach),
  sources: z.record(slug, source),
});

/** One entry of the dataset: what is known of one framework, every fact with the keys of the sources that say it. */
export type Framework = z.infer<typeof shape>;

/** A line of the support table. */
export type SupportCycle = z.infer<typeof cycle>;

/** A page that was read: its title, its address and the date of the copy. */
export type Source = z.infer<typeof source>;

/** An advantage, feature or trade-off. */
export type Claim = z.infer<typeof claim>;

/** A purpose that a framework is good or not good for, and why. */
export type Fit = z.infer<typeof fit>;

type Problem = { path: PropertyKey[]; message: string };

/** The least that an entry of the full tier holds of each. */
const fullTierLeast = { advantages: 4, features: 4, tradeOffs: 2, goodFor: 2 } as const;

function citationProblems(entry: Framework): Problem[] {
  const cited = new Set<string>();
  const problems: Problem[] = [];
  for (const { path, fact } of factsOf(entry)) {
    fact.cites.forEach((key, index) => {
      cited.add(key);
      if (!Object.hasOwn(entry.sources, key)) {
        problems.push({
          path: [...path, 'cites', index],
          message: `'${key}' is not a key of this entry's sources`,
        });
      }
    });
  }
  for (const key of Object.keys(entry.sources)) {
    if (!cited.has(key))
      problems.push({ path: ['sources', key], message: 'nothing in this entry cites this source' });
  }
  return problems;
}

/** Whether the first date is certainly after the second; dates of different exactness are compared as far as both go. */
function isAfter(first: string, second: string): boolean {
  const length = Math.min(first.length, second.length);
  return first.slice(0, length) > second.slice(0, length);
}

/** Dates that have to follow each other: what each is called, and the date as far as it is known. */
type DateRow = Record<string, string | undefined>;

function orderProblems(path: PropertyKey[], row: DateRow): Problem[] {
  const known = Object.entries(row).flatMap(([name, date]) =>
    date === undefined || date === 'open' || date === 'ended' ? [] : [{ name, date }],
  );
  return known.flatMap((one, index) => {
    const next = known[index + 1];
    if (next === undefined || !isAfter(one.date, next.date)) return [];
    return [
      { path, message: `dates out of order: ${one.name} ${one.date} is after ${next.name} ${next.date}` },
    ];
  });
}

function dateProblems({ firstRelease, release, support }: Framework): Problem[] {
  const first = firstRelease?.value;
  return [
    ...orderProblems(['release'], { firstRelease: first, release: release?.date }),
    ...support.flatMap((line, index) => {
      const { released, fixesUntil, securityUntil } = line;
      const older = support[index + 1];
      return [
        ...orderProblems(['support', index], { firstRelease: first, released, fixesUntil, securityUntil }),
        ...orderProblems(['support', index + 1], {
          'the older line of': older?.released,
          'the newer of': released,
        }),
      ];
    }),
  ];
}

function shapeProblems(entry: Framework): Problem[] {
  const problems: Problem[] = [];
  if (entry.tier === 'full') {
    for (const [field, least] of Object.entries(fullTierLeast)) {
      const count = entry[field as keyof typeof fullTierLeast].length;
      if (count < least) {
        problems.push({ path: [field], message: `the full tier needs at least ${least}, here are ${count}` });
      }
    }
  }
  if (entry.status.successor !== undefined && entry.status.value === 'active') {
    problems.push({ path: ['status', 'successor'], message: 'an active framework has no successor' });
  }
  const seen = new Set<string>();
  for (const list of ['goodFor', 'notGoodFor'] as const) {
    entry[list].forEach(({ purpose }, index) => {
      if (seen.has(purpose))
        problems.push({ path: [list, index, 'purpose'], message: `'${purpose}' is named twice` });
      seen.add(purpose);
    });
  }
  for (const [key, { level, by }] of Object.entries(entry.capabilities)) {
    if (level === 'none' && by !== undefined) {
      problems.push({
        path: ['capabilities', key, 'by'],
        message: "level 'none' has no provider: leave 'by' out",
      });
    }
    if (level !== 'none' && by === undefined) {
      problems.push({
        path: ['capabilities', key, 'by'],
        message: `level '${level}' needs 'by': what provides it`,
      });
    }
  }
  return problems;
}

/** The schema of an entry: fields, lengths, allowed words. */
export const frameworkSchema = shape;

/**
 * The rules that a well-formed entry can break on its own: sources that are missing or cited by nothing, dates out of
 * order, a full tier that is not full. Rules between entries are in `cross-problems.ts`.
 */
export function problemsIn(entry: Framework): Problem[] {
  return [...citationProblems(entry), ...dateProblems(entry), ...shapeProblems(entry)];
}

/** The schema of `languages.json`: the programming languages, their other names and their colour (`#rrggbb`). */
export const languagesSchema = z.strictObject({
  $schema: z.string().optional(),
  languages: z.array(
    z.strictObject({
      id: slug.max(20),
      name: text(30),
      aliases: z.array(text(30)),
      ordinaryWords,
      colour,
    }),
  ),
});

/** A programming language. */
export type Language = z.infer<typeof languagesSchema>['languages'][number];

/** The schema of `not-frameworks.json`: what people confuse with backend frameworks, what it is, where to look instead. */
export const notFrameworksSchema = z.strictObject({
  $schema: z.string().optional(),
  notFrameworks: z.array(
    z.strictObject({
      id: slug.max(20),
      name: text(40),
      aliases: z.array(text(40)),
      sharedNames,
      what: text(160).meta({
        description: 'One sentence: what it is. Begins with a capital, ends with a full stop.',
      }),
      instead: z
        .array(frameworkId)
        .max(5)
        .refine((ids) => new Set(ids).size === ids.length, 'each id once')
        .meta({ description: 'Ids of frameworks that stand beside it on the server.' }),
      source,
    }),
  ),
});

/** Something that people take for a framework. */
export type NotFramework = z.infer<typeof notFrameworksSchema>['notFrameworks'][number];

/** The schema of `ordinary-words.json`: English words that look like a slip in a name, or like its beginning. */
export const ordinaryWordsSchema = z.strictObject({ words: z.array(z.string()) });

/** The schema of `icons.json`: by the id of the entry, the path of its icon in a box of 24 by 24, and its colour. */
export const iconsSchema = z.record(frameworkId, z.strictObject({ path: z.string(), colour }));

/** The icons of the entries that have one, by the id of the entry. */
export type Icons = z.infer<typeof iconsSchema>;
