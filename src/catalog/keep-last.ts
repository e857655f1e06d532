/**
 * A function of a framework, or of the catalogue, that keeps what it found for each until the rest that it depends on is
 * another, such as the day. Only for what changes with nothing else, and for results that nobody changes.
 */
export function keepLast<Subject extends object, Rest extends readonly unknown[], Found>(
  find: (subject: Subject, ...rest: Rest) => Found,
): (subject: Subject, ...rest: Rest) => Found {
  const known = new WeakMap<Subject, { rest: Rest; found: Found }>();
  return (subject, ...rest) => {
    const last = known.get(subject);
    if (last?.rest.every((one, at) => one === rest[at])) return last.found;
    const found = find(subject, ...rest);
    known.set(subject, { rest, found });
    return found;
  };
}
