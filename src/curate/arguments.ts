import { type ParseArgsConfig, parseArgs } from 'node:util';
import { failure } from '../failure.ts';

/**
 * What a contributor's tool was called with.
 *
 * @throws Failure with the usage when an option is unknown or lacks its value.
 */
export function readArguments<const Config extends ParseArgsConfig>(
  config: Config,
  usage: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw failure(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
