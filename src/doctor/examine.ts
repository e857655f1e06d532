import { commands } from '../../commands/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { dayOf } from '../catalog/dates.ts';
import type { Config, Variables } from '../config.ts';
import { wantedMarks } from '../marks.ts';
import { requiredNode } from '../package.ts';
import {
  checkClock,
  checkCommands,
  checkEmojis,
  checkEndpoint,
  checkGateway,
  checkInstalling,
  checkIntents,
  checkInteractions,
  checkProxy,
  checkPublicKey,
  checkServers,
  describeToken,
  explainSilence,
} from './application.ts';
import { askDiscord, tryEndpoint } from './ask.ts';
import { type Finding, warning } from './finding.ts';
import {
  checkConfig,
  checkDataset,
  checkNode,
  checkPort,
  checkVariables,
  portsOf,
  readDataset,
  readPort,
  readVariables,
} from './machine.ts';

/** What was found, in groups, and what is to be said in the end. */
type Examined = { groups: Finding[][]; closing: string };

async function examineDiscord(
  config: Exclude<Config, { mode: 'playground' }>,
  catalog: Catalog | undefined,
  given: Variables,
): Promise<Examined> {
  const { mode, token, apiUrl, guildId } = config;
  if (token === undefined) {
    const remedy = 'DISCORD_TOKEN=… npm run doctor asks; a process that only answers needs none.';
    return {
      groups: [[warning('Discord', 'not asked, since DISCORD_TOKEN is not set', remedy)]],
      closing: '',
    };
  }
  const told = await askDiscord(token, apiUrl, guildId).catch((error: unknown) => ({ error }));
  if ('error' in told) {
    return { groups: [[explainSilence(told.error), ...checkProxy(told.error, given)]], closing: '' };
  }
  const { application, user } = told;
  const address = application.interactions_endpoint_url ?? '';
  const settings = [
    checkInteractions(application, mode),
    ...(mode === 'http' ? [checkPublicKey(application, config.publicKey)] : []),
    ...(mode === 'http' && address !== '' ? [checkEndpoint(await tryEndpoint(address))] : []),
    checkInstalling(application),
    checkIntents(application),
    checkServers(application, user),
  ];
  const wanted = commands.map(({ data }) => data);
  const findings = [
    checkClock(told.skew, mode, new URL(apiUrl).host),
    describeToken(application, user),
    ...(mode === 'gateway' ? [checkGateway(told.gateway)] : []),
    ...settings,
    checkCommands(application, { global: told.globalCommands, guild: told.guildCommands }, wanted),
    ...(catalog === undefined ? [] : [checkEmojis(told.emojis, wantedMarks(catalog))]),
  ];
  const isSet = settings.every(({ state }) => state === 'ok');
  const closing = isSet ? '' : `Settings: https://discord.com/developers/applications/${application.id}`;
  return { groups: [findings], closing };
}

/**
 * Looks at this machine, and with a token at what Discord says of the application. Nothing is changed anywhere, and no secret
 * is in what comes of it. It connects to the configured API, to the application's own endpoint, and to ports of this machine.
 *
 * @param given the environment without `.env`.
 */
export async function examine(given: Variables): Promise<Examined> {
  const { file, findings: fileFindings } = readVariables();
  const { config, findings: configFindings } = checkConfig(file, given);
  const dataset = readDataset();
  const ports = config === undefined ? [] : portsOf(config);
  const machine = [
    checkNode(process.versions.node, requiredNode()),
    ...fileFindings,
    ...configFindings,
    ...checkVariables(file, given),
    checkDataset(dataset, dayOf(new Date())),
    ...(await Promise.all(ports.map(async (port) => checkPort(port, await readPort(port))))),
  ];
  if (config === undefined) {
    return { groups: [machine], closing: 'Discord is asked once the configuration is right.' };
  }
  if (config.mode === 'playground') return { groups: [machine], closing: '' };
  const catalog = 'catalog' in dataset ? dataset.catalog : undefined;
  const { groups, closing } = await examineDiscord(config, catalog, given);
  return { groups: [machine, ...groups], closing };
}
