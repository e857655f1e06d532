import type { APIMessage } from 'discord-api-types/v10';
import { spelledOut } from './command-line.ts';
import { unknownEmojis } from './known-emojis.ts';
import {
  checkMessage,
  checkResponse,
  deadlines,
  isAboutEmptiness,
  type MessageKind,
  type MessageSurroundings,
  measureLimits,
} from './limits.ts';
import {
  answerWithMessage,
  deleteMessage,
  editMessage,
  pressedIn,
  type ReceivedFile,
  wouldBeEmpty,
} from './messages.ts';
import { docs, type Problem, sentence, within } from './problem.ts';
import type { Choice, ShownMessage } from './wire.ts';
import { type Pending, tellExchange, type World } from './world.ts';

/** What a REST route answers: a status and, where there is one, a JSON body. */
export type Reply = { status: number; body?: unknown };

/** An error as Discord words it. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export function failure(status: number, code: number, message: string, errors?: unknown): Reply {
  return {
    status,
    body: { message, code, ...(errors === undefined ? {} : { errors }) },
  };
}

function nestedErrors(problems: readonly Problem[]): unknown {
  type Node = { [key: string]: Node | unknown[] };
  const root: Node = {};
  for (const problem of problems) {
    let node = root;
    for (const key of problem.path === '' ? [] : problem.path.split('.')) {
      const next = node[key];
      if (typeof next === 'object' && !Array.isArray(next)) node = next;
      else {
        const made: Node = {};
        node[key] = made;
        node = made;
      }
    }
    const before = node._errors;
    const error = { code: 'STAND_IN_REFUSED', message: sentence(problem) };
    node._errors = [...(Array.isArray(before) ? before : []), error];
  }
  return root;
}

/** Refuses a payload as Discord does (50035, or 50006 for an empty message) and reports why. */
export function refuse(world: World, request: string, problems: Problem[], pending?: Pending): Reply {
  pending?.problems.push(...problems);
  world.tell({
    type: 'refused',
    ...(pending ? { interactionId: pending.raw.id } : {}),
    request,
    problems,
    words: `Discord would refuse ${request}.`,
  });
  if (problems.every(isAboutEmptiness)) return failure(400, 50006, 'Cannot send an empty message');
  return failure(400, 50035, 'Invalid Form Body', nestedErrors(problems));
}

function report(
  world: World,
  request: string,
  words: string,
  pending: Pending | undefined,
  reply: Reply,
): Reply {
  world.tell({
    type: 'refused',
    ...(pending ? { interactionId: pending.raw.id } : {}),
    request,
    problems: [],
    words,
  });
  return reply;
}

function around(files: readonly ReceivedFile[], kept?: ShownMessage): MessageSurroundings {
  return {
    files,
    attached: kept?.message.attachments.map(({ id }) => id) ?? [],
    attachedNames: kept?.message.attachments.map(({ filename }) => filename) ?? [],
  };
}

/** Which kinds of answer suit which kinds of interaction: commands, components, autocompletes, modals. */
const suiting: Readonly<Record<number, readonly number[]>> = {
  2: [4, 5],
  3: [4, 5, 6, 7],
  4: [8],
  5: [4, 5, 6, 7],
};

function unsuitable(pending: Pending, type: number): Problem[] {
  const allowed = suiting[pending.raw.type] ?? [];
  if (allowed.includes(type)) return [];
  return [
    {
      path: 'type',
      what: 'an answer that does not suit this kind of interaction',
      found: String(type),
      allowed: allowed.join(', '),
      link: docs(
        'interactions/receiving-and-responding#interaction-response-object-interaction-callback-type',
      ),
    },
  ];
}

function focusedType(pending: Pending): number | undefined {
  return spelledOut(pending.raw).given.find(({ focused }) => focused)?.type;
}

function choicesOfType(pending: Pending, choices: readonly Choice[]): Problem[] {
  const type = focusedType(pending);
  const expected = type === 3 ? 'string' : 'number';
  return choices.flatMap(({ value }, index) =>
    typeof value === expected
      ? []
      : [
          {
            path: `data.choices.${index}.value`,
            what: 'a choice whose value is not of the type of its option',
            found: typeof value,
            allowed: expected,
            link: docs(
              'interactions/application-commands#application-command-object-application-command-option-choice-structure',
            ),
          },
        ],
  );
}

