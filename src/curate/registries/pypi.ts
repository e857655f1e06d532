import { z } from 'zod';
import { isStable, packageIn, type Registry, webAddress } from './registry.ts';

const project = z.object({
  info: z.object({
    version: z.string(),
    license_expression: z.string().nullish(),
    classifiers: z.array(z.string()),
    home_page: z.string().nullish(),
    project_urls: z.record(z.string(), z.string()).nullish(),
  }),
  urls: z.array(z.object({ upload_time_iso_8601: z.string() })),
});

/** What the labels of a project's links mean; written in as many ways as there are projects. */
const linkLabels = {
  website: /^home ?page|website$/i,
  documentation: /^doc(s|umentation)?$/i,
  repository: /^(source|source code|repository|github|code)$/i,
} as const;

function linkOf(urls: Record<string, string>, label: RegExp): string | undefined {
  return webAddress(Object.entries(urls).find(([name]) => label.test(name))?.[1]);
}

/**
 * PyPI: release, date, licence, and the classifier of projects that are given up. See
 * https://docs.pypi.org/api/json/ and https://pypi.org/classifiers/
 */
export const pypi: Registry = {
  key: 'pypi-registry',
  label: 'PyPI',
  address: 'https://pypi.org',
  subject: (framework) => packageIn(framework, 'pypi'),
  async ask(name, { get, address }) {
    const answer = await get(`${address}/pypi/${name}/json`, project);
    if (answer === undefined) return undefined;
    const { info, urls } = answer;
    const uploaded = urls.map((file) => file.upload_time_iso_8601).sort()[0];
    const labelled = { ...(info.home_page ? { Homepage: info.home_page } : {}), ...info.project_urls };
    const website = linkOf(labelled, linkLabels.website);
    const documentation = linkOf(labelled, linkLabels.documentation);
    const repository = linkOf(labelled, linkLabels.repository);
    return {
      source: { title: `PyPI: ${name}`, url: `https://pypi.org/project/${name}/` },
      language: 'python',
      links: {
        ...(website === undefined ? {} : { website }),
        ...(documentation === undefined ? {} : { documentation }),
        ...(repository === undefined ? {} : { repository }),
        package: `https://pypi.org/project/${name}/`,
      },
      ...(info.license_expression ? { licence: info.license_expression } : {}),
      ...(info.classifiers.includes('Development Status :: 7 - Inactive')
        ? { ended: 'marked inactive on PyPI' }
        : {}),
      ...(isStable(info.version)
        ? {
            release: {
              version: info.version,
              ...(uploaded === undefined ? {} : { date: uploaded.slice(0, 10) }),
            },
          }
        : {}),
    };
  },
};
