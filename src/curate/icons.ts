import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import list from 'simple-icons/icons.json' with { type: 'json' };
import type { DataProblem, Place } from '../catalog/cross-problems.ts';
import type { Framework, Icons } from '../catalog/framework.ts';

/** What simple-icons tells of an icon: https://github.com/simple-icons/simple-icons/blob/develop/CONTRIBUTING.md */
type IconData = { slug: string; title: string; hex: string; license?: { type: string } };

/** The licence of the collection, which is that of every icon with none of its own. */
const collectionLicence = 'CC0-1.0';

const { resolve } = createRequire(import.meta.url);

/** An icon by its slug, if it exists. */
function find(slug: string): IconData | undefined {
  return (list as IconData[]).find((icon) => icon.slug === slug);
}

function licenceOf({ license }: IconData): string {
  return license?.type ?? collectionLicence;
}

/** The drawing of an icon, in a box of 24 by 24. */
function pathOf(slug: string): string {
  const svg = readFileSync(resolve(`simple-icons/icons/${slug}.svg`), 'utf8');
  const [, drawing] = / d="([^"]+)"/.exec(svg) ?? [];
  if (drawing === undefined) throw new Error(`The icon ${slug} of simple-icons has no path`);
  return drawing;
}

/** What `icons.json` is to hold: the icons that exist and are CC0. */
export function iconsOf(frameworks: readonly Framework[]): Icons {
  const pairs = frameworks.flatMap(({ id, icon }) => {
    const data = icon === undefined ? undefined : find(icon);
    if (data === undefined || licenceOf(data) !== collectionLicence) return [];
    return [[id, { path: pathOf(data.slug), colour: `#${data.hex.toLowerCase()}` }] as const];
  });
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const allowed =
  'write the slug of its own icon, if that is CC0-1.0 there (https://simpleicons.org), or leave the field out';

function problemWith(slug: string, owner: string | undefined): string | undefined {
  const data = find(slug);
  if (data === undefined) return `simple-icons has no icon '${slug}'; ${allowed}`;
  const licence = licenceOf(data);
  if (licence !== collectionLicence) {
    return `the icon '${slug}' (${data.title}) is under the licence ${licence}; ${allowed}`;
  }
  return owner === undefined ? undefined : `'${slug}' is already the icon of '${owner}'; ${allowed}`;
}

/** Where a thing of the dataset, or something within it, stands. */
export type PlaceOf = (thing: object, ...within: PropertyKey[]) => Place;

/** Icons that do not exist, may not be used, or are those of another entry. */
export function iconProblems(frameworks: readonly Framework[], placeOf: PlaceOf): DataProblem[] {
  const owners = new Map<string, string>();
  return frameworks.flatMap((framework) => {
    const { id, icon } = framework;
    if (icon === undefined) return [];
    const message = problemWith(icon, owners.get(icon));
    if (!owners.has(icon)) owners.set(icon, id);
    return message === undefined ? [] : [{ ...placeOf(framework, 'icon'), message }];
  });
}
