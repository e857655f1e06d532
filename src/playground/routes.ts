import {
  createFollowUp,
  deleteAnswer,
  editAnswer,
  failure,
  getAnswer,
  type Reply,
  refuse,
  takeCallback,
} from './answers.ts';
import { addCommand, changeCommand, listCommands, removeCommand, replaceCommands } from './commands.ts';
import { createEmoji, deleteEmoji, getEmoji, listEmojis, renameEmoji } from './emojis.ts';
import { checkCommand, checkCommands, limits } from './limits.ts';
import type { ReceivedFile } from './messages.ts';
import type { World } from './world.ts';

/** Where the gateway is, and how to connect to it. */
export type GatewayAdvice = { url: string; shards: number; session_start_limit: object };

/** A request that a route answers. */
type Call = {
  world: World;
  gateway: GatewayAdvice;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  files: readonly ReceivedFile[];
  /** When the request came, by the world's clock. */
  arrived: number;
};
type Route = { method: string; path: string; open?: boolean; answer: (call: Call) => Reply };

function scopeOf({ guild }: Call['params']): string {
  return guild ?? '';
}

function found(world: World, params: Call['params']) {
  return world.commands.get(scopeOf(params))?.find(({ id }) => id === params.command);
}

const unknownCommand = failure(404, 10063, 'Unknown application command');

function forThisApplication(answer: Route['answer']): Route['answer'] {
  return (call) => {
    const { application, guild } = call.params;
    if (application !== call.world.applicationId)
      return failure(403, 20012, 'You are not authorized to perform this action on this application');
    if (guild !== undefined && guild !== call.world.guild.id) return failure(403, 50001, 'Missing Access');
    return answer(call);
  };
}

function commandRoutes(base: string): Route[] {
  return [
    {
      method: 'GET',
      path: base,
      answer: ({ world, params, query }) => ({
        status: 200,
        body: listCommands(world, scopeOf(params), query.get('with_localizations') === 'true'),
      }),
    },
    {
      method: 'PUT',
      path: base,
      answer: ({ world, params, body }) => {
        const commands = Array.isArray(body) ? body : [];
        const problems = checkCommands(commands);
        if (problems.length > 0) return refuse(world, 'the registration of commands', problems);
        return { status: 200, body: replaceCommands(world, scopeOf(params), commands) };
      },
    },
    {
      method: 'POST',
      path: base,
      answer: ({ world, params, body }) => {
        const others = (world.commands.get(scopeOf(params)) ?? []).filter(
          ({ name, type }) => name !== Object(body).name || type !== (Object(body).type ?? 1),
        );
        const problems = checkCommand(body);
        if (problems.length > 0) return refuse(world, 'the registration of a command', problems);
        const type: number = Object(body).type ?? 1;
        const most = [limits.slashCommands, limits.userCommands, limits.messageCommands][type - 1]?.max ?? 0;
        if (others.filter((one) => one.type === type).length >= most) {
          return failure(400, 30032, `Maximum number of application commands reached (${most}).`);
        }
        const { command, isNew } = addCommand(world, scopeOf(params), body);
        return { status: isNew ? 201 : 200, body: command };
      },
    },
    {
      method: 'GET',
      path: `${base}/:command`,
      answer: ({ world, params }) => {
        const command = found(world, params);
        return command ? { status: 200, body: command } : unknownCommand;
      },
    },
    {
      method: 'PATCH',
      path: `${base}/:command`,
      answer: ({ world, params, body }) => {
        const known = found(world, params);
        if (!known) return unknownCommand;
        const { name, type, description } = known;
        const problems = checkCommand({ name, type, description, ...Object(body) });
        if (problems.length > 0) return refuse(world, 'the change of a command', problems);
        return { status: 200, body: changeCommand(world, scopeOf(params), known, body) };
      },
    },
    {
      method: 'DELETE',
      path: `${base}/:command`,
      answer: ({ world, params }) =>
        removeCommand(world, scopeOf(params), params.command ?? '') ? { status: 204 } : unknownCommand,
    },
  ];
}

