import { MessageFlags } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commands } from '../commands/index.ts';
import { createHandle } from '../src/handle.ts';
import { createPictureLimit, picturesPerMinute } from '../src/picture-limit.ts';
import { createPictures } from '../src/reply/picture/draw.ts';
import { context, pressInteraction } from './helpers/ask.ts';

const { user: most, guild: mostOfAll } = picturesPerMinute;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const times = (count: number, ask: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => ask(index));

describe('who may have a picture', () => {
  test.each([
    ['in a server', { user: 'ada', guild: 'g' }],
    ['in direct messages', { user: 'ada', guild: undefined }],
  ])('one member, %s: so many a minute, then a wait, then as many', (_, asker) => {
    const pictureIn = createPictureLimit();
    expect(times(most, () => pictureIn(asker))).toEqual(times(most, () => 0));
    vi.advanceTimersByTime(20_000);
    expect(pictureIn(asker)).toBe(40);
    expect(pictureIn({ ...asker, user: 'grace' })).toBe(0);
    vi.advanceTimersByTime(40_000);
    expect(times(most, () => pictureIn(asker))).toEqual(times(most, () => 0));
    expect(pictureIn(asker)).toBe(60);
  });

  test('one server, whoever asks; what is refused takes nothing', () => {
    const pictureIn = createPictureLimit();
    const ask = (index: number) => pictureIn({ user: `member ${index}`, guild: 'g' });
    expect(times(mostOfAll, ask)).toEqual(times(mostOfAll, () => 0));
    expect(times(most, () => pictureIn({ user: 'ada', guild: 'g' }))).toEqual(times(most, () => 60));
    expect(times(most, () => pictureIn({ user: 'ada', guild: 'other' }))).toEqual(times(most, () => 0));
  });
});

test('who presses too often reads in private when to press again, and the message stays as it is', async () => {
  vi.useRealTimers();
  const pictureIn = createPictureLimit();
  const handle = createHandle(
    commands,
    (asker) => ({ ...context, pictures: createPictures(), pictureIn: () => pictureIn(asker) }),
    { error: (details) => expect.unreachable(JSON.stringify(details)) },
  );
  const press = () => handle.respond(pressInteraction('compare:django,rails:p:0'));
  for (let index = 0; index < most; index += 1) expect((await press()).files).toHaveLength(1);
  const { body, files } = await press();
  expect(files).toBeUndefined();
  expect(body).toMatchObject({
    type: 4,
    data: {
      flags: MessageFlags.Ephemeral,
      embeds: [
        {
          title: 'A short break',
          description: expect.stringMatching(/Press again in (?:60|5\d) seconds\.$/),
        },
      ],
    },
  });
  // Everything else is as cheap as ever.
  const words = await handle.respond(pressInteraction('compare:django,rails:d:0'));
  expect(words.body).toMatchObject({ type: 7 });
});