function callbackBody(world: World, pending: Pending, type: number, message?: APIMessage): unknown {
  return {
    interaction: {
      id: pending.raw.id,
      type: pending.raw.type,
      ...(pending.originalId
        ? {
            response_message_id: pending.originalId,
            response_message_loading: type === 5,
            response_message_ephemeral: world.messages.get(pending.originalId)?.visibleTo !== undefined,
          }
        : {}),
      channel_id: world.channels[pending.where],
      ...(pending.where === 'server' ? { guild_id: world.guild.id } : {}),
    },
    resource: { type, ...(message ? { message } : {}) },
  };
}

function carryOut(
  world: World,
  pending: Pending,
  type: number,
  data: unknown,
  files: readonly ReceivedFile[],
): ShownMessage | undefined {
  if (type === 4 || type === 5) {
    const kept = answerWithMessage(world, pending, data, files, type === 5);
    pending.originalId = kept.message.id;
    return kept;
  }
  if (pending.raw.type !== 3) return undefined;
  pending.originalId = pressedIn(pending.raw);
  const target = world.messages.get(pending.originalId);
  return type === 7 && target ? editMessage(world, target, data, files) : undefined;
}

const callbackWords: Readonly<Record<number, string>> = {
  4: 'an answer (4)',
  5: 'a deferral (5): thinking…',
  6: 'a deferral (6)',
  7: 'an update of the message (7)',
  8: 'suggestions (8)',
};

/** Shows developers what the bot sent, before it is judged, with its size against the limits of such payloads. */
function showSent(
  world: World,
  pending: Pending,
  what: string,
  payload: unknown,
  kind: 'message' | 'choices',
  data: unknown,
  files: readonly ReceivedFile[],
): void {
  tellExchange(world, pending, {
    direction: 'from bot',
    what,
    payload,
    files: files.map(({ name, size, type }) => ({ name, size, type })),
    measures: [...measureLimits(data, kind), ...(files.length > 0 ? measureLimits(files, 'files') : [])],
  });
}

const unknownInteraction = failure(404, 10062, 'Unknown interaction');

/**
 * Takes the first answer to an interaction, once and within three seconds, by when it arrived.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response
 */
export function takeCallback(
  world: World,
  id: string,
  token: string,
  { body, files, arrived }: { body: unknown; files: readonly ReceivedFile[]; arrived: number },
  withResponse: boolean,
): Reply {
  const request = 'the answer to an interaction';
  const pending = world.interactions.get(id);
  if (!pending || pending.raw.token !== token) {
    return report(
      world,
      request,
      'The bot answered an interaction that does not exist (10062).',
      undefined,
      unknownInteraction,
    );
  }
  if (pending.answered !== undefined) {
    return report(
      world,
      request,
      'The bot answered the same interaction twice (40060).',
      pending,
      failure(400, 40060, 'Interaction has already been acknowledged.'),
    );
  }
  if (arrived - pending.sentAt > deadlines.firstAnswer) {
    const seconds = ((arrived - pending.sentAt) / 1000).toFixed(1);
    const words = `The bot answered after ${seconds} s; Discord waits 3 s (10062).`;
    return report(world, request, words, pending, unknownInteraction);
  }
  const { type, data }: { type?: unknown; data?: unknown } = Object(body);
  const target = pending.raw.type === 3 ? world.messages.get(pressedIn(pending.raw)) : undefined;
  const kind = Number(type);
  const words = callbackWords[kind] ?? `an answer of type ${kind}`;
  showSent(world, pending, words, body, kind === 8 ? 'choices' : 'message', data, files);
  const problems = [
    ...checkResponse(body, around(files, kind === 7 ? target : undefined)),
    ...within('data', unknownEmojis(world, data)),
    ...unsuitable(pending, kind),
  ];
  const choices: Choice[] = kind === 8 && problems.length === 0 ? Object(data).choices : [];
  problems.push(...choicesOfType(pending, choices));
  if (problems.length > 0) return refuse(world, request, problems, pending);
  if (kind === 7 && target && wouldBeEmpty(target, data, files)) {
    return report(
      world,
      request,
      'The edit would leave an empty message (50006).',
      pending,
      failure(400, 50006, 'Cannot send an empty message'),
    );
  }
  pending.answered = kind;
  const kept = carryOut(world, pending, kind, data, files);
  if (kind === 8) world.tell({ type: 'choices', interactionId: id, choices });
  world.tell({ type: 'answered', interactionId: id });
  if (!withResponse) return { status: 204 };
  return { status: 200, body: callbackBody(world, pending, kind, kind === 5 ? undefined : kept?.message) };
}

