import { EventEmitter } from 'node:events';
import {
  type APIApplication,
  type APIApplicationCommand,
  type APIEmoji,
  type APIInteraction,
  type APIUser,
  OAuth2Scopes,
} from 'discord-api-types/v10';
import { deadlines } from './limits.ts';
import type { Problem } from './problem.ts';
import type { Choice, Exchange, Member, Refused, ShownMessage, Silence, Where } from './wire.ts';

/** An interaction that was sent to the bot. */
export type Pending = {
  raw: APIInteraction;
  where: Where;
  by: Member;
  sentAt: number;
  /** The kind of the first answer (4 to 8), once there is one. */
  answered?: number;
  /** The message that `@original` means. */
  originalId?: string;
  /** The messages that answered it, `@original` first where it made one. */
  made: string[];
  /** What was refused. */
  problems: Problem[];
};

/** A file that can be fetched: an attachment or an emoji. */
export type KeptFile = { bytes: Uint8Array; type: string; name: string };

/** What happens in the world, as the page and tests hear of it. */
export type WorldEvent =
  | { type: 'message'; kept: ShownMessage }
  | { type: 'gone'; id: string }
  | { type: 'commands' }
  | { type: 'bot'; connected: boolean }
  | { type: 'choices'; interactionId: string; choices: Choice[] }
  | { type: 'answered'; interactionId: string }
  | Exchange
  | Silence
  | Refused;

/** Everything that the stand-in holds, in memory only. */
export type World = ReturnType<typeof createWorld>;

const discordEpoch = 1_420_070_400_000n;
const keptMessages = 500;
const keptExchanges = 100;
const noFlags: number = 0;

function token(applicationId: string): string {
  const random = (bytes: number) =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('base64url');
  return `${Buffer.from(applicationId).toString('base64url')}.${random(4)}.${random(28)}`;
}

/** What the Developer Portal shows and changes of an application that was just made, and who installed it. */
function settingsOf(bot: APIUser, installs: number) {
  const installing = (scopes: OAuth2Scopes[]) => ({ oauth2_install_params: { scopes, permissions: '0' } });
  return {
    bot,
    bot_public: true,
    verify_key: '',
    flags: noFlags,
    interactions_endpoint_url: null as string | null,
    approximate_guild_count: 1,
    approximate_user_install_count: installs,
    integration_types_config: {
      0: installing([OAuth2Scopes.ApplicationsCommands, OAuth2Scopes.Bot]),
      1: installing([OAuth2Scopes.ApplicationsCommands]),
    } as APIApplication['integration_types_config'],
  };
}

/** Makes an empty server with two members, the bot, and a clock. Nothing of it outlives the process. */
export function createWorld(options: { origin: string; botName: string; now: () => number }) {
  const { now, origin } = options;
  let increment = 0n;
  let lastTime = 0n;
  const id = (): string => {
    // Ids only ever grow, whatever the clock does.
    const here = BigInt(now()) - discordEpoch;
    const time = here > lastTime ? here : lastTime;
    increment = time === lastTime ? increment + 1n : 0n;
    lastTime = time;
    return String((time << 22n) | (increment & 0x3fffffn));
  };
  const applicationId = id();
  const user = (userId: string, name: string, bot: boolean): APIUser => ({
    id: userId,
    username: bot ? name : name.toLowerCase(),
    discriminator: bot ? '0001' : '0',
    global_name: bot ? null : name,
    avatar: null,
    bot,
    public_flags: noFlags,
    flags: noFlags,
    primary_guild: null,
  });
  const members: Member[] = [
    { id: id(), name: 'Robin' },
    { id: id(), name: 'Sam' },
  ];
  const bot = user(applicationId, options.botName, true);
  const events = new EventEmitter<{ event: [WorldEvent] }>();
  events.setMaxListeners(0);

  return {
    origin,
    now,
    id,
    applicationId,
    token: token(applicationId),
    bot,
    members,
    application: settingsOf(bot, members.length),
    /** A member as Discord's user object. */
    userOf: (member: Member): APIUser => user(member.id, member.name, false),
    guild: { id: id(), name: 'Your server' },
    channels: { server: id(), dm: id(), elsewhere: id() } as const satisfies Record<Where, string>,
    /** Global commands under `''`, a guild's under its id. */
    commands: new Map<string, APIApplicationCommand[]>(),
    emojis: new Map<string, APIEmoji>(),
    messages: new Map<string, ShownMessage>(),
    interactions: new Map<string, Pending>(),
    files: new Map<string, KeptFile>(),
    /** The latest interactions and answers as they were sent, for whoever opens the page later. */
    exchanges: [] as Exchange[],
    /** Tells everyone who listens. */
    tell: (event: WorldEvent) => events.emit('event', event),
    /** Calls `hear` for each event until the returned function is called. */
    listen: (hear: (event: WorldEvent) => void): (() => void) => {
      events.on('event', hear);
      return () => events.off('event', hear);
    },
  };
}

/** Finds a member by id or name; the first one without either. Throws a RangeError for one that is not there. */
export function memberOf(world: World, who: string | undefined): Member {
  const member = world.members.find(({ id, name }) => who === undefined || id === who || name === who);
  if (!member)
    throw new RangeError(`No member '${who}' here: ${world.members.map(({ name }) => name).join(', ')}`);
  return member;
}

/** Whether a member sees a message: private ones are for one member, and so is everything in a DM. */
export function isSeenBy({ visibleTo, of }: ShownMessage, memberId: string): boolean {
  return (visibleTo ?? memberId) === memberId && (of ?? memberId) === memberId;
}

/** Reports a payload as it went to the bot or came from it. */
export function tellExchange(
  world: World,
  { raw, by, where }: Pick<Pending, 'raw' | 'by' | 'where'>,
  sent: Pick<Exchange, 'direction' | 'what' | 'payload'> & Partial<Pick<Exchange, 'files' | 'measures'>>,
): void {
  const exchange: Exchange = {
    type: 'exchange',
    interactionId: raw.id,
    at: world.now(),
    by: by.id,
    where,
    bytes: Buffer.byteLength(JSON.stringify(sent.payload) ?? ''),
    files: [],
    measures: [],
    ...sent,
  };
  world.exchanges.push(exchange);
  if (world.exchanges.length > keptExchanges) world.exchanges.shift();
  world.tell(exchange);
}

/** Forgets what can no longer be asked for: interactions whose token is void, and the oldest messages. */
export function prune(world: World): void {
  for (const [id, pending] of world.interactions) {
    if (world.now() - pending.sentAt > deadlines.token) world.interactions.delete(id);
  }
  for (const [id, { message }] of world.messages) {
    if (world.messages.size <= keptMessages) break;
    world.messages.delete(id);
    for (const attachment of message.attachments) world.files.delete(attachment.id);
  }
}

/** The commands that a member is offered at a place, the guild's own after the global ones. */
export function commandsAt(world: World, where: Where): APIApplicationCommand[] {
  const global = (world.commands.get('') ?? []).filter(({ contexts, integration_types }) => {
    const here = { server: 0, dm: 1, elsewhere: 2 }[where];
    const inContext = !contexts || contexts.some((context) => context === here);
    return inContext && (where !== 'elsewhere' || (integration_types ?? [0]).some((type) => type === 1));
  });
  return where === 'server' ? [...global, ...(world.commands.get(world.guild.id) ?? [])] : global;
}
