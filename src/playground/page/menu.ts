import { button, el, icon } from './dom.ts';

/** A line of a menu: something to do, or more lines. */
export type Item = { name: string; run: () => void } | { name: string; items: readonly Item[] };

/** The one menu of the page: opened at a place, closed by Escape, by a choice or by looking elsewhere. */
export function createMenu() {
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': 'Message', hidden: true });
  document.body.append(menu);
  let before: Element | null = null;

  const close = (): void => {
    if (menu.hidden) return;
    menu.hidden = true;
    if (before instanceof HTMLElement) before.focus();
  };
  const linesOf = (group: Element | null) =>
    [...(group?.children ?? [])].filter((line) => line instanceof HTMLButtonElement);

  const unfold = (line: HTMLElement, group: HTMLElement, isOpen: boolean): void => {
    group.hidden = !isOpen;
    line.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) linesOf(group)[0]?.focus();
    else line.focus();
  };

  const show = (item: Item): HTMLElement[] => {
    if ('run' in item) {
      const act = () => {
        close();
        item.run();
      };
      return [button({ role: 'menuitem', tabindex: -1 }, act, item.name)];
    }
    const group = el(
      'div',
      { class: 'group', role: 'menu', 'aria-label': item.name, hidden: true },
      ...item.items.flatMap(show),
    );
    const line = button(
      { role: 'menuitem', tabindex: -1, 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
      () => unfold(line, group, group.hidden === true),
      item.name,
      icon('down'),
    );
    return [line, group];
  };

  const key = ({ key: pressed, target }: KeyboardEvent): boolean => {
    if (!(target instanceof HTMLElement)) return false;
    const group = target.parentElement;
    const lines = linesOf(group);
    const at = lines.findIndex((line) => target.isSameNode(line));
    const parent = group?.previousElementSibling;
    const isNested = group !== menu && parent instanceof HTMLElement && group !== null;
    if (pressed === 'ArrowDown') lines[(at + 1) % lines.length]?.focus();
    else if (pressed === 'ArrowUp') lines[(at - 1 + lines.length) % lines.length]?.focus();
    else if (pressed === 'ArrowRight' && target.ariaHasPopup) target.click();
    else if ((pressed === 'ArrowLeft' || pressed === 'Escape') && isNested) unfold(parent, group, false);
    else if (pressed === 'Escape' || pressed === 'Tab') close();
    else return false;
    return true;
  };

  menu.addEventListener('keydown', (event) => {
    if (key(event)) event.preventDefault();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) close();
  });

  return {
    /** Opens the menu with these lines, near a point of the window. */
    open: (items: readonly Item[], x: number, y: number): void => {
      before = document.activeElement;
      menu.replaceChildren(...items.flatMap(show));
      menu.hidden = false;
      menu.style.left = `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
      menu.style.top = `${Math.max(8, Math.min(y, innerHeight - 260))}px`;
      linesOf(menu)[0]?.focus();
    },
  };
}
