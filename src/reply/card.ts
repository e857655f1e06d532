import type { APIButtonComponent } from 'discord-api-types/v10';
import { useFact } from '../catalog/adoption.ts';
import { similarTo } from '../catalog/compare.ts';
import { monthOf } from '../catalog/dates.ts';
import { adoptionFacts, headline, ltsFact, releaseFact, sinceFact, supportWords } from '../catalog/facts.ts';
import type { Claim, Fit, Framework } from '../catalog/framework.ts';
import { volatile } from '../catalog/freshness.ts';
import { keepLast } from '../catalog/keep-last.ts';
import type { Catalog } from '../catalog/load.ts';
import { sourced } from '../catalog/sources.ts';
import { supportOf } from '../catalog/support.ts';
import {
  capabilities,
  keysOf,
  type Level,
  levels,
  purposes,
  registries,
  statuses,
  unrecorded,
} from '../catalog/vocabulary.ts';
import { type CardPage, cardPages } from '../custom-id.ts';
import { kept } from './kept.ts';
import {
  type Block,
  joined,
  type Line,
  line,
  noteBlock,
  type Page,
  paginate,
  sourcesBlock,
} from './markdown.ts';
import {
  button,
  buttonRows,
  colourOf,
  frameworkOptions,
  linkButton,
  menuRow,
  nextButton,
  pageAt,
  type Reply,
  type ReplyContext,
  sourcesFooter,
  titled,
} from './reply.ts';

/** What a card shows: a framework, one of its pages, and `note`, a line above it such as what was typed. */
export type CardQuery = { framework: Framework; page: CardPage; part: number; note?: string };

/** What the symbols mean: those of the levels that are shown, and of what is not recorded where that is shown too. */
export function legend(shown: Iterable<Level>, withUnrecorded = false): Line {
  const present = new Set(shown);
  const terms = [
    ...keysOf(levels).flatMap((key) => (present.has(key) ? levels[key] : [])),
    ...(withUnrecorded ? [unrecorded] : []),
  ];
  return { segments: [terms.map(({ symbol, label }) => `${symbol} ${label}`).join('  ')], small: true };
}

function claimLine(framework: Framework, claim: Claim): Line {
  return line({ text: claim.title, style: 'bold' }, ': ', sourced(framework, claim.text, claim));
}

function fitLine(framework: Framework, fit: Fit): Line {
  return line({ text: purposes[fit.purpose].label, style: 'bold' }, ': ', sourced(framework, fit.text, fit));
}

/** The lines of 'Think twice', the purposes first: what it is for matters before how it feels. */
function thinkTwice(framework: Framework): Line[] {
  return [
    ...framework.notGoodFor.map((fit) => fitLine(framework, fit)),
    ...framework.tradeOffs.map((claim) => claimLine(framework, claim)),
  ];
}

