/** What one check came to: about what, how it is, and where it is not in order, what to do. */
export type Finding = { about: string; says: string } & (
  | { state: 'ok' }
  | { state: 'warning' | 'wrong'; remedy: string }
);

/** All is in order. */
export function ok(about: string, says: string): Finding {
  return { state: 'ok', about, says };
}

/** It runs, and something is to be known. */
export function warning(about: string, says: string, remedy: string): Finding {
  return { state: 'warning', about, says, remedy };
}

/** It does not run, or not as it was meant to. */
export function wrong(about: string, says: string, remedy: string): Finding {
  return { state: 'wrong', about, says, remedy };
}

/** What a failure says, `what is wrong. What to do.` or `what is wrong; what to do.`, in its two parts. */
export function partsOf(sentence: string): { says: string; remedy: string | undefined } {
  const [, says = sentence, remedy] = /^(.+?)[.;] (.+)$/s.exec(sentence) ?? [];
  return {
    says: says.replace(/\.$/, ''),
    remedy: remedy && remedy.charAt(0).toUpperCase() + remedy.slice(1),
  };
}

/** Many as one reads it: `1,234`. */
export function number(count: number): string {
  return count.toLocaleString('en');
}

/** How many of what, in words: `1 shard`, `2 shards`. */
export function counted(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? '' : 's'}`;
}
