import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isFocused, openStage, type Stage, type Visit } from '../helpers/stage.ts';

/*
 * Answers in a real Chromium: each kind of component, private ones, what goes wrong.
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

describe('an answer', () => {
  it('shows its embed, and its text as text', async () => {
    at = await stage.visit('#/fruit show name:kiwi');
    const card = at.last;
    await card.getByText('name=kiwi', { exact: true }).waitFor();
    expect(await card.getByRole('link', { name: '¹' }).getAttribute('rel')).toContain('noopener');
    expect(await card.getByRole('heading', { name: 'Good for' }).isVisible()).toBe(true);
    expect(await card.getByText('<script>alert(1)</script>').isVisible()).toBe(true);
    const edge = await card
      .locator('.embed')
      .evaluate((embed) => embed.ownerDocument.defaultView.getComputedStyle(embed).borderLeftColor);
    expect(edge).toBe('rgb(53, 114, 165)');
    expect(await card.getByRole('link', { name: 'Website' }).getAttribute('target')).toBe('_blank');
    expect(await card.getByRole('button', { name: 'Drop' }).isDisabled()).toBe(true);
    expect(await card.locator('.button').evaluateAll((all) => all.map(({ className }) => className))).toEqual(
      ['primary', 'success', 'danger', 'secondary', 'secondary'].map((style) => `button ${style}`),
    );
  });

  it('shows everything that a message can hold', async () => {
    at = await stage.visit('#/everything');
    const shown = at.last;
    await shown.getByRole('heading', { name: 'Three' }).waitFor();
    expect(await shown.getByRole('listitem').allInnerTexts()).toEqual(['a list', 'of two']);
    await shown.getByRole('button', { name: 'Spoiler: show' }).press('Enter');
    expect(await shown.getByText('a spoiler').evaluate((cover) => cover.classList.contains('shown'))).toBe(
      true,
    );
    expect(await shown.locator('time[data-style]').innerText()).toContain('years ago');
    expect(await shown.getByText('November 1').first().isVisible()).toBe(true);
    expect(await shown.getByText('@Robin').isVisible()).toBe(true);
    expect(await shown.getByAltText(':berry:').evaluate((img) => img.naturalWidth)).toBe(1);
    // Both pictures of the embed take their text from the file; the loose file stands beside it.
    expect(await shown.getByAltText('a red dot').count()).toBe(2);
    expect(await shown.getByAltText('a loose dot').count()).toBe(1);
    expect(await shown.locator('.fields .inline').allInnerTexts()).toEqual(['left\none', 'right\ntwo']);
    const [saved] = await Promise.all([
      at.page.waitForEvent('download'),
      shown.getByRole('link', { name: 'Save record.md' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('record.md');
    const [opened] = await Promise.all([
      at.page.context().waitForEvent('page'),
      shown.getByRole('link', { name: 'record.md', exact: true }).click(),
    ]);
    await opened.getByText('# Decision').waitFor();
  });

  it('takes a choice from a menu, by pointer and by keyboard', async () => {
    at = await stage.visit('#/fruit show name:lemon');
    const card = at.page.locator('.entry', { hasText: 'name=lemon' }).last();
    await card.getByRole('combobox', { name: 'Mix with…' }).click();
    await card.getByRole('option', { name: 'Banana a Banana' }).click();
    await at.last.getByText('mixed with banana').waitFor();
    const box = card.getByRole('combobox', { name: /Mix with/ });
    await box.press('ArrowDown');
    await box.press('a');
    await box.press('p');
    await box.press('r');
    await box.press('Enter');
    await at.last.getByText('mixed with apricot').waitFor();
  });

  it('takes several choices from a menu, as many as it may', async () => {
    at = await stage.visit('#/fruit show name:mango');
    const card = at.page.locator('.entry', { hasText: 'name=mango' }).last();
    const box = card.getByRole('combobox', { name: /Basket/ });
    await box.press('Enter');
    await box.press('Enter');
    await box.press('End');
    await box.press(' ');
    await box.press('ArrowUp');
    await box.press(' ');
    expect(await card.getByRole('option', { selected: true }).allInnerTexts()).toEqual([
      'Apple\na Apple',
      'Banana\na Banana',
    ]);
    await box.press('Escape');
    expect(await box.innerText()).toBe('Basket');
    await box.click();
    await card.getByRole('option', { name: 'Apple' }).click();
    await card.getByRole('option', { name: 'Banana' }).click();
    await card.getByRole('button', { name: 'Select' }).click();
    await at.last.getByText('mixed with apple and banana').waitFor();
  });

  it('counts votes in a poll, and takes them back', async () => {
    at = await stage.visit('#/poll');
    const poll = at.last.getByRole('group', { name: 'Which fruit?' });
    await poll.getByLabel('Banana').check();
    await poll.getByRole('button', { name: 'Vote' }).click();
    await poll.getByText('1 vote · 100 %').waitFor();
    await at.page.getByLabel('Acting as').selectOption('Sam');
    await poll.getByLabel('Apple').check();
    await poll.getByRole('button', { name: 'Vote' }).click();
    await poll.getByText('2 votes ·').waitFor();
    await poll.getByRole('button', { name: 'Remove vote' }).click();
    await poll.getByText('1 vote · ends').waitFor();
  });

  it('is shown to nobody else when it is private, and can be dismissed', async () => {
    at = await stage.visit();
    await at.send('/fruit show name:secret private:true');
    await at.last.getByText('Only you can see this').waitFor();
    await at.page.getByLabel('Acting as').selectOption('Sam');
    expect(await at.page.getByText('name=secret').count()).toBe(0);
    await at.page.getByLabel('Acting as').selectOption('Robin');
    await at.last.getByText('Dismiss message').click();
    expect(await at.page.getByText('name=secret').count()).toBe(0);
  });

  it('can be pressed by another member, and the button keeps the focus', async () => {
    at = await stage.visit('#/fruit show name:fig');
    await at.last.getByText('name=fig').waitFor();
    await at.page.getByLabel('Acting as').selectOption('Sam');
    await at.last.getByRole('button', { name: 'Peel' }).press('Enter');
    await at.last.getByText('sam did peel').waitFor();
    expect(await at.last.getByRole('button', { name: 'Peel' }).evaluate(isFocused)).toBe(true);
  });

  it('is waited for, and what goes wrong is said in words', async () => {
    at = await stage.visit('#/wait');
    await at.last.getByText('is thinking…').waitFor();
    await at.send('/fruit show name:olive');
    await at.last.getByRole('button', { name: 'Ignore' }).click();
    await at.send('/silent');
    await at.page.getByText('Sending command…').waitFor();
    await at.send('/wrong');
    await at.page.getByText('found 2001, allowed at most 2000').first().waitFor();
    // Three seconds after each: at the message that was pressed, and where the answers would have been.
    const pressed = at.page.locator('.entry', { hasText: 'name=olive' }).last();
    await pressed.getByText('This interaction failed').waitFor();
    const silent = at.page.locator('.entry', { hasText: 'used /silent' });
    await silent.getByText('The application did not respond').waitFor();
    await silent.getByRole('button', { name: 'Dismiss message' }).click();
    expect(await silent.count()).toBe(0);
  });
});
