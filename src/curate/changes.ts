import { factsOf } from '../catalog/cited.ts';
import type { Framework, Source, SupportCycle } from '../catalog/framework.ts';
import type { Answer } from './registries/registry.ts';

/** An answer, and the key and label of the registry that gave it. */
export type Given = { key: string; label: string; answer: Answer };

/** What a registry says about one field of an entry. */
type Change = {
  /** The place in the entry, such as `release.version`. */
  field: string;
  /** What the entry says, in words; `not recorded` where it says nothing. */
  before: string;
  after: string;
  /** Who says it. */
  by: string;
  /** Why it is held back until somebody has looked at it. */
  suspicion?: string;
};

/** A change, the same as before when the registry only confirms it, and what the entry becomes with it. */
export type Proposal = Change & { apply: (entry: Framework) => Framework };

const nothing = 'not recorded';

/** Whether the first version is older than the second, number by number. */
function isOlder(first: string, second: string): boolean {
  return first.localeCompare(second, 'en', { numeric: true }) < 0;
}

/** The entry with a page that was read today. */
function withSource(entry: Framework, { key, answer }: Given, read: string): Framework {
  const source: Source = { ...answer.source, read };
  return { ...entry, sources: { ...entry.sources, [key]: source } };
}

/** The pages that say a thing: the new one first, of the others as many as there is room for. */
function citing(key: string, others: readonly string[]): string[] {
  return [...new Set([key, ...others])].slice(0, 3);
}

function releaseProposal(entry: Framework, given: Given, today: string): Proposal | undefined {
  const { release } = given.answer;
  if (release === undefined) return undefined;
  const before = entry.release;
  // A version that is said to be of a part keeps that part's name: `core 7.0.15`.
  const part = /^(.* )\S+$/.exec(before?.version ?? '')?.[1] ?? '';
  const version = `${part}${release.version}`;
  const { date } = release;
  const isSame = before?.version === version;
  const words = (one: { version: string; date?: string | undefined }) =>
    one.date === undefined ? one.version : `${one.version} (${one.date})`;
  const apply = (now: Framework): Framework => {
    const kept = isSame && before.date !== undefined ? before.date : date;
    // The page that dates the release stays beside the registry, unless it is the registry's own.
    const isOwn = (key: string) => now.sources[key]?.url === given.answer.source.url;
    const others =
      isSame && kept !== undefined && kept !== date ? before.cites.filter((key) => !isOwn(key)) : [];
    const dated = kept === undefined ? {} : { date: kept };
    const release = { version, ...dated, cites: citing(given.key, others) };
    return { ...withSource(now, given, today), release };
  };
  return {
    field: 'release',
    before: before === undefined ? nothing : words(before),
    after: isSame ? words(before) : words({ version, date }),
    by: given.label,
    apply,
    ...(before !== undefined && isOlder(version, before.version)
      ? { suspicion: 'the version has gone back' }
      : {}),
  };
}

function licenceProposal(entry: Framework, given: Given, today: string): Proposal | undefined {
  const { licence } = given.answer;
  if (licence === undefined || licence === entry.licence.value) return undefined;
  return {
    field: 'licence',
    before: entry.licence.value,
    after: licence,
    by: given.label,
    suspicion: 'the licence is another one',
    apply: (now) => ({
      ...withSource(now, given, today),
      licence: { value: licence, cites: [given.key] },
    }),
  };
}

function statusProposal(entry: Framework, given: Given, today: string): Proposal | undefined {
  const { ended } = given.answer;
  if (ended === undefined || entry.status.value === 'ended') return undefined;
  const { successor } = entry.status;
  return {
    field: 'status',
    before: entry.status.value,
    after: 'ended',
    by: given.label,
    suspicion: ended,
    apply: (now) => ({
      ...withSource(now, given, today),
      status: {
        value: 'ended',
        ...(successor === undefined ? {} : { successor }),
        cites: [given.key],
      },
    }),
  };
}

function repositoryProposal(entry: Framework, given: Given): Proposal | undefined {
  const before = entry.links.repository;
  const after = given.answer.links?.repository;
  // Package registries repeat what a manifest says; only the host of the repository knows where it is.
  if (given.key !== 'github-repository' || after === undefined || before === undefined) return undefined;
  if (before.toLowerCase().replace(/\/$/, '') === after.toLowerCase()) return undefined;
  return {
    field: 'links.repository',
    before,
    after,
    by: given.label,
    suspicion: 'the repository has moved',
    apply: (now) => ({ ...now, links: { ...now.links, repository: after } }),
  };
}

function adoptionProposal(entry: Framework, given: Given, today: string): Proposal | undefined {
  const { adoption } = given.answer;
  if (adoption === undefined) return undefined;
  const words = (one: { value: number; period: string }) => `${one.value} (${one.period})`;
  const before = entry.adoption.find(({ measure }) => measure === adoption.measure);
  if (before !== undefined && before.period > adoption.period) return undefined;
  return {
    field: `adoption.${adoption.measure}`,
    before: before === undefined ? nothing : words(before),
    after: words(adoption),
    by: given.label,
    apply: (now) => ({
      ...withSource(now, given, today),
      adoption: [
        ...now.adoption.filter(({ measure }) => measure !== adoption.measure),
        { ...adoption, cites: [given.key] },
      ],
    }),
  };
}

