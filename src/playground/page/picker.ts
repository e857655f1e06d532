import { el } from './dom.ts';

/** One line of the list above the composer. */
export type Pick = { name: string; detail?: string | undefined; side?: string | undefined; take: () => void };

/** What is above the lines of the list: words, with a picture where they name somebody. */
export type Heading = { words: string; picture?: string };

/** The list of suggestions: what is in it, which is active, by keyboard and pointer. */
export function createPicker({ popup, heading, list }: Record<'popup' | 'heading' | 'list', HTMLElement>) {
  let picks: readonly Pick[] = [];
  let active = -1;
  let input: HTMLElement | undefined;

  const mark = (index: number): void => {
    active = index;
    for (const [at, line] of [...list.children].entries()) {
      line.setAttribute('aria-selected', String(at === index));
      if (at === index) line.scrollIntoView({ block: 'nearest' });
    }
    if (index >= 0) input?.setAttribute('aria-activedescendant', `pick-${index}`);
    else input?.removeAttribute('aria-activedescendant');
  };

  const show = (owner: HTMLElement, next: readonly Pick[], first: boolean, above?: Heading): void => {
    if (input !== owner) hide();
    input = owner;
    picks = next;
    list.replaceChildren(
      ...next.map(({ name, detail, side, take }, index) => {
        const line = el(
          'div',
          { id: `pick-${index}`, role: 'option' },
          el('span', { class: 'name' }, name),
          side !== undefined && el('small', { class: 'side' }, side),
          detail !== undefined && el('small', {}, detail),
        );
        line.addEventListener('click', take);
        line.addEventListener('pointermove', () => index !== active && mark(index));
        return line;
      }),
    );
    heading.hidden = above === undefined;
    heading.replaceChildren(
      ...(above?.picture ? [el('img', { src: above.picture, alt: '' })] : []),
      above?.words ?? '',
    );
    popup.hidden = next.length === 0 && above === undefined;
    list.removeAttribute('aria-busy');
    list.scrollTop = 0;
    owner.setAttribute('aria-expanded', String(next.length > 0));
    mark(first && next.length > 0 ? 0 : -1);
  };

  const hide = (): void => {
    mark(-1);
    input?.setAttribute('aria-expanded', 'false');
    picks = [];
    popup.hidden = true;
    list.replaceChildren();
  };

  // The input keeps the focus.
  popup.addEventListener('pointerdown', (event) => event.preventDefault());

  return {
    /** Shows suggestions for an input; `first` makes the first one active. Neither lines nor heading: hides. */
    show,
    hide,
    /** What is shown answers an older question: it stays for the eye, and cannot be taken. */
    outdate: (owner: HTMLElement) => {
      if (input !== owner) return hide();
      mark(-1);
      picks = [];
      list.setAttribute('aria-busy', 'true');
    },
    /** Moves the mark up or down, around the ends. */
    move: (by: 1 | -1): void => {
      if (picks.length > 0)
        mark((active + by + (by < 0 && active < 0 ? 1 : 0) + picks.length) % picks.length);
    },
    /** Takes the active suggestion, or the first one if `anyway`; says whether there was one. */
    take: (anyway = false): boolean => {
      const pick = picks[active] ?? (anyway ? picks[0] : undefined);
      pick?.take();
      return pick !== undefined;
    },
    isOpen: (): boolean => !popup.hidden,
  };
}

/** The list of suggestions. */
export type Picker = ReturnType<typeof createPicker>;
