import { type ChatInputCommandInteraction, Client, type Interaction, MessageFlags } from 'discord.js';
import type { Playground } from '../../src/playground/start.ts';

/*
 * A small bot over the real gateway, for tests of the page: the page knows of a bot nothing but what it registers, so
 * this one registers and answers a little of everything.
 */

const fruits = ['Apple', 'Apricot', 'Banana'];
const values = fruits.map((label) => ({ label, value: label.toLowerCase(), description: `a ${label}` }));

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
          { type: 4, name: 'count', description: 'How many', min_value: 1, max_value: 9 },
          { type: 3, name: 'size', description: 'How large', choices: [{ name: 'Very large', value: 'xl' }] },
          { type: 6, name: 'for', description: 'For whom' },
          { type: 5, name: 'private', description: 'Only I see it' },
        ],
      },
    ],
  },
  { name: 'wait', description: 'Takes its time' },
  { name: 'silent', description: 'Never responds' },
  { name: 'wrong', description: 'Sends what Discord refuses' },
  { name: 'poll', description: 'Asks everyone' },
  { name: 'everything', description: 'Shows all that a message can hold' },
  { name: 'here', description: 'Not in the server', contexts: [1, 2], integration_types: [0, 1] },
  { name: 'Read', type: 3 },
].map((command) => ({ contexts: [0, 1, 2], integration_types: [0, 1], ...command }));

/** A picture of one dot. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

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
      { type: 2, style: 3, label: 'Eat', custom_id: 'eat' },
      { type: 2, style: 4, label: 'Drop', custom_id: 'drop', disabled: true },
      { type: 2, style: 2, label: 'Ignore', custom_id: 'ignore' },
      { type: 2, style: 5, label: 'Website', url: 'https://example.org/' },
    ],
  },
  { type: 1, components: [{ type: 3, custom_id: 'mix', placeholder: 'Mix with…', options: values }] },
  {
    type: 1,
    components: [
      { type: 3, custom_id: 'basket', placeholder: 'Basket', min_values: 0, max_values: 2, options: values },
    ],
  },
];

const prose = [
  '# One\n## Two\n### Three\n-# small print',
  '- a list\n- of two',
  '> a quote',
  '`code` and ||a spoiler|| and **strong** and [a link](https://example.org/a)',
  '```ts\nconst one = 1;\n```',
  '<t:1700000000:R> <t:1700000000:D>',
].join('\n');

async function everything(interaction: ChatInputCommandInteraction, emoji: string): Promise<unknown> {
  return interaction.reply({
    content: `${prose}\n<:berry:${emoji}> <@${interaction.user.id}>`,
    embeds: [
      {
        ...embed('with pictures'),
        author: { name: 'the author' },
        fields: [
          { name: 'left', value: 'one', inline: true },
          { name: 'right', value: 'two', inline: true },
        ],
        thumbnail: { url: 'attachment://dot.png' },
        image: { url: 'attachment://dot.png' },
      },
    ],
    files: [
      { attachment: dot, name: 'dot.png', description: 'a red dot' },
      { attachment: Buffer.from('# Decision\n'), name: 'record.md', description: 'a record' },
      { attachment: dot, name: 'loose.png', description: 'a loose dot' },
    ],
  });
}

async function answerCommand(interaction: Interaction, emoji: string): Promise<unknown> {
  if (!interaction.isChatInputCommand()) return undefined;
  switch (interaction.commandName) {
    case 'wait':
      return interaction.deferReply();
    case 'silent':
      return undefined;
    case 'wrong':
      return interaction.reply({ content: 'x'.repeat(2001) }).catch(() => undefined);
    case 'everything':
      return everything(interaction, emoji);
    case 'here':
      return interaction.reply('here');
    case 'poll':
      return interaction.reply({
        poll: {
          question: { text: 'Which fruit?' },
          answers: fruits.map((text) => ({ text })),
          duration: 1,
          allowMultiselect: false,
        },
      });
    default: {
      const { options } = interaction;
      const chosen = options.data[0]?.options?.map(({ name, value }) => `${name}=${value}`).join(' ');
      return interaction.reply({
        embeds: [
          embed(
            `You chose **${chosen}** [¹](https://example.org/1)\n### Good for\n- pies\n<script>alert(1)</script>`,
          ),
        ],
        components: rows,
        ...(options.getBoolean('private') ? { flags: MessageFlags.Ephemeral } : {}),
      });
    }
  }
}

async function answer(interaction: Interaction, emoji: string): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused().toLowerCase();
    // The longer the text, the faster the answer, so that answers arrive in the wrong order.
    await new Promise((resolve) => setTimeout(resolve, typed.length === 1 ? 300 : 0));
    const found = fruits.filter((name) => name.toLowerCase().startsWith(typed));
    return interaction.respond(found.map((name) => ({ name, value: name.toLowerCase() })));
  }
  if (interaction.isButton()) {
    if (interaction.customId === 'ignore') return undefined;
    return interaction.update({
      embeds: [embed(`${interaction.user.username} did ${interaction.customId}`)],
    });
  }
  if (interaction.isStringSelectMenu()) {
    return interaction.reply(`mixed with ${interaction.values.join(' and ') || 'nothing'}`);
  }
  if (interaction.isMessageContextMenuCommand()) {
    return interaction.reply({
      content: `read: ${interaction.targetMessage.content}`,
      flags: MessageFlags.Ephemeral,
    });
  }
  return answerCommand(interaction, emoji);
}

/** Connects the bot and registers its commands. Destroy the client after use. */
export async function connectFruitBot(playground: Playground): Promise<Client> {
  const bot = new Client({ intents: [], rest: { api: playground.apiUrl } });
  const ready = new Promise((resolve) => bot.once('clientReady', resolve));
  await bot.login(playground.token);
  await ready;
  const route = `/applications/${playground.applicationId}` as const;
  const image = `data:image/png;base64,${dot.toString('base64')}`;
  const emoji = (await bot.rest.post(`${route}/emojis`, { body: { name: 'berry', image } })) as {
    id: string;
  };
  bot.on('interactionCreate', (interaction) => void answer(interaction, emoji.id));
  await bot.rest.put(`${route}/commands`, { body: commands });
  return bot;
}
