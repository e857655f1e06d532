import type { APIApplicationCommand } from 'discord-api-types/v10';
import { readLine, type Typed, typedCommands } from '../command-line.ts';
import type { Actor, Asked, Choice, Member } from '../wire.ts';
import { avatar } from './avatars.ts';
import { el } from './dom.ts';
import {
  checkFields,
  createField,
  type Field,
  isTaken,
  lineFrom,
  refuseField,
  valuesOf,
  writeField,
} from './fields.ts';
import type { Pick, Picker } from './picker.ts';
import { ask } from './server.ts';

/** What the composer needs to know of the page. */
export type Page = {
  commands: () => readonly APIApplicationCommand[];
  members: () => readonly Member[];
  bot: () => Member;
  who: () => Actor;
  /** The place that is written to: `#general`. */
  place: () => string;
  /** Called when something is sent: whoever sends wants to see what comes of it. */
  sent: () => void;
};

/** Milliseconds: long enough to skip the letters of fast typing, short enough not to be felt. */
const pauseBeforeAsking = 15;
const shownPicks = 25;

/**
 * The composer: a line for messages, in which `/` opens the commands. A command that is chosen, typed or pasted lays
 * out its options as fields of the same line, and the input at its end offers those that are not given yet.
 */
export function createComposer(
  { form, row, line, hint }: Record<'form' | 'row' | 'hint', HTMLElement> & { line: HTMLInputElement },
  picker: Picker,
  page: Page,
) {
  let typed: Typed | undefined;
  let fields: Field[] = [];
  const history: string[] = [];
  /** Which line of the history is shown, the length of it when none is, and how it was laid out. */
  let recalled = 0;
  let asRecalled = '';
  let asked = 0;
  /** Whether the bot is being asked for suggestions, and whether Enter has been pressed for the first of them. */
  let isAsking = false;
  let takesFirst = false;

  const commands = (): Typed[] => typedCommands(page.commands());
  const inputs = (): HTMLInputElement[] => [...fields.map(({ input }) => input), line];
  const fieldOf = (target: unknown): Field | undefined => fields.find(({ input }) => input === target);
  const named = (name: string | undefined): Field | undefined =>
    fields.find(({ option }) => option.name === name);
  const absent = () => typed?.options.filter(({ name }) => !named(name)) ?? [];

  const say = (words: string, about?: string, isRefusal = false): void => {
    hint.replaceChildren(...(about === undefined ? [] : [el('strong', {}, about), ' ']), words);
    hint.classList.toggle('refusal', isRefusal);
  };

  const label = (): void => {
    const more = absent().length;
    const message = `Message ${page.place()}`;
    line.placeholder = typed ? (more > 0 ? `+${more} more` : '') : `${message} or type /`;
    line.setAttribute('aria-label', typed ? `More options of /${typed.path}` : 'Message or command');
    row.classList.toggle('command', typed !== undefined);
  };

  const focusOn = (input: HTMLInputElement): void => {
    const end = input.value.length;
    if (document.activeElement === input) update();
    else input.focus();
    input.setSelectionRange(end, end);
  };

  const leave = (text = ''): void => {
    typed = undefined;
    fields = [];
    row.replaceChildren(line);
    line.value = text;
    label();
  };

  const addField = (option: Field['option'], text = ''): Field => {
    const field = createField(option, text);
    fields.push(field);
    line.before(field.shell);
    label();
    return field;
  };

  const removeField = (field: Field): void => {
    fields = fields.filter((one) => one !== field);
    field.shell.remove();
    label();
  };

  const enter = (command: Typed, values: ReadonlyMap<string, string> = new Map(), rest = ''): void => {
    typed = command;
    fields = [];
    const bot = page.bot();
    const picture = el('img', { src: avatar(bot.id, bot.name), alt: '' });
    row.replaceChildren(picture, el('span', { class: 'chip' }, `/${command.path}`), line);
    line.value = '';
    for (const option of command.options) {
      const text = values.get(option.name);
      if (option.required || text !== undefined) addField(option, text);
    }
    // What was pasted without a name belongs to the first option.
    if (rest !== '') {
      const [first] = fields;
      if (first && first.input.value === '') writeField(first, rest);
      else line.value = rest;
    }
    label();
  };

  /** To the next value that is asked for, or to the end of the line. */
  const goOn = (): void => {
    const empty = fields.find(({ option, input }) => option.required && input.value.trim() === '');
    focusOn(empty?.input ?? line);
  };

  const commandPicks = (rest: string): Pick[] =>
    commands()
      .filter(({ path }) => path.startsWith(rest) || path.split(' ').some((word) => word.startsWith(rest)))
      .slice(0, shownPicks)
      .map((command) => ({
        name: `/${command.path}`,
        side: command.options
          .filter(({ required }) => required)
          .map(({ name }) => name)
          .join(' '),
        detail: command.description,
        take: () => {
          enter(command);
          goOn();
        },
      }));

  const optionPicks = (fragment: string): Pick[] =>
    absent()
      .filter(({ name }) => name.startsWith(fragment))
      .map((option) => ({
        name: option.name,
        detail: option.description,
        take: () => {
          line.value = '';
          focusOn(addField(option).input);
        },
      }));

  const valuePicks = (field: Field, choices: readonly Choice[]): Pick[] =>
    choices.slice(0, shownPicks).map(({ name, value }) => ({
      name,
      take: () => {
        field.taken = { text: name.trim(), value };
        writeField(field, name);
        goOn();
      },
    }));

  const offer = (field: Field, choices: readonly Choice[]): void => {
    const above = choices.length === 0 ? { words: 'No options match your search' } : undefined;
    picker.show(field.input, valuePicks(field, choices), true, above);
  };

  /** What the bot has not answered yet is no longer of interest. */
  const forget = (): void => {
    asked += 1;
    isAsking = false;
    takesFirst = false;
  };

  const askBot = async (field: Field, command: Typed): Promise<void> => {
    forget();
    const mine = asked;
    isAsking = true;
    picker.outdate(field.input);
    await new Promise((resolve) => setTimeout(resolve, pauseBeforeAsking));
    if (mine !== asked) return;
    const { name } = field.option;
    const told = await ask({
      kind: 'suggest',
      command: command.path,
      options: { ...valuesOf(fields), [name]: field.input.value },
      focused: name,
      ...page.who(),
    });
    // A late answer to what is no longer typed must not replace a newer one.
    if (mine !== asked) return;
    const isTakenFirst = takesFirst;
    forget();
    if (told.how === 'choices') {
      offer(field, told.choices ?? []);
      if (isTakenFirst) picker.take();
    } else picker.show(field.input, [], false, { words: told.words ?? 'Loading options failed' });
  };

  const localChoices = ({ option }: Field): readonly Choice[] | undefined => {
    if ('choices' in option && option.choices && option.choices.length > 0) return option.choices;
    if (option.type === 5) return ['True', 'False'].map((name) => ({ name, value: name.toLowerCase() }));
    return option.type === 6 ? page.members().map(({ id, name }) => ({ name, value: id })) : undefined;
  };

  const offerFor = (field: Field, command: Typed) => {
    const { option, input } = field;
    if (field.refusal) say(field.refusal, option.name, true);
    else say(option.description, option.name);
    if (isTaken(field)) return picker.hide();
    if ('autocomplete' in option && option.autocomplete) return void askBot(field, command);
    const choices = localChoices(field);
    if (!choices) return picker.hide();
    const sought = input.value.trim().toLowerCase();
    offer(
      field,
      choices.filter(({ name }) => name.toLowerCase().includes(sought)),
    );
  };

  /** A value in which `option:` stands holds more than one value: each goes to its own field. */
  const spread = (field: Field, command: Typed): boolean => {
    const { name } = field.option;
    const text = field.input.value.replace(new RegExp(`^${name}:`), '');
    const { values, focused } = readLine(`/${command.path} ${name}:${text}`, [command]);
    if (values.size < 2) {
      if (text !== field.input.value) writeField(field, text);
      return false;
    }
    for (const [key, value] of values) {
      const option = command.options.find((one) => one.name === key);
      const target = named(key) ?? (option && addField(option));
      if (target) writeField(target, value);
    }
    focusOn(named(focused)?.input ?? line);
    return true;
  };

  /** Looks at what is written where the cursor is, and offers what could follow. */
  const update = () => {
    const field = fieldOf(document.activeElement);
    forget();
    if (typed && field) return offerFor(field, typed);
    if (typed) {
      say(typed.description, `/${typed.path}`);
      const word = line.value.trim().replace(/:$/, '');
      const picks = optionPicks(word);
      const above = picks.length > 0 ? { words: 'Options' } : undefined;
      return picker.show(line, picks, word !== '', above);
    }
    say('');
    if (!line.value.startsWith('/')) return picker.hide();
    const read = readLine(line.value, commands());
    if (read.typed && line.value.startsWith(`/${read.typed.path} `)) {
      enter(read.typed, read.values, read.rest);
      const focused = named(read.focused);
      return focused ? focusOn(focused.input) : goOn();
    }
    const { id, name } = page.bot();
    const picks = commandPicks(line.value.slice(1).toLowerCase());
    picker.show(line, picks, true, picks.length > 0 ? { words: name, picture: avatar(id, name) } : undefined);
  };

  const finish = async (asks: Asked, text: string): Promise<void> => {
    const hadFocus = form.contains(document.activeElement);
    history.push(text);
    recalled = history.length;
    forget();
    picker.hide();
    leave();
    say('');
    page.sent();
    // Where the line had no focus, a phone would cover the answer with its keyboard.
    if (hadFocus) line.focus();
    const told = await ask(asks);
    if (told.words) say(told.words, undefined, true);
  };

  const sendCommand = (command: Typed) => {
    const wrong = checkFields(fields, page.members());
    if (wrong) {
      picker.hide();
      wrong.input.focus();
      forget();
      return say(wrong.refusal ?? '', wrong.option.name, true);
    }
    const rest = line.value.trim();
    if (rest !== '') return say(`is not an option of /${command.path}`, rest, true);
    const asks: Asked = { kind: 'slash', command: command.path, options: valuesOf(fields), ...page.who() };
    void finish(asks, lineFrom(command, fields));
  };

  const send = () => {
    if (typed) return sendCommand(typed);
    const text = line.value.trim();
    if (text === '') return;
    if (!text.startsWith('/')) return void finish({ kind: 'say', content: text, ...page.who() }, text);
    const read = readLine(text, commands());
    if (!read.typed) return say('is not a command here. Type / and choose one', text, true);
    enter(read.typed, read.values, read.rest);
    sendCommand(read.typed);
  };

  /** Puts a line of the history into the composer, without asking what could follow. */
  const recall = (by: -1 | 1): boolean => {
    const shown = () => (typed ? lineFrom(typed, fields) : line.value);
    const isUntouched = shown() === (recalled < history.length ? asRecalled : '');
    const text = history[recalled + by];
    if (!isUntouched || (text === undefined && (by < 0 || recalled >= history.length))) return false;
    recalled += by;
    leave();
    const read = readLine(text ?? '', commands());
    if (text?.startsWith('/') && read.typed) enter(read.typed, read.values, read.rest);
    else line.value = text ?? '';
    asRecalled = shown();
    focusOn(line);
    picker.hide();
    return true;
  };

  const step = (from: HTMLInputElement, by: -1 | 1): boolean => {
    const all = inputs();
    const next = all[all.indexOf(from) + by];
    if (next) focusOn(next);
    return next !== undefined;
  };

  /** Backspace at the start of a value: drops an optional field, and leaves the command at its first one. */
  const back = (input: HTMLInputElement): boolean => {
    const field = fieldOf(input);
    const { path } = typed ?? {};
    if (path === undefined || input.selectionEnd !== 0) return false;
    if (inputs()[0] === input && input.value === '') {
      leave(`/${path}`);
      focusOn(line);
      return true;
    }
    const before = inputs()[inputs().indexOf(input) - 1];
    if (field && !field.option.required && input.value === '') removeField(field);
    if (before) focusOn(before);
    return true;
  };

  const press = (event: KeyboardEvent, input: HTMLInputElement): boolean => {
    const isOpen = picker.isOpen();
    switch (event.key) {
      case 'ArrowDown':
        if (isOpen) picker.move(1);
        return isOpen || recall(1);
      case 'ArrowUp':
        if (recall(-1)) return true;
        if (isOpen) picker.move(-1);
        return isOpen;
      case 'ArrowLeft':
        return typed !== undefined && input.selectionEnd === 0 && step(input, -1);
      case 'ArrowRight':
        return typed !== undefined && input.selectionStart === input.value.length && step(input, 1);
      case 'Backspace':
        return back(input);
      case 'Escape':
        forget();
        picker.hide();
        return isOpen;
      case 'Tab':
        return !event.shiftKey && isOpen && picker.take(true);
      case 'Enter':
        if (isAsking && input.value.trim() !== '') takesFirst = true;
        else if (!isOpen || !picker.take()) send();
        return true;
      default:
        return false;
    }
  };

  form.addEventListener('keydown', (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.isComposing) return;
    if (event.shiftKey && event.key.startsWith('Arrow')) return;
    if (press(event, event.target)) event.preventDefault();
  });
  form.addEventListener('input', ({ target }) => {
    const field = fieldOf(target);
    if (field && typed) {
      refuseField(field, undefined);
      if (spread(field, typed)) return;
    }
    update();
  });
  form.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLInputElement) update();
  });
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) {
      forget();
      picker.hide();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  // A press beside the fields means the line.
  row.addEventListener('click', ({ target }) => {
    if (target === row) focusOn(line);
  });
  leave();

  return {
    /** Says something beside the line: why something was not done, or that it was. */
    say: (words: string, isRefusal: boolean): void => say(words, undefined, isRefusal),
    focus: (): void => line.focus(),
    /** Lays out a line as if it had been typed. */
    write: (text: string): void => {
      leave(text);
      focusOn(line);
    },
    /** Sends a line: a command of a link, say. What would not be sent stays in the composer, with the reason. */
    run: (text: string): void => {
      leave(text);
      send();
    },
    /** Looks again at what is written, once the place or the commands are other ones. */
    refresh: (): void => {
      const now = typed && commands().find(({ path }) => path === typed?.path);
      if (typed && !now) leave();
      typed = now;
      label();
      if (form.contains(document.activeElement)) update();
    },
  };
}
