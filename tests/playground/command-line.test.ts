import type { APIApplicationCommand } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { readLine, typedCommands } from '../../src/playground/command-line.ts';
import { startPlayground } from '../../src/playground/start.ts';

function text(name: string) {
  return { type: 3, name, description: name };
}

const base = {
  id: '1',
  application_id: '1',
  version: '1',
  default_member_permissions: null,
  description: 'd',
};
const registered = [
  {
    ...base,
    type: 1,
    name: 'framework',
    options: [
      { type: 1, name: 'lookup', description: 'One', options: [text('name'), text('for-user')] },
      {
        type: 2,
        name: 'more',
        description: 'Group',
        options: [{ type: 1, name: 'list', description: 'All' }],
      },
    ],
  },
  { ...base, type: 1, name: 'about' },
  { ...base, type: 3, name: 'Explain' },
] as readonly APIApplicationCommand[];
const commands = typedCommands(registered);

function read(line: string) {
  const { typed, values, focused, rest } = readLine(line, commands);
  return { path: typed?.path, values: Object.fromEntries(values), focused, rest };
}

describe('a typed command', () => {
  it('spells out subcommands and groups, and knows slash commands only', () => {
    expect(commands.map(({ path }) => path)).toEqual(['framework lookup', 'framework more list', 'about']);
  });

  it.each([
    ['/', { path: undefined, values: {}, focused: undefined, rest: '' }],
    ['/frame', { path: undefined, values: {}, focused: undefined, rest: 'frame' }],
    ['/framework lookup', { path: 'framework lookup', values: {}, focused: undefined, rest: '' }],
    ['/framework lookups', { path: undefined, values: {}, focused: undefined, rest: 'framework lookups' }],
    ['/framework lookup na', { path: 'framework lookup', values: {}, focused: undefined, rest: 'na' }],
    [
      '/framework lookup name:',
      { path: 'framework lookup', values: { name: '' }, focused: 'name', rest: '' },
    ],
    [
      '/framework lookup name:spring boot: 4 for-user:Sam',
      {
        path: 'framework lookup',
        values: { name: 'spring boot: 4', 'for-user': 'Sam' },
        focused: 'for-user',
        rest: '',
      },
    ],
    ['/framework more list', { path: 'framework more list', values: {}, focused: undefined, rest: '' }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });
});

describe('a sent command', () => {
  it('can be written as the line that asks again, members by name', async () => {
    const playground = await startPlayground({ port: 0, page: false });
    const headers = { authorization: `Bot ${playground.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify([
      {
        name: 'framework',
        description: 'd',
        options: [
          {
            type: 1,
            name: 'lookup',
            description: 'd',
            options: [text('name'), { ...text('for-user'), type: 6 }],
          },
        ],
      },
    ]);
    const route = `${playground.apiUrl}/v10/applications/${playground.applicationId}/commands`;
    await fetch(route, { method: 'PUT', headers, body });
    const sent = new Promise<string>((resolve) => {
      playground.listen((event) => event.type === 'exchange' && resolve(event.what));
    });
    void playground.type('/framework lookup name:spring boot: 4 for-user:Sam');
    expect(await sent).toBe('/framework lookup name:spring boot: 4 for-user:sam');
    await playground.close();
  });
});
