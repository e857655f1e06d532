import type {
  APIButtonComponent,
  APIComponentInMessageActionRow,
  APIMessage,
  APIMessageComponentEmoji,
  APIStringSelectComponent,
} from 'discord-api-types/v10';
import { el } from './dom.ts';

/** What to do when a button is pressed or a choice is made; resolves when the bot has answered. */
export type Press = (customId: string, values?: readonly string[]) => Promise<void>;

const buttonTypes: Readonly<Record<number, string>> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'destructive',
};

function emojiNode(emoji: APIMessageComponentEmoji | undefined): Node | undefined {
  if (!emoji) return undefined;
  if (emoji.id) return el('img', { src: `/files/${emoji.id}`, alt: emoji.name ?? '', class: 'emoji' });
  return document.createTextNode(`${emoji.name ?? ''} `);
}

function showButton(button: APIButtonComponent, press: Press): HTMLElement {
  const label = 'label' in button ? button.label : undefined;
  const emoji = 'emoji' in button ? button.emoji : undefined;
  const url = 'url' in button ? button.url : undefined;
  const customId = 'custom_id' in button ? button.custom_id : undefined;
  const shown = el(
    'discord-button',
    { type: buttonTypes[button.style] ?? 'secondary', url, disabled: button.disabled === true },
    emojiNode(emoji),
    label ?? '',
  );
  if (customId !== undefined && !button.disabled) {
    shown.addEventListener('click', () => {
      if (shown.hasAttribute('aria-busy')) return;
      shown.setAttribute('aria-busy', 'true');
      void press(customId).finally(() => shown.removeAttribute('aria-busy'));
    });
  }
  return shown;
}

function optionText(option: APIStringSelectComponent['options'][number]): string {
  return [option.emoji?.id ? undefined : option.emoji?.name, option.label].filter(Boolean).join(' ');
}

function showSingle(select: APIStringSelectComponent, press: Press): HTMLElement {
  const name = select.placeholder ?? 'Make a selection';
  const mayBeEmpty = select.min_values === 0;
  const chosen = select.options.some((option) => option.default);
  const shown = el(
    'select',
    { class: 'menu', 'aria-label': name, disabled: select.disabled === true },
    el('option', { value: '', selected: !chosen, disabled: !mayBeEmpty, hidden: !mayBeEmpty }, name),
    ...select.options.map((option) =>
      el(
        'option',
        { value: option.value, selected: option.default === true },
        optionText(option),
        option.description !== undefined && ` (${option.description})`,
      ),
    ),
  );
  shown.addEventListener(
    'change',
    () => void press(select.custom_id, shown.value === '' ? [] : [shown.value]),
  );
  return shown;
}

function showMulti(select: APIStringSelectComponent, press: Press): HTMLElement {
  const name = select.placeholder ?? 'Make selections';
  const least = select.min_values ?? 1;
  const most = select.max_values ?? 1;
  const chosen = select.options.filter((option) => option.default).map(optionText);
  const boxes = select.options.map((option) => {
    const box = el('input', { type: 'checkbox', value: option.value, checked: option.default === true });
    return {
      box,
      row: el(
        'label',
        {},
        box,
        el(
          'span',
          {},
          optionText(option),
          option.description !== undefined && el('small', {}, option.description),
        ),
      ),
    };
  });
  const send = el('button', { type: 'button' }, 'Choose');
  const values = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  const count = () => {
    const size = values().length;
    send.disabled = size < least || size > most;
    for (const { box } of boxes) box.disabled = !box.checked && size >= most;
  };
  count();
  const shown = el(
    'details',
    { class: 'menu' },
    el('summary', {}, chosen.length > 0 ? chosen.join(', ') : name),
    el(
      'fieldset',
      { disabled: select.disabled === true },
      el('legend', { class: 'hidden' }, name),
      ...boxes.map(({ row }) => row),
      send,
    ),
  );
  shown.addEventListener('change', count);
  send.addEventListener('click', () => {
    shown.open = false;
    void press(select.custom_id, values());
  });
  return shown;
}

function showComponent(component: APIComponentInMessageActionRow, press: Press): HTMLElement | undefined {
  if (component.type === 2) return showButton(component, press);
  if (component.type !== 3) return undefined;
  return (component.max_values ?? 1) > 1 ? showMulti(component, press) : showSingle(component, press);
}

/** The rows of buttons and menus under a message. */
export function showRows(rows: APIMessage['components'], press: Press): HTMLElement | undefined {
  const shown = (rows ?? []).flatMap((row) =>
    row.type === 1
      ? [el('discord-action-row', {}, ...row.components.map((component) => showComponent(component, press)))]
      : [],
  );
  return shown.length === 0 ? undefined : el('discord-attachments', { slot: 'components' }, ...shown);
}
