import type { APIButtonComponent } from 'discord-api-types/v10';
import { compareUse } from '../catalog/adoption.ts';
import { languageNames } from '../catalog/facts.ts';
import type { Framework } from '../catalog/framework.ts';
import { type Hit, markTerms } from '../catalog/search.ts';
import { sourced } from '../catalog/sources.ts';
import { type Kind, kinds, statuses } from '../catalog/vocabulary.ts';
import type { State } from '../custom-id.ts';
import {
  type Block,
  echo,
  escapeText,
  type Line,
  line,
  noteBlock,
  paginate,
  type Segment,
} from './markdown.ts';
import {
  button,
  buttonRows,
  clip,
  frameworkOptions,
  localSign,
  localWords,
  menuRow,
  mostMenuOptions,
  named,
  neutralColour,
  nextButton,
  pageAt,
  type Reply,
  type ReplyContext,
  sourcesFooter,
} from './reply.ts';

/** Which frameworks are listed: in a language (its id), of a kind, or all; `note` is a line above them. */
export type ListQuery = { language?: string; kind?: Kind; part: number; note?: string };

/** Lines in blocks, which framework each of the lines is about, and a button that leads to a longer list. */
type Listed = {
  up?: APIButtonComponent;
  title: string;
  blocks: Block[];
  about: ReadonlyMap<Line, Framework>;
  state: State & { part: number };
};

/** A page of a list, with a menu to look one of its frameworks up. */
function listReply({ title, blocks, about, state, up }: Listed, context: ReplyContext): Reply {
  const pages = paginate(blocks, { most: mostMenuOptions });
  const shown = pageAt(pages, state.part);
  const onPage = shown.lines.flatMap((content) => about.get(content) ?? []);
  const [first] = onPage;
  return {
    embed: {
      title: clip(title, 256),
      color: neutralColour,
      description: shown.markdown,
      footer: sourcesFooter(shown.sources),
    },
    rows: [
      ...buttonRows([
        ...nextButton(pages.length, { ...state, part: shown.part }),
        ...(up === undefined ? [] : [up]),
      ]),
      ...(first === undefined
        ? []
        : [
            menuRow(
              // The chosen value names the framework, so any id may stand in the state.
              { at: 'card', id: first.id, page: 'overview', part: 0 },
              { placeholder: 'Look one up…', options: frameworkOptions(onPage, context) },
            ),
          ]),
    ],
  };
}

/** How many names stand beside a language for all of its frameworks. */
const namesEach = 2;

/** The languages, the one with most frameworks first, each with how many and the most used; and menus to open one. */
function overview(
  title: string,
  fitting: readonly Framework[],
  query: ListQuery,
  context: ReplyContext,
): Reply {
  const { catalog } = context;
  const shown = catalog.languages
    .flatMap((language) => {
      const frameworks = fitting.filter(({ languages }) => languages.value.includes(language.id));
      return frameworks.length === 0 ? [] : [{ language, frameworks: frameworks.sort(compareUse(catalog)) }];
    })
    .sort((a, b) => a.language.name.localeCompare(b.language.name, 'en'));
  const biggest = shown.toSorted((a, b) => b.frameworks.length - a.frameworks.length);
  const several = biggest.filter(({ frameworks }) => frameworks.length > 1);
  const alone = biggest.slice(several.length).map(({ language }) => language.name);
  const lines = several.map(({ language, frameworks }) => {
    // Those that are of another language first of all, as ASP.NET Core is in F#, stand behind its own.
    const isOther = ({ languages }: Framework) => Number(languages.value[0] !== language.id);
    const names = frameworks
      .filter(({ status }) => status.value !== 'ended')
      .sort((a, b) => isOther(a) - isOther(b))
      .slice(0, namesEach)
      .map(({ name }) => name);
    return line({ text: language.name, style: 'bold' }, ` ${[frameworks.length, ...names].join(' · ')}`);
  });
  if (alone.length > 0) lines.push(line({ text: 'One each', style: 'bold' }, ` ${alone.join(' · ')}`));
  const pages = paginate([...noteBlock(query.note), { lines }]);
  const page = pageAt(pages, query.part);
  // As many menus as it takes, each with as many languages as the others.
  const menus = Math.ceil(shown.length / mostMenuOptions);
  const each = Math.ceil(shown.length / menus);
  const rows = Array.from({ length: menus }, (_, at) => shown.slice(at * each, (at + 1) * each));
  return {
    embed: {
      title: `${title} in ${shown.length} languages`,
      color: neutralColour,
      description: page.markdown,
    },
    rows: [
      ...buttonRows(nextButton(pages.length, { at: 'list', kind: query.kind, part: page.part })),
      ...rows.map((some) => {
        const [first, last] = [some[0]?.language.name, some.at(-1)?.language.name];
        // The chosen value names the language, so any id may stand in the state.
        const state: State = { at: 'list', language: some[0]?.language.id, kind: query.kind, part: 0 };
        const options = some.map(({ language: { id, name }, frameworks: { length } }) => {
          return {
            label: name,
            value: id,
            description: `${length} ${length === 1 ? 'framework' : 'frameworks'}`,
          };
        });
        return menuRow(state, { placeholder: `${first} to ${last}…`, options });
      }),
    ],
  };
}

