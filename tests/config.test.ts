import { describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config.ts';

// The form of a bot token: three parts in Base64's alphabet, the first an id. This one opens nothing.
const token = 'MTAwMDAwMDAwMDAwMDAwMDAw.GAbCdE.abcdefghijklmnopqrstuvwxyz0123456789AB';
const anywhere = { port: undefined, host: undefined, dataDir: undefined, metricsPort: undefined };
const gateway = {
  ...anywhere,
  mode: 'gateway',
  token,
  guildId: undefined,
  apiUrl: 'https://discord.com/api',
  logLevel: 'info',
};
const publicKey = '0123456789abcdef'.repeat(4);
const endpoint = { ...gateway, mode: 'http', publicKey };
const playground = { ...anywhere, mode: 'playground', host: '127.0.0.1', logLevel: 'warn' };

type Environment = Record<string, string | undefined>;

describe('what runs', () => {
  test.each<[string, Environment, object]>([
    ['nothing set: the playground', {}, playground],
    [
      'everything empty: the playground',
      { DISCORD_TOKEN: '', DISCORD_GUILD_ID: '', PORT: '', HOST: '' },
      playground,
    ],
    ['other variables: the playground', { PATH: '/usr/bin', NODE_ENV: 'development' }, playground],
    [
      'the playground elsewhere',
      { PORT: '8080', HOST: 'localhost', LOG_LEVEL: 'debug' },
      { ...playground, port: 8080, host: 'localhost', logLevel: 'debug' },
    ],
    ['entries of one’s own', { DATA_DIR: 'own/data' }, { ...playground, dataDir: 'own/data' }],
    ['any free port', { PORT: '0' }, { ...playground, port: 0 }],
    ['the highest port', { PORT: '65535' }, { ...playground, port: 65535 }],
    ['the page by IPv6', { HOST: '::1' }, { ...playground, host: '::1' }],
    ['a token: the bot', { DISCORD_TOKEN: token }, gateway],
    ['a token in production: the bot', { DISCORD_TOKEN: token, NODE_ENV: 'production' }, gateway],
    ['the transport named', { DISCORD_TOKEN: token, DISCORD_TRANSPORT: 'gateway' }, gateway],
    ['the transport empty', { DISCORD_TOKEN: token, DISCORD_TRANSPORT: '' }, gateway],
    [
      'an endpoint',
      { DISCORD_TRANSPORT: 'http', DISCORD_PUBLIC_KEY: publicKey },
      { ...endpoint, token: undefined },
    ],
    [
      'an endpoint that registers, somewhere else',
      {
        DISCORD_TRANSPORT: 'http',
        DISCORD_PUBLIC_KEY: publicKey,
        DISCORD_TOKEN: token,
        PORT: '8080',
        HOST: '0.0.0.0',
      },
      { ...endpoint, token, port: 8080, host: '0.0.0.0' },
    ],
    [
      'all of it',
      {
        DISCORD_TOKEN: token,
        DISCORD_GUILD_ID: '100000000000000000',
        DISCORD_API_URL: 'http://127.0.0.1:4000/api',
        PORT: '8080',
        DATA_DIR: '/srv/own',
        METRICS_PORT: '9090',
        LOG_LEVEL: 'silent',
      },
      {
        ...gateway,
        dataDir: '/srv/own',
        guildId: '100000000000000000',
        apiUrl: 'http://127.0.0.1:4000/api',
        port: 8080,
        metricsPort: 9090,
        logLevel: 'silent',
      },
    ],
  ])('%s', (_, env, config) => {
    expect(parseConfig(env)).toEqual(config);
  });
});

/** The message that an environment ends in. */
function refusal(env: Environment): string {
  try {
    parseConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).name).toBe('Failure');
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

describe('what is refused, with the remedy and without the value', () => {
  const wrong: [string, Environment, RegExp][] = [
    ['a token with Bot before it', { DISCORD_TOKEN: `Bot ${token}` }, /DISCORD_TOKEN .*‘Bot ’.*Reset Token/],
    ['a token in quotation marks', { DISCORD_TOKEN: `"${token}"` }, /DISCORD_TOKEN .*quotation marks/],
    ['a token in single ones', { DISCORD_TOKEN: `'${token}'` }, /DISCORD_TOKEN .*quotation marks/],
    ['an application id', { DISCORD_TOKEN: '123456789012345678' }, /DISCORD_TOKEN .*application id/],
    ['a public key', { DISCORD_TOKEN: '0123456789abcdef'.repeat(4) }, /DISCORD_TOKEN .*public key/],
    [
      'a client secret',
      { DISCORD_TOKEN: 'abcdefghijklmnopqrstuvwxyz_-1234' },
      /DISCORD_TOKEN .*client secret/,
    ],
    ['a password', { DISCORD_TOKEN: 'correct horse battery' }, /DISCORD_TOKEN .*three parts.*Reset Token/],
    ['two parts', { DISCORD_TOKEN: 'MTAwMDAw.GAbCdE' }, /DISCORD_TOKEN .*three parts/],
    ['a token with a line break', { DISCORD_TOKEN: `${token}\n` }, /DISCORD_TOKEN .*three parts/],
    ['a token with a space', { DISCORD_TOKEN: ` ${token}` }, /DISCORD_TOKEN .*three parts/],
    [
      'another transport',
      { DISCORD_TOKEN: token, DISCORD_TRANSPORT: 'pigeon' },
      /DISCORD_TRANSPORT .*gateway/,
    ],
    [
      'an endpoint without a key',
      { DISCORD_TRANSPORT: 'http' },
      /DISCORD_PUBLIC_KEY is missing .*http.*General Information/,
    ],
    [
      'a token for a key',
      { DISCORD_TRANSPORT: 'http', DISCORD_PUBLIC_KEY: token },
      /DISCORD_PUBLIC_KEY looks like the token.*General Information/,
    ],
    [
      'half a key',
      { DISCORD_TRANSPORT: 'http', DISCORD_PUBLIC_KEY: '0123456789abcdef' },
      /DISCORD_PUBLIC_KEY .*64 hexadecimal digits/,
    ],
    [
      'a server’s name',
      { DISCORD_TOKEN: token, DISCORD_GUILD_ID: 'my-server' },
      /DISCORD_GUILD_ID .*17 to 20.*Copy Server ID/,
    ],
    [
      'too short an id',
      { DISCORD_TOKEN: token, DISCORD_GUILD_ID: '1234567890123456' },
      /DISCORD_GUILD_ID .*17 to 20/,
    ],
    ['no address', { DISCORD_TOKEN: token, DISCORD_API_URL: 'discord-com' }, /DISCORD_API_URL .*address/],
    [
      'another protocol',
      { DISCORD_TOKEN: token, DISCORD_API_URL: 'ftp://secret-host/api' },
      /DISCORD_API_URL .*address/,
    ],
    ['a port that is a word', { PORT: 'eighty' }, /PORT .*0 to 65535/],
    ['a negative port', { PORT: '-17' }, /PORT .*0 to 65535/],
    ['too high a port', { PORT: '65536' }, /PORT .*0 to 65535/],
    ['half a port', { PORT: '80.25' }, /PORT .*whole number/],
    ['a page for everybody', { HOST: '0.0.0.0' }, /HOST .*127\.0\.0\.1.*this machine only/],
    ['an unknown log level', { LOG_LEVEL: 'chatty' }, /LOG_LEVEL .*silent.*trace/],
  ];

  test.each(wrong)('%s', (_, env, message) => {
    const said = refusal(env);
    expect(said).toMatch(message);
    for (const value of Object.values(env)) {
      if (value !== undefined && value !== 'gateway' && value !== 'http')
        expect(said).not.toContain(value.trim());
    }
    expect(said).not.toContain(token);
  });

  test('all that is wrong is said at once', () => {
    const said = refusal({
      DISCORD_TOKEN: 'x',
      DISCORD_GUILD_ID: 'y',
      PORT: 'z',
      LOG_LEVEL: 'w',
      HOST: 'v w',
    });
    for (const name of ['DISCORD_TOKEN', 'DISCORD_GUILD_ID', 'PORT', 'LOG_LEVEL', 'HOST']) {
      expect(said).toContain(name);
    }
  });

  test.each<[string, Environment, RegExp]>([
    [
      'production',
      { NODE_ENV: 'production' },
      /DISCORD_TOKEN is missing.*NODE_ENV is production.*Reset Token/,
    ],
    [
      'a server without a token',
      { DISCORD_GUILD_ID: '100000000000000000' },
      /DISCORD_TOKEN is missing.*DISCORD_GUILD_ID is set/,
    ],
    [
      'an empty token in production',
      { DISCORD_TOKEN: '', NODE_ENV: 'production' },
      /DISCORD_TOKEN is missing/,
    ],
    [
      'a transport without a token',
      { DISCORD_TRANSPORT: 'gateway' },
      /DISCORD_TOKEN is missing.*DISCORD_TRANSPORT is set/,
    ],
    [
      'a public key without a transport',
      { DISCORD_PUBLIC_KEY: '0123456789abcdef'.repeat(4) },
      /DISCORD_TOKEN is missing.*DISCORD_PUBLIC_KEY is set/,
    ],
  ])('%s: a token is asked for', (_, env, message) => {
    expect(refusal(env)).toMatch(message);
  });
});
