import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Running, runEntry } from './helpers/bot.ts';
import { openBrowser } from './helpers/browser.ts';

/*
 * What a new user does: npm start with nothing configured, and the page that it prints, in a real browser.
 */

let bot: Running;
let browser: Browser;
let page: Page;
let address: string;

beforeAll(async () => {
  bot = runEntry('src/main.ts', { PORT: '0' });
  await bot.says('README.md');
  address = /http:\/\/\S+/.exec(bot.written())?.[0] ?? '';
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(address);
}, 40_000);

afterAll(async () => {
  await browser.close();
  bot.signal('SIGTERM');
  expect(await bot.ended).toBe(0);
});

/** Types a command as a member does, and sends it as it is typed. */
async function send(line: string): Promise<void> {
  await page.getByRole('combobox', { name: /message/i }).fill(line);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
}

test('the three things to try are answered with one click each', async () => {
  const examples = page.getByRole('group', { name: /things to try/ }).getByRole('button');
  expect(await examples.count()).toBe(3);
  for (const [index, words] of ['BSD-3-Clause', 'Django and Laravel', 'REST API in Python'].entries()) {
    await examples.nth(index).click();
    await page.locator('.entry').nth(index).getByText(words).first().waitFor();
  }
});

test('a lookup is offered while it is typed, and answered', async () => {
  await page.getByRole('combobox', { name: /message/i }).fill('/framework lookup name:dja');
  await page.getByRole('option', { name: /Django \(Python\)/ }).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('djagno');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByText('You typed ‘djagno’.').waitFor();
});

test('a button turns the page of the card', async () => {
  const card = page.locator('.entry').last();
  await card.getByText('BSD-3-Clause').waitFor();
  await card.getByRole('button', { name: 'Releases' }).click();
  await card.getByRole('heading', { name: 'Support as of' }).waitFor();
  expect(await card.getByText('BSD-3-Clause').count()).toBe(0);
});

test('a comparison is answered', async () => {
  await send('/compare first:koa second:express');
  await page.getByText('K E').first().waitFor();
  await page.getByText('Koa and Express').waitFor();
});

