import { normalise } from './normalise.ts';

/** What somebody asks for: names that may be meant, the most literal first, and the version that they added. */
export type Question = { names: string[]; version?: string };

/** What a pasted address, command or line of code points to. */
export type Pasted = { host?: string; repository?: string; packages: string[] };

/** Words around a name that say nothing about which one is meant. */
const fillers = new Set(
  'a about an and any api apis app apps backend best build building can dead do docs documentation does easy even exactly example examples for framework frameworks get getting good guide help how i in info install installing into is it its key latest lang language learn learning lib library like me micro microframework microservice microservices my new of on or package platform please pls plz programming project server services set setup site software start started still tell that the this to tutorial tutorials tutos use used using version vs web webapp website webserver what whats which with worth write'.split(
    ' ',
  ),
);

/** The same in Spanish, Portuguese, French, German, Italian and Polish: the words of a question, and articles. */
const fillersElsewhere = new Set(
  'co cos was ist quoi est que qué es o é e un una um uma une ein eine der die das el la le les il lo per para pour für como cómo comment wie jak jest to czym framework'.split(
    ' ',
  ),
);

/** What languages and runtimes are called beside a framework's name: `hapi node framework`. */
const runtimes = new Set(['node', 'nodejs', 'bun', 'deno', 'net', 'dotnet', 'jvm']);

const versionAtEnd = /^(.*?[\p{L})])([\s@^~=_-]*v?)(\d{1,4}(?:\.\d+)*)(?:\.[x*])?(?:\s*lts)?$/iu;

/**
 * A text without the version at its end: `Django==5.1`, `laravel v11`, `next 15.x`. `isApart` says whether something
 * stands between the two, so that it is no part of the name, as it is in `yii2`.
 */
export function readVersion(text: string): { name: string; version: string; isApart: boolean } | undefined {
  const [, name, between = '', version] = versionAtEnd.exec(text.trim()) ?? [];
  if (name === undefined || version === undefined) return undefined;
  return { name, version, isApart: /[\s@^~=v]/i.test(between) };
}

/**
 * A text without the words around a name.
 *
 * @param isLanguage whether a word is the name of a language, which says no more than the framework itself does.
 */
