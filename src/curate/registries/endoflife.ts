import { z } from 'zod';
import type { SupportCycle } from '../../catalog/framework.ts';
import { present, type Registry, releaseOf } from './registry.ts';

const cycle = z.object({
  name: z.string(),
  releaseDate: z.iso.date().nullish(),
  isLts: z.boolean(),
  isEoas: z.boolean().optional(),
  eoasFrom: z.iso.date().nullish(),
  isEol: z.boolean(),
  eolFrom: z.iso.date().nullish(),
  latest: z.object({ name: z.string(), date: z.iso.date().nullish() }).nullish(),
});

const product = z.object({ result: z.object({ label: z.string(), releases: z.array(cycle) }) });

/** The last day of a phase: its date, else whether it is over already. */
function end(isOver: boolean, date: string | null | undefined): string {
  return date ?? (isOver ? 'ended' : 'open');
}

function supportLine(line: z.infer<typeof cycle>): Omit<SupportCycle, 'cites'> {
  return {
    cycle: line.name,
    ...present({
      released: line.releaseDate ?? undefined,
      lts: line.isLts || undefined,
      fixesUntil: line.isEoas === undefined ? undefined : end(line.isEoas, line.eoasFrom),
    }),
    securityUntil: end(line.isEol, line.eolFrom),
  };
}

/**
 * endoflife.date: the support table, and the newest release of its newest line. Which product a framework is there, its
 * entry says by citing the product's page. See https://endoflife.date/docs/api/v1/
 */
export const endoflife: Registry = {
  key: 'endoflife',
  label: 'endoflife.date',
  address: 'https://endoflife.date',
  subject: ({ sources }) =>
    Object.values(sources)
      .map(({ url }) => /^https:\/\/endoflife\.date\/([\w.-]+)$/.exec(url)?.[1])
      .find((name) => name !== undefined),
  async ask(name, { get, address }) {
    const answer = await get(`${address}/api/v1/products/${name}`, product);
    if (answer === undefined) return undefined;
    const { label, releases } = answer.result;
    const latest = releases[0]?.latest;
    return {
      source: { title: `endoflife.date: ${label}`, url: `https://endoflife.date/${name}` },
      support: releases.map(supportLine),
      ...present({ release: releaseOf(latest?.name, latest?.date) }),
    };
  },
};
