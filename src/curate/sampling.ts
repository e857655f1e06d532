import { createHash } from 'node:crypto';
import { factsOf } from '../catalog/cited.ts';
import type { Framework } from '../catalog/framework.ts';
import type { Catalog } from '../catalog/load.ts';
import { levels } from '../catalog/vocabulary.ts';
import { table } from './markdown-table.ts';

/**
 * The classes of facts and how many of each are drawn: many of those in which audits found most errors, and enough of
 * those in which an error does most harm. Which fields belong to a class; the last takes the rest.
 */
const classes: { name: string; fields: string[]; drawn: number }[] = [
  { name: 'licence', fields: ['licence'], drawn: 25 },
  { name: 'first release', fields: ['firstRelease'], drawn: 20 },
  { name: 'release', fields: ['release'], drawn: 25 },
  { name: 'support', fields: ['support'], drawn: 35 },
  { name: 'status', fields: ['status'], drawn: 25 },
  { name: 'capability', fields: ['capabilities'], drawn: 70 },
  {
    name: 'claim',
    fields: ['summary', 'advantages', 'features', 'tradeOffs', 'goodFor', 'notGoodFor'],
    drawn: 90,
  },
  { name: 'other', fields: [], drawn: 20 },
];

/** A fact to be read afresh: its place, what it claims in words, and the pages that are to say it. */
export type Drawn = { class: string; place: string; claim: string; addresses: string[] };

function classOf([field]: PropertyKey[]): string {
  return classes.find(({ fields }) => fields.includes(String(field)))?.name ?? 'other';
}

/** A fact without its keys of sources, as somebody reads it who sees nothing else of the entry. */
function claimOf(framework: Framework, path: PropertyKey[], fact: object): string {
  const said = Object.entries(fact)
    .filter(([name]) => name !== 'cites')
    .map(([name, value]) => {
      if (name === 'level') return `${value} (${levels[value as keyof typeof levels].sentence})`;
      return name === 'value' || name === 'text' ? String(value) : `${name}: ${value}`;
    });
  return `${framework.name}, ${path.filter((part) => typeof part === 'string').join(' ')}: ${said.join('; ')}`;
}

/**
 * A sample of the dataset's facts for an audit. The seed orders all facts, by a digest of the seed and a fact's place, so
 * that everybody who knows it draws the same and nobody can choose.
 *
 * @param without places that were drawn before and are not drawn again.
 */
export function sample(
  { frameworks }: Catalog,
  seed: string,
  without: ReadonlySet<string> = new Set(),
): Drawn[] {
  const facts = frameworks.flatMap((framework) =>
    factsOf(framework).map(({ path, fact }) => ({
      class: classOf(path),
      place: `${framework.id} ${path.join('.')}`,
      claim: claimOf(framework, path, fact),
      addresses: fact.cites.flatMap((key) => framework.sources[key]?.url ?? []),
    })),
  );
  const order = (place: string) => createHash('sha256').update(`${seed} ${place}`).digest('hex');
  const ordered = facts
    .filter(({ place }) => !without.has(place))
    .map((fact) => ({ fact, at: order(fact.place) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ fact }) => fact);
  const drawn = classes.flatMap(({ name, drawn: most }) =>
    ordered.filter((fact) => fact.class === name).slice(0, most),
  );
  // Where earlier samples have left too few of a class, others take their places.
  const size = classes.reduce((sum, { drawn: most }) => sum + most, 0);
  const others = ordered.filter((fact) => !drawn.includes(fact)).slice(0, size - drawn.length);
  return [...drawn, ...others];
}

/** A sample as a table for whoever audits it: the claim and the addresses, and nothing else of the entry. */
export function describeSample(drawn: readonly Drawn[]): string {
  return table(
    ['#', 'class', 'place', 'claim', 'addresses'],
    drawn.map((fact, index) => [
      String(index + 1),
      fact.class,
      fact.place,
      fact.claim,
      fact.addresses.join(' '),
    ]),
  );
}

/** The places of the facts in a table that {@link describeSample} made. */
export function placesIn(description: string): Set<string> {
  return new Set(
    [...description.matchAll(/^\| \d+ \| [^|]+ \| ([^|]+) \|/gm)].map(([, place = '']) => place),
  );
}
