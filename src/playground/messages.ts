import type { APIAttachment, APIMessage, APIUser } from 'discord-api-types/v10';
import { commandPath, lineOf } from './command-line.ts';
import type { SentFile } from './rules.ts';
import type { Member, ShownMessage, Where } from './wire.ts';
import { isSeenBy, type Pending, prune, type World } from './world.ts';

type Fields = Record<string, unknown>;

/** A file of a request with its bytes. */
export type ReceivedFile = SentFile & { bytes: Uint8Array; type: string };

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record) : [];
}

const noFlags: number = 0;
const flag = { suppressEmbeds: 1 << 2, ephemeral: 1 << 6, loading: 1 << 7 } as const;
const type = { default: 0, reply: 19, chatInputCommand: 20, contextMenuCommand: 23 } as const;

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}

const typesByEnding: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

function attach(world: World, file: ReceivedFile, said: Fields, isPrivate: boolean): APIAttachment {
  const id = world.id();
  const name = String(said.filename ?? file.name);
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  const contentType = typesByEnding[ending] ?? (file.type || 'application/octet-stream');
  world.files.set(id, { bytes: file.bytes, type: contentType, name });
  const url = `${world.origin}/files/${id}/${encodeURIComponent(name)}`;
  return {
    id,
    filename: name,
    size: file.size,
    url,
    proxy_url: url,
    content_type: contentType,
    ...(typeof said.description === 'string' ? { description: said.description } : {}),
    ...(typeof said.title === 'string' ? { title: said.title } : {}),
    ...(isPrivate ? { ephemeral: true } : {}),
  };
}

/** Which attachments a message has after a request: those it keeps, then the new files. */
function attachmentsAfter(
  world: World,
  before: readonly APIAttachment[],
  body: Fields,
  files: readonly ReceivedFile[],
  isPrivate: boolean,
): APIAttachment[] {
  const listed = Array.isArray(body.attachments) ? records(body.attachments) : undefined;
  const saidOf = (id: string) => listed?.find((one) => String(one.id) === id);
  const kept = before.flatMap((one) => {
    const said = saidOf(one.id);
    if (listed && !said) {
      world.files.delete(one.id);
      return [];
    }
    return [typeof said?.description === 'string' ? { ...one, description: said.description } : one];
  });
  return [...kept, ...files.map((file) => attach(world, file, saidOf(String(file.index)) ?? {}, isPrivate))];
}

function resolveAddresses(value: unknown, attachments: readonly APIAttachment[]): unknown {
  if (typeof value === 'string' && value.startsWith('attachment://')) {
    const name = value.slice('attachment://'.length);
    return attachments.find(({ filename }) => filename === name)?.url ?? value;
  }
  if (Array.isArray(value)) return value.map((inner) => resolveAddresses(inner, attachments));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, resolveAddresses(inner, attachments)]),
  );
}

function embedsReturned(embeds: unknown, attachments: readonly APIAttachment[]): unknown[] {
  return records(withoutNulls(resolveAddresses(embeds, attachments))).map((embed) => ({
    ...embed,
    type: 'rich',
  }));
}

function componentsReturned(rows: unknown): unknown[] {
  let id = 0;
  return records(withoutNulls(rows)).map((row) => ({
    type: 1,
    id: ++id,
    components: records(row.components).map((component) => ({
      ...component,
      id: ++id,
      ...(component.type === 3
        ? { min_values: component.min_values ?? 1, max_values: component.max_values ?? 1 }
        : {}),
    })),
  }));
}

function mentionsIn(world: World, body: Fields): APIUser[] {
  const allowed = body.allowed_mentions === undefined ? undefined : record(body.allowed_mentions);
  const ids = new Set([...String(body.content ?? '').matchAll(/<@!?(\d+)>/g)].map(([, id]) => id));
  const parsed = allowed === undefined || (Array.isArray(allowed.parse) && allowed.parse.includes('users'));
  const listed = Array.isArray(allowed?.users) ? allowed.users : [];
  return world.members
    .filter(({ id }) => ids.has(id) && (parsed || listed.includes(id)))
    .map((member) => world.userOf(member));
}

