import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { factsOf } from '../catalog/cited.ts';
import { lastReadIn, staleAfterDays } from '../catalog/freshness.ts';
import { type Catalog, fingerprint, fingerprintFile, shippedData } from '../catalog/load.ts';
import { editDistance } from '../catalog/spelling.ts';
import {
  type Config,
  parseConfig,
  readEnvironmentFile,
  usualPort,
  type Variables,
  variables,
} from '../config.ts';
import { isFailure } from '../failure.ts';
import { readDataset as readCatalog } from '../knowledge.ts';
import { counted, type Finding, number, ok, partsOf, warning, wrong } from './finding.ts';

/** Whether the Node that runs is one that package.json asks for (`>=24`). */
export function checkNode(running: string, required: string): Finding {
  const least = Number(/\d+/.exec(required)?.[0]);
  if (Number.parseInt(running, 10) >= least) return ok('Node', running);
  const remedy = `Run npm ci, which brings ${least}, and start it by npm; or install ${least}.`;
  return wrong('Node', `${running} is too old: it takes ${least}`, remedy);
}

/** What is said of `.env` and the environment stands under this. */
const about = 'Configuration';

/** Names beside the bot's own that mean something to it or to its tools. */
const otherNames = ['NODE_ENV', 'GITHUB_TOKEN'];

/** The variable that somebody may have meant, up to a word in front: `DISCORD_BOT_TOKEN` is DISCORD_TOKEN. */
function meantBy(name: string): string | undefined {
  const most = name.toUpperCase().startsWith('DISCORD_') ? 4 : 2;
  const distance = (known: string) => editDistance(name.toUpperCase(), known);
  const [nearest] = variables.toSorted((a, b) => distance(a) - distance(b));
  return nearest !== undefined && distance(nearest) <= most ? nearest : undefined;
}

/**
 * What is set in vain: names that are misspelled, and lines of `.env` that the environment outdoes.
 *
 * @param given the environment without `.env`.
 */
export function checkVariables(file: Variables, given: Variables): Finding[] {
  const unknown = (name: string) => !variables.includes(name) && !otherNames.includes(name);
  const named = new Set([
    ...Object.keys(file).filter((name) => name.startsWith('DISCORD_') || meantBy(name) !== undefined),
    ...Object.keys(given).filter((name) => /^DISCORD_/i.test(name)),
  ]);
  const misspelled = [...named].filter(unknown).map((name) => {
    const meant = meantBy(name);
    const remedy =
      meant === undefined ? 'Remove it; README.md lists the variables.' : `Call it ${meant}, or remove it.`;
    return warning(about, `${name} is no variable of the bot`, remedy);
  });
  const outdone = Object.entries(file)
    .filter(([name, value]) => variables.includes(name) && value !== '')
    .filter(([name, value]) => given[name] !== undefined && given[name] !== value)
    .map(([name]) => {
      const says = `${name} is set in the environment too${given[name] === '' ? ', to nothing' : ''}; .env does not count`;
      return warning(about, says, `Unset it there, or remove it from .env.`);
    });
  return [...misspelled, ...outdone];
}

/** What `.env` sets; or why it cannot be read. */
export function readVariables(): { file: Variables; findings: Finding[] } {
  try {
    return { file: readEnvironmentFile(), findings: [] };
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { says, remedy = '' } = partsOf(error.message);
    return { file: {}, findings: [wrong(about, says, remedy)] };
  }
}

function describeConfig(config: Config, ofFile: number): string {
  const from = ofFile === 0 ? '' : ` (${counted(ofFile, 'variable')} in .env)`;
  if (config.mode === 'playground') return `no bot is set up: npm start runs the playground${from}`;
  const where = config.guildId === undefined ? 'for all servers' : `in the server ${config.guildId}`;
  return `${config.mode === 'http' ? 'over HTTP' : 'over the gateway'}, commands ${where}${from}`;
}

/** The configuration, or all that is wrong with it. */
export function checkConfig(
  file: Variables,
  given: Variables,
): { config: Config | undefined; findings: Finding[] } {
  const set = { ...file, ...given };
  try {
    const config = parseConfig(set);
    const ofFile = variables.filter((name) => (file[name] ?? '') !== '' && given[name] === undefined).length;
    return { config, findings: [ok(about, describeConfig(config, ofFile))] };
  } catch (error) {
    if (!isFailure(error)) throw error;
    const lines = error.message.split('\n').filter((line) => !line.endsWith(':'));
    const otherwise = 'Correct it in .env or the environment; see README.md.';
    const findings = lines.map(partsOf).map(({ says, remedy }) => wrong(about, says, remedy ?? otherwise));
    return { config: undefined, findings };
  }
}

