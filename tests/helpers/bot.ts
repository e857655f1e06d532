import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/** A process of ours that is running: what it wrote so far, and how it ended. */
export type Running = {
  pid: number;
  /** Everything written so far, to both outputs. */
  written(): string;
  /** Resolves when the output holds a text; rejects when the process ends before. */
  says(text: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** The exit code, once it has ended. */
  ended: Promise<number | null>;
};

/** How a program is started: as whom, where and with which environment. */
export type HowToRun = { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number };

/**
 * Runs one of the entry points as its script does, with these environment variables and no others of the bot's; `preload`
 * is a module that is loaded before it. Both are named relative to the project, wherever it is run; `options` is what stands behind on
 * the command line.
 */
export function runEntry(
  entry: string,
  env: Record<string, string> = {},
  preload?: string,
  cwd: string = root,
  options: readonly string[] = [],
): Running {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(DISCORD_|PORT$|METRICS_PORT$|DATA_DIR$|HOST$|LOG_LEVEL$|NODE_ENV$|VITEST)/.test(name),
  );
  const at = (file: string) => path.resolve(root, file);
  const before = preload === undefined ? [] : ['--import', at(preload)];
  return run([process.execPath, ...before, at(entry), ...options], {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
  });
}

/** Runs a program with its arguments, with these environment variables and no others. */
export function run([program = '', ...args]: readonly string[], how: HowToRun): Running {
  const child = spawn(program, args, how);
  let output = '';
  const hearers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const hear of hearers) hear();
    });
  }
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    pid: child.pid ?? 0,
    written: () => output,
    says: (text) =>
      new Promise((resolve, reject) => {
        const hear = () => {
          if (!output.includes(text)) return;
          hearers.delete(hear);
          resolve();
        };
        hearers.add(hear);
        hear();
        void ended.then((code) =>
          reject(new Error(`ended with ${code} before it said '${text}':\n${output}`)),
        );
      }),
    signal: (name) => child.kill(name),
    ended,
  };
}
