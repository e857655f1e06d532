import { el } from './dom.ts';

/** One line of the list above the composer. */
export type Pick = { name: string; detail?: string; take: () => void };

/** The list of suggestions: what is in it, which is active, by keyboard and pointer. */
export function createPicker(list: HTMLElement, input: HTMLElement) {
  let picks: readonly Pick[] = [];
  let active = -1;

  const mark = (index: number): void => {
    active = index;
    for (const [at, line] of [...list.children].entries()) {
      line.setAttribute('aria-selected', String(at === index));
      if (at === index) line.scrollIntoView({ block: 'nearest' });
    }
    if (index >= 0) input.setAttribute('aria-activedescendant', `pick-${index}`);
    else input.removeAttribute('aria-activedescendant');
  };

  return {
    /** Shows suggestions; `first` makes the first one active. An empty list hides it. */
    show: (next: readonly Pick[], first: boolean): void => {
      picks = next;
      list.replaceChildren(
        ...next.map(({ name, detail, take }, index) => {
          const line = el(
            'div',
            { id: `pick-${index}`, role: 'option' },
            el('span', {}, name),
            detail !== undefined && el('small', {}, detail),
          );
          // The input keeps the focus.
          line.addEventListener('pointerdown', (event) => event.preventDefault());
          line.addEventListener('click', take);
          return line;
        }),
      );
      list.hidden = next.length === 0;
      input.setAttribute('aria-expanded', String(next.length > 0));
      mark(first && next.length > 0 ? 0 : -1);
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
    isOpen: (): boolean => picks.length > 0,
  };
}
