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
  '/framework search text:migrating databases',
  '/compare first:django second:laravel',
  '/compare first:express, koa and fastify',
  '/recommend language:python purpose:rest-api',
  '/recommend describe:a realtime chat in ruby with background jobs, no graphql',
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

/** Asks, and finds the answer, which stays the same message however its pages are turned. */
async function askFor(
  browser: Browser,
  address: string,
  line: string,
  look: BrowserContextOptions,
): Promise<Locator> {
  const page = await visit(browser, address, look);
  // The page shows what others asked before; the answer is the one that comes after them.
  const entry = page.locator('.entry').nth(await page.locator('.entry').count());
  await page.evaluate(`location.hash = ${JSON.stringify(line)}`);
  await entry.locator('.embed').waitFor();
  return page.locator(`.entry[data-id="${await entry.getAttribute('data-id')}"]`);
}

/** Presses a button of an answer; says whether that changed the answer and not, say, posted another one. */
async function turn(entry: Locator, button: Locator): Promise<boolean> {
  const entries = entry.page().locator('.entry');
  const before = await entries.count();
  await button.click();
  await entry.page().waitForTimeout(150);
  return (await entries.count()) === before;
}

/** A picture of each page of an answer: as it comes, and after each of its buttons. */
async function picturesOf(ask: () => Promise<Locator>): Promise<Buffer[]> {
  const first = await ask();
  const pictures = [await first.screenshot()];
  const labels = await first.locator('button.button').allInnerTexts();
  await first.page().context().close();
  for (const label of labels) {
    const entry = await ask();
    if (await turn(entry, entry.getByRole('button', { name: label, exact: true }))) {
      pictures.push(await entry.screenshot());
      // Long pages go on behind a button that says which one is next, and comes round to the first.
      const more = entry.getByRole('button', { name: /^More \(page [^1]/ });
      while ((await more.count()) > 0 && (await turn(entry, more))) pictures.push(await entry.screenshot());
    }
    await entry.page().context().close();
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
      const pictures = await picturesOf(() => askFor(browser, address, line, look));
      const name = `${line.replace(/\W+/g, '-').slice(1)}-${look.viewport.width}-${look.colorScheme}.png`;
      await writeFile(path.join(folder, name), await sheetOf(browser, pictures));
    }
  }
}

/** What the documents show as it looks on a phone: the file, what is asked, and the button that is pressed then. */
const onPhone = [
  { file: 'lookup-phone.png', line: '/framework lookup name:django' },
  { file: 'compare-phone.png', line: '/compare first:django vs laravel', press: 'Picture' },
  { file: 'recommend-phone.png', line: '/recommend describe:a rest api in python with swagger docs' },
];

async function makeDocumentPictures(browser: Browser, address: string): Promise<void> {
  const folder = path.join(import.meta.dirname, '../docs/pictures');
  await mkdir(folder, { recursive: true });
  for (const { file, line, press } of onPhone) {
    const entry = await askFor(browser, address, line, {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    if (press !== undefined) {
      await entry.getByRole('button', { name: press, exact: true }).click();
      await entry.locator('img.picture').waitFor();
      await entry
        .locator('img.picture')
        .evaluate((image) => (image as unknown as { decode(): Promise<void> }).decode());
    }
    await entry.evaluate((one) => one.scrollIntoView());
    await entry.page().screenshot({ path: path.join(folder, file) });
    await entry.page().context().close();
  }
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
