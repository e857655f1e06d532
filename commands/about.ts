import { SlashCommandBuilder } from '@discordjs/builders';
import { keysOf, levels } from '../src/catalog/vocabulary.ts';
import { type Command, everywhere, privateOption } from '../src/command.ts';
import { legend } from '../src/reply/card.ts';
import { line } from '../src/reply/markdown.ts';
import { notice } from '../src/reply/notice.ts';
import { linkButton, newest } from '../src/reply/reply.ts';

/** What Framewise is, what it knows, and what it keeps. */
export default {
  data: new SlashCommandBuilder()
    .setName('about')
    .setDescription('What this bot knows, and from where')
    .setIntegrationTypes(everywhere.installs)
    .setContexts(everywhere.contexts)
    .addBooleanOption(privateOption)
    .toJSON(),

  run(_options, { catalog, version, repository }) {
    const sources = catalog.frameworks.flatMap((framework) => Object.values(framework.sources));
    const languages = new Set(catalog.frameworks.flatMap((framework) => framework.languages.value));
    const { size } = catalog.local;
    const local =
      size === 0 ? [] : [`${size} of them ${size === 1 ? 'is' : 'are'} local: from who runs this bot.`];
    const known = `${catalog.frameworks.length} frameworks in ${languages.size} languages, from ${sources.length} sources, ${newest(sources)}.`;
    return notice(
      `Framewise ${version}`,
      [
        'Looks up, compares and recommends backend web frameworks.',
        known,
        ...local,
        'Each fact ends in a raised number: the link to the page that says it. What no source says is shown as not recorded.',
        line({ text: '/framework lookup', style: 'bold' }, ': one framework; also list and search'),
        line({ text: '/compare', style: 'bold' }, ': two to four side by side'),
        line({ text: '/recommend', style: 'bold' }, ': what fits a language, a purpose and needs'),
        line(
          { text: 'Explain frameworks', style: 'bold' },
          ': in the Apps menu of a message that names some',
        ),
        legend(keysOf(levels), true),
        'Nothing is fetched while answering, and nothing about anyone is stored.',
      ],
      repository === undefined
        ? []
        : [linkButton('Contribute', repository), linkButton('Report a mistake', `${repository}/issues`)],
    );
  },
} satisfies Command;
