import { Client, type Interaction, MessageFlags } from 'discord.js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Playground, startPlayground } from '../../src/playground/start.ts';
import { openBrowser } from '../helpers/browser.ts';

/*
 * The page in a real Chromium, with a small bot of the test's own over the real gateway: the page knows of a bot
 * nothing but what it registers.
 */

vi.setConfig({ testTimeout: 20_000 });

const fruits = ['Apple', 'Apricot', 'Banana'];

function embed(description: string) {
  return {
    color: 0x3572a5,
    title: 'Fruit',
    url: 'https://example.org/',
    description,
    footer: { text: 'the footer' },
  };
}

const rows = [
  {
    type: 1,
    components: [
      { type: 2, style: 1, label: 'Peel', custom_id: 'peel' },
      { type: 2, style: 5, label: 'Website', url: 'https://example.org/' },
    ],
  },
  {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'mix',
        placeholder: 'Mix with…',
        options: fruits.map((label) => ({ label, value: label.toLowerCase() })),
      },
    ],
  },
  {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'basket',
        placeholder: 'Basket',
        min_values: 0,
        max_values: 2,
        options: fruits.map((label) => ({ label, value: label.toLowerCase() })),
      },
    ],
  },
];

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused().toLowerCase();
    // The longer the text, the faster the answer, so that answers arrive in the wrong order.
    await new Promise((resolve) => setTimeout(resolve, typed.length === 1 ? 300 : 0));
    const found = fruits.filter((name) => name.toLowerCase().startsWith(typed));
    return interaction.respond(found.map((name) => ({ name, value: name.toLowerCase() })));
  }
  if (interaction.isChatInputCommand()) {
    const name = interaction.options.getString('name') ?? '';
    if (interaction.commandName === 'wait') return interaction.deferReply();
    if (interaction.commandName === 'wrong') {
      return interaction.reply({ content: 'x'.repeat(2001) }).catch(() => undefined);
    }
    const isPrivate = interaction.options.getBoolean('private') === true;
    return interaction.reply({
      embeds: [
        embed(
          `You chose **${name}** [¹](https://example.org/1)\n### Good for\n- pies\n<script>alert(1)</script>`,
        ),
      ],
      components: rows,
      ...(isPrivate ? { flags: MessageFlags.Ephemeral } : {}),
    });
  }
  if (interaction.isButton())
    return interaction.update({ embeds: [embed(`${interaction.user.username} peeled it`)] });
  if (interaction.isStringSelectMenu())
    return interaction.reply(`mixed with ${interaction.values.join(' and ')}`);
  if (interaction.isMessageContextMenuCommand()) {
    return interaction.reply({
      content: `read: ${interaction.targetMessage.content}`,
      flags: MessageFlags.Ephemeral,
    });
  }
  return undefined;
}

const commands = [
  {
    name: 'fruit',
    description: 'Fruits',
    options: [
      {
        type: 1,
        name: 'show',
        description: 'Shows one',
        options: [
          { type: 3, name: 'name', description: 'Which', required: true, autocomplete: true },
          { type: 5, name: 'private', description: 'Only I see it' },
        ],
      },
    ],
  },
  { name: 'wait', description: 'Takes its time' },
  { name: 'wrong', description: 'Sends what Discord refuses' },
  { name: 'Read', type: 3 },
];

let playground: Playground;
let browser: Browser;
let client: Client | undefined;
let page: Page;
let complaints: string[] = [];

async function connect(): Promise<void> {
  const bot = new Client({ intents: [], rest: { api: playground.apiUrl } });
  client = bot;
  bot.on('interactionCreate', (interaction) => void answer(interaction));
  const ready = new Promise((resolve) => bot.once('clientReady', resolve));
  await bot.login(playground.token);
  await ready;
  await bot.rest.put(`/applications/${playground.applicationId}/commands`, { body: commands });
}

async function open(hash = '', width = 1280): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width, height: 844 } });
  opened.setDefaultTimeout(8000);
  opened.on('pageerror', ({ message }) => complaints.push(message));
  opened.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  opened.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(playground.url) && !url.startsWith('data:')) complaints.push(`asked for ${url}`);
  });
  await opened.goto(`${playground.url}${hash}`);
  return opened;
}

beforeAll(async () => {
  playground = await startPlayground({ port: 0 });
  browser = await openBrowser();
}, 30_000);
afterAll(async () => {
  await client?.destroy();
  await browser?.close();
  await playground?.close();
});
beforeEach(() => {
  complaints = [];
});
afterEach(async () => {
  await page?.close();
  expect(complaints).toEqual([]);
});

function line() {
  return page.getByRole('combobox', { name: 'Message or command' });
}

function suggestions() {
  return page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
}

function last() {
  return page.locator('.entry').last();
}

