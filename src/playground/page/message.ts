import type { APIMessage } from 'discord-api-types/v10';
import type { ShownMessage } from '../wire.ts';
import { showAttachments } from './attachments.ts';
import { avatar } from './avatars.ts';
import { type Press, showRows } from './components.ts';
import { button, el, icon } from './dom.ts';
import { showEmbed } from './embed.ts';
import { showPoll, type Vote } from './poll.ts';
import { type Naming, richText } from './rich-text.ts';

/** What a message needs of the page around it. */
export type Around = {
  naming: Naming;
  /** The member who looks. */
  viewer: string;
  press: (messageId: string, ...pressed: Parameters<Press>) => ReturnType<Press>;
  vote: (messageId: string, ...voted: Parameters<Vote>) => void;
  dismiss: (messageId: string) => void;
  /** Opens the menu of a message at a place of the window. */
  openMenu: (kept: ShownMessage, x: number, y: number) => void;
  copyLink: (line: string) => void;
};

const suppressEmbeds = 1 << 2;
const longPress = 500;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

function when(timestamp: string): HTMLElement {
  const date = new Date(timestamp);
  const isToday = new Date().toDateString() === date.toDateString();
  const text = isToday ? `Today at ${clock.format(date)}` : `${day.format(date)} ${clock.format(date)}`;
  return el('time', { datetime: timestamp, title: whole.format(date) }, text);
}

type Author = { id: string; name: string; bot: boolean };

function authorOf({ author }: Pick<APIMessage, 'author'>): Author {
  return { id: author.id, name: author.global_name ?? author.username, bot: author.bot === true };
}

/** The line above an answer: who did what to get it. */
export function showOrigin(by: Author, words: string, on?: string): HTMLElement {
  return el(
    'div',
    { class: 'origin' },
    icon('reply'),
    el('img', { src: avatar(by.id, by.name), alt: '' }),
    el('strong', {}, by.name),
    ` ${words} `,
    on !== undefined && el('span', { class: 'mention' }, on),
  );
}

function originOf({ interaction, type, referenced_message: target }: APIMessage): HTMLElement | undefined {
  if (interaction) {
    const by = authorOf({ author: interaction.user });
    return showOrigin(by, 'used', type === 23 ? interaction.name : `/${interaction.name}`);
  }
  if (!target) return undefined;
  const words = target.content || target.embeds[0]?.title || 'Click to see attachment';
  const plain = words.replace(/<a?:\w+:\d+>\s?/g, '');
  return showOrigin(authorOf(target), plain.slice(0, 80));
}

/** 'Only you can see this', with what dismisses it. */
export function onlyYou(dismiss: () => void): HTMLElement {
  return el(
    'div',
    { class: 'only-you' },
    icon('eye'),
    'Only you can see this • ',
    button({ class: 'plain' }, dismiss, 'Dismiss message'),
  );
}

/** The frame of a message: who said it and when, around what was said. */
export function frame(
  author: Author,
  timestamp: string,
  origin: HTMLElement | undefined,
  ...body: readonly (Node | undefined | false)[]
): HTMLElement {
  return el(
    'article',
    { class: 'entry', 'aria-label': author.name },
    origin,
    el('img', { src: avatar(author.id, author.name), alt: '', class: 'avatar' }),
    el(
      'div',
      { class: 'head' },
      el('strong', {}, author.name),
      author.bot && el('span', { class: 'tag' }, 'APP'),
      when(timestamp),
    ),
    el('div', { class: 'body' }, ...body),
  );
}

/** Waiting, in words and in three dots. */
export function dots(words: string): HTMLElement {
  return el(
    'span',
    { class: 'thinking', role: 'status' },
    el('span', { class: 'dots', 'aria-hidden': 'true' }),
    words,
  );
}

/** Opens the menu on a right click and on a long press, except where the browser's own menu is of more use. */
function listenForMenu(entry: HTMLElement, open: (x: number, y: number) => void): void {
  let timer = 0;
  const forget = () => clearTimeout(timer);
  entry.addEventListener('contextmenu', (event) => {
    if (event.target instanceof Element && event.target.closest('a, input')) return;
    event.preventDefault();
    forget();
    open(event.clientX, event.clientY);
  });
  entry.addEventListener('pointerdown', ({ pointerType, clientX, clientY }) => {
    forget();
    if (pointerType === 'touch') timer = setTimeout(open, longPress, clientX, clientY);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const)
    entry.addEventListener(end, forget);
}

function tools(kept: ShownMessage, around: Around): HTMLElement {
  const { line } = kept;
  const more = button(
    { class: 'tool', 'aria-haspopup': 'menu', 'aria-label': 'Apps and more', title: 'Apps and more' },
    () => {
      const { left, bottom } = more.getBoundingClientRect();
      around.openMenu(kept, left, bottom + 4);
    },
    icon('more'),
  );
  const link =
    line !== undefined &&
    button(
      { class: 'tool', 'aria-label': 'Copy link', title: 'Copy link' },
      () => around.copyLink(line),
      icon('link'),
    );
  return el('div', { class: 'tools' }, link, more);
}

/** A message as Discord's client shows it. */
export function showMessage(kept: ShownMessage, around: Around): HTMLElement {
  const { message, visibleTo, thinking, votes } = kept;
  const { id, content, attachments, poll, components, flags = 0 } = message;
  const author = authorOf(message);
  const embeds = (flags & suppressEmbeds) === 0 ? message.embeds : [];
  const entry = frame(
    author,
    message.timestamp,
    originOf(message),
    thinking && dots(`${author.name} is thinking…`),
    ...(content === '' ? [] : [el('div', { class: 'content' }, ...richText(content, around.naming))]),
    message.edited_timestamp !== null && el('small', { class: 'edited' }, '(edited)'),
    ...showAttachments(message),
    ...embeds.map((embed) => showEmbed(embed, attachments, around.naming)),
    poll && showPoll(poll, votes?.[around.viewer] ?? [], (answers) => around.vote(id, answers)),
    ...showRows(components, (...pressed) => around.press(id, ...pressed)),
    visibleTo !== undefined && onlyYou(() => around.dismiss(id)),
  );
  entry.dataset.id = id;
  if (visibleTo !== undefined) entry.classList.add('private');
  if (message.mentions.some((user) => user.id === around.viewer)) entry.classList.add('mentioned');
  if (!thinking) {
    entry.append(tools(kept, around));
    listenForMenu(entry, (x, y) => around.openMenu(kept, x, y));
  }
  return entry;
}
