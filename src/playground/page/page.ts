import type { CommandsByPlace, PageEvent, ShownMessage, Silence, Snapshot } from '../wire.ts';
import { createComposer } from './composer.ts';
import { byId, el, icon } from './dom.ts';
import { createDrawer } from './drawer.ts';
import { createMenu, type Item } from './menu.ts';
import { type Around, showMessage } from './message.ts';
import { showRefusal } from './notice.ts';
import { createPending } from './pending.ts';
import { createPicker } from './picker.ts';
import { refreshTimes } from './rich-text.ts';
import { ask, hear } from './server.ts';
import { createSidebar } from './sidebar.ts';
import { createTheme } from './theme.ts';
import { showWelcome } from './welcome.ts';

const list = byId('messages', HTMLElement);
const status = byId('status', HTMLElement);
const scroller = document.querySelector('main') ?? document.body;
/** Pixels from the end within which one is taken to read the latest. */
const nearEnd = 150;

let snapshot: Snapshot | undefined;
let commands: CommandsByPlace = { server: [], dm: [], elsewhere: [] };
const messages = new Map<string, ShownMessage>();
const dismissed = new Set<string>();
let hashRun = '';
/** Whether what is new is followed, because one reads the end of the channel. */
let staysAtEnd = true;

const sidebar = createSidebar(byId('sidebar', HTMLElement), byId('fold', HTMLButtonElement), () =>
  showPlace(),
);
const picker = createPicker({
  popup: byId('popup', HTMLElement),
  heading: byId('heading', HTMLElement),
  list: byId('picker', HTMLElement),
});
const composer = createComposer(
  {
    form: byId('composer', HTMLFormElement),
    row: byId('row', HTMLElement),
    line: byId('line', HTMLInputElement),
    hint: byId('hint', HTMLElement),
  },
  picker,
  {
    commands: () => commands[sidebar.where()],
    members: sidebar.members,
    bot: sidebar.bot,
    who: sidebar.who,
    place: sidebar.title,
    sent: () => toEnd(),
  },
);
const menu = createMenu();
const drawer = createDrawer(byId('drawer', HTMLElement), byId('develop', HTMLButtonElement), nameOf);
const pending = createPending(sidebar.bot, nameOf, (entry) => list.append(entry));

function nameOf(id: string): string {
  const known = [...sidebar.members(), sidebar.bot()].find((one) => one.id === id);
  return known?.name ?? 'unknown-user';
}

async function tell(asked: Parameters<typeof ask>[0]): Promise<void> {
  const told = await ask({ ...asked, ...sidebar.who() });
  if (told.words) composer.say(told.words, true);
}

/** The address that runs a line; copied, and shown in the address bar for browsers that copy nothing. */
function copyLink(line: string): void {
  const link = `${location.origin}/#${encodeURI(line)}`;
  hashRun = line;
  history.replaceState(null, '', link);
  void navigator.clipboard?.writeText(link).catch(() => undefined);
  composer.say('Link copied; the address bar holds it too.', false);
}

function itemsFor({ message, line }: ShownMessage): Item[] {
  const apps = commands[sidebar.where()]
    .filter(({ type }) => type === 3)
    .map(({ name }) => ({
      name,
      run: () => void tell({ kind: 'message', command: name, messageId: message.id }),
    }));
  const text = [message.content, ...message.embeds.flatMap(({ title, description }) => [title, description])];
  return [
    ...(apps.length > 0 ? [{ name: 'Apps', items: apps }] : []),
    { name: 'Copy text', run: () => void navigator.clipboard?.writeText(text.filter(Boolean).join('\n')) },
    ...(line === undefined ? [] : [{ name: 'Copy link', run: () => copyLink(line) }]),
  ];
}

const around = (): Around => ({
  naming: (kind, id) => (kind === 'user' ? nameOf(id) : kind === 'channel' ? 'general' : undefined),
  viewer: sidebar.actor(),
  press: (messageId, customId, values = []) => {
    entry(messageId)?.querySelector('.failed')?.remove();
    return tell({ kind: 'press', messageId, customId, values });
  },
  vote: (messageId, answers) => void tell({ kind: 'vote', messageId, answers }),
  dismiss: (id) => {
    dismissed.add(id);
    entry(id)?.remove();
    composer.focus();
  },
  openMenu: (kept, x, y) => menu.open(itemsFor(kept), x, y),
  copyLink,
});

function entry(id: string): Element | null {
  return list.querySelector(`[data-id="${CSS.escape(id)}"]`);
}

function isVisible({ message, visibleTo, of, where }: ShownMessage): boolean {
  const isMine = [visibleTo, of].every((id) => id === undefined || id === sidebar.actor());
  return where === sidebar.where() && isMine && !dismissed.has(message.id);
}

function toEnd(): void {
  staysAtEnd = true;
  scroller.scrollTo({ top: scroller.scrollHeight });
}

/**
 * Puts a newer form of a message in the place of the older one; what had the focus keeps it: the control that says the
 * same, numbers apart ('More (page 2 of 7)'), else the one of its kind in the same place.
 */
