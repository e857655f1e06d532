import { REST, RESTEvents } from '@discordjs/rest';
import {
  type APIApplication,
  type APIApplicationCommand,
  type APIUser,
  type RESTGetAPIApplicationEmojisResult,
  type RESTGetAPIGatewayBotResult,
  Routes,
} from 'discord-api-types/v10';

/** What was asked for, or the error that came instead. */
export type Asked<T> = { answer: T } | { error: unknown };

/** What Discord says of the application behind a token. `skew` is how far this machine's clock is ahead, in seconds. */
export type Told = {
  skew: number;
  application: APIApplication;
  user: Asked<APIUser>;
  globalCommands: Asked<APIApplicationCommand[]>;
  /** The commands of the one server that is configured. */
  guildCommands: Asked<APIApplicationCommand[]> | undefined;
  emojis: Asked<RESTGetAPIApplicationEmojisResult>;
  gateway: Asked<RESTGetAPIGatewayBotResult>;
};

/** How long Discord, and the endpoint, may take, in milliseconds: for the second that is as long as Discord waits. */
const patience = 10_000;
const endpointPatience = 3000;

function settle<T>(promise: Promise<unknown>): Promise<Asked<T>> {
  return promise.then(
    (answer) => ({ answer: answer as T }),
    (error: unknown) => ({ error }),
  );
}

/**
 * Asks Discord about the application; nothing is changed there, and no identify is used up.
 *
 * @param apiUrl the REST base without the version.
 * @throws what the REST client throws, when not even the application is told.
 */
export async function askDiscord(token: string, apiUrl: string, guildId: string | undefined): Promise<Told> {
  const rest = new REST({ api: apiUrl, retries: 0, timeout: patience, rejectOnRateLimit: () => true });
  rest.setToken(token);
  let asked = Date.now();
  let skew = 0;
  rest.once(RESTEvents.Response, (_, { headers }) => {
    const here = (asked + Date.now()) / 2;
    const date = Date.parse(headers.get('date') ?? '');
    // A date without its fraction of a second is half a second old on average.
    if (!Number.isNaN(date)) skew = Math.round((here - date - 500) / 1000);
  });
  asked = Date.now();
  const application = (await rest.get(Routes.currentApplication())) as APIApplication;
  const { id } = application;
  if (typeof id !== 'string') throw new Error('it names no application');
  const [user, globalCommands, guildCommands, emojis, gateway] = await Promise.all([
    settle<APIUser>(rest.get(Routes.user())),
    settle<APIApplicationCommand[]>(rest.get(Routes.applicationCommands(id))),
    guildId === undefined
      ? undefined
      : settle<APIApplicationCommand[]>(rest.get(Routes.applicationGuildCommands(id, guildId))),
    settle<RESTGetAPIApplicationEmojisResult>(rest.get(Routes.applicationEmojis(id))),
    settle<RESTGetAPIGatewayBotResult>(rest.get(Routes.gatewayBot())),
  ]);
  return { skew, application, user, globalCommands, guildCommands, emojis, gateway };
}

/** What an endpoint answers to a request that Discord did not sign: its status, after so many milliseconds. */
export async function tryEndpoint(address: string): Promise<Asked<{ status: number; milliseconds: number }>> {
  const began = performance.now();
  return settle(
    fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"type":1}',
      redirect: 'manual',
      signal: AbortSignal.timeout(endpointPatience),
    }).then(({ status }) => ({ status, milliseconds: Math.round(performance.now() - began) })),
  );
}