function pollReturned(world: World, sent: unknown) {
  const poll = record(withoutNulls(sent));
  const answers = records(poll.answers);
  return {
    question: poll.question,
    answers: answers.map((answer, index) => ({ answer_id: index + 1, poll_media: answer.poll_media })),
    expiry: new Date(world.now() + Number(poll.duration ?? 24) * 3_600_000).toISOString(),
    allow_multiselect: poll.allow_multiselect ?? false,
    layout_type: 1,
    results: { is_finalized: false, answer_counts: [] },
  };
}

function blank(world: World, channelId: string, author: APIUser): APIMessage {
  return {
    id: world.id(),
    type: type.default,
    channel_id: channelId,
    author,
    content: '',
    timestamp: new Date(world.now()).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: noFlags,
  };
}

function keep(world: World, kept: ShownMessage): ShownMessage {
  world.messages.set(kept.message.id, kept);
  prune(world);
  world.tell({ type: 'message', kept });
  return kept;
}

/** Posts what a member wrote, so that there is something for a message command to read. */
export function postMessage(world: World, member: Member, where: Where, content: string): ShownMessage {
  return keep(world, {
    message: {
      ...blank(world, world.channels[where], world.userOf(member)),
      content,
      mentions: mentionsIn(world, { content }),
    },
    where,
    ...(where === 'dm' ? { of: member.id } : {}),
    thinking: false,
  });
}

/**
 * Lets a member vote in the poll of a message, anew; no answers take the vote back. Throws a RangeError when there is
 * no such poll or answer, when it is over, or when it takes one answer only.
 */
export function castVote(
  world: World,
  member: Member,
  messageId: string,
  answers: readonly number[],
): ShownMessage {
  const kept = world.messages.get(messageId);
  const poll = kept?.message.poll;
  if (!kept || !poll || !isSeenBy(kept, member.id)) throw new RangeError('There is no such poll.');
  if (Date.parse(poll.expiry ?? '') <= world.now()) throw new RangeError('This poll is over.');
  const isKnown = answers.every((id) => poll.answers.some(({ answer_id: known }) => known === id));
  if (!isKnown || (answers.length > 1 && !poll.allow_multiselect)) {
    throw new RangeError('That is not a vote that this poll takes.');
  }
  const votes = { ...kept.votes, [member.id]: [...new Set(answers)] };
  const counts = poll.answers.map(({ answer_id: id }) => ({
    id,
    count: Object.values(votes).filter((voted) => voted.includes(id)).length,
    me_voted: false,
  }));
  const results = { is_finalized: false, answer_counts: counts.filter(({ count }) => count > 0) };
  return keep(world, { ...kept, message: { ...kept.message, poll: { ...poll, results } }, votes });
}

/** The id of the message that was pressed, '' in an interaction that was sent by hand and names none. */
export function pressedIn(raw: Pending['raw']): string {
  return String(record(record(raw).message).id ?? '');
}

/** How Discord marks a message as the answer to an interaction. */
function origin(world: World, pending: Pending): Fields {
  const { raw, by } = pending;
  const user = world.userOf(by);
  const data = record(raw.data);
  const owners = raw.authorizing_integration_owners;
  const metadata = {
    id: raw.id,
    type: raw.type,
    user,
    authorizing_integration_owners: owners,
    ...(pending.originalId ? { original_response_message_id: pending.originalId } : {}),
  };
  const reference = (id: string) => ({
    type: type.reply,
    message_reference: { type: 0, channel_id: world.channels[pending.where], message_id: id },
    referenced_message: world.messages.get(id)?.message ?? null,
  });
  if (raw.type === 3) {
    const pressed = pressedIn(raw);
    return { ...reference(pressed), interaction_metadata: { ...metadata, interacted_message_id: pressed } };
  }
  const target = data.type === 3 ? String(data.target_id) : undefined;
  return {
    ...(target ? reference(target) : {}),
    type: target ? type.contextMenuCommand : type.chatInputCommand,
    interaction: { id: raw.id, type: raw.type, name: commandPath(raw).join(' '), user },
    interaction_metadata: { ...metadata, ...(target ? { target_message_id: target } : {}) },
  };
}