function endedBlock(framework: Framework, catalog: Catalog): Block[] {
  const { status } = framework;
  if (status.value === 'active') return [];
  const since = status.since === undefined ? '' : ` since ${monthOf(status.since)}`;
  const successor = status.successor === undefined ? undefined : catalog.byId.get(status.successor);
  const instead = successor === undefined ? '' : `; ${successor.name} takes its place`;
  const { label } = statuses[status.value];
  const what = `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
  return [{ lines: [line(sourced(framework, `${what}${since}${instead}`, status))] }];
}

function boxBlock(framework: Framework): Block[] {
  const known = keysOf(capabilities).filter((key) => framework.capabilities[key] !== undefined);
  const groups = keysOf(levels).flatMap((level) => {
    const labels = known.flatMap((key) =>
      framework.capabilities[key]?.level === level ? capabilities[key].label : [],
    );
    return labels.length === 0 ? [] : [line(`${levels[level].symbol} ${labels.join(' · ')}`)];
  });
  if (groups.length === 0) return [{ heading: 'In the box', lines: [line(unrecorded.label)] }];
  return [
    {
      heading: 'In the box',
      lines: [...groups, legend(known.flatMap((key) => framework.capabilities[key]?.level ?? []))],
    },
  ];
}

function overviewBlocks(
  framework: Framework,
  { catalog, today }: ReplyContext,
  most: [number, number],
): Block[] {
  const { licence, maintainer } = framework;
  const facts = [
    line(...joined(' · ', [releaseFact(framework, today), ltsFact(framework, today)])),
    line(
      ...joined(' · ', [
        sourced(framework, licence.value, licence),
        sinceFact(framework) ?? `first release ${unrecorded.label}`,
        maintainer === undefined ? undefined : sourced(framework, maintainer.value, maintainer),
      ]),
    ),
    line(useFact(framework, catalog, today) ?? `adoption: ${unrecorded.label}`),
  ];
  const good = framework.goodFor.slice(0, most[0]).map((fit) => fitLine(framework, fit));
  const twice = thinkTwice(framework).slice(0, most[1]);
  return [
    ...endedBlock(framework, catalog),
    { lines: [line(sourced(framework, framework.summary.value, framework.summary))] },
    { lines: facts.filter(({ segments }) => segments.length > 0) },
    ...(good.length === 0 ? [] : [{ heading: 'Good for', lines: good }]),
    ...(twice.length === 0 ? [] : [{ heading: 'Think twice', lines: twice }]),
    ...boxBlock(framework),
  ];
}

/** How many lines of 'Good for' and 'Think twice' an overview shows: as many as fit one page. */
const overviewSizes: [number, number][] = [
  [3, 3],
  [3, 2],
  [2, 2],
  [2, 1],
  [1, 1],
];

/** How long a note may be that leaves the facts of an overview as they are without one. */
const usualNote = 80;

/** As much of an overview as fits one page under a note of so many characters. */
const fittingOverview = keepLast(
  (framework: Framework, catalog: Catalog, today: string, room: number): Block[] => {
    const note = noteBlock('x'.repeat(room));
    let fitting: Block[] = [];
    for (const most of overviewSizes) {
      fitting = overviewBlocks(framework, { catalog, today }, most);
      if (paginate([...note, ...fitting]).length === 1) break;
    }
    return fitting;
  },
);

function fitOverview({ framework, note }: CardQuery, { catalog, today }: ReplyContext): Page[] {
  const room = Math.max(usualNote, note?.length ?? 0);
  return paginate([...noteBlock(note), ...fittingOverview(framework, catalog, today, room)]);
}

function advantageBlocks(framework: Framework): Block[] {
  return [
    { heading: 'Advantages', lines: framework.advantages.map((claim) => claimLine(framework, claim)) },
    { heading: 'Think twice', lines: thinkTwice(framework) },
  ];
}

function featureBlocks(framework: Framework, today: string): Block[] {
  const { runtime, patterns, usedBy, packages } = framework;
  const listed = (label: string, items: { text: string; cites: string[] }[]): Line[] =>
    items.length === 0
      ? []
      : [
          line(
            `${label}: `,
            ...joined(
              ', ',
              items.map((item) => sourced(framework, item.text, item)),
            ),
          ),
        ];
  const facts = [
    ...listed('Runs on', runtime === undefined ? [] : [{ text: runtime.value, ...runtime }]),
    ...listed(
      'Patterns',
      patterns.map((pattern) => ({ text: pattern.value, ...pattern })),
    ),
    ...listed(
      'Packages',
      packages.map((pack) => ({ text: `${pack.name} (${registries[pack.registry]})`, ...pack })),
    ),
    ...adoptionFacts(framework, today)
      .slice(1)
      .map((fact) => line('Use: ', fact)),
    ...listed(
      'Used by',
      usedBy.map((user) => ({ text: user.name, ...user })),
    ),
  ];
  return [
    { heading: 'Features', lines: framework.features.map((claim) => claimLine(framework, claim)) },
    { heading: 'Facts', lines: facts },
  ];
}

function capabilityBlocks(framework: Framework): Block[] {
  const known = keysOf(capabilities).flatMap((key) => {
    const fact = framework.capabilities[key];
    return fact === undefined ? [] : [{ key, fact }];
  });
  const lines = known.map(({ key, fact }) => {
    const { symbol } = levels[fact.level];
    const said = sourced(framework, fact.by === undefined ? '' : `: ${fact.by}`, fact);
    return line(`${symbol} `, { text: capabilities[key].label, style: 'bold' }, said);
  });
  const missing = keysOf(capabilities).filter((key) => framework.capabilities[key] === undefined);
  const rest = missing.map((key) => capabilities[key].label).join(', ');
  if (missing.length > 0) lines.push(line(`${unrecorded.symbol} ${unrecorded.label}: ${rest}`));
  return [{ heading: 'Capabilities', lines }];
}

function releaseBlocks(framework: Framework, today: string): Block[] {
  const { release, firstRelease, support } = framework;
  const date = release?.date === undefined ? '' : `, ${monthOf(release.date)}`;
  const newestRelease =
    release === undefined ? undefined : volatile(framework, `${release.version}${date}`, release, today);
  const first =
    firstRelease === undefined
      ? undefined
      : sourced(
          framework,
          [firstRelease.version, monthOf(firstRelease.value)].filter((part) => part !== undefined).join(', '),
          firstRelease,
        );
  const lines = support.map((cycle) => {
    const words = [
      cycle.released === undefined ? undefined : monthOf(cycle.released),
      cycle.lts === true ? 'LTS' : undefined,
      supportWords(cycle, today) ?? `support ${unrecorded.label}`,
    ];
    const text = words.filter((word) => word !== undefined).join(' · ');
    const isOver = supportOf(cycle, today).phase === 'ended';
    const said = isOver ? sourced(framework, text, cycle) : volatile(framework, text, cycle, today);
    return line({ text: cycle.cycle, style: 'bold' }, ': ', said);
  });
  return [
    {
      heading: 'Releases',
      lines: [
        line('Newest: ', newestRelease ?? unrecorded.label),
        line('First: ', first ?? unrecorded.label),
      ],
    },
    {
      heading: `Support as of ${monthOf(today)}`,
      lines: lines.length === 0 ? [line(`No support table is recorded`)] : lines,
    },
  ];
}

function pagesOf(query: CardQuery, context: ReplyContext): readonly Page[] {
  const { framework, page } = query;
  switch (page) {
    case 'overview':
      return fitOverview(query, context);
    case 'advantages':
      return paginate(advantageBlocks(framework));
    case 'features':
      return paginate(featureBlocks(framework, context.today));
    case 'capabilities':
      return paginate(capabilityBlocks(framework), { legend: legend(keysOf(levels)) });
    case 'releases':
      return paginate([...noteBlock(query.note), ...releaseBlocks(framework, context.today)]);
    case 'sources':
      return paginate([sourcesBlock(Object.values(framework.sources))]);
  }
}

/** Whether an entry has anything to show on a page: one of the listed tier holds the essentials only. */
function hasPage(framework: Framework, page: CardPage, today: string): boolean {
  if (page === 'advantages') return framework.advantages.length > 0 || thinkTwice(framework).length > 0;
  if (page === 'features') return featureBlocks(framework, today).some(({ lines }) => lines.length > 0);
  if (page === 'capabilities') return Object.keys(framework.capabilities).length > 0;
  return true;
}

/** The pages that have something to show; those of the same day are the same. */
const pagesWithContent = keepLast((framework: Framework, today: string): readonly CardPage[] =>
  keysOf(cardPages).filter((page) => hasPage(framework, page, today)),
);

function links({ links: { website, documentation, repository } }: Framework): APIButtonComponent[] {
  return [
    linkButton('Website', website),
    ...(documentation === undefined ? [] : [linkButton('Docs', documentation)]),
    ...(repository === undefined ? [] : [linkButton('Code', repository)]),
  ];
}

/** The links that have no place under every page: they stand under the sources. */
function moreLinks({ links: { package: registry, community } }: Framework): APIButtonComponent[] {
  return [
    ...(registry === undefined ? [] : [linkButton('Package', registry)]),
    ...(community === undefined ? [] : [linkButton('Community', community)]),
  ];
}

function makeCard(query: CardQuery, context: ReplyContext): Reply {
  const { framework } = query;
  const offered = pagesWithContent(framework, context.today);
  const page = offered.includes(query.page) ? query.page : 'overview';
  const pages = pagesOf({ ...query, page }, context);
  const shown = pageAt(pages, query.part);
  const state = { at: 'card', id: framework.id, page, part: shown.part } as const;
  const pageButton = (key: CardPage) =>
    button(cardPages[key].label, { ...state, page: key, part: key === page ? shown.part : 0 }, key === page);
  const mainPages = offered.filter((key) => key !== 'sources');
  const others = similarTo(framework, context.catalog);
  return {
    embed: {
      author: { name: headline(framework, context.catalog, context.today) },
      title: titled(framework, context),
      url: framework.links.website,
      color: colourOf(framework, context.catalog),
      description: shown.markdown,
      footer: sourcesFooter(shown.sources, Object.keys(framework.sources).length),
    },
    rows: [
      ...buttonRows(
        mainPages.map(pageButton),
        [pageButton('sources'), ...nextButton(pages.length, state), ...links(framework)],
        page === 'sources' ? moreLinks(framework) : [],
      ),
      ...(others.length === 0
        ? []
        : [
            menuRow(
              { at: 'comparison', ids: [framework.id], view: 'differences', part: 0 },
              { placeholder: 'Compare with…', options: frameworkOptions(others, context) },
            ),
          ]),
    ],
  };
}

/** A framework's card: one of its pages, the buttons to the others, its links, and a menu of similar ones to compare. */
export function card(query: CardQuery, context: ReplyContext): Reply {
  const { framework, page, part, note } = query;
  const make = () => makeCard(query, context);
  return note === undefined ? kept({ at: 'card', id: framework.id, page, part }, context, make) : make();
}
