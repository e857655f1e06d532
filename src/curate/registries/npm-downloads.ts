import { z } from 'zod';
import { packageIn, type Registry } from './registry.ts';

const count = z.object({ downloads: z.number(), start: z.string(), end: z.string() });

/** The calendar month before a day, as YYYY-MM. */
export function monthBefore(today: string): string {
  const [year = '', month = ''] = today.split('-');
  return new Date(Date.UTC(Number(year), Number(month) - 2, 1)).toISOString().slice(0, 7);
}

/**
 * How often a package was downloaded from npm in the last whole month. See
 * https://github.com/npm/registry/blob/main/docs/download-counts.md
 */
export const npmDownloads: Registry = {
  key: 'npm-downloads',
  label: 'npm’s download counts',
  address: 'https://api.npmjs.org',
  subject: (framework) => packageIn(framework, 'npm'),
  async ask(name, { get, address, today }) {
    const period = monthBefore(today);
    const [year = '', month = ''] = period.split('-');
    const last = new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
    const path = `/downloads/point/${period}-01:${last}/${name}`;
    const answer = await get(`${address}${path}`, count);
    // Counts that are not there yet are answered with nought.
    if (answer === undefined || answer.downloads === 0) return undefined;
    return {
      source: {
        title: `npm: downloads of ${name}, ${answer.start} to ${answer.end}`,
        url: `https://api.npmjs.org${path}`,
      },
      adoption: { measure: 'npm-downloads', value: answer.downloads, period },
    };
  },
};
