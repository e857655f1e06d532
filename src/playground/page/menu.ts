import { el } from './dom.ts';

/** The menu of message commands: opened at a place, closed by Escape, by a choice or by looking elsewhere. */
export function createAppsMenu(run: (command: string, messageId: string) => void) {
  const menu = el('div', { class: 'apps-menu', role: 'menu', 'aria-label': 'Apps', hidden: true });
  document.body.append(menu);
  let before: Element | null = null;

  const close = (): void => {
    if (menu.hidden) return;
    menu.hidden = true;
    if (before instanceof HTMLElement) before.focus();
  };

  menu.addEventListener('keydown', (event) => {
    const items = [...menu.querySelectorAll('button')];
    const at = items.findIndex((one) => one.matches(':focus'));
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items[(at - 1 + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) close();
  });

  return {
    /** Opens the menu with these commands for a message, near a point of the window. */
    open: (commands: readonly string[], messageId: string, x: number, y: number): void => {
      before = document.activeElement;
      menu.replaceChildren(
        ...commands.map((name) => {
          const line = el('button', { type: 'button', role: 'menuitem' }, name);
          line.addEventListener('click', () => {
            close();
            run(name, messageId);
          });
          return line;
        }),
      );
      menu.hidden = false;
      menu.style.left = `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
      menu.style.top = `${Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`;
      menu.querySelector('button')?.focus();
    },
  };
}
