import { frameworkCounts } from '../catalog/facts.ts';
import type { Framework, Language } from '../catalog/framework.ts';
import type { Catalog } from '../catalog/load.ts';
import { clip, localWords } from './reply.ts';

/** The most lines of an autocomplete: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete */
export const mostChoices = 25;

/** The most characters of a choice's name, and of its value: https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export const longestChoice = 100;

/** Frameworks as lines of an autocomplete: `Django (Python)`, `Lumen (PHP, ended)`, `Atlas (Java, local)`; what is sent is the id. */
export function frameworkChoices(frameworks: readonly Framework[], catalog: Catalog) {
  return frameworks.slice(0, mostChoices).map((framework) => {
    const { id, name, languages, status } = framework;
    const language = catalog.languageById.get(languages.value[0] ?? '')?.name ?? '';
    const ended = status.value === 'ended' ? ['ended'] : [];
    const words = [language, ...ended, ...localWords(framework, catalog)].join(', ');
    return { name: clip(`${name} (${words})`, longestChoice), value: id };
  });
}

/** Languages as lines of an autocomplete, with how many frameworks each has: `Python (16)`; what is sent is the id. */
export function languageChoices(languages: readonly Language[], catalog: Catalog) {
  const counts = frameworkCounts(catalog);
  return languages.slice(0, mostChoices).map(({ id, name }) => {
    return { name: `${name} (${counts.get(id) ?? 'none yet'})`, value: id };
  });
}
