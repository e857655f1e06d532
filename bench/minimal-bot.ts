import { Client, Events } from 'discord.js';

/** The smallest bot that answers: no intents, one handler, a constant. What Framewise is measured against. */
const client = new Client({
  intents: [],
  rest: { api: process.env.DISCORD_API_URL ?? 'https://discord.com/api' },
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) await interaction.reply({ content: 'constant' });
  else if (interaction.isAutocomplete()) await interaction.respond([{ name: 'constant', value: 'constant' }]);
});

await client.login(process.env.DISCORD_TOKEN);