/** The command line behind an answer: its own, or that of the message that was pressed. */
function lineBehind(world: World, { raw }: Pending): string | undefined {
  if (raw.type === 3) return world.messages.get(pressedIn(raw))?.line;
  return raw.type === 2 && record(raw.data).type === 1 ? lineOf(raw) : undefined;
}

/** Makes the message that answers an interaction: a first answer, a deferred one, or a follow-up. */
export function answerWithMessage(
  world: World,
  pending: Pending,
  sent: unknown,
  files: readonly ReceivedFile[],
  thinking = false,
): ShownMessage {
  const body = record(sent);
  const isPrivate = (Number(body.flags ?? 0) & flag.ephemeral) !== 0;
  const message = blank(world, world.channels[pending.where], world.bot);
  const line = lineBehind(world, pending);
  const attachments = attachmentsAfter(world, [], body, files, isPrivate);
  const kept = keep(world, {
    // The parts are those of a checked payload, completed as Discord does; their union is wider than the compiler's.
    message: {
      ...message,
      ...origin(world, pending),
      content: String(body.content ?? '').trim(),
      mentions: mentionsIn(world, body),
      attachments,
      embeds: embedsReturned(body.embeds, attachments),
      components: componentsReturned(body.components),
      flags: Number(body.flags ?? 0) | (thinking ? flag.loading : 0),
      tts: body.tts === true,
      application_id: world.applicationId,
      webhook_id: world.applicationId,
      ...(body.poll ? { poll: pollReturned(world, body.poll) } : {}),
    } as APIMessage,
    where: pending.where,
    ...(isPrivate ? { visibleTo: pending.by.id } : {}),
    ...(pending.where === 'dm' ? { of: pending.by.id } : {}),
    ...(line === undefined ? {} : { line }),
    thinking,
  });
  pending.made.push(kept.message.id);
  return kept;
}

/** An edit may hide embeds or show them again, and ends the loading. */
function flagsAfter(before: number, sent: unknown): number {
  const kept = before & ~flag.loading;
  return typeof sent === 'number' ? (kept & ~flag.suppressEmbeds) | (sent & flag.suppressEmbeds) : kept;
}

/** What a message would be after an edit: what is omitted stays as it is, `null` empties. */
export function editMessage(
  world: World,
  kept: ShownMessage,
  sent: unknown,
  files: readonly ReceivedFile[],
): ShownMessage {
  const body = record(sent);
  const before = kept.message;
  const attachments = attachmentsAfter(world, before.attachments, body, files, kept.visibleTo !== undefined);
  const says = (part: string) => body[part] !== undefined;
  return keep(world, {
    ...kept,
    message: {
      ...before,
      ...(says('content')
        ? { content: String(body.content ?? '').trim(), mentions: mentionsIn(world, body) }
        : {}),
      ...(says('embeds') ? { embeds: embedsReturned(body.embeds, attachments) } : {}),
      ...(says('components') ? { components: componentsReturned(body.components) } : {}),
      ...(says('poll') ? { poll: pollReturned(world, body.poll) } : {}),
      attachments,
      flags: flagsAfter(before.flags ?? 0, body.flags),
      ...(kept.thinking ? {} : { edited_timestamp: new Date(world.now()).toISOString() }),
    } as APIMessage,
    thinking: false,
  });
}

/** Deletes a message and its files. */
export function deleteMessage(world: World, id: string): void {
  for (const { id: file } of world.messages.get(id)?.message.attachments ?? []) world.files.delete(file);
  world.messages.delete(id);
  world.tell({ type: 'gone', id });
}

/** Whether an edit would leave nothing of a message. */
export function wouldBeEmpty(kept: ShownMessage, sent: unknown, files: readonly ReceivedFile[]): boolean {
  const body = record(sent);
  const left = (part: 'content' | 'embeds' | 'components' | 'attachments'): unknown =>
    body[part] === undefined ? kept.message[part] : body[part];
  const isNothing = (value: unknown) =>
    value === null ||
    value === undefined ||
    (Array.isArray(value) ? value.length === 0 : String(value).trim() === '');
  return (
    files.length === 0 &&
    !(body.poll ?? kept.message.poll) &&
    [left('content'), left('embeds'), left('components'), left('attachments')].every(isNothing)
  );
}