/** The dataset as the bot reads it, and whether it is as `data:check` left it; or why it cannot be read. */
export type Dataset = { catalog: Catalog; isChecked: boolean } | { fault: string };

/** Reads what the bot answers from, with the operator's own entries in `dataDir`. */
export function readDataset(dataDir?: string): Dataset {
  try {
    const checked = readFileSync(path.join(shippedData, fingerprintFile), 'utf8').trim();
    return { catalog: readCatalog(dataDir), isChecked: checked === fingerprint(shippedData) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

const day = 24 * 60 * 60 * 1000;

/** Whether the dataset can be answered from, is as it was checked, and has been read again lately. @param today YYYY-MM-DD. */
export function checkDataset(dataset: Dataset, today: string): Finding {
  if ('fault' in dataset) {
    // Its heading, a line for each problem, and what to do.
    const [first = '', second = first, ...others] = dataset.fault.split('\n');
    const remedy = others.pop() ?? 'npm run data:check names file, line and what is allowed.';
    const more = others.length === 0 ? '' : `, and ${counted(others.length, 'more problem')}`;
    return wrong('Dataset', `${second}${more}`, remedy);
  }
  const { frameworks, local } = dataset.catalog;
  const facts = frameworks.reduce((sum, entry) => sum + factsOf(entry).length, 0);
  const read = lastReadIn(dataset.catalog);
  const own = local.size === 0 ? '' : ` (${number(local.size)} local)`;
  const counts = `${counted(frameworks.length, 'framework')}${own}, ${counted(facts, 'fact')}`;
  if (!dataset.isChecked) {
    const remedy = 'npm run data:check; until then each start checks it all, and takes longer.';
    return warning('Dataset', `${counts}; changed since it was checked`, remedy);
  }
  if (Date.parse(today) - Date.parse(read) > staleAfterDays * day) {
    const says = `${counts}, none of them read again since ${read}`;
    return warning('Dataset', says, 'Update the bot: git pull && npm ci');
  }
  return ok('Dataset', `${counts}, last read ${read}`);
}

/** A port that the configuration asks for, and what a bot of ours answers at a path of it. */
type Port = {
  variable: 'PORT' | 'METRICS_PORT';
  port: number;
  host: string | undefined;
  path: string;
  sign: RegExp;
  /** Whether `npm start` does with another one when this is taken. */
  isMovable?: boolean;
};

/** The ports that the bot listens on: one line for each. */
export function portsOf(config: Config): Port[] {
  const { mode, port: asked, host, metricsPort } = config;
  const port = asked ?? (mode === 'gateway' ? undefined : usualPort);
  const page = { path: '/', sign: /stand-in for Discord/, isMovable: asked === undefined };
  const health = { path: '/healthz', sign: /"isAlive":true/ };
  const ports = [
    { variable: 'PORT', port, ...(mode === 'playground' ? page : health) },
    { variable: 'METRICS_PORT', port: metricsPort, path: '/metrics', sign: /^framewise_/m },
  ] as const;
  return ports.flatMap((one) => (one.port === undefined ? [] : [{ ...one, port: one.port, host }]));
}

/** Whether a port is free, held by a bot of ours, held by something else, or why it cannot be had (`EACCES`). */
export type PortState = 'free' | 'ours' | 'taken' | string;

/** Tries to listen there for a moment; where that cannot be, asks on this machine who does. */
export async function readPort({ port, host, path: where, sign }: Port): Promise<PortState> {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
  if (code !== 'EADDRINUSE') return code ?? 'free';
  const place = host === undefined || /^(0\.0\.0\.0|::)$/.test(host) ? '127.0.0.1' : host;
  const address = `http://${place.includes(':') ? `[${place}]` : place}:${port}${where}`;
  const text = await fetch(address, { signal: AbortSignal.timeout(2000) })
    .then((response) => response.text())
    .catch(() => '');
  return sign.test(text) ? 'ours' : 'taken';
}

/** Whether the bot can listen there, or does already. */
export function checkPort({ variable, port, isMovable = false }: Port, state: PortState): Finding {
  if (state === 'free') return ok(variable, port === 0 ? 'any that is free' : `${port} is free`);
  if (state === 'ours') return ok(variable, `${port} is held by Framewise, which is running`);
  const says = `${port} is taken by another program`;
  if (state === 'taken' && isMovable) return ok(variable, `${says}; npm start takes a free one`);
  if (state === 'taken') {
    return wrong(variable, says, `End what listens there, or set ${variable} to another number.`);
  }
  const remedy =
    state === 'EACCES'
      ? `Set ${variable} to 1024 or more.`
      : 'Set HOST to an address of this machine, or leave it out.';
  return wrong(variable, `${port} cannot be listened on (${state})`, remedy);
}
