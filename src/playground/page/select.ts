import type { APIStringSelectComponent } from 'discord-api-types/v10';
import type { Press } from './components.ts';
import { button, el, icon } from './dom.ts';
import { emojiNode } from './emoji.ts';

/** Room that an open list asks for below its menu before it opens above it, in pixels. */
const roomBelow = 280;
const typingPause = 600;

/**
 * A string menu as Discord shows it: a box that opens a list of options with descriptions and emoji. The box keeps the
 * focus, after https://www.w3.org/WAI/ARIA/apg/patterns/combobox/examples/combobox-select-only/. A choice is sent at
 * once where one is taken, and when the list closes where several are.
 */
export function showSelect(select: APIStringSelectComponent, press: Press): HTMLElement {
  const { options } = select;
  const least = select.min_values ?? 1;
  const most = select.max_values ?? 1;
  const isMulti = most > 1;
  const name = select.placeholder ?? 'Make a selection';
  const id = `menu-${crypto.randomUUID()}`;
  const given = options.filter((option) => option.default).map(({ value }) => value);
  let chosen = given;
  let active = -1;
  let sought = { text: '', at: 0 };

  const shownValue = el('span', { class: 'value' });
  const box = button(
    {
      class: 'box',
      role: 'combobox',
      'aria-haspopup': 'listbox',
      'aria-expanded': 'false',
      'aria-controls': id,
      disabled: select.disabled === true,
    },
    () => (list.hidden ? open() : close(true)),
    shownValue,
    icon('down'),
  );
  const lines = options.map((option, index) =>
    el(
      'div',
      { id: `${id}-${index}`, role: 'option' },
      emojiNode(option.emoji, option.label),
      el(
        'span',
        { class: 'words' },
        option.label,
        option.description !== undefined && el('small', {}, option.description),
      ),
      el('span', { class: isMulti ? 'check' : 'radio', 'aria-hidden': 'true' }),
    ),
  );
  const rows = el(
    'div',
    { id, role: 'listbox', 'aria-label': name, 'aria-multiselectable': isMulti && 'true' },
    ...lines,
  );
  const count = el('small', { role: 'status' });
  const done = button({ class: 'done', tabindex: -1 }, () => close(true), 'Select');
  const list = el(
    'div',
    { class: 'options', hidden: true },
    rows,
    isMulti && el('div', { class: 'foot' }, count, done),
  );
  const shell = el('div', { class: 'select' }, box, list);

  const isWithin = () => chosen.length >= least && chosen.length <= most;
  const show = (): void => {
    const labels = options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
    shownValue.replaceChildren(labels.length > 0 ? labels.join(', ') : name);
    shownValue.classList.toggle('empty', labels.length === 0);
    box.setAttribute('aria-label', labels.length > 0 ? `${name}: ${labels.join(', ')}` : name);
    for (const [index, line] of lines.entries()) {
      const isChosen = chosen.includes(options[index]?.value ?? '');
      line.setAttribute('aria-selected', String(isChosen));
      line.setAttribute('aria-disabled', String(isMulti && !isChosen && chosen.length >= most));
      line.classList.toggle('active', index === active);
    }
    count.replaceChildren(`${chosen.length} of ${most}`);
    done.disabled = !isWithin();
    if (active >= 0) box.setAttribute('aria-activedescendant', `${id}-${active}`);
    else box.removeAttribute('aria-activedescendant');
  };
  const mark = (index: number): void => {
    active = Math.max(0, Math.min(index, options.length - 1));
    show();
    lines[active]?.scrollIntoView({ block: 'nearest' });
  };
  const open = (): void => {
    const { bottom, top } = box.getBoundingClientRect();
    list.classList.toggle('up', innerHeight - bottom < roomBelow && top > roomBelow);
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
    mark(options.findIndex(({ value }) => chosen.includes(value)));
  };
  const close = (isMeant: boolean): void => {
    if (list.hidden) return;
    list.hidden = true;
    active = -1;
    box.setAttribute('aria-expanded', 'false');
    const isChanged = chosen.join() !== given.join();
    if (isMeant && isChanged && isWithin()) void press(select.custom_id, chosen);
    else chosen = given;
    show();
  };
  const choose = (index: number) => {
    const value = options[index]?.value;
    if (value === undefined) return;
    const isChosen = chosen.includes(value);
    if (isMulti) {
      const next = isChosen ? chosen.filter((one) => one !== value) : [...chosen, value];
      if (next.length <= most) chosen = options.map((one) => one.value).filter((one) => next.includes(one));
      return mark(index);
    }
    chosen = isChosen && least === 0 ? [] : [value];
    close(true);
  };
  const seek = (letter: string): void => {
    const now = performance.now();
    sought = { text: (now - sought.at < typingPause ? sought.text : '') + letter.toLowerCase(), at: now };
    const found = options.findIndex(({ label }) => label.toLowerCase().startsWith(sought.text));
    if (found >= 0) mark(found);
  };
  const key = ({ key: pressed }: KeyboardEvent): boolean => {
    const isOpen = !list.hidden;
    if (['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(pressed) && !isOpen) open();
    else if (pressed === 'ArrowDown') mark(active + 1);
    else if (pressed === 'ArrowUp') mark(active - 1);
    else if (pressed === 'Home') mark(0);
    else if (pressed === 'End') mark(options.length - 1);
    else if (pressed === 'Enter' || pressed === ' ') choose(active);
    else if (pressed === 'Escape' && isOpen) close(false);
    else if (pressed.length === 1) {
      if (!isOpen) open();
      seek(pressed);
    } else return false;
    return true;
  };

  box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key(event)) event.preventDefault();
  });
  box.addEventListener('blur', () => close(true));
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  for (const [index, line] of lines.entries()) line.addEventListener('click', () => choose(index));
  show();
  return shell;
}
