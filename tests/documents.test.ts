import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
>;

describe('the documents are true', () => {
  test('docs/dependencies.md has a line for each dependency, and for nothing else', () => {
    const [atRunTime = '', forDevelopment = ''] = read('docs/dependencies.md').split('## For development');
    const named = (text: string) =>
      [...text.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => cell.match(/[^`, ]+/g) ?? []).sort();
    expect(named(atRunTime)).toEqual(Object.keys(manifest.dependencies).sort());
    expect(named(forDevelopment)).toEqual(Object.keys(manifest.devDependencies).sort());
  });

  test.each([
    'README.md',
    'CONTRIBUTING.md',
    'docs/architecture.md',
    'docs/edge.md',
    'docs/dataset.md',
    'docs/privacy.md',
    'SECURITY.md',
    'docs/recommendation.md',
  ])('%s names scripts and files that exist', (file) => {
    const text = read(file);
    const scripts = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !existsSync(path.join(root, path.dirname(file), target)))).toEqual([]);
    const files = [...text.matchAll(/`((?:src|commands|data|docs|tests)\/[\w./-]+\.\w+)`/g)].map(
      ([, name = '']) => name,
    );
    expect(files.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });

  test('.env.example names the variables of the configuration, and README.md all of them', () => {
    const known = [...read('src/config.ts').matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name = '']) => name);
    const offered = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect(known.length).toBeGreaterThan(5);
    expect(offered.filter((name) => !known.includes(name))).toEqual([]);
    expect(known.filter((name) => !read('README.md').includes(`\`${name}\``))).toEqual([]);
  });
});
