/** A value inside a payload: where it is, and the object that holds it. */
export type Place = { path: string; key: string; value: unknown; parent: unknown };

function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function deeper(places: readonly Place[]): Place[] {
  return places.flatMap((place) => {
    const nested = entries(place.value)
      .flatMap(([index, item]) => entries(item).map(([key, value]) => ({ index, key, value, parent: item })))
      .filter(({ key }) => key === place.key)
      .map(({ index, key, value, parent }) => ({
        path: `${place.path}.${index}.${key}`,
        key,
        value,
        parent,
      }));
    return [place, ...deeper(nested)];
  });
}

/**
 * Finds what a pattern points at. A pattern is a dotted path: `*` is every element of a list, and a name ending
 * in `+` also means the lists of that name nested in its elements (`options+` covers subcommands and groups).
 * `''` is the payload itself. Absent and `null` values are not returned.
 */
export function find(payload: unknown, pattern: string): Place[] {
  let places: Place[] = [{ path: '', key: '', value: payload, parent: undefined }];
  for (const step of pattern === '' ? [] : pattern.split('.')) {
    const name = step.replace(/\+$/, '');
    places = places.flatMap((place) =>
      entries(place.value)
        .filter(([key]) => step === '*' || key === name)
        .map(([key, value]) => ({
          path: place.path === '' ? key : `${place.path}.${key}`,
          key,
          value,
          parent: place.value,
        })),
    );
    if (step.endsWith('+')) places = deeper(places);
  }
  return places.filter(({ value }) => value !== undefined && value !== null);
}