function withoutFillers(text: string, isLanguage: (word: string) => boolean): string[] {
  const words = text
    .replace(/\bc['’]est\b/giu, ' ')
    .split(/[\s,;:!?¿¡()"'“”‘’]+/u)
    .filter((word) => word !== '');
  const isFiller = (word: string) => fillers.has(normalise(word)) || fillersElsewhere.has(word.toLowerCase());
  const telling = words.filter((word) => !isFiller(word));
  const naming = telling.filter((word) => !isLanguage(word) && !runtimes.has(normalise(word)));
  // 'python programming language' is about the language; 'python flask' is not.
  return [telling.join(' '), naming.join(' ')];
}

/** The names that a text may mean: as it stands, without a version, and without the words around it. */
export function readQuestion(text: string, isLanguage: (word: string) => boolean): Question {
  const whole = text.trim();
  const cut = readVersion(whole);
  const [telling = '', naming = ''] = withoutFillers(cut?.name ?? whole, isLanguage);
  const names = [whole, ...(cut === undefined ? [] : [cut.name]), telling, naming].filter(
    (name) => name !== '',
  );
  return { names: [...new Set(names)], ...(cut === undefined ? {} : { version: cut.version }) };
}

const address =
  /^(?:git\+|git:\/\/|https?:\/\/|ssh:\/\/git@|git@)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?:[/:](\S*))?$/i;

/** Hosts of repositories, and of registries with the way from their address to a package's name. */
const codeHosts = new Set(['github.com', 'gitlab.com', 'codeberg.org', 'bitbucket.org']);
const packageHosts: Record<string, RegExp> = {
  'npmjs.com': /^package\/((?:@[^/]+\/)?[^/]+)/,
  'pypi.org': /^project\/([^/]+)/,
  'packagist.org': /^packages\/([^/]+\/[^/]+)/,
  'rubygems.org': /^gems\/([^/]+)/,
  'nuget.org': /^packages\/([^/]+)/,
  'hex.pm': /^packages\/([^/]+)/,
  'crates.io': /^crates\/([^/]+)/,
  'pkg.go.dev': /^(.+)/,
};

function readAddress(text: string): Pasted | undefined {
  const [, found, path = ''] = address.exec(text) ?? [];
  if (found === undefined) return undefined;
  const host = found.toLowerCase();
  if (codeHosts.has(host)) {
    const repository = /^([^/]+\/[^/#?]+?)(?:\.git)?(?:[/#?].*)?$/.exec(path)?.[1];
    return {
      packages: [],
      ...(repository === undefined ? {} : { repository: `${host}/${repository}`.toLowerCase() }),
    };
  }
  const name = packageHosts[host]?.exec(path)?.[1];
  return name === undefined ? { host, packages: [] } : { packages: [decodeURIComponent(name)] };
}

/** Commands that install something, and the words of theirs that are no package. */
const command =
  /^(?:\$\s*)?(?:sudo\s+)?(?:npm|pnpm|yarn|bunx?|npx|deno|pip3?|pipx|pipenv|poetry|uv|conda|python3? -m pip|composer|gem|bundle|cargo|go|dotnet|mix|brew|apt|apt-get)\s+(.*)$/i;
const commandWords = new Set(
  'install i add create create-project require global get new init x exec dlx run archive.install archive package tool pip'.split(
    ' ',
  ),
);

/** A package without its version: `express@5`, `Django==5.1`, `"laravel/framework:^12"`. */
function withoutRange(name: string): string {
  return name.replace(/["'`]/g, '').replace(/(?<=.)(?:[@=~^<>!]|:(?=[\d^~*v])).*$/, '');
}

function readCommand(text: string): Pasted | undefined {
  const rest = command.exec(text)?.[1];
  if (rest === undefined) return undefined;
  const words = rest
    .split(/\s+/)
    // `mix phx.new` names what makes the project before the dot.
    .map((word) => word.replace(/\.new$/, ''))
    .filter((word) => !word.startsWith('-') && !commandWords.has(word.toLowerCase()));
  const [name] = words.map(withoutRange);
  if (name === undefined || name === '') return undefined;
  const creates = /\b(?:create|init)\b/.test(rest) ? [`create-${name}`] : [];
  return { packages: [name, ...creates] };
}

/** Lines that name a module or a package: of Python, JavaScript, PHP, C#, Java, Ruby, Elixir, and of their build files. */
const imports: RegExp[] = [
  /\bPackageReference\s+Include="([\w.-]+)"/,
  /^\s*(?:implementation|api|compile|testImplementation)\s*\(?\s*["']([\w.-]+:[\w.-]+)(?::[^"']*)?["']/,
  /^\s*gem\s+["']([\w-]+)["']/,
  /^\s*\{?\s*:(\w+),\s*["']~>/,
  /^\s*["']([@\w./-]+)["']\s*:\s*["'][\^~>=\d*]/,
  /\bfrom\s+["']([^"']+)["']/,
  /\b(?:require|import)\s*\(\s*["']([^"']+)["']\s*\)/,
  /^\s*import\s+["']([^"']+)["']/,
  /^\s*from\s+([\w.]+)\s+import\b/,
  /^\s*(?:import|using|use)\s+(?:static\s+)?([\w.\\]+)\b/,
  /^\s*require\s+["']([^"']+)["']/,
];

/** A Maven artifact without its group: it, and what it begins with, since `spring-boot-starter-web` is of `spring-boot`. */
function readArtifact(text: string): Pasted | undefined {
  const parts = /<artifactId>\s*([\w.-]+)\s*<\/artifactId>/.exec(text)?.[1]?.split('-');
  if (parts === undefined) return undefined;
  return { packages: parts.map((_, at) => parts.slice(0, parts.length - at).join('-')) };
}

function readImport(text: string): Pasted | undefined {
  const module = imports.map((form) => form.exec(text)?.[1]).find((name) => name !== undefined);
  if (module === undefined) return undefined;
  const parts = module.split(/[.\\]/);
  const shorter = parts.map((_, at) => parts.slice(0, parts.length - at).join('.'));
  return { packages: [...new Set([module, ...shorter])] };
}

/** What a pasted address, install command or import points to; undefined for anything else. */
export function readPasted(text: string): Pasted | undefined {
  const line = text
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .replace(/^`+|`+$/g, '');
  return readAddress(line) ?? readCommand(line) ?? readArtifact(line) ?? readImport(line);
}
