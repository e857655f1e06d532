import type { Command } from '../src/command.ts';
import about from './about.ts';
import compare from './compare.ts';
import explainFrameworks from './explain-frameworks.ts';
import framework from './framework.ts';
import recommend from './recommend.ts';

/** All commands. Named one by one, so that a bundler sees them; a test holds the list against the folder. */
export const commands: readonly Command[] = [about, compare, explainFrameworks, framework, recommend];
