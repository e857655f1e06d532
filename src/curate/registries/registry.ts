import type { z } from 'zod';
import type { Framework, SupportCycle } from '../../catalog/framework.ts';
import type { registries as packageRegistries } from '../../catalog/vocabulary.ts';

/**
 * Asks for a JSON document.
 *
 * @returns what stands at the address, as far as it has the shape; undefined where nothing stands there (404).
 * @throws Unreachable when the host gives no answer, or none that can be used.
 */
export type Get = <T>(url: string, shape: z.ZodType<T>) => Promise<T | undefined>;

/** What is known of a framework before a registry is asked about it. */
export type Subject = Pick<Framework, 'packages' | 'sources'> & {
  links: Partial<Framework['links']>;
  release?: Framework['release'];
};

/** What a registry says of one framework, in the dataset's own terms; what it does not say is absent. */
export type Answer = {
  /** The page that members can open to see it, and what it is called. */
  source: { title: string; url: string };
  release?: { version: string; date?: string };
  /** An SPDX expression. */
  licence?: string;
  /** That nobody works on it any more: what the registry says of it, such as `deprecated on npm`. */
  ended?: string;
  support?: Omit<SupportCycle, 'cites'>[];
  adoption?: Omit<Framework['adoption'][number], 'cites'>;
  /** An id of `languages.json`. */
  language?: string;
  links?: Partial<Framework['links']>;
};

/** A place that knows facts about frameworks: one module each. */
export type Registry = {
  /** What its source is called in an entry. */
  key: string;
  /** What people call it. */
  label: string;
  /** The address that its paths begin with, without a slash at the end. */
  address: string;
  /** What to ask it for, such as a package's name; undefined when it has nothing to say about this framework. */
  subject(framework: Subject): string | undefined;
  /**
   * Asks it.
   *
   * @param context `address` is the registry's own or a mirror's, `today` is YYYY-MM-DD.
   * @returns undefined when it does not know the subject.
   * @throws Unreachable as {@link Get} does.
   */
  ask(
    subject: string,
    context: { get: Get; address: string; today: string; framework: Subject },
  ): Promise<Answer | undefined>;
};

/**
 * The name of a framework's own package, if it is in this registry. That is the first that its entry names: Phoenix has
 * a package on npm too, but that is the client for browsers.
 */
export function packageIn(
  { packages: [own] }: Pick<Framework, 'packages'>,
  registry: keyof typeof packageRegistries,
): string | undefined {
  return own?.registry === registry ? own.name : undefined;
}

/** Those fields of an object that hold something: what nobody says is absent, not undefined. */
export function present<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  const held = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(held) as { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
}

/** The release of a version that is stable, with the day of a moment in ISO 8601; undefined for any other. */
export function releaseOf(version: string | undefined, moment: string | null | undefined): Answer['release'] {
  if (version === undefined || !isStable(version)) return undefined;
  return { version, ...present({ date: moment?.slice(0, 10) }) };
}

/** Whether a version is one of a release that is finished: no `-rc.1`, `b2`, `dev`. */
function isStable(version: string): boolean {
  return /^\d+(\.\d+)*(\.post\d+)?$/.test(version);
}

/** An address of the web, or undefined for what the dataset would not take: no https, or nothing at all. */
export function webAddress(text: string | null | undefined): string | undefined {
  const url = text?.replace(/^git\+/, '').replace(/\.git$/, '');
  return url !== undefined && /^https:\/\/\S+$/.test(url) ? url : undefined;
}
