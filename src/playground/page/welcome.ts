import { type Typed, typedCommands } from '../command-line.ts';
import type { CommandsByPlace, Example, Where } from '../wire.ts';
import { avatar } from './avatars.ts';
import { button, el } from './dom.ts';

type About = {
  where: Where;
  title: string;
  bot: { id: string; name: string };
  commands: CommandsByPlace[Where];
  examples: readonly Example[];
  run: (line: string) => void;
  write: (line: string) => void;
};

const shownExamples = 3;

const places = {
  server: 'a channel of a server that has the bot: everyone here sees its answers',
  dm: 'a direct message with it: nobody else reads it',
  elsewhere: 'a group without the bot: you have it installed for yourself, and take it everywhere',
} as const satisfies Record<Where, string>;

/** What to try with a bot that suggests nothing: its first commands, laid out and not sent. */
function firstCommands(typed: readonly Typed[]): Example[] {
  return typed
    .slice(0, shownExamples)
    .map(({ path, description }) => ({ line: `/${path}`, words: description }));
}

/** What stands at the beginning of a channel: what this is, and three things to try. */
export function showWelcome({ where, title, bot, commands, examples, run, write }: About): Node[] {
  const typed = typedCommands(commands);
  const known = examples.filter(({ line }) => typed.some(({ path }) => `${line} `.startsWith(`/${path} `)));
  const offered = known.length > 0 ? known : firstCommands(typed);
  return [
    el('img', { src: avatar(bot.id, bot.name), alt: '', class: 'avatar' }),
    el('h2', {}, `Meet ${bot.name}`),
    el(
      'p',
      {},
      `This is a stand-in for Discord on your machine, with the real ${bot.name} in it. ${title} is ${places[where]}. `,
      'Nothing leaves this machine, and nothing is kept when it ends.',
    ),
    ...(offered.length === 0 ? [] : [el('p', { id: 'try' }, 'Three things to try, or type / below:')]),
    el(
      'div',
      { class: 'examples', role: 'group', 'aria-labelledby': 'try' },
      ...offered
        .slice(0, shownExamples)
        .map(({ line, words }) =>
          button(
            {},
            () => (known.length > 0 ? run(line) : write(`${line} `)),
            el('span', {}, words),
            el('code', {}, line),
          ),
        ),
    ),
  ];
}
