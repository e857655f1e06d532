import type { Actor, Member, Snapshot, Where } from '../wire.ts';
import { avatar } from './avatars.ts';
import { button, el, icon } from './dom.ts';

const marks = { server: 'hash', dm: 'at', elsewhere: 'people' } as const satisfies Record<Where, string>;

/**
 * The places on the left, folded behind a button on a phone: the server's channel, the DM with the bot, and a group
 * elsewhere; below them, who is acting.
 */
export function createSidebar(nav: HTMLElement, fold: HTMLButtonElement, changed: () => void) {
  let where: Where = 'server';
  let snapshot: Snapshot | undefined;
  const actor = el('select', { id: 'actor' });
  const face = el('img', { alt: '' });
  const list = el('ul', {});
  const server = el('span', { class: 'server', 'aria-hidden': 'true' });
  const name = el('h2', {});

  const bot = (): Member => snapshot?.bot ?? { id: '0', name: 'The bot' };
  const members = (): readonly Member[] => snapshot?.members ?? [];
  const nameOf = (place: Where): string => {
    if (place === 'server') return 'general';
    return place === 'dm'
      ? bot().name
      : members()
          .map((one) => one.name)
          .join(', ');
  };

  const open = (isOpen: boolean): void => {
    nav.classList.toggle('open', isOpen);
    fold.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) list.querySelector('button')?.focus();
  };

  const go = (place: Where): void => {
    where = place;
    open(false);
    show();
    changed();
  };

  const line = (place: Where): HTMLElement =>
    el(
      'li',
      {},
      button(
        { 'aria-current': place === where && 'page' },
        () => go(place),
        icon(marks[place]),
        nameOf(place),
      ),
    );

  const show = (): void => {
    list.replaceChildren(
      line('server'),
      el('li', { class: 'section' }, 'Direct messages'),
      line('dm'),
      el('li', { class: 'section' }, 'Elsewhere, installed for yourself'),
      line('elsewhere'),
    );
    name.replaceChildren(snapshot?.guild.name ?? '');
    server.replaceChildren((snapshot?.guild.name ?? '').slice(0, 1));
    const acting = members().find(({ id }) => id === actor.value);
    face.src = avatar(acting?.id ?? '0', acting?.name ?? '?');
  };

  nav.append(
    el('div', { class: 'rail' }, server),
    el(
      'div',
      { class: 'places' },
      name,
      list,
      el('div', { class: 'me' }, face, el('label', { for: 'actor' }, 'Acting as'), actor),
    ),
  );
  fold.append(icon('menu'));
  fold.setAttribute('aria-label', 'Places and members');
  fold.addEventListener('click', () => open(!nav.classList.contains('open')));
  actor.addEventListener('change', () => {
    show();
    changed();
  });
  nav.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !nav.classList.contains('open')) return;
    open(false);
    fold.focus();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !nav.contains(target) && !fold.contains(target)) open(false);
  });

  return {
    where: (): Where => where,
    who: (): Actor => ({ where, ...(actor.value === '' ? {} : { as: actor.value }) }),
    actor: (): string => actor.value,
    bot,
    members,
    /** What the place is called where one writes: `#general`. */
    title: (): string => `${{ server: '#', dm: '@', elsewhere: '' }[where]}${nameOf(where)}`,
    /** The place's mark and name, for the top of the page. */
    heading: (): readonly Node[] => [icon(marks[where]), new Text(nameOf(where))],
    /** Takes in what the stand-in says of its server. */
    take: (told: Snapshot): void => {
      const chosen = actor.value;
      snapshot = told;
      actor.replaceChildren(
        ...told.members.map((one) => el('option', { value: one.id, selected: one.id === chosen }, one.name)),
      );
      show();
    },
  };
}
