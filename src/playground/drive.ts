import type { APIApplicationCommand, APIInteraction, APIMessage } from 'discord-api-types/v10';
import { lineOf, readLine, typedCommands } from './command-line.ts';
import { buildInteraction } from './interactions.ts';
import { deadlines, reading } from './limits.ts';
import { castVote, postMessage } from './messages.ts';
import type { Problem } from './problem.ts';
import type { Action, Actor, Choice } from './wire.ts';
import {
  commandsAt,
  memberOf,
  type Pending,
  prune,
  tellExchange,
  type World,
  type WorldEvent,
} from './world.ts';

/** What came of an interaction. */
export type Outcome = {
  /**
   * `message`: the bot answered with a message, perhaps after deferring; `update`: it edited the message that was
   * pressed; `choices`: it suggested; `refused`: what it sent was refused; `deferred`: it promised an answer that
   * did not come in time; `silence`: it did not respond within three seconds.
   */
  how: 'message' | 'update' | 'choices' | 'refused' | 'deferred' | 'silence';
  /** The interaction that the bot received. */
  interaction: APIInteraction;
  /** The message as Discord would return it. */
  message?: APIMessage;
  /** Whether only the member who acted sees it. */
  isPrivate: boolean;
  choices: readonly Choice[];
  /** Why the bot's answer was refused; empty when it was taken. */
  problems: readonly Problem[];
};

const settleWithin = 10_000;

/** Where interactions go. */
type Line = {
  connected: () => boolean;
  send: (guildId: string | undefined, raw: APIInteraction) => void;
};

/** Splits a typed line into the action that sends it. */
function actionOf(
  line: string,
  commands: readonly APIApplicationCommand[],
  kind: 'slash' | 'suggest',
): Action {
  const { typed, values, focused } = readLine(line, typedCommands(commands));
  const command = typed?.path ?? line.replace(/^\//, '');
  const options = Object.fromEntries(values);
  return kind === 'slash' ? { kind, command, options } : { kind, command, options, focused: focused ?? '' };
}

/** What a member does, in a few words. */
function inWords(action: Action, raw: APIInteraction): string {
  if (action.kind === 'press') return `presses ${action.customId}`;
  if (action.kind === 'message') return `Apps → ${action.command}`;
  return action.kind === 'suggest' ? `types in /${action.command}` : lineOf(raw);
}

/** What an event settles about an interaction, if anything. */
function settledBy(event: WorldEvent, { raw, answered, originalId }: Pending): Outcome['how'] | undefined {
  // The edit that a deferred answer (5), or a deferred update (6), had promised.
  if (event.type === 'message' && event.kept.message.id === originalId && !event.kept.thinking) {
    return answered === 5 ? 'message' : answered === 6 ? 'update' : undefined;
  }
  if (!('interactionId' in event) || event.interactionId !== raw.id) return undefined;
  if (event.type === 'silence') return 'silence';
  if (event.type === 'refused') return answered === undefined ? 'refused' : undefined;
  if (event.type === 'choices') return 'choices';
  return answered === 4 ? 'message' : answered === 7 ? 'update' : undefined;
}

/** The server that an interaction comes from, where it names one: what is sent by hand may hold anything. */
function guildOf({ guild_id: id }: APIInteraction): string | undefined {
  return typeof id === 'string' && /^\d{1,20}$/.test(id) ? id : undefined;
}

/** Lets members act: sends what they do to the bot and waits for what comes of it. */
export function createDriver(world: World, gateway: Line) {
  const settled = (pending: Pending): Promise<Outcome> =>
    new Promise((resolve) => {
      const finish = (how: Outcome['how'], choices: readonly Choice[]) => {
        stop();
        clearTimeout(patience);
        const promised = how === 'message' || how === 'update' || how === 'deferred';
        const kept = promised ? world.messages.get(pending.originalId ?? '') : undefined;
        resolve({
          how,
          interaction: pending.raw,
          ...(kept ? { message: kept.message } : {}),
          isPrivate: kept?.visibleTo !== undefined,
          choices,
          problems: [...pending.problems],
        });
      };
      const stop = world.listen((event) => {
        const how = settledBy(event, pending);
        if (how) finish(how, event.type === 'choices' ? event.choices : []);
      });
      const patience = setTimeout(() => finish('deferred', []), settleWithin);
      patience.unref();
    });

  const watch = (pending: Pending): void => {
    const { raw, by, where } = pending;
    setTimeout(() => {
      if (pending.answered !== undefined) return;
      world.tell({
        type: 'silence',
        interactionId: raw.id,
        by: by.id,
        where,
        isAutocomplete: raw.type === 4,
        waitingForBot: !gateway.connected(),
      });
    }, deadlines.firstAnswer + reading).unref();
  };

  const dispatch = (sent: Pick<Pending, 'raw' | 'by' | 'where'>, what: string): Promise<Outcome> => {
    const { raw, where } = sent;
    prune(world);
    const pending: Pending = { ...sent, sentAt: world.now(), made: [], problems: [] };
    world.interactions.set(raw.id, pending);
    tellExchange(world, pending, { direction: 'to bot', what, payload: raw });
    const outcome = settled(pending);
    watch(pending);
    gateway.send(where === 'server' ? (guildOf(raw) ?? world.guild.id) : undefined, raw);
    return outcome;
  };
  const interact = async (action: Action, actor: Actor = {}): Promise<Outcome> => {
    const built = buildInteraction(world, action, actor);
    return dispatch(built, inWords(action, built.raw));
  };
  const send = (raw: object): Promise<Outcome> =>
    // Whatever it is: what reads it here looks at what it finds.
    dispatch({ raw: raw as APIInteraction, by: memberOf(world, undefined), where: 'server' }, 'by hand');
  const typed =
    (kind: 'slash' | 'suggest') =>
    (line: string, actor: Actor = {}) =>
      interact(actionOf(line, commandsAt(world, actor.where ?? 'server'), kind), actor);
  const say = (content: string, actor: Actor = {}) =>
    postMessage(world, memberOf(world, actor.as), actor.where ?? 'server', content).message;

  const vote = (messageId: string, answers: readonly number[], actor: Actor = {}) =>
    castVote(world, memberOf(world, actor.as), messageId, answers).message;

  return { interact, send, vote, type: typed('slash'), suggest: typed('suggest'), say };
}
