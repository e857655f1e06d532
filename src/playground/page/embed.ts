import type { APIEmbed } from 'discord-api-types/v10';
import { el } from './dom.ts';
import { type Naming, richText } from './rich-text.ts';

/** Only pictures of the stand-in itself are shown: the page asks no other host for anything. */
function own(url: string | undefined): string | undefined {
  return url?.startsWith(`${location.origin}/`) ? url : undefined;
}

function footerDate(timestamp: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(timestamp),
  );
}

function inlineIndexes(fields: readonly { inline?: boolean | undefined }[]): (number | undefined)[] {
  let run = 0;
  return fields.map(({ inline }) => {
    run = inline ? run + 1 : 0;
    return inline ? ((run - 1) % 3) + 1 : undefined;
  });
}

/** An embed as Discord shows it. */
export function showEmbed(embed: APIEmbed, naming: Naming): HTMLElement {
  const { title, description, url, color, author, footer, fields = [], image, thumbnail, timestamp } = embed;
  const colour = color === undefined ? undefined : `#${color.toString(16).padStart(6, '0')}`;
  const indexes = inlineIndexes(fields);
  const foot = [footer?.text, timestamp && footerDate(timestamp)].filter(Boolean).join(' • ');
  const picture = own(image?.url);
  return el(
    'discord-embed',
    {
      slot: 'embeds',
      color: colour,
      'embed-title': title,
      url,
      'author-name': author?.name,
      'author-url': author?.url,
      'author-image': own(author?.icon_url),
      thumbnail: own(thumbnail?.url),
    },
    description !== undefined &&
      el('discord-embed-description', { slot: 'description' }, ...richText(description, naming)),
    fields.length > 0 &&
      el(
        'discord-embed-fields',
        { slot: 'fields' },
        ...fields.map((field, index) =>
          el(
            'discord-embed-field',
            { 'field-title': field.name, inline: field.inline === true, 'inline-index': indexes[index] },
            ...richText(field.value, naming),
          ),
        ),
      ),
    (picture !== undefined || foot !== '') &&
      el(
        'div',
        { slot: 'footer', class: 'foot' },
        picture !== undefined &&
          el('img', {
            src: picture,
            alt: image && 'description' in image ? String(image.description) : '',
            class: 'picture',
          }),
        foot !== '' && el('discord-embed-footer', { 'footer-image': own(footer?.icon_url) }, foot),
      ),
  );
}