function emojiRoutes(base: string): Route[] {
  return [
    { method: 'GET', path: base, answer: ({ world }) => listEmojis(world) },
    { method: 'POST', path: base, answer: ({ world, body }) => createEmoji(world, body) },
    {
      method: 'GET',
      path: `${base}/:emoji`,
      answer: ({ world, params }) => getEmoji(world, params.emoji ?? ''),
    },
    {
      method: 'PATCH',
      path: `${base}/:emoji`,
      answer: ({ world, params, body }) => renameEmoji(world, params.emoji ?? '', body),
    },
    {
      method: 'DELETE',
      path: `${base}/:emoji`,
      answer: ({ world, params }) => deleteEmoji(world, params.emoji ?? ''),
    },
  ];
}

function application(world: World) {
  return {
    id: world.applicationId,
    name: world.bot.username,
    icon: null,
    description: '',
    type: null,
    bot_require_code_grant: false,
    flags_new: String(world.application.flags),
    owner: world.members[0] && world.userOf(world.members[0]),
    team: null,
    redirect_uris: [],
    role_connections_verification_url: null,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    ...world.application,
  };
}

const webhook = '/webhooks/:application/:token';

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/gateway',
    open: true,
    answer: ({ gateway: { url } }) => ({ status: 200, body: { url } }),
  },
  {
    method: 'GET',
    path: '/gateway/bot',
    answer: ({ gateway }) => ({ status: 200, body: gateway }),
  },
  {
    method: 'GET',
    path: '/users/@me',
    answer: ({ world }) => ({
      status: 200,
      body: { ...world.bot, verified: true, mfa_enabled: false, locale: 'en-US', email: null },
    }),
  },
  {
    method: 'GET',
    path: '/applications/@me',
    answer: ({ world }) => ({ status: 200, body: application(world) }),
  },
  {
    method: 'GET',
    path: '/oauth2/applications/@me',
    answer: ({ world }) => ({ status: 200, body: application(world) }),
  },
  ...[
    ...commandRoutes('/applications/:application/commands'),
    ...commandRoutes('/applications/:application/guilds/:guild/commands'),
    ...emojiRoutes('/applications/:application/emojis'),
  ].map((route) => ({ ...route, answer: forThisApplication(route.answer) })),
  {
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    open: true,
    answer: ({ world, params, query, body, files, arrived }) =>
      takeCallback(
        world,
        params.interaction ?? '',
        params.token ?? '',
        { body, files, arrived },
        query.get('with_response') === 'true',
      ),
  },
  {
    method: 'POST',
    path: webhook,
    open: true,
    answer: ({ world, params, body, files }) =>
      createFollowUp(world, params.application ?? '', params.token ?? '', body, files),
  },
  {
    method: 'GET',
    path: `${webhook}/messages/:message`,
    open: true,
    answer: ({ world, params }) =>
      getAnswer(world, params.application ?? '', params.token ?? '', params.message ?? ''),
  },
  {
    method: 'PATCH',
    path: `${webhook}/messages/:message`,
    open: true,
    answer: ({ world, params, body, files }) =>
      editAnswer(world, params.application ?? '', params.token ?? '', params.message ?? '', body, files),
  },
  {
    method: 'DELETE',
    path: `${webhook}/messages/:message`,
    open: true,
    answer: ({ world, params }) =>
      deleteAnswer(world, params.application ?? '', params.token ?? '', params.message ?? ''),
  },
];

function matched(route: Route, method: string, path: string): Record<string, string> | undefined {
  const wanted = route.path.split('/');
  const steps = path.split('/');
  if (route.method !== method || wanted.length !== steps.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const step = steps[index] ?? '';
    if (want.startsWith(':')) params[want.slice(1)] = decodeURIComponent(step);
    else if (want !== decodeURIComponent(step)) return undefined;
  }
  return params;
}

/** The route for a method and a path below `/api/v10`, and what its path holds. */
export function findRoute(
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const params = matched(route, method, path);
    if (params) return { route, params };
  }
  return undefined;
}
