import type { APIAttachment, APIMessage, APIPoll } from 'discord-api-types/v10';
import type { ShownMessage } from '../wire.ts';
import { avatar } from './avatars.ts';
import { type Press, showRows } from './components.ts';
import { el } from './dom.ts';
import { showEmbed } from './embed.ts';
import { type Naming, richLine, richText } from './rich-text.ts';

/** What a message needs of the page around it. */
export type Around = {
  naming: Naming;
  press: (messageId: string, customId: string, values?: readonly string[]) => Promise<void>;
  dismiss: (messageId: string) => void;
  /** Opens the menu of message commands at a place of the window. */
  openApps: (messageId: string, x: number, y: number) => void;
  hasApps: boolean;
};

const suppressEmbeds = 1 << 2;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });

function when(timestamp: string): string {
  const date = new Date(timestamp);
  const today = new Date().toDateString() === date.toDateString();
  return today ? `Today at ${clock.format(date)}` : `${day.format(date)} ${clock.format(date)}`;
}

function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`;
}

function showAttachment({
  url,
  filename,
  content_type: type,
  description,
  size: bytes,
}: APIAttachment): HTMLElement {
  return type?.startsWith('image/')
    ? el('img', { src: url, alt: description ?? filename, class: 'picture' })
    : el('a', { href: url, download: filename, class: 'file' }, filename, ' ', el('small', {}, size(bytes)));
}

function showAttachments({ attachments, embeds }: APIMessage): HTMLElement | undefined {
  const inEmbeds = JSON.stringify(embeds);
  const loose = attachments.filter(({ url }) => !inEmbeds.includes(url));
  return loose.length === 0
    ? undefined
    : el('discord-attachments', { slot: 'attachments' }, ...loose.map(showAttachment));
}

function showPoll(poll: APIPoll, naming: Naming): HTMLElement {
  return el(
    'section',
    { slot: 'attachments', class: 'poll', 'aria-label': 'Poll' },
    el('strong', {}, ...richLine(poll.question.text ?? '', naming)),
    el(
      'ul',
      {},
      ...poll.answers.map(({ poll_media: { text, emoji } }) =>
        el('li', {}, emoji?.name ? `${emoji.name} ` : '', text ?? ''),
      ),
    ),
    el('small', {}, poll.expiry === null ? '' : `Ends ${when(poll.expiry)}`),
  );
}

/** The line above an answer: who ran which command, on what. */
function showCommand({ interaction, type, referenced_message: target }: APIMessage): HTMLElement | undefined {
  if (!interaction) return undefined;
  const { user, name } = interaction;
  const author = user.global_name ?? user.username;
  return el('discord-command', {
    slot: 'reply',
    author,
    avatar: avatar(user.id, author),
    command: type === 23 ? name : `/${name}`,
    ...(type === 23 && target
      ? {
          type: 'message_command',
          'context-user-name': target.author.global_name ?? target.author.username,
          'context-user-image': avatar(target.author.id, target.author.username),
        }
      : {}),
  });
}

function thinking(name: string): HTMLElement {
  return el(
    'span',
    { class: 'thinking', role: 'status' },
    el('span', { class: 'dots', 'aria-hidden': 'true' }),
    `${name} is thinking…`,
  );
}

/** A message as Discord's client shows it. */
export function showMessage(
  { message, visibleTo, thinking: isThinking }: ShownMessage,
  around: Around,
): HTMLElement {
  const { author } = message;
  const name = author.global_name ?? author.username;
  const press: Press = (customId, values) => around.press(message.id, customId, values);
  const shown = el(
    'discord-message',
    {
      author: name,
      avatar: avatar(author.id, name),
      bot: author.bot === true,
      edited: message.edited_timestamp !== null,
      ephemeral: visibleTo !== undefined,
    },
    showCommand(message),
    isThinking
      ? thinking(name)
      : el('div', { class: 'content' }, ...richText(message.content, around.naming)),
    showAttachments(message),
    message.poll && showPoll(message.poll, around.naming),
    ...(((message.flags ?? 0) & suppressEmbeds) === 0 ? message.embeds : []).map((embed) =>
      showEmbed(embed, around.naming),
    ),
    showRows(message.components, press),
  );
  // These two are properties of the component and not attributes: text with a comma, and a function.
  Object.assign(shown, {
    timestamp: when(message.timestamp),
    dismissMessageClicked: () => around.dismiss(message.id),
  });
  const entry = el('div', { class: 'entry', 'data-id': message.id }, shown);
  if (around.hasApps && !isThinking) {
    const apps = el('button', { type: 'button', class: 'apps', 'aria-haspopup': 'menu' }, 'Apps');
    apps.addEventListener('click', () => {
      const { left, bottom } = apps.getBoundingClientRect();
      around.openApps(message.id, left, bottom);
    });
    entry.append(apps);
    entry.addEventListener('contextmenu', (event) => {
      if (event.target instanceof Element && event.target.closest('a, input, select')) return;
      event.preventDefault();
      around.openApps(message.id, event.clientX, event.clientY);
    });
  }
  return entry;
}