test('the pages of an answer are turned by Enter alone', async () => {
  await send('/compare first:django second:laravel');
  const answer = page.locator('.entry').last();
  await answer.getByRole('button', { name: 'Sources' }).click();
  await answer.getByRole('button', { name: /^More/ }).focus();
  for (let turns = 0; turns < 9; turns++) {
    const label = () => page.evaluate<string>('document.activeElement.textContent');
    const before = await label();
    expect(before).toMatch(/^(More \(page|Back to page 1)/);
    await page.keyboard.press('Enter');
    await expect.poll(label).not.toBe(before);
  }
});

test('a link with a lone percent sign is run as it stands', async () => {
  await page.goto(`${address}#/framework search text:100%`);
  await page.getByText('“100%”').first().waitFor();
});

test('the end of the channel stays in view while answers grow', async () => {
  const below = () =>
    page.evaluate<number>(
      '(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector("main"))',
    );
  for (const line of ['/compare first:django second:laravel', '/recommend language:python', '/about']) {
    await send(line);
    await page
      .locator('.entry')
      .last()
      .getByText(/sources/)
      .first()
      .waitFor();
    await expect.poll(below).toBeLessThan(3);
  }
});

test('nothing on the page is wider than a phone', async () => {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
});

test('marks are shown in titles, lines, menus and buttons, by their pictures on the stand-in', async () => {
  // The bot uploads them after it is ready.
  await expect
    .poll(
      async () => {
        await send('/framework lookup name:slim');
        const title = page.locator('.entry').last().locator('.title');
        await title.getByText('Slim').waitFor();
        return title.locator('img.emoji').count();
      },
      { timeout: 10_000 },
    )
    .toBe(1);
  const drawn = (place: Locator) =>
    place.evaluateAll((pictures) =>
      // What is in the page is not what this file knows of: it runs without the types of a browser.
      pictures.map((picture) => (picture as unknown as { naturalWidth: number }).naturalWidth),
    );
  const pictures = (place: string) => page.locator('.entry').last().locator(`${place} img.emoji`);
  await expect.poll(() => drawn(pictures('.title'))).toEqual([128]);
  await page.locator('.entry').last().getByRole('combobox').click();
  await expect
    .poll(async () => (await drawn(pictures('.options'))).every((width) => width === 128))
    .toBe(true);
  expect(await pictures('.options').count()).toBeGreaterThan(5);
  await page.keyboard.press('Escape');

  await send('/framework list language:ruby');
  await expect.poll(() => drawn(pictures('.description'))).toContain(128);
  await send('/framework lookup name:php');
  // Its name is the framework's alone, without that of the emoji.
  const button = page.locator('.entry').last().getByRole('button', { name: 'Laravel', exact: true });
  await expect.poll(() => drawn(button.locator('img.emoji'))).toEqual([128]);
});

/** The newest answer, once it holds a text, which stays the same one when others come after it. */
async function newest(text: string | RegExp): Promise<Locator> {
  const last = page.locator('.entry').last();
  await last.getByText(text).first().waitFor();
  return page.locator(`.entry[data-id="${await last.getAttribute('data-id')}"]`);
}

test('a comparison that is typed at once is drawn, recorded and put to the channel', async () => {
  await send('/compare first:express vs koa, fastify');
  const answer = await newest('E K F  in this order');

  await answer.getByRole('button', { name: 'Picture' }).click();
  const picture = answer.locator('img.picture');
  await expect
    .poll(
      () =>
        picture.evaluateAll((all) =>
          all.map((one) => (one as unknown as { naturalWidth: number }).naturalWidth),
        ),
      {
        timeout: 10_000,
      },
    )
    .toEqual([1200]);
  expect(await picture.getAttribute('alt')).toMatch(/^Express, Koa and Fastify side by side/);
  await answer.getByRole('button', { name: 'Only differences' }).click();
  await answer.getByRole('heading', { name: 'What differs' }).waitFor();

  await answer.getByRole('button', { name: 'Decision record' }).click();
  const record = page.locator('.entry').last();
  const link = record.getByRole('link', { name: 'decision-express-or-koa-or-fastify.md', exact: true });
  await link.waitFor();
  const file = await fetch(new URL((await link.getAttribute('href')) ?? '', address));
  expect(await file.text()).toMatch(/^# Choose a backend framework: Express, Koa or Fastify$/m);

  await answer.getByRole('button', { name: 'Ask the channel' }).click();
  await page.locator('.entry').last().getByRole('button', { name: 'Post the poll' }).click();
  const poll = page.locator('.entry').last();
  await poll.getByText('Express, Koa or Fastify: which one would you take?').waitFor();
  await poll.getByRole('radio', { name: 'Koa' }).check();
  await poll.getByRole('button', { name: 'Vote' }).click();
  await poll.getByText('1 vote · 100 %').waitFor();
}, 30_000);

test('plain words are understood, corrected by a menu, and argued with', async () => {
  await send('/recommend describe:a crud app in python, everybody logs in');
  const answer = await newest('Understood: Python · Admin and CRUD');
  await answer.getByRole('heading', { name: 'What would change this' }).waitFor();
  await answer.getByRole('combobox', { name: /Python/ }).click();
  await answer.getByRole('option', { name: /^PHP/ }).click();
  await answer.getByText(/Admin and CRUD in PHP/).waitFor();
  await answer.getByRole('button', { name: 'Why not …?' }).click();
  await answer.getByRole('combobox', { name: /Why not/ }).click();
  await answer.getByRole('option', { name: /^Laravel/ }).click();
  await answer.getByText(/Laravel fits, in place \d+ of \d+\.|Laravel is not among the \d+/).waitFor();
}, 30_000);
