import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { seriousFindings } from '../helpers/axe.ts';
import { isFocused, openStage, phone, type Stage, type Visit } from '../helpers/stage.ts';

/*
 * The page around the messages, in a real Chromium: menus, links, places, the drawer, themes.
 */

vi.setConfig({ testTimeout: 20_000 });

let stage: Stage;
let at: Visit;

beforeAll(async () => {
  stage = await openStage();
  await stage.connect();
}, 30_000);
afterAll(() => stage.close());
afterEach(async () => {
  expect(await stage.leave()).toEqual([]);
});

describe('a message command', () => {
  it('runs by right click, and by keyboard', async () => {
    at = await stage.visit();
    await at.line.fill('An apple a day');
    await at.line.press('Enter');
    const said = at.page.locator('.entry', { hasText: 'An apple a day' }).first();
    await said.click({ button: 'right', position: { x: 100, y: 20 } });
    await at.page.getByRole('menuitem', { name: 'Apps' }).click();
    await at.page.getByRole('menuitem', { name: 'Read' }).click();
    await at.last.getByText('read: An apple a day').waitFor();
    await said.getByRole('button', { name: 'Apps and more' }).press('Enter');
    await at.page.keyboard.press('Enter');
    expect(await at.page.getByRole('menuitem', { name: 'Read' }).evaluate(isFocused)).toBe(true);
    await at.page.keyboard.press('Escape');
    await at.page.keyboard.press('Escape');
    expect(await at.page.getByRole('menuitem').count()).toBe(0);
    expect(await said.getByRole('button', { name: 'Apps and more' }).evaluate(isFocused)).toBe(true);
  });

  it('runs by a long press', async () => {
    at = await stage.visit('', phone);
    await at.line.fill('A pear at noon');
    await at.line.press('Enter');
    const said = at.page.locator('.entry', { hasText: 'A pear at noon' }).first();
    await said.waitFor();
    const { x = 0, y = 0 } = (await said.boundingBox()) ?? {};
    const touch = await at.page.context().newCDPSession(at.page);
    await touch.send('Input.dispatchTouchEvent', {
      type: 'touchStart',
      touchPoints: [{ x: x + 80, y: y + 20 }],
    });
    await at.page.getByRole('menuitem', { name: 'Apps' }).waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await at.page.getByRole('menuitem', { name: 'Apps' }).tap();
    await at.page.getByRole('menuitem', { name: 'Read' }).tap();
    await at.last.getByText('read: A pear at noon').waitFor();
  });
});

describe('a link', () => {
  it('runs its command once, and can be copied from the answer', async () => {
    at = await stage.visit('#/fruit show name:lime for:sam');
    const card = at.page.locator('.entry', { hasText: 'name=lime' });
    await card.waitFor();
    expect(await card.count()).toBe(1);
    await at.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await card.hover();
    await card.getByRole('button', { name: 'Copy link' }).click();
    const copied = await at.page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toBe(`${stage.playground.url}#/fruit%20show%20name:lime%20for:sam`);
    await at.page.goto('about:blank');
    await at.page.goto(copied);
    await expect.poll(() => card.count()).toBe(2);
  });
});

describe('the places', () => {
  it('are three: the server, the DM, and elsewhere with the app installed for oneself', async () => {
    at = await stage.visit();
    const places = at.page.getByRole('navigation', { name: 'Places' });
    await places.getByRole('button', { name: 'Your bot' }).click();
    await at.page.getByRole('heading', { name: 'Your bot', exact: true }).waitFor();
    await at.send('/here');
    await at.last.getByText('here', { exact: true }).waitFor();
    await at.page.getByLabel('Acting as').selectOption('Sam');
    expect(await at.page.locator('.entry').count()).toBe(0);
    await places.getByRole('button', { name: 'Robin, Sam' }).click();
    await at.send('/here');
    await at.last.getByText('here', { exact: true }).waitFor();
    expect(stage.playground.messages({ where: 'elsewhere' })).toHaveLength(1);
    await places.getByRole('button', { name: 'general' }).click();
    expect(await at.page.getByText('used /here').count()).toBe(0);
  });

  it('fold behind a button on a phone', async () => {
    at = await stage.visit('', { ...phone, viewport: { width: 360, height: 740 } });
    const places = at.page.getByRole('navigation', { name: 'Places' });
    expect(await places.isVisible()).toBe(false);
    expect(await at.page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await at.page.getByRole('button', { name: 'Places and members' }).tap();
    await places.getByRole('button', { name: 'Your bot' }).tap();
    await at.page.getByRole('heading', { name: 'Your bot', exact: true }).waitFor();
    await expect.poll(() => places.isVisible()).toBe(false);
  });
});

describe('the developer drawer', () => {
  it('shows each payload with its size against the limits, and what was refused', async () => {
    at = await stage.visit('#/fruit show name:kiwi');
    await at.last.getByText('name=kiwi').waitFor();
    await at.page.getByRole('button', { name: 'Developer drawer' }).click();
    const drawer = at.page.getByRole('complementary', { name: 'Developer drawer' });
    const exchange = drawer.getByRole('region', { name: '/fruit show name:kiwi' }).first();
    await exchange.getByText('← an answer (4)').click();
    await exchange.getByRole('row', { name: /characters of an embed’s description \d+ of 4,096/ }).waitFor();
    expect(await exchange.locator('pre').innerText()).toContain('"custom_id": "peel"');
    await at.send('/wrong');
    await drawer.getByText('Discord would refuse the answer to an interaction.').first().waitFor();
    await at.page.keyboard.press('Escape');
    await drawer.getByRole('button', { name: 'Close' }).click();
    expect(await drawer.isVisible()).toBe(false);
  });
});

describe.each([
  ['dark', 1280],
  ['dark', 390],
  ['light', 1280],
  ['light', 390],
] as const)('in the %s theme, %i pixels wide', (colorScheme, width) => {
  it('has no serious finding of axe, and nothing is wider than the window', async () => {
    at = await stage.visit(`#/fruit show name:${colorScheme}-${width}`, {
      colorScheme,
      viewport: { width, height: 844 },
    });
    await at.last.getByText(`name=${colorScheme}-${width}`).waitFor();
    const ground = await at.page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(49, 51, 56)' : 'rgb(255, 255, 255)');
    await at.last.getByRole('combobox', { name: /Basket/ }).click();
    expect(await seriousFindings(at.page)).toEqual([]);
    await at.page.getByRole('button', { name: 'Developer drawer' }).click();
    await at.page.getByText('← an answer (4)').first().click();
    await at.line.fill('/fruit show name:ap');
    await at.suggestions.first().waitFor();
    expect(await seriousFindings(at.page)).toEqual([]);
    expect(await at.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});

it('keeps a theme that was chosen, and moves nothing for those who ask for that', async () => {
  at = await stage.visit('#/wait', { colorScheme: 'dark', reducedMotion: 'reduce' });
  await at.page.getByRole('button', { name: 'Light theme' }).click();
  await at.page.reload();
  await at.page.getByRole('button', { name: 'Dark theme' }).waitFor();
  expect(await at.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
    'rgb(255, 255, 255)',
  );
  await at.last.getByText('is thinking…').waitFor();
  const animation = await at.last
    .locator('.dots')
    .evaluate((dots) => dots.ownerDocument.defaultView.getComputedStyle(dots, '::before').animationName);
  expect(animation).toBe('none');
});
