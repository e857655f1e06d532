type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Makes an element: attributes that are `undefined` or `false` are left out, children are nodes or text. Never
 * parses HTML, so nothing that a bot or a member wrote can become markup.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** A button that does something. */
export function button(
  attributes: Attributes,
  act: (event: MouseEvent) => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', act);
  return made;
}

/** The element of the page with this id. Throws when the page does not have it. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`The page has no ${kind.name} #${id}.`);
  return element;
}

/** A link that opens beside the page and tells the other side nothing. */
export function outside(href: string, ...children: readonly Child[]): HTMLAnchorElement {
  return el('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...children);
}

// Drawn for this page, on a grid of 24.
const icons = {
  menu: 'M4 6h16M4 12h16M4 18h16',
  hash: 'M10 4 8 20M16 4l-2 16M5 9h15M4 15h15',
  at: 'M16 8v5a3 3 0 0 0 5-1 9 9 0 1 0-4 7.5M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8',
  people: 'M9 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M2 20c1-8 13-8 14 0M16 5a4 4 0 0 1 0 7M19 20c0-3-1-5-3-6',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M6.5 17.5 5 19',
  moon: 'M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10',
  code: 'm8 7-5 5 5 5M16 7l5 5-5 5M14 4l-4 16',
  send: 'M4 4l17 8-17 8 3-8zM7 12h7',
  out: 'M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9',
  link: 'M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l1-1',
  apps: 'M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  down: 'm6 9 6 6 6-6',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  eye: 'M2 12c4-8 16-8 20 0-4 8-16 8-20 0M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  close: 'M6 6l12 12M18 6 6 18',
  reply: 'M4 18v-6q0-4 4-4h12',
} as const;

/** One of the page's own pictures, in the colour of the text around it. */
export function icon(name: keyof typeof icons): SVGElement {
  const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', icons[name]);
  drawn.setAttribute('viewBox', '0 0 24 24');
  drawn.setAttribute('class', 'icon');
  drawn.setAttribute('aria-hidden', 'true');
  drawn.append(path);
  return drawn;
}
