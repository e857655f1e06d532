import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIInteraction,
} from 'discord-api-types/v10';

/** A slash command as a member types it: with its subcommands spelled out. */
export type Typed = {
  /** `framework lookup`. */
  path: string;
  description: string;
  options: readonly APIApplicationCommandBasicOption[];
  command: APIApplicationCommand;
};

type Node = { name: string; description: string; type: number; options?: readonly Node[] };

/** Every slash command that can be typed, subcommands one by one. */
export function typedCommands(commands: readonly APIApplicationCommand[]): Typed[] {
  const leaves = (command: APIApplicationCommand, node: Node, path: string): Typed[] => {
    const nested = (node.options ?? []).filter(({ type }) => type <= 2);
    if (nested.length > 0) return nested.flatMap((one) => leaves(command, one, `${path} ${one.name}`));
    // Below subcommands and groups, the options are those that take a value.
    const options = (node.options ?? []) as readonly APIApplicationCommandBasicOption[];
    return [{ path, description: node.description, options, command }];
  };
  return commands
    .filter(({ type }) => type === 1)
    .flatMap((command) =>
      leaves(command, { ...command, options: command.options ?? [] } as Node, command.name),
    );
}

/** What a line typed by a member says so far. */
export type Line = {
  /** The command, once its name is complete. */
  typed?: Typed;
  /** The options given, as text, in the order typed. */
  values: ReadonlyMap<string, string>;
  /** The option whose value is being typed: the last one. */
  focused?: string;
  /** Text that is not yet a command or an option. */
  rest: string;
};

/**
 * Reads `/framework lookup name:spring boot private:true`. A value runs to the next known `option:`, so that it
 * may hold spaces and colons.
 */
export function readLine(line: string, commands: readonly Typed[]): Line {
  const text = line.replace(/^\s*\//, '');
  const typed = commands
    .filter(({ path }) => text === path || text.startsWith(`${path} `))
    .sort((one, other) => other.path.length - one.path.length)[0];
  if (!typed) return { values: new Map(), rest: text };
  const rest = text.slice(typed.path.length);
  const starts = typed.options
    .map(({ name }) => ({ name, at: ` ${rest}`.indexOf(` ${name}:`) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  const values = new Map(
    starts.map(({ name, at }, index) => {
      const end = starts[index + 1]?.at;
      const value = rest.slice(at + name.length + 1, end === undefined ? undefined : end);
      return [name, index === starts.length - 1 ? value.trimStart() : value.trim()];
    }),
  );
  const focused = starts.at(-1)?.name;
  return {
    typed,
    values,
    ...(focused === undefined ? {} : { focused }),
    rest: rest.slice(0, starts[0]?.at ?? rest.length).trim(),
  };
}

/** A command as a line, the way it could be typed: `/framework lookup name:django`. */
export function writeLine(path: string, values: Iterable<readonly [name: string, value: unknown]>): string {
  return [`/${path}`, ...[...values].map(([name, value]) => `${name}:${value}`)].join(' ');
}

type Given = { name: string; type: number; value?: unknown; focused?: boolean; options?: unknown };

/** What of a list can be an option: interactions that were sent by hand hold anything. */
function optionsIn(list: unknown): readonly Given[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) : [];
}

/** The names of the command of an interaction, subcommands included, and the options below them. */
export function spelledOut({ data }: Pick<APIInteraction, 'data'>): {
  path: string[];
  given: readonly Given[];
} {
  const { name, options }: { name?: string; options?: unknown } = Object(data);
  const path = [String(name)];
  let given = optionsIn(options);
  for (let first = given[0]; first && first.type <= 2; first = given[0]) {
    path.push(first.name);
    given = optionsIn(first.options);
  }
  return { path, given };
}

/** The names of the command of an interaction, subcommands included. */
export function commandPath(interaction: Pick<APIInteraction, 'data'>): string[] {
  return spelledOut(interaction).path;
}

/** The line that a slash command's interaction came from; members by their names, which outlive their ids. */
export function lineOf(interaction: Pick<APIInteraction, 'data'>): string {
  const { path, given } = spelledOut(interaction);
  const { resolved }: { resolved?: { users?: Record<string, { username: string }> } } = Object(
    interaction.data,
  );
  return writeLine(
    path.join(' '),
    given.map(({ name, value }) => [name, resolved?.users?.[String(value)]?.username ?? value]),
  );
}
