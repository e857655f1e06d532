import { endoflife } from './endoflife.ts';
import { github } from './github.ts';
import { npm } from './npm.ts';
import { npmDownloads } from './npm-downloads.ts';
import { packagist } from './packagist.ts';
import { pypi } from './pypi.ts';
import { pypiRanks } from './pypi-ranks.ts';
import type { Registry } from './registry.ts';

/** Every place that is asked. Of two that name a release the first counts: a package registry is nearest to it. */
export const registries: readonly Registry[] = [
  npm,
  pypi,
  packagist,
  endoflife,
  github,
  npmDownloads,
  pypiRanks,
];
