import type { APIAttachment, APIEmbed } from 'discord-api-types/v10';
import { showPicture } from './attachments.ts';
import { el, outside } from './dom.ts';
import { type Naming, richLine, richText } from './rich-text.ts';

/** Only pictures of the stand-in itself are shown: the page asks no other host for anything. */
function own(url: string | undefined): string | undefined {
  return url?.startsWith(`${location.origin}/`) ? url : undefined;
}

function footerDate(timestamp: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(timestamp),
  );
}

function small(url: string | undefined): HTMLElement | false {
  return url !== undefined && el('img', { src: url, alt: '', class: 'tiny' });
}

function linked(url: string | undefined, nodes: readonly Node[]): readonly Node[] {
  return url === undefined ? nodes : [outside(url, ...nodes)];
}

function picture(
  shown: { url: string; description?: string } | undefined,
  attachments: readonly APIAttachment[],
  kind: string,
): HTMLElement | false {
  const url = own(shown?.url);
  if (url === undefined) return false;
  const attached = attachments.find((one) => one.url === url);
  return el('div', { class: kind }, showPicture(url, shown?.description ?? attached?.description ?? ''));
}

/** An embed as Discord shows it. Pictures that came with the message take their alternative text from there. */
export function showEmbed(
  embed: APIEmbed,
  attachments: readonly APIAttachment[],
  naming: Naming,
): HTMLElement {
  const { title, description, url, color, author, footer, fields = [], image, thumbnail, timestamp } = embed;
  const foot = [footer?.text, timestamp && footerDate(timestamp)].filter(Boolean).join(' • ');
  const shown = el(
    'div',
    { class: 'embed' },
    picture(thumbnail, attachments, 'thumbnail'),
    author !== undefined &&
      el('div', { class: 'by' }, small(own(author.icon_url)), ...linked(author.url, [new Text(author.name)])),
    title !== undefined && el('div', { class: 'title' }, ...linked(url, richLine(title, naming))),
    description !== undefined && el('div', { class: 'description' }, ...richText(description, naming)),
    fields.length > 0 &&
      el(
        'div',
        { class: 'fields' },
        ...fields.map(({ name, value, inline }) =>
          el(
            'div',
            { class: inline ? 'inline' : undefined },
            el('div', { class: 'name' }, ...richLine(name, naming)),
            ...richText(value, naming),
          ),
        ),
      ),
    picture(image, attachments, 'image'),
    foot !== '' && el('div', { class: 'footer' }, small(own(footer?.icon_url)), foot),
  );
  if (color !== undefined) shown.style.borderLeftColor = `#${color.toString(16).padStart(6, '0')}`;
  return shown;
}