function replace(before: Element, after: HTMLElement): void {
  const active = document.activeElement;
  const hadFocus = active !== null && before.contains(active);
  const kind = active?.matches('button.button') ? 'button.button' : 'button, a, input, [tabindex]';
  const controls = (of: Element) => [...of.querySelectorAll<HTMLElement>(kind)];
  const words = (one: Element | null) => one?.textContent?.replace(/\d+/g, '') ?? '';
  const said = words(active);
  const at = controls(before).findIndex((one) => one.isSameNode(active));
  before.replaceWith(after);
  if (!hadFocus) return;
  const candidates = controls(after);
  const same = candidates.find((one) => said !== '' && words(one) === said);
  (same ?? candidates[at] ?? candidates.at(-1))?.focus({ preventScroll: true });
}

function showOne(kept: ShownMessage): void {
  messages.set(kept.message.id, kept);
  const before = entry(kept.message.id);
  if (!isVisible(kept)) before?.remove();
  else if (before) replace(before, showMessage(kept, around()));
  else list.append(showMessage(kept, around()));
}

/** What stands above the messages, and what the composer offers: both follow from the commands. */
function showCommands(): void {
  byId('welcome', HTMLElement).replaceChildren(
    ...showWelcome({
      where: sidebar.where(),
      title: sidebar.title(),
      bot: sidebar.bot(),
      commands: commands[sidebar.where()],
      examples: snapshot?.examples ?? [],
      run: composer.run,
      write: composer.write,
    }),
  );
  composer.refresh();
}

/** Shows the place that was gone to, as the one who acts sees it. */
function showPlace(): void {
  byId('place', HTMLElement).replaceChildren(...sidebar.heading());
  const seen = [...messages.values()].filter(isVisible);
  list.replaceChildren(...seen.map((kept) => showMessage(kept, around())));
  showCommands();
  toEnd();
}

function showStatus(connected: boolean): void {
  status.hidden = connected && commands.server.length > 0;
  status.textContent = connected
    ? 'A bot is connected and has not registered a command yet.'
    : 'Waiting for the bot. Nothing answers until one connects; the terminal that printed this address says how.';
}

function showSilence(told: Silence): void {
  const messageId = pending.failed(told);
  const pressed = messageId === undefined ? null : entry(messageId);
  const failed = el('div', { class: 'failed', role: 'alert' }, icon('close'), 'This interaction failed');
  pressed?.querySelector('.body')?.append(failed);
}

/** The line of a link, percent signs that encode nothing taken as they stand. */
function lineOf(hash: string): string {
  const encoded = hash.slice(1).replace(/%(?![\da-f]{2})/gi, '%25');
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** `/#/framework lookup name:django` runs that command, once it exists. */
function runHash(): void {
  const line = lineOf(location.hash);
  if (!line.startsWith('/') || line === hashRun || commands[sidebar.where()].length === 0) return;
  hashRun = line;
  composer.run(line);
}

function takeCommands(told: CommandsByPlace, connected: boolean): void {
  commands = told;
  showCommands();
  showStatus(connected);
  runHash();
}

function greet(told: Snapshot): void {
  snapshot = told;
  sidebar.take(told);
  messages.clear();
  for (const kept of told.messages) messages.set(kept.message.id, kept);
  drawer.clear();
  for (const exchange of told.exchanges) drawer.add(exchange);
  commands = told.commands;
  showPlace();
  takeCommands(told.commands, told.connected);
}

function take(told: PageEvent) {
  switch (told.type) {
    case 'hello':
      return greet(told);
    case 'message':
      return showOne(told.kept);
    case 'gone':
      messages.delete(told.id);
      return entry(told.id)?.remove();
    case 'commands':
      return takeCommands(told.commands, true);
    case 'bot':
      return showStatus(told.connected);
    case 'exchange':
      drawer.add(told);
      if (told.direction === 'to bot' && told.by === sidebar.actor() && told.where === sidebar.where()) {
        pending.sent(told);
      }
      return;
    case 'answered':
      return pending.answered(told.interactionId);
    case 'silence':
      return told.isAutocomplete ? undefined : showSilence(told);
    case 'refused':
      drawer.refuse(told);
      return list.append(showRefusal(told));
  }
}

byId('send', HTMLButtonElement).append(icon('send'));
byId('send', HTMLButtonElement).setAttribute('aria-label', 'Send');
createTheme(byId('theme', HTMLButtonElement));
addEventListener('hashchange', () => {
  hashRun = '';
  runHash();
});
// As in Discord, whoever begins to type means the composer.
document.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey, target }) => {
  const isTyping = key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
  const isElsewhere = target instanceof Element && target.closest('input, select, [role], #drawer');
  if (isTyping && !isElsewhere) composer.focus();
});
setInterval(refreshTimes, 10_000);
hear(take, () => {
  status.hidden = false;
  status.textContent = 'The stand-in is gone. Start it again, and this page finds it.';
});
let lastTop = 0;
scroller.addEventListener('scroll', () => {
  const { scrollTop, scrollHeight, clientHeight } = scroller;
  // An answer may have grown since the page itself scrolled to the end: only who scrolls up leaves it.
  if (scrollHeight - scrollTop - clientHeight < nearEnd) staysAtEnd = true;
  else if (scrollTop < lastTop) staysAtEnd = false;
  lastTop = scrollTop;
});
const follow = new ResizeObserver(() => staysAtEnd && toEnd());
follow.observe(scroller);
follow.observe(list);
// A phone would open its keyboard.
if (matchMedia('(hover: hover)').matches) composer.focus();
