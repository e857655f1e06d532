import { z } from 'zod';
import { packageIn, present, type Registry, releaseOf, webAddress } from './registry.ts';

const address = 'https://registry.npmjs.org';

const version = z.object({
  version: z.string(),
  license: z.string().optional().catch(undefined),
  deprecated: z.union([z.string(), z.boolean()]).optional(),
  homepage: z.string().optional().catch(undefined),
  repository: z.object({ url: z.string() }).optional().catch(undefined),
});

const packument = z.object({ time: z.record(z.string(), z.string()).optional() });

/**
 * npm's registry: release, date, licence, deprecation. The document of all versions, of many megabytes for some, is
 * only asked for when there is a new version whose date is to be found. See
 * https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 */
export const npm: Registry = {
  key: 'npm-registry',
  label: 'npm',
  address,
  subject: (framework) => packageIn(framework, 'npm'),
  async ask(name, { get, address: base, framework }) {
    const path = name.replace('/', '%2f');
    const latest = await get(`${base}/${path}/latest`, version);
    if (latest === undefined) return undefined;
    const isKnown = framework.release?.version === latest.version;
    // A mirror's times are those of its copies.
    const isMirror = base !== address;
    const time =
      isKnown || isMirror ? undefined : (await get(`${base}/${path}`, packument))?.time?.[latest.version];
    return {
      source: { title: `npm: ${name}`, url: `https://www.npmjs.com/package/${name}` },
      language: 'javascript',
      links: present({
        website: webAddress(latest.homepage),
        repository: webAddress(latest.repository?.url),
        package: `https://www.npmjs.com/package/${name}`,
      }),
      ...present({
        licence: latest.license,
        ended: latest.deprecated ? 'deprecated on npm' : undefined,
        release: releaseOf(latest.version, time),
      }),
    };
  },
};
