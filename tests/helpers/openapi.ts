import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const file = fileURLToPath(new URL('../../../shared/discord-openapi.json', import.meta.url));

const createValidator = (): ((schemaName: string, body: unknown) => string[]) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')), 'discord');
  const compiled = new Map<string, ValidateFunction>();
  return (schemaName, body) => {
    const validate =
      compiled.get(schemaName) ?? ajv.compile({ $ref: `discord#/components/schemas/${schemaName}` });
    compiled.set(schemaName, validate);
    validate(body);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  };
};

let validator: ReturnType<typeof createValidator> | undefined;

/**
 * Compares a payload with a schema of Discord's OpenAPI description (`CreateMessageInteractionCallbackRequest`,
 * `MessageResponse`, …). Returns what is wrong, one sentence each, or `undefined` where the description is not at
 * hand, as on a clone of the repository alone.
 */
export const validateAgainstOpenApi = (schemaName: string, body: unknown): string[] | undefined => {
  if (!existsSync(file)) return undefined;
  validator ??= createValidator();
  return validator(schemaName, body);
};
