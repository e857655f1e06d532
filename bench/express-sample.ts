import { InteractionResponseType, InteractionType, verifyKeyMiddleware } from 'discord-interactions';
import express from 'express';

/** What most people would write: Express, and the package that Discord offers for it, answering a constant. */
const app = express();

app.post('/interactions', verifyKeyMiddleware(process.env.DISCORD_PUBLIC_KEY ?? ''), (request, response) => {
  if (request.body.type === InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE) {
    response.send({
      type: InteractionResponseType.APPLICATION_COMMAND_AUTOCOMPLETE_RESULT,
      data: { choices: [{ name: 'constant', value: 'constant' }] },
    });
  } else {
    response.send({
      type: InteractionResponseType.CHANNEL_MESSAGE_WITH_SOURCE,
      data: { content: 'constant' },
    });
  }
});

app.listen(Number(process.env.PORT), '127.0.0.1');
