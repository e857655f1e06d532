import { monthOf } from './dates.ts';
import { languageNames, shareFact, supportWords, surveyShare } from './facts.ts';
import type { Framework } from './framework.ts';
import { oldestOf, volatile, withoutAge } from './freshness.ts';
import { keepLast } from './keep-last.ts';
import type { Catalog } from './load.ts';
import { type Sourced, sourced } from './sources.ts';
import { keptCycle } from './support.ts';
import {
  type Capability,
  capabilities,
  keysOf,
  kinds,
  type Level,
  levels,
  purposes,
  statuses,
} from './vocabulary.ts';

/** What one framework has to say in a row; nothing at all means that it is not recorded. */
type Cell = { level?: Level; said?: Sourced };

/** One line of a comparison, a cell per framework in their order. A row of a capability has levels, the others not. */
export type Row = { label: string; capability?: Capability; cells: Cell[]; differs: boolean };

/** What speaks for one framework. */
export type Side = { framework: Framework; has: Sourced[]; chooseIf: Sourced[] };

/** Two to four frameworks side by side. */
export type Comparison = {
  frameworks: readonly Framework[];
  /** What all of them share: facts in short words, and per level the capabilities that all have at it. */
  alike: { facts: string[]; levels: { level: Level; labels: string[] }[] };
  rows: Row[];
  sides: Side[];
};

/** The most lines of 'choose X if …' for each framework. */
const mostReasons = 3;

function factRows(frameworks: readonly Framework[], catalog: Catalog, today: string): Row[] {
  const row = (label: string, tell: (framework: Framework) => Sourced | undefined): Row => {
    const cells = frameworks.map((framework): Cell => {
      const said = tell(framework);
      return said === undefined ? {} : { said };
    });
    const facts = cells.flatMap(({ said }) => (said === undefined ? [] : withoutAge(said.text)));
    return { label, cells, differs: new Set(facts).size > 1 };
  };
  return [
    row('language', (f) => sourced(f, languageNames(f, catalog).join(', '), f.languages)),
    row('kind', (f) => sourced(f, kinds[f.kind.value].label, f.kind)),
    row('status', (f) => volatile(f, statuses[f.status.value].label, f.status, today)),
    row('support', (f) => {
      const line = keptCycle(f, today);
      const words = line === undefined ? undefined : supportWords(line, today);
      if (line === undefined || words === undefined) return undefined;
      return volatile(f, `${line.cycle}${line.lts === true ? ' LTS' : ''} ${words}`, line, today);
    }),
    row('newest', (f) => {
      if (f.release === undefined) return undefined;
      const date = f.release.date === undefined ? '' : `, ${monthOf(f.release.date)}`;
      return volatile(f, `${f.release.version}${date}`, f.release, today);
    }),
    row('since', (f) => f.firstRelease && sourced(f, f.firstRelease.value.slice(0, 4), f.firstRelease)),
    row('licence', (f) => sourced(f, f.licence.value, f.licence)),
    row('maintainer', (f) => f.maintainer && sourced(f, f.maintainer.value, f.maintainer)),
    row('runs on', (f) => f.runtime && sourced(f, f.runtime.value, f.runtime)),
    row('use', (f) => shareFact(f, today)),
  ];
}

function capabilityRow(capability: Capability, frameworks: readonly Framework[]): Row {
  const cells = frameworks.map((framework): Cell => {
    const fact = framework.capabilities[capability];
    if (fact === undefined) return {};
    return { level: fact.level, said: sourced(framework, fact.by ?? levels[fact.level].label, fact) };
  });
  const known = new Set(cells.flatMap(({ level }) => level ?? []));
  return { label: capabilities[capability].label, capability, cells, differs: known.size > 1 };
}

/** How much further a framework is with a capability than the best of the others; undefined when one is not recorded. */
function lead(row: Row, at: number): number | undefined {
  const ranks = row.cells.map(({ level }) => (level === undefined ? undefined : levels[level].rank));
  const own = ranks[at];
  if (own === undefined || ranks.includes(undefined)) return undefined;
  return own - Math.max(...ranks.flatMap((rank, index) => (index === at || rank === undefined ? [] : rank)));
}

/** For whom something is that has ended: who looks after what was built with it. */
function afterItsEnd(framework: Framework, { byId }: Catalog): Sourced[] {
  const { status } = framework;
  const successor = byId.get(status.successor ?? '')?.name;
  const instead = successor === undefined ? '' : `, and ${successor} takes its place`;
  return [sourced(framework, `your code runs on it already: it has ended${instead}`, status)];
}

/** Whether none of the others has a capability from its own makers. */
function othersDoWithout({ cells }: Row, at: number): boolean {
  return cells.every(({ level }, index) => index === at || level === 'community' || level === 'none');
}

