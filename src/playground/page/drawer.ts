import type { Exchange, Measure, Refused } from '../wire.ts';
import { button, el, icon } from './dom.ts';
import { showProblems } from './notice.ts';

const keptGroups = 60;
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

function kilobytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`;
}

function fuller(one: Measure, other: Measure): number {
  return other.found / other.max - one.found / one.max;
}

function showMeasures({ measures }: Exchange): HTMLElement | false {
  return (
    measures.length > 0 &&
    el(
      'table',
      {},
      el('caption', {}, 'Size against Discord’s limits'),
      ...[...measures]
        .sort(fuller)
        .map(({ what, found, max }) =>
          el(
            'tr',
            { class: found > max ? 'over' : undefined },
            el('th', { scope: 'row' }, what),
            el('td', {}, `${found.toLocaleString()} of ${max.toLocaleString()}`),
            el('td', {}, el('meter', { value: found, max, high: max * 0.9, 'aria-label': what })),
          ),
        ),
    )
  );
}

/** One payload: closed, what it is and how large; open, its measures and its JSON. */
function showExchange(exchange: Exchange, since: number | undefined): HTMLElement {
  const { direction, what, payload, bytes, files, at } = exchange;
  const isToBot = direction === 'to bot';
  const after = since === undefined || isToBot ? '' : ` · after ${at - since} ms`;
  const shown = el(
    'details',
    {},
    el(
      'summary',
      {},
      el('span', {}, `${isToBot ? '→ ' : '← '}${isToBot ? 'interaction' : what}`),
      el('small', {}, `${kilobytes(bytes)}${after}`),
    ),
  );
  // A payload is written out when somebody wants to read it.
  shown.addEventListener(
    'toggle',
    () => {
      const json = JSON.stringify(payload, undefined, 2);
      const copy = button({ class: 'plain' }, () => void navigator.clipboard.writeText(json), 'Copy');
      shown.append(
        ...[showMeasures(exchange)].filter((table) => table !== false),
        ...files.map(({ name, size }) => el('p', {}, `file ${name}, ${kilobytes(size)}`)),
        copy,
        el('pre', { tabindex: 0, 'aria-label': 'Payload' }, el('code', {}, json)),
      );
    },
    { once: true },
  );
  return shown;
}

/** The developer drawer: each interaction with what the bot sent for it, newest first, as it went over the wire. */
export function createDrawer(aside: HTMLElement, toggle: HTMLButtonElement, nameOf: (id: string) => string) {
  const list = el('div', { class: 'exchanges' });
  const groups = new Map<string, { shown: HTMLElement; at: number }>();
  const empty = el('p', {}, 'Each interaction and each answer appears here as it went over the wire.');

  const open = (isOpen: boolean): void => {
    aside.hidden = !isOpen;
    toggle.setAttribute('aria-expanded', String(isOpen));
  };
  const shut = (): void => {
    open(false);
    toggle.focus();
  };
  aside.append(
    el(
      'div',
      { class: 'head' },
      el('h2', {}, 'Developer'),
      button({ class: 'tool', 'aria-label': 'Close the developer drawer' }, shut, icon('close')),
    ),
    empty,
    list,
  );
  toggle.append(icon('code'));
  toggle.setAttribute('aria-label', 'Developer drawer');
  toggle.title = 'Developer drawer: raw payloads';
  toggle.addEventListener('click', () => open(aside.hidden === true));
  aside.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') shut();
  });

  const groupOf = (id: string, at: number, title: string, by: string): HTMLElement => {
    const known = groups.get(id);
    if (known) return known.shown;
    const head = el(
      'p',
      { class: 'title' },
      el('span', {}, title),
      el('small', {}, `${by} ${clock.format(at)}`),
    );
    const shown = el('section', { 'aria-label': title }, head);
    groups.set(id, { shown, at });
    list.prepend(shown);
    empty.hidden = true;
    for (const [oldest, { shown: old }] of groups) {
      if (groups.size <= keptGroups) break;
      old.remove();
      groups.delete(oldest);
    }
    return shown;
  };

  return {
    add: (exchange: Exchange): void => {
      const { interactionId: id, at, what, by } = exchange;
      groupOf(id, at, what, nameOf(by)).append(showExchange(exchange, groups.get(id)?.at));
    },
    /** What the stand-in refused, below what was refused. */
    refuse: (refused: Refused): void => {
      const id = refused.interactionId ?? crypto.randomUUID();
      const words = el('div', { class: 'notice' }, ...showProblems(refused));
      groupOf(id, Date.now(), refused.request, '').append(words);
    },
    clear: (): void => {
      list.replaceChildren();
      groups.clear();
      empty.hidden = false;
    },
  };
}
