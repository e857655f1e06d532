import type { Framework, Language } from '../catalog/framework.ts';
import type { Catalog } from '../catalog/load.ts';
import { clip } from './reply.ts';

/** The most lines of an autocomplete: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete */
export const mostChoices = 25;

/** Frameworks as lines of an autocomplete: `Django (Python)`, `Lumen (PHP, ended)`; what is sent is the id. */
export function frameworkChoices(frameworks: readonly Framework[], catalog: Catalog) {
  return frameworks.slice(0, mostChoices).map(({ id, name, languages, status }) => {
    const language = catalog.languageById.get(languages.value[0] ?? '')?.name ?? '';
    const ended = status.value === 'ended' ? ', ended' : '';
    return { name: clip(`${name} (${language}${ended})`, 100), value: id };
  });
}

/** Languages as lines of an autocomplete; what is sent is the id. */
export function languageChoices(languages: readonly Language[]) {
  return languages.slice(0, mostChoices).map(({ id, name }) => ({ name, value: id }));
}
