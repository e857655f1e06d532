import { REST } from '@discordjs/rest';
import { type APIApplicationCommand, Routes } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { installLinks, isSameCommands, registerCommands } from '../../src/discord/registration.ts';
import { type Playground, startPlayground } from '../../src/playground/start.ts';

const wanted = commands.map(({ data }) => data);
let discord: Playground;
let rest: REST;

beforeAll(async () => {
  discord = await startPlayground({ port: 0, page: false });
  rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
});
afterAll(() => discord.close());

describe('registering commands', () => {
  test.each([
    ['for all servers', undefined],
    ['in one server', true],
  ])('%s, they are written once, and again only when they differ', async (_where, inGuild) => {
    const { applicationId, guildId } = discord;
    const where = inGuild ? guildId : undefined;
    expect(await registerCommands(rest, applicationId, wanted, where)).toBe(true);
    expect(await registerCommands(rest, applicationId, wanted, where)).toBe(false);
    expect(await registerCommands(rest, applicationId, [...wanted].reverse(), where)).toBe(false);
    expect(await registerCommands(rest, applicationId, wanted.slice(1), where)).toBe(true);
    expect(await registerCommands(rest, applicationId, wanted, where)).toBe(true);
    expect(await registerCommands(rest, applicationId, wanted, where)).toBe(false);
  });

  test('what Discord holds is not an echo, and compares as the same all the same', async () => {
    const held = (await rest.get(
      Routes.applicationCommands(discord.applicationId),
    )) as APIApplicationCommand[];
    expect(held).not.toEqual(wanted);
    expect(held[0]).toMatchObject({ id: expect.any(String), nsfw: false, default_member_permissions: null });
    expect(isSameCommands(held, wanted, false)).toBe(true);
  });

  test.each([
    ['a description', (data: { description?: string }) => ({ ...data, description: 'Another' })],
    ['a name', (data: object) => ({ ...data, name: 'another' })],
    ['a context', (data: object) => ({ ...data, contexts: [0] })],
    [
      'an option that becomes required',
      (data: object) => ({
        ...data,
        options: [{ type: 5, name: 'private', description: 'Only you see the answer', required: true }],
      }),
    ],
    ['an option less', (data: object) => ({ ...data, options: [] })],
  ])('%s makes a difference', async (_what, change) => {
    const held = (await rest.get(
      Routes.applicationCommands(discord.applicationId),
    )) as APIApplicationCommand[];
    const [about, ...others] = wanted;
    const changed = [change(about as never), ...others] as typeof wanted;
    expect(isSameCommands(held, changed, false)).toBe(false);
  });

  test('a server that the application may not use is named, with the remedy', async () => {
    const attempt = registerCommands(rest, discord.applicationId, wanted, '100000000000000009');
    await expect(attempt).rejects.toThrow(
      /DISCORD_GUILD_ID .* Invite it there first: https:\/\/discord\.com\/oauth2/,
    );
  });
});

test('the install links ask for commands and for no permission', () => {
  const { server, user } = installLinks('123');
  expect(server).toBe(
    'https://discord.com/oauth2/authorize?client_id=123&integration_type=0&scope=applications.commands',
  );
  expect(user).toBe(
    'https://discord.com/oauth2/authorize?client_id=123&integration_type=1&scope=applications.commands',
  );
});
