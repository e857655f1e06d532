import type { Catalog } from '../../src/catalog/load.ts';

const ids = [
  'aspnet-core',
  'cakephp',
  'django',
  'express',
  'flask',
  'koa',
  'laravel',
  'phoenix',
  'rails',
  'spring-boot',
];

/** A catalogue with ten of its entries, for what is said of a certain number of them, however many there are. */
export function tenOf(catalog: Catalog): Catalog {
  const frameworks = catalog.frameworks.filter(({ id }) => ids.includes(id));
  return { ...catalog, frameworks, byId: new Map(frameworks.map((framework) => [framework.id, framework])) };
}
