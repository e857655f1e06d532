import { parseArgs } from 'node:util';
import { REST } from '@discordjs/rest';
import { type APIApplication, Routes } from 'discord-api-types/v10';
import { commands } from '../commands/index.ts';
import { loadEnvironmentFile, parseConfig } from './config.ts';
import { syncEmojis } from './discord/emojis.ts';
import { explainRefusal } from './discord/refusal.ts';
import { registerCommands } from './discord/registration.ts';
import { writeMarks } from './edge/marks-file.ts';
import { failure, reportFailure } from './failure.ts';
import { readDataset } from './knowledge.ts';
import { createLog } from './log.ts';
import { wantedMarks } from './marks.ts';

/** The file into which the marks are written, when one was asked for: `--marks <file>`. */
function readMarksOption(): string | undefined {
  try {
    return parseArgs({ options: { marks: { type: 'string' } } }).values.marks;
  } catch (error) {
    throw failure(
      'The one option is --marks <file>, which writes the marks there for npm run edge:build.',
      error,
    );
  }
}

async function main(): Promise<void> {
  const marksFile = readMarksOption();
  loadEnvironmentFile();
  const config = parseConfig(process.env);
  if (config.mode === 'playground' || config.token === undefined) {
    throw failure(
      'DISCORD_TOKEN is missing. Only a bot of your own needs to register; npm start runs the playground without.',
    );
  }
  const catalog = readDataset(config.dataDir);
  const rest = new REST({ api: config.apiUrl }).setToken(config.token);
  try {
    const { id } = (await rest.get(Routes.currentApplication())) as APIApplication;
    const isWritten = await registerCommands(
      rest,
      id,
      commands.map(({ data }) => data),
      config.guildId,
    );
    const where = config.guildId === undefined ? 'for all servers' : `in the server ${config.guildId}`;
    console.log(
      isWritten ? `Discord now has the commands ${where}.` : `Discord already has these commands ${where}.`,
    );
    const log = createLog(config.logLevel, [config.token]);
    const { known, uploaded, removed } = await syncEmojis(rest, id, wantedMarks(catalog), log);
    console.log(`It has the marks of ${known.size} frameworks: ${uploaded} uploaded, ${removed} removed.`);
    if (marksFile !== undefined) writeMarks(marksFile, known);
  } catch (error) {
    throw explainRefusal(error);
  }
}

main().catch(reportFailure);
