import type { Framework } from './framework.ts';

/**
 * A function of a framework that keeps what it found for each until the rest that it depends on is another: the day, or
 * the catalogue. Only for what changes with nothing else, and for results that nobody changes.
 */
export function keepLast<Rest extends readonly unknown[], Found>(
  find: (framework: Framework, ...rest: Rest) => Found,
): (framework: Framework, ...rest: Rest) => Found {
  const known = new WeakMap<Framework, { rest: Rest; found: Found }>();
  return (framework, ...rest) => {
    const last = known.get(framework);
    if (last?.rest.every((one, at) => one === rest[at])) return last.found;
    const found = find(framework, ...rest);
    known.set(framework, { rest, found });
    return found;
  };
}
