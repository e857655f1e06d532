import { z } from 'zod';
import { packageIn, present, type Registry, releaseOf, webAddress } from './registry.ts';

const repository = z.object({
  full_name: z.string(),
  html_url: z.string(),
  homepage: z.string().nullish(),
  archived: z.boolean(),
  language: z.string().nullish(),
  license: z.object({ spdx_id: z.string().nullish() }).nullish(),
});

const latestRelease = z.object({ tag_name: z.string(), published_at: z.string().nullish() });

/** The version within a tag: `v1.2.3`, `release-1.2.3` and `@scope/name@1.2.3` are all 1.2.3. */
function versionIn(tag: string): string | undefined {
  return /(?:^|[^\d.])(\d+\.\d\S*)$/.exec(tag)?.[1] ?? /^v?(\d+)$/.exec(tag)?.[1];
}

/**
 * GitHub: whether the repository is archived or has moved, its licence, and, for frameworks of no registry that is asked
 * here, the newest release. See https://docs.github.com/en/rest/repos/repos and
 * https://docs.github.com/en/rest/releases/releases#get-the-latest-release
 */
export const github: Registry = {
  key: 'github-repository',
  label: 'GitHub',
  address: 'https://api.github.com',
  subject: ({ links }) => /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)\/?$/.exec(links.repository ?? '')?.[1],
  async ask(name, { get, address, framework }) {
    const found = await get(`${address}/repos/${name}`, repository);
    if (found === undefined) return undefined;
    const isElsewhere = (['npm', 'pypi', 'packagist'] as const).some(
      (registry) => packageIn(framework, registry) !== undefined,
    );
    const latest = isElsewhere
      ? undefined
      : await get(`${address}/repos/${name}/releases/latest`, latestRelease);
    const licence = found.license?.spdx_id ?? 'NOASSERTION';
    return {
      source: { title: `GitHub: ${found.full_name}`, url: found.html_url },
      links: present({ repository: found.html_url, website: webAddress(found.homepage) }),
      ...present({
        language: found.language?.toLowerCase(),
        licence: licence === 'NOASSERTION' ? undefined : licence,
        ended: found.archived ? 'archived on GitHub' : undefined,
        release: latest && releaseOf(versionIn(latest.tag_name), latest.published_at),
      }),
    };
  },
};
