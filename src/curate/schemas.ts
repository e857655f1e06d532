import path from 'node:path';
import { z } from 'zod';
import { frameworkSchema, languagesSchema, notFrameworksSchema } from '../catalog/framework.ts';
import { shippedData } from '../catalog/load.ts';

const schemas = {
  'framework.schema.json': frameworkSchema,
  'languages.schema.json': languagesSchema,
  'not-frameworks.schema.json': notFrameworksSchema,
} as const;

/** The JSON Schemas for editors, made from the same source that checks the data: the path of each file and its text. */
export function editorSchemas(): { file: string; text: string }[] {
  return Object.entries(schemas).map(([name, schema]) => ({
    file: path.join(shippedData, 'schema', name),
    text: `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`,
  }));
}
