import path from 'node:path';
import type { Framework, Language, NotFramework } from './framework.ts';
import { normalise } from './normalise.ts';

/**
 * Where something stands: the file relative to its data folder, the place in it, and the folder where that is not the
 * shipped one but the operator's own.
 */
export type Place = { folder?: string | undefined; file: string; path: readonly PropertyKey[] };

/** Something wrong in the dataset: where it stands, and what is allowed there. */
export type DataProblem = Place & { message: string };

/**
 * What was read of a dataset, and where each thing stands. `ids` are those of all entries, also of such as are wrong in
 * themselves.
 */
export type Parts = {
  ids: ReadonlySet<string>;
  frameworks: readonly Framework[];
  languages: readonly Language[];
  notFrameworks: readonly NotFramework[];
  ordinaryWords: readonly string[];
  places: ReadonlyMap<object, Place>;
};

/** The name of a problem's file: within the shipped folder, or with the operator's folder before it. */
export function fileOf({ folder, file }: Place): string {
  return folder === undefined ? file : path.join(folder, file);
}

/** What has names that only it, or only what shares them, may have. */
type Owner = { id: string; name: string; aliases: readonly string[]; sharedNames?: string[] | undefined };

type Spelling = { spelled: string; owner: Owner; place: Place };

/** Whether an entry says of a name that another entry has it too. */
function isShared({ sharedNames = [] }: Owner, key: string): boolean {
  return sharedNames.some((name) => normalise(name) === key);
}

function collisions(spellings: readonly Spelling[]): DataProblem[] {
  const bySpelling = Map.groupBy(spellings, ({ spelled }) => normalise(spelled));
  return [...bySpelling].flatMap(([key, [first, ...others]]) => {
    if (first === undefined) return [];
    const { spelled, owner, place } = first;
    const strangers = others.filter((other) => other.owner !== owner);
    if (strangers.length === 0 && isShared(owner, key)) {
      return [{ ...place, message: `'${spelled}' is shared with no other entry: make it an alias` }];
    }
    return strangers
      .filter((other) => !isShared(owner, key) || !isShared(other.owner, key))
      .map((other) => ({
        ...other.place,
        message: `'${other.spelled}' is already a name of '${owner.id}' (${fileOf(place)}): leave it to one of the two, or put it into 'sharedNames' of both`,
      }));
  });
}

/** A place within another. */
function within(place: Place, ...steps: PropertyKey[]): Place {
  return { ...place, path: [...place.path, ...steps] };
}

function spellingsOf(owner: Owner, place: Place): Spelling[] {
  return [
    { spelled: owner.id, owner, place: within(place, 'id') },
    { spelled: owner.name, owner, place: within(place, 'name') },
    ...owner.aliases.map((spelled, at) => ({ spelled, owner, place: within(place, 'aliases', at) })),
    ...(owner.sharedNames ?? []).map((spelled, at) => {
      return { spelled, owner, place: within(place, 'sharedNames', at) };
    }),
  ];
}

/** What no single file can show: names that collide, ids that lead nowhere. */
export function crossProblems(parts: Parts): DataProblem[] {
  const { ids, frameworks, languages, notFrameworks, places } = parts;
  const problems: DataProblem[] = [];
  const placeOf = (thing: object): Place => places.get(thing) ?? { file: '', path: [] };
  const languageIds = new Set(languages.map(({ id }) => id));
  for (const framework of frameworks) {
    const place = placeOf(framework);
    framework.languages.value.forEach((id, at) => {
      if (languageIds.has(id)) return;
      const message = `unknown language '${id}'; known: ${[...languageIds].join(', ')}`;
      problems.push({ ...within(place, 'languages', 'value', at), message });
    });
    const { successor } = framework.status;
    if (successor !== undefined && !ids.has(successor)) {
      problems.push({
        ...within(place, 'status', 'successor'),
        message: `no entry has the id '${successor}'`,
      });
    }
  }
  for (const thing of notFrameworks) {
    thing.instead.forEach((id, at) => {
      if (ids.has(id)) return;
      problems.push({
        ...within(placeOf(thing), 'instead', at),
        message: `no entry has the id '${id}'`,
      });
    });
  }
  // A language and a framework may share a spelling ('dotnet'): each option knows which of the two it asks for.
  const names = [
    ...frameworks.flatMap((framework) => {
      const place = placeOf(framework);
      return [
        ...spellingsOf(framework, place),
        ...framework.packages.map(({ name }, at) => {
          return { spelled: name, owner: framework, place: within(place, 'packages', at, 'name') };
        }),
      ];
    }),
    ...notFrameworks.flatMap((thing) => spellingsOf(thing, placeOf(thing))),
  ];
  const languageNames = languages.flatMap((language) => spellingsOf(language, placeOf(language)));
  // Of two that collide the later is told of: the operator's own, which can be changed.
  const shippedFirst = (spellings: Spelling[]) =>
    spellings.sort((a, b) => Number(a.place.folder !== undefined) - Number(b.place.folder !== undefined));
  return [...problems, ...collisions(shippedFirst(names)), ...collisions(shippedFirst(languageNames))];
}
