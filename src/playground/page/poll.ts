import type { APIPoll } from 'discord-api-types/v10';
import { button, el } from './dom.ts';
import { emojiNode } from './emoji.ts';
import { relative } from './rich-text.ts';

/** Votes anew; no answers take the vote back. */
export type Vote = (answers: readonly number[]) => void;

/** A poll as Discord shows it: first the answers to choose from, then, to who has voted, how many chose which. */
export function showPoll(poll: APIPoll, mine: readonly number[], vote: Vote): HTMLElement {
  const isMulti = poll.allow_multiselect;
  const counts = new Map((poll.results?.answer_counts ?? []).map(({ id, count }) => [id, count]));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const ends = Date.parse(poll.expiry ?? '') / 1000;
  const isOver = ends * 1000 <= Date.now();
  const name = `poll-${crypto.randomUUID()}`;
  const question = poll.question.text ?? '';
  const send = button({ class: 'button primary', disabled: true }, () => vote(ticked()), 'Vote');

  const boxes: HTMLInputElement[] = [];
  const ticked = () => boxes.filter(({ checked }) => checked).map(({ value }) => Number(value));
  const ballot = () =>
    poll.answers.map(({ answer_id: id, poll_media: { text, emoji } }) => {
      const box = el('input', { type: isMulti ? 'checkbox' : 'radio', name, value: id });
      boxes.push(box);
      return el('label', { class: 'answer' }, emojiNode(emoji, text), el('span', {}, text ?? ''), box);
    });
  const results = () =>
    poll.answers.map(({ answer_id: id, poll_media: { text, emoji } }) => {
      const count = counts.get(id) ?? 0;
      const percent = total === 0 ? 0 : Math.round((100 * count) / total);
      const words = `${count} ${count === 1 ? 'vote' : 'votes'} · ${percent} %`;
      const line = el(
        'div',
        { class: mine.includes(id) ? 'answer mine' : 'answer' },
        emojiNode(emoji, text),
        el('span', {}, text ?? '', mine.includes(id) && el('span', { class: 'hidden' }, ' (your vote)')),
        el('small', {}, words),
      );
      line.style.setProperty('--share', `${percent}%`);
      return line;
    });
  const body = el('div', { class: 'answers' }, ...(mine.length > 0 || isOver ? results() : ballot()));
  const peek = button(
    { class: 'plain' },
    () => {
      body.replaceChildren(...results());
      send.remove();
      peek.remove();
    },
    'Show results',
  );
  body.addEventListener('change', () => {
    send.disabled = ticked().length === 0;
  });
  return el(
    'fieldset',
    { class: 'poll' },
    el('legend', {}, question),
    el('small', {}, isMulti ? 'Select one or more answers' : 'Select one answer'),
    body,
    el(
      'div',
      { class: 'foot' },
      el(
        'small',
        {},
        `${total} ${total === 1 ? 'vote' : 'votes'} · `,
        isOver ? 'Poll closed' : `ends ${relative(ends)}`,
      ),
      ...(isOver
        ? []
        : mine.length > 0
          ? [button({ class: 'plain' }, () => vote([]), 'Remove vote')]
          : [peek, send]),
    ),
  );
}
