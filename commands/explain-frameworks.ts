import { ContextMenuCommandBuilder } from '@discordjs/builders';
import { type APIMessage, ApplicationCommandType } from 'discord-api-types/v10';
import { type Command, everywhere } from '../src/command.ts';
import { card } from '../src/reply/card.ts';
import { comparison } from '../src/reply/comparison.ts';
import { listOf } from '../src/reply/markdown.ts';
import { privateNotice } from '../src/reply/notice.ts';

/** The most frameworks that are compared at once. */
const most = 4;

/** The most characters that a message and the titles of its ten embeds can have: https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const longestMessage = 4_000 + 10 * 257;

/** What a message says: its text, and the titles of its embeds, in which other bots and link previews speak. */
function textOf(message: APIMessage | undefined): string {
  const titles = (message?.embeds ?? []).flatMap(({ title }) => title ?? []);
  return [message?.content ?? '', ...titles].join('\n').slice(0, longestMessage);
}

/** Explains the frameworks that a message names, to whoever asks and to nobody else. */
export default {
  data: new ContextMenuCommandBuilder()
    .setName('Explain frameworks')
    .setType(ApplicationCommandType.Message)
    .setIntegrationTypes(everywhere.installs)
    .setContexts(everywhere.contexts)
    .toJSON(),

  run({ target }, context) {
    const named = context.finder.frameworksIn(textOf(target));
    const [first] = named;
    if (first === undefined) {
      return privateNotice('No framework in there', [
        'That message names no framework that I know.',
        '/framework lookup finds one by its name, however it is spelled.',
      ]);
    }
    if (named.length === 1) {
      return { ...card({ framework: first, page: 'overview', part: 0 }, context), isPrivate: true };
    }
    const left = named.slice(most).map(({ name }) => name);
    const note = left.length === 0 ? undefined : `Also named: ${listOf(left)}.`;
    const frameworks = named.slice(0, most);
    return { ...comparison({ frameworks, view: 'differences', part: 0, note }, context), isPrivate: true };
  },
} satisfies Command;
