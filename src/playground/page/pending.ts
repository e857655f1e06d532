import type { APIInteraction } from 'discord-api-types/v10';
import { lineOf } from '../command-line.ts';
import type { Exchange, Member, Silence } from '../wire.ts';
import { el, icon } from './dom.ts';
import { dots, frame, onlyYou, showOrigin } from './message.ts';

/** What is on its way to the bot, and what became of it when the bot does not respond. */
export function createPending(
  bot: () => Member,
  nameOf: (id: string) => string,
  append: (entry: HTMLElement) => void,
) {
  const waiting = new Map<string, { entry?: HTMLElement; messageId?: string }>();

  const origin = (raw: APIInteraction, by: string): HTMLElement => {
    const words = raw.type === 2 && raw.data.type !== 1 ? raw.data.name : lineOf(raw);
    return showOrigin({ id: by, name: nameOf(by), bot: false }, 'used', words);
  };
  const about = (raw: APIInteraction, by: string, body: HTMLElement, ...more: HTMLElement[]): HTMLElement =>
    frame({ ...bot(), bot: true }, new Date().toISOString(), origin(raw, by), body, ...more);

  return {
    /** Notes an interaction; a command is shown as being sent. */
    sent: ({ interactionId, payload, by, at }: Exchange): void => {
      // What the stand-in sent to the bot is an interaction.
      const raw = payload as APIInteraction;
      if (Date.now() - at > 3000) return;
      if (raw.type === 3) waiting.set(interactionId, { messageId: raw.message.id });
      if (raw.type !== 2) return;
      const entry = about(raw, by, dots('Sending command…'));
      entry.classList.add('sending');
      waiting.set(interactionId, { entry });
      append(entry);
    },
    /** The bot responded. */
    answered: (interactionId: string): void => {
      waiting.get(interactionId)?.entry?.remove();
      waiting.delete(interactionId);
    },
    /** It did not: says so where the answer would have been. Returns the message whose button failed, if one did. */
    failed: ({ interactionId, waitingForBot }: Silence): string | undefined => {
      const { entry, messageId } = waiting.get(interactionId) ?? {};
      waiting.delete(interactionId);
      const words = waitingForBot
        ? 'The application did not respond: no bot is connected'
        : 'The application did not respond';
      entry?.classList.remove('sending');
      entry?.classList.add('private');
      entry?.querySelector('.body')?.replaceChildren(
        el('div', { class: 'failed', role: 'alert' }, icon('close'), words),
        onlyYou(() => entry.remove()),
      );
      return messageId;
    },
  };
}
