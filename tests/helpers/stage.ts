import type { Client } from 'discord.js';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { openBrowser } from './browser.ts';
import { connectFruitBot } from './fruit-bot.ts';

/** A phone: narrow, and touched. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** Whether an element has the focus; run in the page. */
export function isFocused(element: { ownerDocument: { activeElement: unknown } }): boolean {
  return element.ownerDocument.activeElement === element;
}

/** What a test does with a page. */
export type Visit = ReturnType<typeof visit>;

function visit(page: Page) {
  const line = page.locator('#line');
  return {
    page,
    /** The composer's line; in a command, its end. */
    line,
    suggestions: page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option'),
    hint: page.locator('#hint'),
    last: page.locator('.entry').last(),
    field: (name: string): Locator => page.getByRole('combobox', { name, exact: true }),
    /** Types a line as it could be pasted, and sends it as it is. */
    send: async (text: string): Promise<void> => {
      await line.fill(text);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
    },
  };
}

/** A stand-in with a page, a browser to visit it with, and a bot of the tests' own to connect. Close it after use. */
export async function openStage(options: Partial<Parameters<typeof startPlayground>[0]> = {}) {
  const playground: Playground = await startPlayground({ port: 0, ...options });
  const browser = await openBrowser();
  let bot: Client | undefined;
  let complaints: string[] = [];

  return {
    playground,
    connect: async (): Promise<void> => {
      bot = await connectFruitBot(playground);
    },
    /** Opens the page in a browser that has not seen it before. */
    visit: async (hash = '', context: BrowserContextOptions = {}): Promise<Visit> => {
      const opened = await browser.newContext({ viewport: { width: 1280, height: 844 }, ...context });
      const page = await opened.newPage();
      page.setDefaultTimeout(8000);
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(playground.url) && !url.startsWith('data:')) complaints.push(`asked for ${url}`);
      });
      await page.goto(`${playground.url}${hash}`);
      if (bot) await page.locator('.examples button').first().waitFor();
      return visit(page);
    },
    /** Closes the visits; returns their errors and their requests to other hosts since the last time. */
    leave: async (): Promise<string[]> => {
      for (const context of browser.contexts()) await context.close();
      const told = complaints;
      complaints = [];
      return told;
    },
    close: async (): Promise<void> => {
      await bot?.destroy();
      await browser.close();
      await playground.close();
    },
  };
}

/** A stage. */
export type Stage = Awaited<ReturnType<typeof openStage>>;
