import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { runEntry } from '../tests/helpers/bot.ts';
import { openBrowser } from '../tests/helpers/browser.ts';
import { quantile } from './measure.ts';

/*
 * The page's own numbers, with the real bot, in a real browser: how soon a newcomer has an answer, how soon suggestions
 * follow a key, how 60 messages scroll, and what is sent.
 */

const keys = 'django laravel rails phoenix flask koa spring'.split(' ').join('');
const messages = 60;

/** Milliseconds from each key to the suggestions that answer it, as the page itself sees them. */
async function keyToSuggestions(page: Page): Promise<number[]> {
  const times: number[] = [];
  await page.locator('#line').fill('/framework lookup ');
  await page.locator('#picker [role="option"]').first().waitFor();
  // Whatever is shown after a key counts once it is no longer marked as the answer to an older one, and painted.
  await page.evaluate(`
    document.addEventListener('input', () => {
      const pressed = performance.now();
      window.took = new Promise((resolve) => {
        const popup = document.querySelector('#popup');
        const seen = new MutationObserver(() => {
          if (popup.querySelector('[aria-busy]')) return;
          seen.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - pressed));
        });
        seen.observe(popup, { childList: true, subtree: true, attributes: true });
      });
    }, true);
  `);
  for (const key of keys) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(key);
    times.push(await page.evaluate<number>('window.took'));
  }
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.locator('#line').fill('');
  return times;
}

/** Milliseconds between frames while the channel is scrolled from its end to its beginning and back. */
function framesWhileScrolling(page: Page): Promise<number[]> {
  return page.evaluate<number[]>(`new Promise((resolve) => {
    const main = document.querySelector('main');
    const from = main.scrollHeight - main.clientHeight;
    const began = performance.now();
    const frames = [];
    let before = began;
    const frame = (now) => {
      frames.push(now - before);
      before = now;
      const done = (now - began) / 4000;
      main.scrollTop = from * Math.abs(1 - 2 * done);
      if (done < 1) requestAnimationFrame(frame); else resolve(frames.slice(2));
    };
    requestAnimationFrame(frame);
  })`);
}

async function main(): Promise<void> {
  const bot = runEntry('src/main.ts', { PORT: '0' });
  await bot.says('README.md');
  const address = /http:\/\/\S+/.exec(bot.written())?.[0] ?? '';
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 844 } });
  let foreign = 0;
  let sent = 0;
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) foreign += 1;
  });
  for (const file of ['', 'page.js', 'page.css']) {
    sent += gzipSync(await (await fetch(`${address}${file}`)).text()).length;
  }
  const opened = performance.now();
  await page.goto(address);
  await page.locator('.examples button').first().click();
  await page.locator('.entry .embed').first().waitFor();
  const first = performance.now() - opened;
  const times = await keyToSuggestions(page);
  const frames: number[] = [];
  for (let count = 1; count < messages; count += 1)
    await page
      .locator('.examples button')
      .nth(count % 3)
      .evaluate((it) => it.click());
  await page
    .locator('.entry')
    .nth(messages - 1)
    .waitFor();
  frames.push(...(await framesWhileScrolling(page)));
  await browser.close();
  bot.signal('SIGTERM');
  await bot.ended;

  const round = (number: number) => number.toFixed(1);
  console.log(`first answer, one click after opening    ${round(first)} ms`);
  console.log(
    `key to suggestions                       ${round(quantile(times, 0.5))} ms median, ${round(quantile(times, 0.95))} ms p95, ${times.length} keys`,
  );
  console.log(
    `frames scrolling ${messages} messages             ${round(quantile(frames, 0.5))} ms median, ${round(quantile(frames, 0.99))} ms p99, ${round(Math.max(...frames))} ms longest`,
  );
  console.log(`sent, compressed                         ${round(sent / 1000)} kB`);
  console.log(`requests to other hosts                  ${foreign}`);
}

await main();
