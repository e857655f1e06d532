import { type Line, readLine, type Typed, typedCommands } from '../command-line.ts';
import type { Asked, CommandsByPlace, Member, OptionValues } from '../wire.ts';
import { createPicker, type Pick } from './picker.ts';
import { ask } from './server.ts';

/** What the composer needs to know of the page. */
export type Page = {
  commands: () => CommandsByPlace['server'];
  members: () => readonly Member[];
  actor: () => string | undefined;
  say: (words: string) => void;
  /** Called when something is sent: whoever sends wants to see what comes of it. */
  sent: () => void;
};

/** Milliseconds: long enough to skip the letters of fast typing, short enough not to be felt. */
const pauseBeforeAsking = 20;
const shownCommands = 25;

/** The composer: a line in which `/` opens the commands, their options and their live suggestions. */
export function createComposer(
  { form, input, list }: { form: HTMLFormElement; input: HTMLInputElement; list: HTMLElement },
  page: Page,
) {
  const picker = createPicker(list, input);
  /** The values behind suggestions that were taken: a suggestion's name is shown, its value is sent. */
  const taken = new Map<string, { text: string; value: string | number }>();
  const history: string[] = [];
  let asked = 0;
  /** The option whose suggestions are shown. */
  let suggesting: string | undefined;

  const commands = (): Typed[] => typedCommands(page.commands());
  const write = (text: string): void => {
    input.value = text;
    input.focus();
    input.setSelectionRange(text.length, text.length);
    update();
  };

  const optionsOf = ({ values }: Line): OptionValues =>
    Object.fromEntries(
      [...values]
        .filter(([, text]) => text.trim() !== '')
        .map(([name, text]) => {
          const known = taken.get(name);
          return [name, known && known.text === text.trim() ? known.value : text.trim()];
        }),
    );

  const missing = ({ typed, values }: Line) =>
    typed?.options.filter(({ name, required }) => required && !values.get(name)?.trim()) ?? [];

  const commandPicks = (rest: string): Pick[] =>
    commands()
      .filter(({ path }) => path.startsWith(rest) || path.split(' ').some((word) => word.startsWith(rest)))
      .slice(0, shownCommands)
      .map((typed) => ({
        name: `/${typed.path}`,
        detail: typed.description,
        take: () => {
          const first = typed.options.find(({ required }) => required);
          write(`/${typed.path} ${first ? `${first.name}:` : ''}`);
        },
      }));

  const optionPicks = (line: Line, fragment: string): Pick[] =>
    (line.typed?.options ?? [])
      .filter(({ name }) => !line.values.has(name) && name.startsWith(fragment))
      .map(({ name, description, required }) => ({
        name: `${name}:`,
        detail: required ? `${description} (required)` : description,
        take: () => {
          const before = fragment === '' ? input.value : input.value.slice(0, -fragment.length);
          write(`${before.replace(/\s*$/, ' ')}${name}:`);
        },
      }));

  const valuePicks = (option: string, choices: readonly { name: string; value: string | number }[]): Pick[] =>
    choices.map(({ name, value }) => ({
      name,
      take: () => {
        taken.set(option, { text: name, value });
        const at = input.value.lastIndexOf(`${option}:`);
        write(`${input.value.slice(0, at)}${option}:${name} `);
      },
    }));

  const askBot = async (line: Line, option: string): Promise<void> => {
    asked += 1;
    const mine = asked;
    await new Promise((resolve) => setTimeout(resolve, pauseBeforeAsking));
    if (mine !== asked || !line.typed) return;
    const as = page.actor();
    const told = await ask({
      kind: 'suggest',
      command: line.typed.path,
      options: { ...optionsOf(line), [option]: line.values.get(option) ?? '' },
      focused: option,
      ...(as ? { as } : {}),
    });
    // A late answer to what is no longer typed must not replace a newer one.
    if (mine !== asked) return;
    if (told.choices) picker.show(valuePicks(option, told.choices), false);
    if (told.how === 'silence' || told.how === 'refused') page.say('Loading options failed.');
  };

  const localChoices = (line: Line, option: Typed['options'][number], text: string) => {
    const lower = text.trim().toLowerCase();
    const all =
      'choices' in option && option.choices
        ? option.choices.map(({ name, value }) => ({ name, value }))
        : option.type === 5
          ? ['True', 'False'].map((name) => ({ name, value: name.toLowerCase() }))
          : option.type === 6
            ? page.members().map(({ id, name }) => ({ name, value: id }))
            : [];
    return valuePicks(
      option.name,
      all.filter(
        ({ name }) => name.toLowerCase().startsWith(lower) && !line.values.get(option.name)?.endsWith(' '),
      ),
    );
  };

  /** What to offer for what is written; `undefined` when the bot has to be asked. */
  const offers = (line: Line): { picks: Pick[]; first: boolean } | undefined => {
    const { typed, focused } = line;
    if (!typed) return { picks: commandPicks(line.rest), first: true };
    const option = typed.options.find(({ name }) => name === focused);
    const text = line.values.get(focused ?? '');
    const isTaken =
      text !== undefined && taken.get(focused ?? '')?.text === text.trim() && text.endsWith(' ');
    if (!option || text === undefined || isTaken) {
      const longer = option || input.value.endsWith(' ') ? [] : commandPicks(typed.path);
      const picks = longer.length > 1 ? longer : optionPicks(line, option ? '' : line.rest);
      return { picks, first: missing(line).length > 0 };
    }
    const word = /(?:^|\s)(\S*)$/.exec(text)?.[1] ?? '';
    const others = text.trim() === '' || !/\s/.test(text) ? [] : optionPicks(line, word);
    if ('autocomplete' in option && option.autocomplete) {
      return others.length > 0 ? { picks: others, first: false } : undefined;
    }
    const local = localChoices(line, option, text);
    return local.length > 0 ? { picks: local, first: text.trim() !== '' } : { picks: others, first: false };
  };

  const update = (): void => {
    asked += 1;
    page.say('');
    const line = input.value.startsWith('/') ? readLine(input.value, commands()) : undefined;
    const offered = line ? offers(line) : { picks: [], first: false };
    if (offered || line?.focused !== suggesting) picker.show(offered?.picks ?? [], offered?.first ?? false);
    suggesting = offered ? undefined : line?.focused;
    if (line && suggesting !== undefined) void askBot(line, suggesting);
  };

  /** Sends what is written, or says why not. */
  const send = async (text: string): Promise<void> => {
    const as = page.actor();
    const who = as ? { as } : {};
    const line = text.startsWith('/') ? readLine(text, commands()) : undefined;
    const [first] = line ? missing(line) : [];
    const refusal =
      line &&
      (!line.typed
        ? 'There is no such command. Choose one from the list.'
        : line.rest !== ''
          ? `'${line.rest}' is not an option of this command.`
          : first && `${first.name}: this option is required.`);
    if (refusal) {
      if (first && !line?.values.has(first.name)) write(`${text.trimEnd()} ${first.name}:`);
      page.say(refusal);
      return;
    }
    const asks: Asked = line?.typed
      ? { kind: 'slash', command: line.typed.path, options: optionsOf(line), ...who }
      : { kind: 'say', content: text, ...who };
    history.push(text);
    taken.clear();
    asked += 1;
    picker.show([], false);
    input.value = '';
    page.sent();
    const told = await ask(asks);
    if (told.words) page.say(told.words);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') void send(input.value);
  });
  input.addEventListener('input', update);
  input.addEventListener('keydown', (event) => {
    const { key } = event;
    if (key === 'ArrowUp' && input.value === '' && history.length > 0) write(history.at(-1) ?? '');
    else if (key === 'ArrowDown') picker.move(1);
    else if (key === 'ArrowUp' && picker.isOpen()) picker.move(-1);
    else if (key === 'Escape') picker.show([], false);
    else if (key === 'Tab' && !event.shiftKey && picker.isOpen()) picker.take(true);
    else if (key === 'Enter' && picker.isOpen() && picker.take()) event.preventDefault();
    else return;
    if (key !== 'Enter') event.preventDefault();
  });

  return {
    send,
    focus: (): void => input.focus(),
    /** Looks again at what is written, once the commands are other ones. */
    refresh: (): void => {
      if (input.value.startsWith('/')) update();
    },
  };
}
