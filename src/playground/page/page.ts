import './avatars.ts';
import '@skyra/discord-components-core/discord-messages.js';
import '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-command.js';
import '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-embed-field.js';
import '@skyra/discord-components-core/discord-embed-fields.js';
import '@skyra/discord-components-core/discord-embed-footer.js';
import '@skyra/discord-components-core/discord-attachments.js';
import '@skyra/discord-components-core/discord-action-row.js';
import '@skyra/discord-components-core/discord-button.js';
import type { CommandsByPlace, PageEvent, ShownMessage, Silence, Snapshot } from '../wire.ts';
import { createAppsMenu } from './apps-menu.ts';
import { createComposer } from './composer.ts';
import { byId, el } from './dom.ts';
import { type Around, showMessage } from './message.ts';
import { showNotice, showRefusal } from './notice.ts';
import { ask, hear } from './server.ts';

const list = byId('messages', HTMLElement);
const status = byId('status', HTMLElement);
const said = byId('said', HTMLElement);
const actor = byId('actor', HTMLSelectElement);
const scroller = document.querySelector('main') ?? document.body;

let snapshot: Snapshot | undefined;
let commands: CommandsByPlace = { server: [], dm: [], elsewhere: [] };
const messages = new Map<string, ShownMessage>();
const dismissed = new Set<string>();
let hashRun = '';

function say(words: string): void {
  said.textContent = words;
}

function who(): { as?: string } {
  return actor.value === '' ? {} : { as: actor.value };
}

function memberName(id: string): string | undefined {
  return snapshot?.members.find((one) => one.id === id)?.name;
}

const composer = createComposer(
  {
    form: byId('composer', HTMLFormElement),
    input: byId('line', HTMLInputElement),
    list: byId('picker', HTMLElement),
  },
  {
    commands: () => commands.server,
    members: () => snapshot?.members ?? [],
    actor: () => actor.value || undefined,
    say,
    sent: () => toEnd(),
  },
);

const appsMenu = createAppsMenu(async (command, messageId) => {
  const told = await ask({ kind: 'message', command, messageId, ...who() });
  if (told.words) say(told.words);
});

function messageCommands(): string[] {
  return commands.server.filter(({ type }) => type === 3).map(({ name }) => name);
}

function around(): Around {
  return {
    naming: (kind, id) => {
      if (kind === 'channel') return 'general';
      return kind === 'user'
        ? (memberName(id) ?? (id === snapshot?.bot.id ? snapshot.bot.name : undefined))
        : undefined;
    },
    press: async (messageId, customId, values = []) => {
      const told = await ask({ kind: 'press', messageId, customId, values, ...who() });
      if (told.words) say(told.words);
    },
    dismiss: (id) => {
      dismissed.add(id);
      entry(id)?.remove();
    },
    openApps: (id, x, y) => appsMenu.open(messageCommands(), id, x, y),
    hasApps: messageCommands().length > 0,
  };
}

function entry(id: string): Element | null {
  return list.querySelector(`[data-id="${CSS.escape(id)}"]`);
}

function isVisible({ message, visibleTo, where }: ShownMessage): boolean {
  return (
    where === 'server' && !dismissed.has(message.id) && (visibleTo === undefined || visibleTo === actor.value)
  );
}

function toEnd(): void {
  scroller.scrollTo({ top: scroller.scrollHeight });
}

/** Adds to the end of the channel, and stays there if one was there. */
function append(...nodes: Node[]): void {
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 200;
  list.append(...nodes);
  if (atEnd) requestAnimationFrame(toEnd);
}

function showOne(kept: ShownMessage): void {
  messages.set(kept.message.id, kept);
  const before = entry(kept.message.id);
  const shown = isVisible(kept) ? [showMessage(kept, around())] : [];
  if (before) before.replaceWith(...shown);
  else append(...shown);
}

function showAll(): void {
  list.replaceChildren();
  for (const kept of messages.values()) showOne(kept);
}

function showStatus(connected: boolean): void {
  status.hidden = connected && commands.server.length > 0;
  status.textContent = connected
    ? 'A bot is connected and has not registered a command yet.'
    : 'Waiting for the bot. Nothing answers until one connects; the terminal that printed this address says how.';
}

function showSilence({ by, waitingForBot, isAutocomplete }: Silence): void {
  if (isAutocomplete || by !== actor.value) return;
  append(
    showNotice(
      waitingForBot
        ? 'No bot is connected, so nobody answered.'
        : `${snapshot?.bot.name ?? 'The bot'} did not respond within 3 seconds.`,
    ),
  );
}

/** `/#/framework lookup name:django` runs that command, once it exists. */
function runHash(): void {
  const line = decodeURIComponent(location.hash.slice(1));
  if (!line.startsWith('/') || line === hashRun || commands.server.length === 0) return;
  hashRun = line;
  void composer.send(line);
}

function greet(told: Snapshot): void {
  const chosen = actor.value;
  snapshot = told;
  commands = told.commands;
  actor.replaceChildren(
    ...told.members.map(({ id, name }) => el('option', { value: id, selected: id === chosen }, name)),
  );
  messages.clear();
  for (const kept of told.messages) messages.set(kept.message.id, kept);
  showAll();
  showStatus(told.connected);
  composer.refresh();
  runHash();
}

function take(told: PageEvent): void {
  switch (told.type) {
    case 'hello':
      greet(told);
      break;
    case 'message':
      showOne(told.kept);
      break;
    case 'gone':
      messages.delete(told.id);
      entry(told.id)?.remove();
      break;
    case 'commands':
      commands = told.commands;
      showAll();
      showStatus(true);
      composer.refresh();
      runHash();
      break;
    case 'bot':
      showStatus(told.connected);
      break;
    case 'silence':
      showSilence(told);
      break;
    case 'refused':
      append(showRefusal(told));
      break;
  }
}

actor.addEventListener('change', showAll);
addEventListener('hashchange', () => {
  hashRun = '';
  runHash();
});
hear(take, () => {
  status.hidden = false;
  status.textContent = 'The stand-in is gone. Start it again, and this page finds it.';
});
composer.focus();
