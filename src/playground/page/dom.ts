type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Makes an element: attributes that are `undefined` or `false` are left out, children are nodes or text. Never
 * parses HTML, so nothing that a bot or a member wrote can become markup.
 */
export function el<Tag extends string>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  // createElement returns the element of that name; the compiler cannot follow it through the condition.
  return element as ReturnType<typeof el<Tag>>;
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
