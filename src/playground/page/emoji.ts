import { el } from './dom.ts';

/** An emoji of the application's own, by its picture on this stand-in. */
export function ownEmoji(id: string, name: string): HTMLElement {
  return el('img', { src: `/files/${id}`, alt: `:${name}:`, title: `:${name}:`, class: 'emoji' });
}

/** An emoji beside a label: a character, or the application's own picture. */
export function emojiNode(emoji: { id?: string | null; name?: string | null } | undefined): Node | undefined {
  if (emoji?.id) return ownEmoji(emoji.id, emoji.name ?? '');
  return emoji?.name ? el('span', { class: 'emoji' }, emoji.name) : undefined;
}
