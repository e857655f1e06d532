import type { APIAttachment, APIMessage } from 'discord-api-types/v10';
import { el, icon, outside } from './dom.ts';

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(2)} KB` : `${(bytes / 1_048_576).toFixed(2)} MB`;
}

/** A picture with its alternative text; opens by itself when pressed. */
export function showPicture(url: string, alt: string): HTMLElement {
  return outside(url, el('img', { src: url, alt, class: 'picture', title: alt, loading: 'lazy' }));
}

function showAttachment({
  url,
  filename,
  content_type: type,
  description,
  size: bytes,
}: APIAttachment): HTMLElement {
  const save = el(
    'a',
    { href: url, download: filename, class: 'tool', 'aria-label': `Save ${filename}`, title: 'Save' },
    icon('save'),
  );
  if (type?.startsWith('image/')) {
    return el('figure', { class: 'attached' }, showPicture(url, description ?? filename), save);
  }
  const open = outside(url, filename);
  return el('div', { class: 'file' }, icon('file'), el('span', {}, open, el('small', {}, size(bytes))), save);
}

/** What is attached to a message and not shown inside one of its embeds: to open, and to save. */
export function showAttachments({ attachments, embeds }: APIMessage): HTMLElement[] {
  const inEmbeds = JSON.stringify(embeds);
  return attachments.filter(({ url }) => !inEmbeds.includes(url)).map(showAttachment);
}
