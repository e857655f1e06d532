import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { runEntry } from '../tests/helpers/bot.ts';
import { openBrowser } from '../tests/helpers/browser.ts';

/*
 * Pictures of what the bot answers, to be looked at: `node bench/pictures.ts` makes those of docs/pictures anew, and
 * `node bench/pictures.ts <folder>` makes a sheet there for each answer, all its pages side by side, on a phone and
 * wide, dark and light.
 */

const answers = [
  '/framework lookup name:django',
  '/framework lookup name:laravel',
  '/framework lookup name:spring-boot',
  '/compare first:django second:laravel',
  '/recommend language:python purpose:rest-api',
];
const looks = [390, 1280].flatMap((width) =>
  (['dark', 'light'] as const).map((colorScheme) => ({ viewport: { width, height: 2400 }, colorScheme })),
);

async function visit(browser: Browser, address: string, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(address);
  await page.locator('.examples button').first().waitFor();
  return page;
}

/** A picture of each page of an answer: as it comes, then after each of its buttons that turn a page. */
async function picturesOf(entry: Locator): Promise<Buffer[]> {
  const pictures = [await entry.screenshot()];
  const labels = await entry.locator('button.button').allInnerTexts();
  for (const label of labels) {
    const button = entry.getByRole('button', { name: label, exact: true });
    if ((await button.count()) === 0) continue;
    const before = await entry.page().locator('.entry').count();
    await button.click();
    await entry.page().waitForTimeout(150);
    if ((await entry.page().locator('.entry').count()) !== before) continue;
    pictures.push(await entry.screenshot());
    // Long pages go on behind a button that says which one is next, and comes round to the first.
    const more = entry.getByRole('button', { name: /^More \(page [^1]/ });
    while ((await more.count()) > 0) {
      await more.click();
      await entry.page().waitForTimeout(150);
      pictures.push(await entry.screenshot());
    }
  }
  return pictures;
}

/** All pictures in one, side by side. */
async function sheetOf(browser: Browser, pictures: readonly Buffer[]): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 100, height: 100 } });
  const images = pictures.map(
    (one) =>
      `<div style="max-width:660px;overflow:hidden"><img src="data:image/png;base64,${one.toString('base64')}"></div>`,
  );
  await page.setContent(
    `<body style="display:flex;align-items:start;gap:8px;width:max-content">${images.join('')}`,
  );
  await page.locator('img').evaluateAll((all) => Promise.all(all.map((image) => image.decode())));
  const [width = 0, height = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
  );
  await page.setViewportSize({ width, height });
  const sheet = await page.screenshot();
  await page.close();
  return sheet;
}

async function makeSheets(browser: Browser, address: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const look of looks) {
    for (const line of answers) {
      const page = await visit(browser, `${address}#${line}`, look);
      const entry = page.locator('.entry').last();
      await entry.locator('.embed').waitFor();
      const id = await entry.getAttribute('data-id');
      const pictures = await picturesOf(page.locator(`.entry[data-id="${id}"]`));
      const name = `${line.replace(/\W+/g, '-').slice(1)}-${look.viewport.width}-${look.colorScheme}.png`;
      await writeFile(path.join(folder, name), await sheetOf(browser, pictures));
      await page.context().close();
    }
  }
}

async function makeDocumentPictures(browser: Browser, address: string): Promise<void> {
  const folder = path.join(import.meta.dirname, '../docs/pictures');
  await mkdir(folder, { recursive: true });
  const phone = await visit(browser, `${address}#${answers[0]}`, {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  });
  const card = phone.locator('.entry').last();
  await card.locator('.embed').waitFor();
  await card.evaluate((entry) => entry.scrollIntoView());
  await phone.screenshot({ path: path.join(folder, 'lookup-phone.png') });
  const wide = await visit(browser, address, { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' });
  await wide.locator('#line').fill('/compare first:django second:lar');
  await wide.getByRole('option', { name: /Laravel/ }).waitFor();
  await wide.screenshot({ path: path.join(folder, 'page-wide.png') });
}

async function main(): Promise<void> {
  const bot = runEntry('src/main.ts', { PORT: '0' });
  await bot.says('README.md');
  const address = /http:\/\/\S+/.exec(bot.written())?.[0] ?? '';
  const browser = await openBrowser();
  const [folder] = process.argv.slice(2);
  if (folder) await makeSheets(browser, address, folder);
  else await makeDocumentPictures(browser, address);
  await browser.close();
  bot.signal('SIGTERM');
  await bot.ended;
}

await main();