describe('the page', () => {
  it('says in plain words that it waits for a bot, then takes it in', async () => {
    page = await open();
    await page.getByText('Waiting for the bot').waitFor();
    await connect();
    await page.getByText('Waiting for the bot').waitFor({ state: 'hidden' });
    await line().fill('/');
    await suggestions().first().waitFor();
    expect(await suggestions().allInnerTexts()).toEqual([
      expect.stringContaining('/fruit show'),
      expect.stringContaining('/wait'),
      expect.stringContaining('/wrong'),
    ]);
  });

  it('is sent with a strict content security policy', async () => {
    const { headers } = await fetch(playground.url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*|https?:/);
    page = await open();
  });

  it('suggests live, in the order typed, and sends on Enter', async () => {
    page = await open();
    await line().pressSequentially('/fruit show name:a', { delay: 5 });
    await page.waitForTimeout(120);
    await line().pressSequentially('pr');
    await suggestions().filter({ hasText: 'Apricot' }).waitFor();
    // The answer to 'a' comes later and must not replace the one to 'apr'.
    await page.waitForTimeout(350);
    expect(await suggestions().allInnerTexts()).toEqual(['Apricot']);
    await line().press('Tab');
    expect(await line().inputValue()).toBe('/fruit show name:Apricot ');
    await line().press('Enter');
    await last().getByText('apricot', { exact: true }).waitFor();
    expect(
      await last().locator('discord-embed').getByRole('link', { name: '¹' }).getAttribute('rel'),
    ).toContain('noopener');
    expect(await last().getByRole('heading', { name: 'Good for' }).isVisible()).toBe(true);
    expect(await last().getByText('<script>alert(1)</script>').isVisible()).toBe(true);
    const edge = last().locator('discord-embed .discord-left-border');
    expect(await edge.getAttribute('style')).toContain('#3572a5');
    expect(await last().getByRole('link', { name: 'Website' }).getAttribute('target')).toBe('_blank');
  });

  it('chooses a command by keyboard alone', async () => {
    page = await open();
    await line().press('/');
    await suggestions().first().waitFor();
    await line().press('ArrowDown');
    await line().press('ArrowUp');
    await line().press('Enter');
    expect(await line().inputValue()).toBe('/fruit show name:');
    await line().pressSequentially('ban');
    await suggestions().filter({ hasText: 'Banana' }).waitFor();
    await line().press('ArrowDown');
    await line().press('Enter');
    await suggestions().filter({ hasText: 'private:' }).waitFor();
    await line().press('ArrowDown');
    await line().press('Enter');
    await suggestions().filter({ hasText: 'True' }).waitFor();
    await line().press('ArrowDown');
    await line().press('Enter');
    expect(await line().inputValue()).toBe('/fruit show name:Banana private:True ');
    await line().press('Enter');
    await last().getByText('Only you can see this').waitFor();
    await page.getByLabel('Acting as').selectOption('Sam');
    expect(await page.getByText('Only you can see this').count()).toBe(0);
    await page.getByLabel('Acting as').selectOption('Robin');
    await last().getByText('Dismiss message').click();
    expect(await page.getByText('Only you can see this').count()).toBe(0);
  });

  it('runs the command of a link, once, and its button and menus work for another member', async () => {
    page = await open('#/fruit show name:kiwi');
    const card = page.locator('.entry', { hasText: 'kiwi' });
    await card.waitFor();
    expect(await card.count()).toBe(1);
    await page.getByLabel('Acting as').selectOption('Sam');
    await last().getByRole('button', { name: 'Peel' }).click();
    await last().getByText('sam peeled it').waitFor();
    await last().getByLabel('Mix with…').selectOption('banana');
    await last().getByText('mixed with banana').waitFor();
    const peeled = page.locator('.entry', { hasText: 'sam peeled it' });
    await peeled.getByText('Basket').first().click();
    await peeled.getByLabel('Apple').check();
    await peeled.getByLabel('Banana').check();
    expect(await peeled.getByLabel('Apricot').isDisabled()).toBe(true);
    await peeled.getByRole('button', { name: 'Choose' }).click();
    await last().getByText('mixed with apple and banana').waitFor();
  });

  it('posts a member’s message, and runs a message command on it', async () => {
    page = await open();
    await page.getByText('A stand-in, not affiliated with Discord').waitFor();
    await line().fill('An apple a day');
    await line().press('Enter');
    const said = page.locator('.entry', { hasText: 'An apple a day' });
    await said.click({ button: 'right', position: { x: 100, y: 20 } });
    await page.getByRole('menuitem', { name: 'Read' }).press('Enter');
    await last().getByText('read: An apple a day').waitFor();
    await said.first().hover();
    await said.first().getByRole('button', { name: 'Apps' }).click();
    await page.getByRole('menuitem', { name: 'Read' }).press('Escape');
    expect(await page.getByRole('menuitem').count()).toBe(0);
  });

  it('shows that the bot thinks, and what was refused, in words', async () => {
    page = await open('', 390);
    await line().fill('/wait');
    await line().press('Escape');
    await line().press('Enter');
    await last().getByText('is thinking…').waitFor();
    await line().fill('/wrong');
    await line().press('Escape');
    await line().press('Enter');
    await page.getByText('found 2001, allowed at most 2000').waitFor();
    await line().fill('/fruit show');
    await line().press('Escape');
    await line().press('Enter');
    await page.getByText('name: this option is required.').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
