import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
> & { allowScripts: Record<string, boolean> };

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
    'docs/benchmarks.md',
    'docs/edge.md',
    'docs/operating.md',
    'docs/dataset.md',
    'docs/privacy.md',
    'SECURITY.md',
    'docs/recommendation.md',
    'docs/scaling.md',
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

describe('what is installed and run for this project is chosen', () => {
  type Locked = { packages: Record<string, { hasInstallScript?: boolean }> };

  test('each install script is approved or refused by name, and no others are there', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as Locked;
    const scripted = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([at]) => at.split('node_modules/').at(-1));
    expect(scripted.toSorted()).toEqual(Object.keys(manifest.allowScripts).sort());
  });

  test.each(['ci.yml', 'refresh.yml'])(
    '%s pins its actions by commit and gives each job its permissions',
    (file) => {
      const text = read(`.github/workflows/${file}`);
      const actions = text.split('\n').filter((line) => line.includes('uses:'));
      expect(actions.length).toBeGreaterThan(0);
      for (const line of actions) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      expect(text).toContain('\npermissions: {}\n');
      expect(text.match(/^ {4}permissions:$/gm)).toHaveLength(text.match(/^ {4}runs-on:/gm)?.length ?? 0);
      expect(text.match(/persist-credentials: false/g)).toHaveLength(
        text.match(/actions\/checkout@/g)?.length ?? 0,
      );
    },
  );
});
