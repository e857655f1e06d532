/** Anything in an entry that names its sources. */
export type Cited = { cites: string[] };

/**
 * All facts of an entry with the place where each stands.
 *
 * @returns pairs of a path such as `['advantages', 0]` and the object there that holds `cites`.
 */
export function factsOf(entry: { sources: object }): { path: PropertyKey[]; fact: Cited }[] {
  const found: { path: PropertyKey[]; fact: Cited }[] = [];
  const walk = (value: object, path: PropertyKey[]) => {
    if ('cites' in value) {
      found.push({ path, fact: value as Cited });
      return;
    }
    const isList = Array.isArray(value);
    for (const [key, child] of Object.entries(value)) {
      if (typeof child === 'object' && child !== null) walk(child, [...path, isList ? Number(key) : key]);
    }
  };
  const { sources: _, ...facts } = entry;
  walk(facts, []);
  return found;
}
