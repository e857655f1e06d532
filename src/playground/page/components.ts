import type { APIButtonComponent, APIComponentInMessageActionRow, APIMessage } from 'discord-api-types/v10';
import { button, el, icon, outside } from './dom.ts';
import { emojiNode } from './emoji.ts';
import { showSelect } from './select.ts';

/** What to do when a button is pressed or a choice is made; resolves when the bot has answered. */
export type Press = (customId: string, values?: readonly string[]) => Promise<void>;

const styles: Readonly<Record<number, string>> = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger' };

function showButton(component: APIButtonComponent, press: Press): HTMLElement {
  const label = 'label' in component ? component.label : undefined;
  const emoji = emojiNode('emoji' in component ? component.emoji : undefined, label);
  const name = label === undefined && 'emoji' in component ? component.emoji?.name : undefined;
  if ('url' in component) {
    const link = outside(component.url, emoji, label ?? '', icon('out'));
    link.className = 'button secondary';
    if (component.disabled) link.removeAttribute('href');
    return link;
  }
  const customId = 'custom_id' in component ? component.custom_id : '';
  const shown = button(
    {
      class: `button ${styles[component.style] ?? 'secondary'}`,
      disabled: component.disabled === true,
      'aria-label': name,
    },
    () => {
      if (shown.getAttribute('aria-busy') === 'true') return;
      shown.setAttribute('aria-busy', 'true');
      void press(customId).finally(() => shown.removeAttribute('aria-busy'));
    },
    emoji,
    label ?? '',
  );
  return shown;
}

function showComponent(component: APIComponentInMessageActionRow, press: Press): HTMLElement | undefined {
  if (component.type === 2) return showButton(component, press);
  return component.type === 3 ? showSelect(component, press) : undefined;
}

/** The rows of buttons and menus under a message. */
export function showRows(rows: APIMessage['components'], press: Press): HTMLElement[] {
  return (rows ?? []).flatMap((row) =>
    row.type === 1
      ? [
          el(
            'div',
            { class: 'actions' },
            ...row.components.map((component) => showComponent(component, press)),
          ),
        ]
      : [],
  );
}
