import {
  type APIInteraction,
  type APIInteractionResponse,
  InteractionResponseType,
  MessageFlags,
  RESTJSONErrorCodes,
} from 'discord-api-types/v10';
import type { Handle, Subject } from '../handle.ts';
import type { Fault } from './persist.ts';
import { refusalCode } from './refusal.ts';
import { createResponses, type DeliveryLog, type Sender } from './responses.ts';

/**
 * How an interaction ended: `answered`, at once or `deferred`; `broken` when something unexpected happened, and the answer
 * says so; `late` when Discord had given it up, `taken` when a second copy of the bot was faster, `lost` when Discord took no
 * answer.
 */
type Outcome = 'answered' | 'deferred' | 'broken' | 'late' | 'taken' | 'lost';

/** What became of one interaction. */
export type Delivery = Subject & {
  /** The interaction's id. */
  interaction: string;
  outcome: Outcome;
  /** From when it came until Discord had the whole answer, or until that was given up. */
  milliseconds: number;
  /** What was met on the way, try by try. */
  faults: readonly Fault[];
};

/**
 * How long an answer may take, in milliseconds, before Discord is asked for more time: half of the three seconds after
 * which members read that the application did not respond.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback
 */
const patience = 1500;

/** The first millisecond of Discord's ids: https://docs.discord.com/developers/reference#snowflakes */
const firstMillisecond = 1_420_070_400_000;

/**
 * How long an interaction was on its way, in milliseconds, by the time in its id: a busy machine takes a while to read it. What
 * cannot be, since Discord waits for three seconds, says that a clock is wrong, and counts for nothing.
 */
function lateness(id: string): number {
  const late = Date.now() - firstMillisecond - Number(id) / 2 ** 22;
  return late > 0 && late < 3000 ? late : 0;
}

/** Resolves after a time; `stop` ends the waiting. */
function alarm(milliseconds: number): { rings: Promise<undefined>; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rings = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  return { rings, stop: () => clearTimeout(timer) };
}

/**
 * The message of an answer, for when it is edited in after a deferral: without its flags, since who sees it was decided
 * by the deferral. https://docs.discord.com/developers/resources/webhook#edit-webhook-message
 */
function messageOf(body: APIInteractionResponse): unknown {
  const holdsMessage =
    body.type === InteractionResponseType.ChannelMessageWithSource ||
    body.type === InteractionResponseType.UpdateMessage;
  return holdsMessage ? { ...body.data, flags: undefined } : undefined;
}

/** Whether only who asked sees a response. */
function isHidden(body: APIInteractionResponse | undefined): boolean {
  const data = body !== undefined && 'data' in body ? body.data : undefined;
  const flags = data !== undefined && 'flags' in data ? (data.flags ?? 0) : 0;
  return (flags & MessageFlags.Ephemeral) !== 0;
}

/**
 * The response to a request that brought an interaction: called once, with the body that answers it, or with undefined
 * when the answer travels by the callback route.
 */
export type Inline = (body: APIInteractionResponse | undefined) => void;

/**
 * Answers one interaction through Discord's callback route; what is not ready in time is deferred and edited in. With
 * `inline`, what is ready, brings no files and is followed by nothing goes back with the request instead.
 * It never throws: what Discord refuses is logged, and told in what it gives back.
 *
 * @param rest a client with the options `noOwnTries`, since only here is known what a repetition means.
 */
export async function deliver(
  interaction: APIInteraction,
  handle: Handle,
  rest: Sender,
  log: DeliveryLog,
  inline?: Inline,
): Promise<Delivery> {
  const came = performance.now();
  const faults: Fault[] = [];
  let ended = came;
  let outcome: Outcome = 'answered';
  const { id } = interaction;
  const onFault = (fault: Fault) => faults.push(fault);
  const { respond, editOriginal, deleteOriginal, followUp } = createResponses(interaction, {
    rest,
    log,
    came,
    onFault,
  });
  const answer = handle.respond(interaction);
  const wait = alarm(Math.max(0, patience - lateness(id)));
  try {
    const deferral = handle.defer(interaction);
    const ready = await (deferral === undefined ? answer : Promise.race([answer, wait.rings]));
    const isWhole = ready !== undefined && ready.files === undefined && ready.after === undefined;
    inline?.(isWhole ? ready.body : undefined);
    if (ready !== undefined) {
      if (inline === undefined || !isWhole) await respond(ready);
    } else {
      outcome = 'deferred';
      if (deferral !== undefined) await respond({ body: deferral });
      const { body, files = [] } = await answer;
      // A message of its own beside the one that was pressed, or one that only who asked may see though everybody saw the
      // deferral, is sent after it and not edited in.
      const isBeside =
        body.type === InteractionResponseType.ChannelMessageWithSource &&
        deferral?.type === InteractionResponseType.DeferredMessageUpdate;
      if (isBeside || (isHidden(body) && !isHidden(deferral))) {
        if (deferral?.type === InteractionResponseType.DeferredChannelMessageWithSource) {
          await deleteOriginal();
        }
        await followUp('data' in body ? body.data : {}, files);
      } else {
        await editOriginal(messageOf(body), files);
      }
    }
    ended = performance.now();
    const { after, isBroken } = await answer;
    if (isBroken) outcome = 'broken';
    if (after !== undefined) await followUp(after);
  } catch (error) {
    const code = refusalCode(error);
    if (code === RESTJSONErrorCodes.UnknownInteraction) {
      outcome = 'late';
      log.warn({ interaction: id }, 'Answered too late: Discord had given the interaction up');
    } else if (code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) {
      outcome = 'taken';
      log.warn({ interaction: id }, 'Already answered by a second copy of the bot');
    } else {
      outcome = 'lost';
      log.error({ interaction: id, err: error }, 'Discord did not take an answer');
    }
  } finally {
    wait.stop();
  }
  const milliseconds = (ended === came ? performance.now() : ended) - came;
  return { interaction: id, ...handle.subject(interaction), outcome, milliseconds, faults };
}
