/** How many interactions are remembered, so that none is answered twice. */
export const mostRemembered = 10_000;

/** Tells whether an id comes for the first time, among as many as are remembered. */
export function createSeen(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > mostRemembered && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}
