import { Client, Events } from 'discord.js';

/** What it answers, the same to all: another message or other choices may come as JSON in the environment. */
const { message = { content: 'constant' }, choices = [{ name: 'constant', value: 'constant' }] } = JSON.parse(
  process.env.CONSTANT ?? '{}',
);

/**
 * The smallest bot that answers: one handler, a constant, and no intents unless the environment has a number of some. What
 * Framewise is measured against.
 */
const client = new Client({
  intents: Number(process.env.INTENTS ?? 0),
  shards: 'auto',
  rest: { api: process.env.DISCORD_API_URL ?? 'https://discord.com/api' },
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) await interaction.reply(message);
  else if (interaction.isAutocomplete()) await interaction.respond(choices);
});

await client.login(process.env.DISCORD_TOKEN);
