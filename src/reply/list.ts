import { languageNames } from '../catalog/facts.ts';
import type { Framework } from '../catalog/framework.ts';
import { type Hit, searchTerms } from '../catalog/search.ts';
import { sourced } from '../catalog/sources.ts';
import { type Kind, kinds, statuses } from '../catalog/vocabulary.ts';
import type { State } from '../custom-id.ts';
import type { CardContext } from './card.ts';
import { type Block, echo, type Line, line, type Page, paginate, type Segment } from './markdown.ts';
import {
  buttonRows,
  clip,
  frameworkOptions,
  menuRow,
  mostMenuOptions,
  neutralColour,
  nextButton,
  type Reply,
  sourceCount,
} from './reply.ts';

/** Which frameworks are listed: in a language (its id), of a kind, or all; `note` is a line above them. */
export type ListQuery = { language?: string; kind?: Kind; part: number; note?: string };

type Listed = { title: string; pages: Page[]; frameworks: readonly Framework[]; state: State };

/** A page of a list, with a menu to look one of the frameworks up. */
function listReply({ title, pages, frameworks, state }: Listed, { catalog }: CardContext): Reply {
  const part = Math.min(state.part, pages.length - 1);
  const shown = pages[part] ?? { markdown: 'Nothing here.', sources: [] };
  const [first] = frameworks;
  // The menu offers what stands on the page; its values name the framework, so any id may stand in its state.
  const onPage = frameworks
    .filter(({ name }) => shown.markdown.includes(`**${name}**`))
    .slice(0, mostMenuOptions);
  return {
    embed: {
      title,
      color: neutralColour,
      description: shown.markdown,
      footer: { text: sourceCount(shown.sources) },
    },
    rows: [
      ...buttonRows(nextButton(pages.length, { ...state, part })),
      ...(first === undefined || onPage.length === 0
        ? []
        : [
            menuRow(
              { at: 'card', id: first.id, page: 'overview', part: 0 },
              { placeholder: 'Look one up…', options: frameworkOptions(onPage, catalog) },
            ),
          ]),
    ],
  };
}

/** The frameworks of a language or kind, or all of them, grouped by their main language. */
export function list(query: ListQuery, context: CardContext): Reply {
  const { language, kind, note } = query;
  const { catalog } = context;
  const fitting = catalog.frameworks.filter(
    (framework) =>
      (language === undefined || framework.languages.value.includes(language)) &&
      (kind === undefined || framework.kind.value === kind),
  );
  const groups = Map.groupBy(fitting, (framework) =>
    language === undefined ? (languageNames(framework, catalog)[0] ?? '') : '',
  );
  const entry = (framework: Framework): Line => {
    const { status, release } = framework;
    const words = [
      kinds[framework.kind.value].label,
      ...(release === undefined ? [] : [release.version]),
      ...(status.value === 'active' ? [] : [statuses[status.value].label]),
    ].join(' · ');
    const cites = [...framework.kind.cites.slice(0, 1), ...(release?.cites.slice(0, 1) ?? [])];
    return line({ text: framework.name, style: 'bold' }, ' ', sourced(framework, words, { cites }));
  };
  const blocks: Block[] = [...groups]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([heading, frameworks]) => ({
      ...(heading === '' ? {} : { heading }),
      lines: frameworks.map(entry),
    }));
  const name = language === undefined ? undefined : (catalog.languageById.get(language)?.name ?? language);
  const what = fitting.length === 1 ? 'framework' : 'frameworks';
  const kindWords = kind === undefined ? '' : `${kinds[kind].label} `;
  const title = `${fitting.length} ${kindWords}${what}${name === undefined ? '' : ` in ${name}`}`;
  const nothing: Block[] = [
    { lines: [line('Nothing like that is recorded here yet. Try it without the language or the kind.')] },
  ];
  const notes: Block[] = note === undefined ? [] : [{ lines: [line({ text: note, style: 'italic' })] }];
  return listReply(
    {
      title,
      pages: paginate([...notes, ...(fitting.length === 0 ? nothing : blocks)]),
      frameworks: fitting,
      state: { at: 'list', language, kind, part: query.part },
    },
    context,
  );
}

/** The most characters of a passage that a search shows. */
const longestExcerpt = 150;

/** The part of a text around the first match, with the words that begin with a search term in bold. */
function excerpt(text: string, terms: readonly string[]): Segment[] {
  const pieces = text.match(/[\p{L}\p{N}#+]+|[^\p{L}\p{N}#+]+/gu) ?? [];
  const isMatch = (piece: string) => {
    const plain = piece
      .normalize('NFKD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase();
    return terms.some((term) => plain.startsWith(term));
  };
  const before = pieces.slice(0, Math.max(0, pieces.findIndex(isMatch))).join('');
  const isCut = text.length > longestExcerpt && before.length > longestExcerpt / 2;
  const kept = isCut ? `…${text.slice(text.indexOf(' ', before.length - longestExcerpt / 3) + 1)}` : text;
  const shown = clip(kept, longestExcerpt).match(/[\p{L}\p{N}#+]+|[^\p{L}\p{N}#+]+/gu) ?? [];
  return shown.map((piece) => (isMatch(piece) ? { text: piece, style: 'bold' } : piece));
}

/** What a search found: per framework the passage that fits best, with the words that matched in bold. */
export function searchResults(
  query: { text: string; part: number },
  hits: readonly Hit[],
  context: CardContext,
): Reply {
  const terms = searchTerms(query.text);
  const lines = hits.map(({ framework, best, more }) =>
    line(
      { text: framework.name, style: 'bold' },
      ` ${best.heading.toLowerCase()}: `,
      ...excerpt(best.text, terms),
      { text: '', sources: best.sources },
      ...(more === 0 ? [] : [` and ${more} more`]),
    ),
  );
  const nothing = line('No entry says that. Fewer or other words may; /framework list shows all there is.');
  const count = hits.length === 1 ? '1 framework says' : `${hits.length} frameworks say`;
  return listReply(
    {
      title: clip(`${count} “${echo(query.text)}”`, 256),
      pages: paginate([{ lines: lines.length === 0 ? [nothing] : lines }]),
      frameworks: hits.map(({ framework }) => framework),
      state: { at: 'search', ...query },
    },
    context,
  );
}
