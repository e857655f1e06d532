import type { Refused } from '../wire.ts';
import { el, outside } from './dom.ts';

/** What was refused and why, with the pages of Discord's documentation that say so. */
export function showProblems({ words, problems }: Pick<Refused, 'words' | 'problems'>): Node[] {
  return [
    el('p', {}, words),
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
  ];
}

/** A line of the page's own, not of Discord's: what the stand-in refused, in plain words. */
export function showRefusal(refused: Refused): HTMLElement {
  return el('div', { class: 'notice', role: 'alert' }, ...showProblems(refused));
}
