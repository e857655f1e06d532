import type { REST } from '@discordjs/rest';
import { type APIInteraction, RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import type { ErrorLog, Outgoing } from '../handle.ts';
import { type Effort, type Fault, persist } from './persist.ts';
import { refusalCode } from './refusal.ts';

/** What sends answers to Discord: all of its REST client that they need. */
export type Sender = Pick<REST, 'post' | 'patch' | 'delete'>;

/** Where is told what went wrong on the way. */
export type DeliveryLog = ErrorLog & { warn(details: object, message: string): void };

/** How long after an interaction came its first answer is of use, in milliseconds. */
const firstAnswerWithin = 2900;

/** How long after an interaction came what follows its first answer is still tried, in milliseconds. */
const restWithin = 60_000;

/** How long one try may take at most, in milliseconds: with files, and after the first answer, more is given. */
const tryFor = { first: 1000, withFiles: 2000, later: 10_000 } as const;

/** A body without the emojis of its buttons and menus, or undefined where it has none. */
function withoutEmojis(body: unknown): unknown {
  let isChanged = false;
  const text = JSON.stringify(body, (key, value: unknown) => {
    if (key !== 'emoji') return value;
    isChanged = true;
    return undefined;
  });
  return isChanged ? JSON.parse(text) : undefined;
}

/**
 * Sends a body; where Discord refuses it, once more without the emojis of its buttons and menus. Marks may have been
 * removed since they were read, and Discord at times does not know those that are there, but an answer is worth more
 * than its marks. https://github.com/discord/discord-api-docs/issues/7128
 */
async function sendWithMarks(
  body: unknown,
  send: (body: unknown) => Promise<unknown>,
  log: DeliveryLog,
): Promise<void> {
  try {
    await send(body);
  } catch (error) {
    const isRefused = refusalCode(error) === RESTJSONErrorCodes.InvalidFormBodyOrContentType;
    const plain = isRefused ? withoutEmojis(body) : undefined;
    if (plain === undefined) throw error;
    await send(plain);
    log.warn({ err: error }, 'Discord took an answer only without its marks; the next start reads them anew');
  }
}

/**
 * The responses to one interaction, by Discord's names for them; each rejects when Discord does not take it.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
 */
export type Responses = {
  respond(outgoing: Outgoing): Promise<void>;
  editOriginal(message: unknown, files?: Outgoing['files']): Promise<void>;
  deleteOriginal(): Promise<void>;
  followUp(message: unknown, files?: Outgoing['files']): Promise<void>;
};

/** What responses need. `came` is when the interaction did, by the clock of `performance.now()`. */
export type ResponsesOptions = {
  rest: Sender;
  log: DeliveryLog;
  came: number;
  onFault: (fault: Fault) => void;
};

/** How the responses to an interaction are sent: again and again, for as long as they are of use. */
export function createResponses(
  { id, token, application_id: applicationId }: APIInteraction,
  { rest, log, came, onFault }: ResponsesOptions,
): Responses {
  const send = async (
    body: unknown,
    effort: Omit<Effort, 'deadline'> & { within: number },
    send: (body: unknown, signal: AbortSignal) => Promise<unknown>,
  ): Promise<void> => {
    const deadline = came + effort.within;
    const trying = async (sent: unknown) => {
      const tries = await persist((signal) => send(sent, signal), { ...effort, deadline, onFault });
      if (tries > 1)
        log.warn({ interaction: id, tries }, 'Discord took an answer only after more than one try');
    };
    await sendWithMarks(body, trying, log);
  };
  const later = { within: restWithin, patience: tryFor.later } as const;
  const original = () => Routes.webhookMessage(applicationId, token);
  return {
    respond: ({ body: response, files = [] }) =>
      send(
        response,
        {
          within: firstAnswerWithin,
          patience: files.length === 0 ? tryFor.first : tryFor.withFiles,
          isRepeatable: true,
          takenCode: RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
        },
        (body, signal) =>
          rest.post(Routes.interactionCallback(id, token), { body, files: [...files], auth: false, signal }),
      ),
    editOriginal: (message, files = []) =>
      send(message, { ...later, isRepeatable: true }, (body, signal) =>
        rest.patch(original(), { body, files: [...files], auth: false, signal }),
      ),
    deleteOriginal: () =>
      send(
        undefined,
        { ...later, isRepeatable: true, takenCode: RESTJSONErrorCodes.UnknownMessage },
        (_, signal) => rest.delete(original(), { auth: false, signal }),
      ),
    followUp: (message, files = []) =>
      // Nothing tells Discord that a follow-up is the same as one before.
      send(message, { ...later, isRepeatable: false }, (body, signal) =>
        rest.post(Routes.webhook(applicationId, token), { body, files: [...files], auth: false, signal }),
      ),
  };
}