/**
 * The frameworks of a language or kind, the most used first, grouped by their main language where none is asked for; what
 * one menu cannot hold is shown as an overview of the languages.
 */
export function list(query: ListQuery, context: ReplyContext): Reply {
  const { language, kind, note } = query;
  const { catalog } = context;
  const fitting = catalog.frameworks.filter(
    (framework) =>
      (language === undefined || framework.languages.value.includes(language)) &&
      (kind === undefined || framework.kind.value === kind),
  );
  const name = language === undefined ? undefined : (catalog.languageById.get(language)?.name ?? language);
  const what = fitting.length === 1 ? 'framework' : 'frameworks';
  const kindWords = kind === undefined ? '' : `${kinds[kind].label} `;
  const title = `${fitting.length} ${kindWords}${what}${name === undefined ? '' : ` in ${name}`}`;
  if (language === undefined && fitting.length > mostMenuOptions) {
    return overview(title, fitting, query, context);
  }
  const entry = (framework: Framework): Line => {
    const { status, release } = framework;
    const words = [
      kinds[framework.kind.value].label,
      ...(release === undefined ? [] : [release.version]),
      ...(status.value === 'active' ? [] : [statuses[status.value].label]),
      ...localWords(framework, catalog),
    ].join(' · ');
    const cites = [...framework.kind.cites.slice(0, 1), ...(release?.cites.slice(0, 1) ?? [])];
    return line(named(framework, context), ' ', sourced(framework, words, { cites }));
  };
  const lines = fitting
    .sort(compareUse(catalog))
    .map((framework) => ({ framework, entry: entry(framework) }));
  const groups = Map.groupBy(lines, ({ framework }) =>
    language === undefined ? languageNames(framework, catalog)[0] : undefined,
  );
  const blocks: Block[] = [...groups]
    .sort(([a = ''], [b = '']) => a.localeCompare(b, 'en'))
    .map(([heading, listed]) => ({ heading, lines: listed.map((one) => one.entry) }));
  const nothing: Block[] = [
    { lines: [line('Nothing like that is recorded here yet. Try it without the language or the kind.')] },
  ];
  const state = { at: 'list' as const, language, kind, part: query.part };
  return listReply(
    {
      title,
      blocks: [...noteBlock(note), ...(fitting.length === 0 ? nothing : blocks)],
      about: new Map(lines.map((one) => [one.entry, one.framework])),
      state,
      ...(language === undefined
        ? {}
        : { up: button('All languages', { ...state, language: undefined, part: 0 }) }),
    },
    context,
  );
}

/** The most characters that a search shows of what a framework says, and the most passages that they come from. */
const longestExcerpt = 150;
const mostPassages = 3;

/** The part of a text around the first match, at most so long, with the words that match in bold. */
function excerpt(text: string, terms: ReadonlySet<string>, longest: number): Segment[] {
  const pieces = markTerms(text, terms);
  const before = pieces.findIndex(({ isTerm }) => isTerm);
  const at = pieces.slice(0, Math.max(0, before)).reduce((length, piece) => length + piece.text.length, 0);
  const isCut = text.length > longest && at > longest / 2;
  const kept = isCut ? `…${text.slice(text.indexOf(' ', at - longest / 3) + 1)}` : text;
  return markTerms(clip(kept, longest), terms).map((piece) =>
    piece.isTerm ? { text: piece.text, style: 'bold' } : piece.text,
  );
}

/** What a search found: per framework the passage that fits best, with the words that matched in bold. */
export function searchResults(
  query: { text: string; part: number },
  hits: readonly Hit[],
  context: ReplyContext,
): Reply {
  const lines = hits.map(({ framework, passages, more, terms }) => ({
    framework,
    entry: line(
      named(framework, context),
      ...localSign(framework, context),
      ...passages
        .slice(0, mostPassages)
        .flatMap(({ heading, text, sources }, index): Segment[] => [
          `${index === 0 ? '' : ' ·'} ${heading.toLowerCase()}: `,
          ...excerpt(text, terms, longestExcerpt / Math.min(passages.length, mostPassages)),
          { text: '', sources },
        ]),
      ...(more === 0 ? [] : [` and ${more} more`]),
    ),
  }));
  const nothing = line('No entry says that. Fewer or other words may; /framework list shows all there is.');
  const count = hits.length === 1 ? '1 framework says' : `${hits.length} frameworks say`;
  return listReply(
    {
      title: `${count} “${escapeText(echo(query.text))}”`,
      blocks: [{ lines: lines.length === 0 ? [nothing] : lines.map(({ entry }) => entry) }],
      about: new Map(lines.map(({ entry, framework }) => [entry, framework])),
      state: { at: 'search', ...query },
    },
    context,
  );
}