type Line = Omit<SupportCycle, 'cites'>;

function supportWords({ released, fixesUntil, securityUntil }: Line): string {
  return Object.entries({ released, fixesUntil, securityUntil })
    .flatMap(([field, date]) => (date === undefined ? [] : `${field} ${date}`))
    .join(', ');
}

/** Why what a registry says of a support line is not to be taken on trust. */
function supportSuspicion(
  before: SupportCycle,
  after: SupportCycle,
  others: readonly string[],
): string | undefined {
  for (const field of ['fixesUntil', 'securityUntil'] as const) {
    const [was, is] = [before[field], after[field]];
    if (was === undefined || is === undefined || was === 'open' || was === is) continue;
    if (is === 'ended' || (is !== 'open' && was !== 'ended' && is < was)) return 'support ends sooner';
  }
  if (before.released !== after.released) return 'the release has another date';
  return others.length === 0 ? undefined : `the line also cites ${others.join(', ')}`;
}

/** Of what a registry says of a line, the fields that the model records too: the rest was left out on purpose. */
function fieldsLike(model: SupportCycle, { released, fixesUntil, securityUntil }: Line): Partial<Line> {
  return {
    ...(model.released === undefined || released === undefined ? {} : { released }),
    ...(model.fixesUntil === undefined || fixesUntil === undefined ? {} : { fixesUntil }),
    ...(model.securityUntil === undefined || securityUntil === undefined ? {} : { securityUntil }),
  };
}

function supportProposals(entry: Framework, given: Given, today: string): Proposal[] {
  const { support = [], source } = given.answer;
  const keys = Object.keys(entry.sources).filter((key) => entry.sources[key]?.url === source.url);
  const isTheirs = (line: SupportCycle) => line.cites.some((key) => keys.includes(key));
  const newest = entry.support.find(isTheirs);
  if (newest === undefined) return [];
  const known = entry.support.filter(isTheirs).flatMap((line): Proposal[] => {
    const theirs = support.find(({ cycle }) => cycle === line.cycle);
    if (theirs === undefined) return [];
    const others = line.cites.filter((key) => !keys.includes(key));
    const said = { ...line, ...fieldsLike(line, theirs) };
    const isSame = supportWords(line) === supportWords(said);
    const suspicion = isSame ? undefined : supportSuspicion(line, said, others);
    const after = { ...said, cites: isSame ? citing(given.key, others) : [given.key] };
    const apply = (now: Framework): Framework => ({
      ...withSource(now, given, today),
      support: now.support.map((one) => (one.cycle === line.cycle ? after : one)),
    });
    return [
      {
        field: `support.${line.cycle}`,
        before: supportWords(line),
        after: supportWords(after),
        by: given.label,
        apply,
        ...(suspicion === undefined ? {} : { suspicion }),
      },
    ];
  });
  const at = support.findIndex(({ cycle }) => cycle === newest.cycle);
  const newer = support.slice(0, Math.max(at, 0)).reverse();
  const added = newer.map((line): Proposal => {
    const { cycle, lts } = line;
    const fields = { ...(lts === undefined ? {} : { lts }), ...fieldsLike(newest, line) };
    return {
      field: `support.${cycle}`,
      before: nothing,
      after: supportWords({ cycle, ...fields }),
      by: given.label,
      apply: (now) => ({
        ...withSource(now, given, today),
        support: [{ cycle, ...fields, cites: [given.key] }, ...now.support],
      }),
    };
  });
  return [...known, ...added];
}

/** An entry without the pages that nothing in it cites any more. */
function withoutUncited(entry: Framework): Framework {
  const cited = new Set(factsOf(entry).flatMap(({ fact }) => fact.cites));
  const sources = Object.fromEntries(Object.entries(entry.sources).filter(([key]) => cited.has(key)));
  return { ...entry, sources };
}

/**
 * What registries' answers mean for an entry: proposals that change it, and such that only confirm what it says. Of two
 * registries that name a release or a licence, the first counts.
 *
 * @param given in the order in which they are trusted.
 * @param today YYYY-MM-DD: the date of the copies that were read.
 */
export function proposalsFor(entry: Framework, given: readonly Given[], today: string): Proposal[] {
  const first = (field: 'release' | 'licence' | 'ended') =>
    given.filter(({ answer }) => answer[field] !== undefined).slice(0, 1);
  return [
    ...first('release').flatMap((one) => releaseProposal(entry, one, today) ?? []),
    ...first('licence').flatMap((one) => licenceProposal(entry, one, today) ?? []),
    ...first('ended').flatMap((one) => statusProposal(entry, one, today) ?? []),
    ...given.flatMap((one) => repositoryProposal(entry, one) ?? []),
    ...given.flatMap((one) => supportProposals(entry, one, today)),
    ...given.flatMap((one) => adoptionProposal(entry, one, today) ?? []),
  ];
}

/** The entry as it is with some of the proposals. */
export function applied(entry: Framework, proposals: readonly Proposal[]): Framework {
  return withoutUncited(proposals.reduce((now, { apply }) => apply(now), entry));
}
