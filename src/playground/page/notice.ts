import type { Refused } from '../wire.ts';
import { el, outside } from './dom.ts';

/** A line of the page's own, not of Discord's: what went wrong, in plain words. */
export function showNotice(words: string, ...more: Node[]): HTMLElement {
  return el('div', { class: 'notice', role: 'alert' }, el('p', {}, words), ...more);
}

/** What was refused and why, with the page of Discord's documentation that says so. */
export function showRefusal({ words, problems }: Refused): HTMLElement {
  return showNotice(
    words,
    ...(problems.length === 0
      ? []
      : [
          el(
            'ul',
            {},
            ...problems.map(({ path, what, found, allowed, link }) =>
              el(
                'li',
                {},
                el('code', {}, path || 'the payload'),
                `: ${what}; found ${found}, allowed ${allowed} (`,
                outside(link, 'documentation'),
                ')',
              ),
            ),
          ),
        ]),
  );
}
