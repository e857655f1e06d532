/** One reason why Discord would refuse a payload, in words that a person can act on. */
export type Problem = {
  /** Where in the payload, dotted (`data.embeds.0.title`); `''` is the payload itself. */
  path: string;
  /** What was checked. */
  what: string;
  /** What the payload has. */
  found: string;
  /** What Discord takes. */
  allowed: string;
  /** The page of Discord's documentation that says so. */
  link: string;
};

/** A part of Discord's documentation, as an address that can be opened. */
export function docs(page: string): string {
  return `https://docs.discord.com/developers/${page}`;
}

/** A problem as one line of prose. */
export function sentence(problem: Problem): string {
  return `${problem.path || 'the payload'}: ${problem.what} (found ${problem.found}, allowed ${problem.allowed}; ${problem.link})`;
}

/** The same problems, seen from a payload that holds theirs at `prefix`. */
export function within(prefix: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: [prefix, problem.path].filter(Boolean).join('.') }));
}

/** A value as it is quoted in a problem: JSON, cut at 60 characters. */
export function quote(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
