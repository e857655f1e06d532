import { z } from 'zod';
import { monthBefore } from './npm-downloads.ts';
import { packageIn, type Registry } from './registry.ts';

const ranking = z.object({
  last_update: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  rows: z.array(z.object({ project: z.string() })),
});

/** How PyPI writes a project's name: https://packaging.python.org/en/latest/specifications/name-normalization/ */
function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/**
 * The rank of a package among the 15,000 most downloaded of PyPI, from the list that is made on the first of each month
 * of the downloads of the 30 days before: https://hugovk.github.io/top-pypi-packages/
 */
export const pypiRanks: Registry = {
  key: 'pypi-ranks',
  label: 'Top PyPI Packages',
  address: 'https://hugovk.github.io',
  subject: (framework) => packageIn(framework, 'pypi'),
  async ask(name, { get, address }) {
    const answer = await get(`${address}/top-pypi-packages/top-pypi-packages.min.json`, ranking);
    const at = answer?.rows.findIndex(({ project }) => normalised(project) === normalised(name)) ?? -1;
    if (answer === undefined || at === -1) return undefined;
    return {
      source: {
        title: 'Top PyPI Packages: the 15,000 most-downloaded packages',
        url: 'https://hugovk.github.io/top-pypi-packages/',
      },
      adoption: { measure: 'pypi-rank', value: at + 1, period: monthBefore(answer.last_update) },
    };
  },
};
