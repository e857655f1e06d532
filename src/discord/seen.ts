/** How many interactions are remembered, so that none is answered twice. */
export const mostRemembered = 10_000;

/** Tells whether an id comes for the first time, among as many as are remembered. */
export function createSeen(): (id: string) => boolean {
  const seen = new Set<string>();
  // In the order in which they came, over and over: to ask the set for its first takes longer than an answer, once many before
  // it were deleted.
  const order: string[] = [];
  let next = 0;
  return (id) => {
    if (seen.has(id)) return false;
    const oldest = order[next];
    if (oldest !== undefined) seen.delete(oldest);
    seen.add(id);
    order[next] = id;
    next = (next + 1) % mostRemembered;
    return true;
  };
}
