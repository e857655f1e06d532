import { z } from 'zod';
import { packageIn, present, type Registry, releaseOf, webAddress } from './registry.ts';

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

/** The classifier of a project that its makers have given up. */
const inactive = 'Development Status :: 7 - Inactive';

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
    return {
      source: { title: `PyPI: ${name}`, url: `https://pypi.org/project/${name}/` },
      language: 'python',
      links: present({
        website: linkOf(labelled, linkLabels.website),
        documentation: linkOf(labelled, linkLabels.documentation),
        repository: linkOf(labelled, linkLabels.repository),
        package: `https://pypi.org/project/${name}/`,
      }),
      ...present({
        licence: info.license_expression || undefined,
        ended: info.classifiers.includes(inactive) ? 'marked inactive on PyPI' : undefined,
        release: releaseOf(info.version, uploaded),
      }),
    };
  },
};