function owner(world: World, applicationId: string, token: string): Pending | Reply {
  const pending = [...world.interactions.values()].find(({ raw }) => raw.token === token);
  if (
    applicationId !== world.applicationId ||
    !pending ||
    pending.answered === undefined ||
    pending.answered === 8
  ) {
    return failure(404, 10015, 'Unknown Webhook');
  }
  if (world.now() - pending.sentAt > deadlines.token) return failure(401, 50027, 'Invalid Webhook Token');
  return pending;
}

function isReply(found: Pending | Reply): found is Reply {
  return 'status' in found;
}

function messageOf(world: World, pending: Pending, id: string): ShownMessage | undefined {
  const isMine = id === '@original' || id === pending.originalId || pending.made.includes(id);
  return isMine ? world.messages.get(id === '@original' ? (pending.originalId ?? '') : id) : undefined;
}

const unknownMessage = failure(404, 10008, 'Unknown Message');

function applyEdit(
  world: World,
  pending: Pending,
  kept: ShownMessage,
  body: unknown,
  files: readonly ReceivedFile[],
): Reply {
  const request = 'the edit of an answer';
  showSent(
    world,
    pending,
    kept.thinking ? 'the answer that was deferred' : 'an edit',
    body,
    'message',
    body,
    files,
  );
  // A poll is taken by the edit of a deferred answer only.
  const kind: MessageKind = kept.thinking ? 'edit' : 'update';
  const problems = [...checkMessage(body, kind, around(files, kept)), ...unknownEmojis(world, body)];
  if (problems.length > 0) return refuse(world, request, problems, pending);
  if (wouldBeEmpty(kept, body, files)) {
    const reply = failure(400, 50006, 'Cannot send an empty message');
    return report(world, request, 'The edit would leave an empty message (50006).', pending, reply);
  }
  return { status: 200, body: editMessage(world, kept, body, files).message };
}

/** Sends a follow-up; straight after a deferred answer it edits that one, as Discord still does. */
export function createFollowUp(
  world: World,
  applicationId: string,
  token: string,
  body: unknown,
  files: readonly ReceivedFile[],
): Reply {
  const pending = owner(world, applicationId, token);
  if (isReply(pending))
    return report(world, 'a follow-up', 'There is no answered interaction to follow up.', undefined, pending);
  const original = messageOf(world, pending, '@original');
  if (!original?.thinking) showSent(world, pending, 'a follow-up', body, 'message', body, files);
  if (original?.thinking) {
    const { flags: _kept, ...rest }: { flags?: unknown } = Object(body);
    return applyEdit(world, pending, original, rest, files);
  }
  const problems = [...checkMessage(body, 'message', around(files)), ...unknownEmojis(world, body)];
  if (problems.length > 0) return refuse(world, 'a follow-up', problems, pending);
  const followUps = pending.made.filter((id) => id !== pending.originalId).length;
  if (pending.where === 'elsewhere' && followUps >= deadlines.followUpsOfUserInstall) {
    const words = 'More than 5 follow-ups where the app is installed for the member alone.';
    return report(world, 'a follow-up', words, pending, failure(400, 40094, 'Too many follow-up messages'));
  }
  return { status: 200, body: answerWithMessage(world, pending, body, files).message };
}

/** Returns a message of an interaction, `@original` being its first answer. */
export function getAnswer(world: World, applicationId: string, token: string, id: string): Reply {
  const pending = owner(world, applicationId, token);
  if (isReply(pending)) return pending;
  const kept = messageOf(world, pending, id);
  return kept ? { status: 200, body: kept.message } : unknownMessage;
}

/** Edits a message of an interaction: what is omitted stays. */
export function editAnswer(
  world: World,
  applicationId: string,
  token: string,
  id: string,
  body: unknown,
  files: readonly ReceivedFile[],
): Reply {
  const pending = owner(world, applicationId, token);
  if (isReply(pending)) return pending;
  const kept = messageOf(world, pending, id);
  return kept ? applyEdit(world, pending, kept, body, files) : unknownMessage;
}

/** Deletes a message of an interaction. */
export function deleteAnswer(world: World, applicationId: string, token: string, id: string): Reply {
  const pending = owner(world, applicationId, token);
  if (isReply(pending)) return pending;
  const kept = messageOf(world, pending, id);
  if (!kept) return unknownMessage;
  deleteMessage(world, kept.message.id);
  return { status: 204 };
}
