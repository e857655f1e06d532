import { z } from 'zod';
import { isStable, packageIn, type Registry, webAddress } from './registry.ts';

const release = z.object({
  version: z.string(),
  time: z.string().optional(),
  license: z.array(z.string()).optional(),
  homepage: z.string().nullish(),
  source: z.object({ url: z.string() }).nullish().catch(undefined),
  abandoned: z.union([z.boolean(), z.string()]).optional(),
});

const metadata = z.object({
  packages: z.record(z.string(), z.array(z.looseObject({ version: z.string() }))),
});

/**
 * Packagist: release, date, licence, and whether a package is abandoned. The list holds the newest version in full and
 * of each that follows only what differs from the one before. See https://packagist.org/apidoc#get-package-data
 */
export const packagist: Registry = {
  key: 'packagist-registry',
  label: 'Packagist',
  address: 'https://repo.packagist.org',
  subject: (framework) => packageIn(framework, 'packagist'),
  async ask(name, { get, address }) {
    const answer = await get(`${address}/p2/${name}.json`, metadata);
    const versions = answer?.packages[name];
    if (versions === undefined) return undefined;
    const whole: Record<string, unknown>[] = [];
    for (const differing of versions) {
      const all = { ...whole.at(-1), ...differing };
      whole.push(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '__unset')));
    }
    const [newest] = whole.slice(0, 1).map((version) => release.parse(version));
    const stable = whole
      .map((version) => release.parse(version))
      .find(({ version }) => isStable(plain(version)));
    const website = webAddress(newest?.homepage);
    const repository = webAddress(newest?.source?.url);
    return {
      source: { title: `Packagist: ${name}`, url: `https://packagist.org/packages/${name}` },
      language: 'php',
      links: {
        ...(website === undefined ? {} : { website }),
        ...(repository === undefined ? {} : { repository }),
        package: `https://packagist.org/packages/${name}`,
      },
      ...(newest?.license === undefined || newest.license.length === 0
        ? {}
        : { licence: newest.license.join(' OR ') }),
      ...(newest?.abandoned ? { ended: 'abandoned on Packagist' } : {}),
      ...(stable === undefined
        ? {}
        : {
            release: {
              version: plain(stable.version),
              ...(stable.time === undefined ? {} : { date: stable.time.slice(0, 10) }),
            },
          }),
    };
  },
};

function plain(version: string): string {
  return version.replace(/^v/, '');
}
