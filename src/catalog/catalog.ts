import type { Framework, Language, NotFramework } from './framework.ts';

/** Everything the bot knows, in memory: frameworks sorted by name, languages, and what is neither. */
export type Catalog = {
  readonly frameworks: readonly Framework[];
  readonly byId: ReadonlyMap<string, Framework>;
  readonly languages: readonly Language[];
  readonly languageById: ReadonlyMap<string, Language>;
  readonly notFrameworks: readonly NotFramework[];
  /** Words of English that are no slip in a name, though they look like one. */
  readonly ordinaryWords: ReadonlySet<string>;
  /** The ids of the entries that are the operator's own, also in the place of shipped ones. */
  readonly local: ReadonlySet<string>;
};

/** What a catalogue is made of: plain JSON, so that it can be written down as such. */
export type CatalogContent = {
  frameworks: readonly Framework[];
  languages: readonly Language[];
  notFrameworks: readonly NotFramework[];
  ordinaryWords: readonly string[];
  local: readonly string[];
};

/** The catalogue of what was checked. Reads no files, so that it also runs where there are none. */
export function createCatalog(content: CatalogContent): Catalog {
  const { languages, notFrameworks, ordinaryWords, local } = content;
  // By code units: the first comparison by a language's rules takes as long as reading ten entries.
  const frameworks = content.frameworks.toSorted((a, b) =>
    a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1,
  );
  return {
    frameworks,
    byId: new Map(frameworks.map((framework) => [framework.id, framework])),
    languages,
    languageById: new Map(languages.map((language) => [language.id, language])),
    notFrameworks,
    ordinaryWords: new Set(ordinaryWords),
    local: new Set(local),
  };
}

/** What a catalogue is made of, to be written down; {@link createCatalog} makes the same catalogue of it again. */
export function contentOf(catalog: Catalog): CatalogContent {
  const { frameworks, languages, notFrameworks, ordinaryWords, local } = catalog;
  return { frameworks, languages, notFrameworks, ordinaryWords: [...ordinaryWords], local: [...local] };
}
