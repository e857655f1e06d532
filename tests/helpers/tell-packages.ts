import { registerHooks } from 'node:module';

/** Preloaded into a process, says on standard error which packages it loads. */
const told = new Set<string>();
registerHooks({
  load(url, context, next) {
    const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
    if (name !== undefined && !told.has(name)) {
      told.add(name);
      process.stderr.write(`loads ${name}\n`);
    }
    return next(url, context);
  },
});