function sideOf(
  frameworks: readonly Framework[],
  at: number,
  rows: Row[],
  catalog: Catalog,
): Side | undefined {
  const framework = frameworks[at];
  if (framework === undefined) return undefined;
  const others = frameworks.filter((other) => other !== framework);
  if (framework.status.value === 'ended') {
    return { framework, has: [], chooseIf: afterItsEnd(framework, catalog) };
  }
  const leads = rows
    .map((row) => ({
      row,
      by: row.capability === undefined ? undefined : lead(row, at),
      cell: row.cells[at],
    }))
    .flatMap(({ row, by, cell }) =>
      by !== undefined && by > 0 && cell !== undefined ? [{ row, by, cell }] : [],
    )
    .sort((a, b) => b.by - a.by);
  const has = leads
    .filter(({ row, cell }) => cell.level !== 'community' && othersDoWithout(row, at))
    .map(({ row, cell }) => ({ text: row.label, sources: cell.said?.sources ?? [] }));
  const purposesOnlyHere = framework.goodFor
    .filter(({ purpose }) => !others.some((other) => other.goodFor.some((fit) => fit.purpose === purpose)))
    .sort((a, b) => Number(isDiscouraged(others, b.purpose)) - Number(isDiscouraged(others, a.purpose)))
    .map((fit) => sourced(framework, `you want ${purposes[fit.purpose].wish}: ${fit.text}`, fit));
  const builtInOnlyHere = leads
    .filter(({ cell }) => cell.level === 'built-in')
    .map(({ row, cell }) => ({
      text: `you want ${row.label} built in: ${cell.said?.text ?? ''}`,
      sources: cell.said?.sources ?? [],
    }));
  const [language] = languageNames(framework, catalog);
  const speaksAlone = others.every((other) => other.languages.value[0] !== framework.languages.value[0]);
  const byLanguage = speaksAlone
    ? [sourced(framework, `your code is in ${language}`, framework.languages)]
    : [];
  const shared = framework.goodFor
    .slice(0, 1)
    .map((fit) => sourced(framework, `you want ${purposes[fit.purpose].wish}: ${fit.text}`, fit));
  const own = [...purposesOnlyHere.slice(0, 2), ...builtInOnlyHere, ...purposesOnlyHere.slice(2)];
  // What is not only its own is still a reason, where there is no other.
  const reasons = own.length > 0 ? own : shared;
  return { framework, has, chooseIf: [...reasons.slice(0, mostReasons - byLanguage.length), ...byLanguage] };
}

function isDiscouraged(frameworks: readonly Framework[], purpose: string): boolean {
  return frameworks.some(({ notGoodFor }) => notGoodFor.some((fit) => fit.purpose === purpose));
}

/**
 * Two to four different frameworks side by side, as of a day (YYYY-MM-DD).
 *
 * A row differs where two recorded levels or facts differ: what is not recorded is no difference. 'Choose X if' follows
 * from the data alone: purposes that only X is good for, capabilities that only X has built in, its language.
 */
export function compare(frameworks: readonly Framework[], catalog: Catalog, today: string): Comparison {
  const rows = [
    ...keysOf(capabilities).map((key) => capabilityRow(key, frameworks)),
    ...factRows(frameworks, catalog, today),
  ];
  const isAlike = ({ cells, differs }: Row) => !differs && cells.every(({ said }) => said !== undefined);
  const alike = {
    facts: rows
      .filter((row) => row.capability === undefined && isAlike(row))
      .flatMap(({ cells }) => oldestOf(cells.flatMap(({ said }) => said?.text ?? [])) ?? []),
    levels: keysOf(levels).map((level) => ({
      level,
      labels: rows.filter((row) => isAlike(row) && row.cells[0]?.level === level).map(({ label }) => label),
    })),
  };
  const sides = frameworks.flatMap((_, at) => sideOf(frameworks, at, rows, catalog) ?? []);
  return { frameworks, alike, rows, sides };
}

const capabilityKeys = keysOf(capabilities);

/** How alike two frameworks are: shared languages, kind, purposes and capabilities; only orders what is offered. */
function likeness(a: Framework, b: Framework): number {
  const shares = <T>(left: readonly T[], right: readonly T[]) =>
    left.filter((item) => right.includes(item)).length;
  let sameLevels = 0;
  for (const key of capabilityKeys) {
    const level = a.capabilities[key]?.level;
    if (level !== undefined && level === b.capabilities[key]?.level) sameLevels += 1;
  }
  const good = (framework: Framework) => framework.goodFor.map(({ purpose }) => purpose);
  return (
    shares(a.languages.value, b.languages.value) * 12 +
    (a.kind.value === b.kind.value ? 8 : 0) +
    shares(good(a), good(b)) * 3 +
    sameLevels
  );
}

/** How much a percent of developers who use it counts beside what is alike: people compare with what they have heard of. */
const perPercent = 0.3;

/** The other frameworks that still go on, those first that are most alike and most used. */
export const similarTo = keepLast((framework: Framework, { frameworks }: Catalog): readonly Framework[] =>
  frameworks
    .filter((other) => other !== framework && other.status.value !== 'ended')
    .map((other) => ({ other, score: likeness(framework, other) + perPercent * (surveyShare(other) ?? 0) }))
    .sort((a, b) => b.score - a.score)
    .map(({ other }) => other),
);
