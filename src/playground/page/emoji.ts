import { el } from './dom.ts';

/** An emoji of the application's own, by its picture on this stand-in; beside a label its name would be noise. */
export function ownEmoji(id: string, name: string, isLabelled = false): HTMLElement {
  const said = `:${name}:`;
  return el('img', {
    src: `/files/${id}`,
    alt: isLabelled ? '' : said,
    title: isLabelled ? undefined : said,
    class: 'emoji',
  });
}

/** An emoji beside a label, if there is one: a character, or the application's own picture. */
export function emojiNode(
  emoji: { id?: string | null; name?: string | null } | undefined,
  label: string | undefined,
): Node | undefined {
  if (emoji?.id) return ownEmoji(emoji.id, emoji.name ?? '', Boolean(label));
  return emoji?.name ? el('span', { class: 'emoji' }, emoji.name) : undefined;
}
