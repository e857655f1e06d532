import { z } from 'zod';
import { packageIn, present, type Registry, releaseOf, webAddress } from './registry.ts';

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
    // A version of another form says nothing; the others still count.
    const described = whole.flatMap((version) => release.safeParse(version).data ?? []);
    const [newest] = described;
    const releases = described.flatMap(
      ({ version, time }) => releaseOf(version.replace(/^v/, ''), time) ?? [],
    );
    return {
      source: { title: `Packagist: ${name}`, url: `https://packagist.org/packages/${name}` },
      language: 'php',
      links: present({
        website: webAddress(newest?.homepage),
        repository: webAddress(newest?.source?.url),
        package: `https://packagist.org/packages/${name}`,
      }),
      ...present({
        licence: newest?.license?.join(' OR ') || undefined,
        ended: newest?.abandoned ? 'abandoned on Packagist' : undefined,
        release: releases[0],
      }),
    };
  },
};
