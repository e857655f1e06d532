import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { dataDir, loadEnvironmentFile } from '../config.ts';
import { failure, reportFailure } from '../failure.ts';
import { bundleFolder, bundleWorker } from './bundle.ts';

/** Whether pictures are asked for. */
function readOptions(): { pictures: boolean } {
  try {
    return { pictures: parseArgs({ options: { pictures: { type: 'boolean' } } }).values.pictures ?? false };
  } catch (error) {
    throw failure('The one option is --pictures, for the paid plan: see docs/edge.md.', error);
  }
}

try {
  const options = readOptions();
  loadEnvironmentFile();
  const { files } = await bundleWorker(bundleFolder, { ...options, dataDir: dataDir(process.env) }).catch(
    (error: unknown) => {
      throw failure(error instanceof Error ? error.message : String(error), error);
    },
  );
  for (const { name, bytes } of files) {
    const compressed = gzipSync(readFileSync(path.join(bundleFolder, name))).length;
    console.log(
      `.edge/${name}: ${Math.round(bytes / 1024)} KB, ${Math.round(compressed / 1024)} KB compressed`,
    );
  }
  console.log('Now: npx wrangler deploy --var DISCORD_PUBLIC_KEY:<your application’s public key>');
} catch (error) {
  reportFailure(error);
}
