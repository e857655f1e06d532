import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isFocused, openStage, type Stage, type Visit } from '../helpers/stage.ts';

/*
 * The composer, in a real Chromium, with a small bot of the tests' own over the real gateway.
 */

vi.setConfig({ testTimeout: 20_000 });

let stage: Stage;
let at: Visit;

beforeAll(async () => {
  stage = await openStage();
}, 30_000);
afterAll(() => stage.close());
afterEach(async () => {
  expect(await stage.leave()).toEqual([]);
});

describe('before a bot is there', () => {
  it('says in plain words that it waits for one, then takes it in', async () => {
    at = await stage.visit();
    await at.page.getByText('Waiting for the bot').waitFor();
    await stage.connect();
    await at.page.getByText('Waiting for the bot').waitFor({ state: 'hidden' });
    await at.line.fill('/');
    await at.suggestions.first().waitFor();
    expect(await at.suggestions.locator('.name').allInnerTexts()).toEqual([
      '/fruit show',
      '/wait',
      '/silent',
      '/wrong',
      '/poll',
      '/everything',
    ]);
  });

  it('is sent compressed, with a strict content security policy', async () => {
    const { headers } = await fetch(`${stage.playground.url}page.js`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    const policy = headers.get('content-security-policy') ?? '';
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    at = await stage.visit();
  });

  it('offers a newcomer three things to try, and says what this is', async () => {
    at = await stage.visit();
    await at.page.getByText('A stand-in, not affiliated with Discord').waitFor();
    await at.page.getByRole('heading', { name: 'Meet Your bot' }).waitFor();
    expect(await at.page.locator('.examples button').count()).toBe(3);
    await at.page.locator('.examples').getByRole('button', { name: '/fruit show' }).click();
    await at.field('name').waitFor();
  });
});

describe('the composer', () => {
  it('suggests live, and never lets a late answer replace a newer one', async () => {
    at = await stage.visit();
    await at.line.pressSequentially('/fruit show name:a', { delay: 5 });
    await at.page.waitForTimeout(120);
    await at.field('name').pressSequentially('pr');
    await at.suggestions.filter({ hasText: 'Apricot' }).waitFor();
    // The answer to 'a' comes later and must not replace the one to 'apr'.
    await at.page.waitForTimeout(350);
    expect(await at.suggestions.allInnerTexts()).toEqual(['Apricot']);
    await at.page.keyboard.press('Tab');
    expect(await at.field('name').inputValue()).toBe('Apricot');
    await at.page.keyboard.press('Escape');
    await at.page.keyboard.press('Enter');
    await at.last.getByText('name=apricot', { exact: true }).waitFor();
  });

  it('takes the first suggestion for an Enter that was faster than the bot', async () => {
    at = await stage.visit();
    await at.line.pressSequentially('/fruit show b');
    await at.page.keyboard.press('Enter');
    await expect.poll(() => at.field('name').inputValue()).toBe('Banana');
  });

  it('chooses a command and its options by keyboard alone', async () => {
    at = await stage.visit();
    await at.page.keyboard.press('/');
    await at.suggestions.first().waitFor();
    await at.page.keyboard.press('ArrowDown');
    await at.page.keyboard.press('ArrowUp');
    await at.page.keyboard.press('Enter');
    expect(await at.hint.innerText()).toBe('name Which');
    await at.page.keyboard.type('ban');
    await at.suggestions.filter({ hasText: 'Banana' }).waitFor();
    await at.page.keyboard.press('Enter');
    // Then the optional ones are offered, and none is taken unasked.
    expect(await at.line.getAttribute('placeholder')).toBe('+4 more');
    expect(await at.suggestions.locator('.name').allInnerTexts()).toEqual([
      'count',
      'size',
      'for',
      'private',
    ]);
    await at.page.keyboard.type('pri');
    await at.page.keyboard.press('Enter');
    await at.page.keyboard.press('ArrowDown');
    await at.page.keyboard.press('ArrowUp');
    await at.page.keyboard.press('Enter');
    await at.page.keyboard.press('ArrowDown');
    await at.page.keyboard.press('Tab');
    await at.page.keyboard.type('3');
    expect(await at.field('count').inputValue()).toBe('3');
    await at.page.keyboard.press('ArrowLeft');
    await at.page.keyboard.press('ArrowLeft');
    expect(await at.field('private').evaluate(isFocused)).toBe(true);
    await at.page.keyboard.press('Escape');
    await at.page.keyboard.press('Enter');
    await at.last.getByText('name=banana private=true count=3').waitFor();
    await at.last.getByText('Only you can see this').waitFor();
    // What was sent comes back with the arrow, and may be sent again.
    await at.page.keyboard.press('ArrowUp');
    expect(await at.field('name').inputValue()).toBe('banana');
    await at.page.keyboard.press('ArrowDown');
    expect(await at.line.getAttribute('aria-label')).toBe('Message or command');
  });

  it('takes a whole line that is pasted, and gives each option its value', async () => {
    at = await stage.visit();
    await at.line.fill('/fruit show name:kiwi: the green one for:sam');
    expect(await at.field('name').inputValue()).toBe('kiwi: the green one');
    expect(await at.field('for').inputValue()).toBe('sam');
    await at.field('for').pressSequentially(' size:');
    await at.suggestions.filter({ hasText: 'Very large' }).click();
    await at.page.keyboard.press('Escape');
    await at.page.keyboard.press('Enter');
    const sam = stage.playground.members.find(({ name }) => name === 'Sam');
    await at.last.getByText(`name=kiwi: the green one for=${sam?.id} size=xl`).waitFor();
  });

  it('drops an optional field, then leaves the command, by Backspace', async () => {
    at = await stage.visit();
    await at.line.fill('/fruit show name: count:');
    await at.page.keyboard.press('Backspace');
    expect(await at.field('count').count()).toBe(0);
    await at.page.keyboard.press('Backspace');
    expect(await at.line.inputValue()).toBe('/fruit show');
  });

  it.each([
    ['/fruit show', 'name This option is required. Specify a value'],
    ['/fruit show name:kiwi count:many', 'count Input a valid integer'],
    ['/fruit show name:kiwi count:10', 'count Specify a number from 1 to 9'],
    ['/fruit show name:kiwi size:tiny', 'size Input a valid choice'],
    ['/fruit show name:kiwi for:nobody', 'for Input a valid user'],
    ['/fruit show name:kiwi private:maybe', 'private Input either True or False'],
    ['/vegetable', '/vegetable is not a command here. Type / and choose one'],
  ])('does not send %s, and says why', async (text, words) => {
    at = await stage.visit();
    await at.page.getByRole('heading', { name: 'Meet' }).waitFor();
    const before = await at.page.locator('.entry').count();
    await at.send(text);
    expect(await at.hint.innerText()).toBe(words);
    expect(await at.page.locator('.entry').count()).toBe(before);
  });
});
