import { normalise } from './normalise.ts';
import { editDistance } from './spelling.ts';

/** What somebody asks for: names that may be meant, the most literal first, and the version that they added. */
export type Question = { names: string[]; version?: string };

/** What a pasted address, command or line of code points to, and the version that it asks for. */
export type Pasted = { host?: string; repository?: string; packages: string[]; version?: string };

/** Words around a name that say nothing about which one is meant. */
const fillers = new Set(
  'a about alive an and any api apis app apps backend best build building can dead dev devs developer developers beginner beginners do docs documentation does easy even exactly example examples for framework frameworks get getting good guide help how i in info install installing into is it its key latest lang language learn learning lib library like me micro microframework microservice microservices my nan new of on or package platform please pls plz programming project server services set setup site software start started still tell that the this to tutorial tutorials tutos use used using version vs web webapp website webserver what whats which with worth write'.split(
    ' ',
  ),
);

/** The same in other languages: the words of a question, and articles. */
const fillersElsewhere = new Set(
  'co cos was ist quoi est que qué es o é e un una um uma une ein eine der die das el la le les il lo per para pour für como cómo comment wie jak jest to czym framework nedir là gì für anfänger belajar untuk pemula versión lenguaje как что такое установить'.split(
    ' ',
  ),
);

/** 'is sails alive in 2026' asks for no version. */
const isYear = /^20[2-9]\d$/;

/** Whether a word is 'framework' with a slip or two in it: `framwork`, `frmaework`. */
function isNearlyFramework(word: string): boolean {
  return /^f.{6,9}$/i.test(word) && editDistance(word.toLowerCase(), 'framework') <= 2;
}

/** Whether a word says nothing about which framework is meant; a year is one. */
export function isFiller(word: string): boolean {
  return fillers.has(normalise(word)) || isYear.test(word) || isNearlyFramework(word);
}

/** What languages and runtimes are called beside a framework's name: `hapi node framework`. */
const runtimes = new Set(['node', 'nodejs', 'bun', 'deno', 'net', 'dotnet', 'jvm']);

const versionAtStart = /^v?(\d{1,4}(?:\.\d+)+)\s+(?:of\s+|de\s+)?((?:[^\p{L}\s][^\p{L}\n]*)?\p{L}.*)$/iu;

const versionAtEnd =
  /^(.*?(?:[\p{L})]|\d(?=\s)))([\s@^~=_:-]*v?)(\d{1,4}(?:\.\d+)*)(?:\.[x*])?(?:\s*lts)?$/iu;

/**
 * A text without the version at its end: `Django==5.1`, `laravel v11`, `next 15.x`. `isApart` says whether something
 * stands between the two, so that it is no part of the name, as it is in `yii2`.
 */
export function readVersion(text: string): { name: string; version: string; isApart: boolean } | undefined {
  // 'Django-5.1.4.tar.gz', 'flask-3.0.3-py3-none-any.whl'
  const plain = text.trim().replace(/(?:-py\d.*)?\.(?:tar\.gz|tgz|zip|whl|gem|jar)$/i, '');
  const [, before, after] = versionAtStart.exec(plain) ?? [];
  if (before !== undefined && after !== undefined) return { name: after, version: before, isApart: true };
  const [, name, between = '', version] = versionAtEnd.exec(plain) ?? [];
  if (name === undefined || version === undefined || isYear.test(version)) return undefined;
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
  // Those of other languages first: besides them, 'c'est quoi api platform' holds nothing but a name.
  const asking = words.filter((word) => !fillersElsewhere.has(word.toLowerCase()));
  const telling = asking.filter((word) => !isFiller(word));
  const naming = telling.filter((word) => !isLanguage(word) && !runtimes.has(normalise(word)));
  // 'python programming language' is about the language; 'python flask' is not.
  return [asking.join(' '), telling.join(' '), naming.join(' ')];
}

/** The names that a text may mean: as it stands, without a version, and without the words around it. */
export function readQuestion(text: string, isLanguage: (word: string) => boolean): Question {
  const whole = text.trim();
  const cut = readVersion(whole);
  const [asking = '', telling = '', naming = ''] = withoutFillers(cut?.name ?? whole, isLanguage);
  const words = naming.split(' ');
  // 'boot spring'
  const turned = words.length === 2 ? words.toReversed().join(' ') : '';
  const names = [whole, ...(cut === undefined ? [] : [cut.name]), asking, telling, naming, turned].filter(
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
  'jsr.io': /^(@[^/]+\/[^/]+)/,
  'pypi.org': /^project\/([^/]+)/,
  'packagist.org': /^packages\/([^/]+\/[^/]+)/,
  'rubygems.org': /^gems\/([^/]+)/,
  'nuget.org': /^packages\/([^/]+)/,
  'hex.pm': /^packages\/([^/]+)/,
  'crates.io': /^crates\/([^/]+)/,
  'pkg.go.dev': /^(.+)/,
  'metacpan.org': /^(?:pod|dist|release)\/(?:[A-Z]+\/)?([^/]+)/,
  'mvnrepository.com': /^artifact\/([^/]+\/[^/]+)/,
  'central.sonatype.com': /^artifact\/([^/]+\/[^/]+)/,
  'hackage.haskell.org': /^package\/([^/]+?)(?:-\d[\d.]*)?(?:\/|$)/,
  'clojars.org': /^([^/]+(?:\/[^/]+)?)/,
  'pub.dev': /^packages\/([^/]+)/,
  'opam.ocaml.org': /^packages\/([^/]+)/,
  'luarocks.org': /^modules\/[^/]+\/([^/]+)/,
  'cran.r-project.org': /^(?:package=|web\/packages\/)([^/]+)/,
  'code.dlang.org': /^packages\/([^/]+)/,
  'nimble.directory': /^pkg\/([^/]+)/,
  'juliahub.com': /^ui\/Packages\/(?:General\/)?([^/]+)/,
  'pkgs.racket-lang.org': /^package\/([^/]+)/,
  'lib.haxe.org': /^p\/([^/]+)/,
  'central.ballerina.io': /^([^/]+\/[^/]+)/,
  'alire.ada.dev': /^crates\/([^/]+)/,
  'conan.io': /^center\/recipes\/([^/]+)/,
  'vcpkg.io': /^en\/package\/([^/]+)/,
  'vpm.vlang.io': /^packages\/([^/]+)/,
  'docs.rs': /^([^/]+)/,
};

/** Registries whose addresses hold, under a first word, the repository that a package is. */
const repositoryHosts: Record<string, RegExp> = {
  'swiftpackageindex.com': /^()([^/]+\/[^/#?]+)/,
  'shards.info': /^(github|gitlab)\/([^/]+\/[^/#?]+)/,
};

const mavenHosts = new Set(['mvnrepository.com', 'central.sonatype.com']);

/** A part of an address without its percent signs, or as it is where they stand for nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

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
  const [, at = '', place] = repositoryHosts[host]?.exec(path) ?? [];
  if (place !== undefined) {
    return { packages: [], repository: `${at === '' ? 'github' : at}.com/${place}`.toLowerCase() };
  }
  const name = packageHosts[host]?.exec(path)?.[1];
  if (name === undefined) return { host, packages: [] };
  const decoded = decode(name);
  // Maven's coordinates have a colon where these addresses have a slash.
  return { packages: mavenHosts.has(host) ? [decoded.replace('/', ':')] : [decoded] };
}

/** Commands that install something, and the words of theirs that are no package. */
const command =
  /^(?:\$\s*)?(?:sudo\s+)?(?:npm|pnpm|yarn|bunx?|npx|deno|pip3?|pipx|pipenv|poetry|uv|conda|python3? -m pip|composer|gem|bundle|cargo|cpanm?|go|dotnet|mix|brew|apt|apt-get|cabal|stack|opam|luarocks|dart(?: pub)?|flutter pub|dub|nimble|gleam|raco|haxelib|alr|conan|vcpkg|zef|opm|bal|v|lein)\s+(\S.*)$/i;
const commandWords = new Set(
  'activate install i add create create-project require global get new init x exec dlx run archive.install archive package pkg pull with tool pip'.split(
    ' ',
  ),
);

/** A package without its version: `express@5`, `Django==5.1`, `"laravel/framework:^12"`. */
function withoutRange(name: string): string {
  const plain = name.replace(/["'`]|^(?:jsr|npm):/g, '');
  const at = plain.slice(1).search(/[@=~^<>!]|:(?=[\d^~*v])/);
  return at < 0 ? plain : plain.slice(0, at + 1);
}

/** A package by its own name, with the version that may stand behind it. */
const bare =
  /^["']?(@[\w.-]+\/[\w.-]+|[\w-]+(?:\.[\w-]+)+:[\w.-]+|[\w-]+(?=\[[\w,-]+\]))(?:\[[\w,-]+\])?(?:(?:[@:=~^<> ]+)v?(\d[\w.]*))?["']?$/;

/** `@nestjs/core@11`, `org.springframework.boot:spring-boot-starter-web:3.5.6`, `fastapi[standard]==0.115.6`. */
function readPackage(text: string): Pasted | undefined {
  const [, name, version] = bare.exec(text) ?? [];
  return name === undefined ? undefined : { packages: [name], ...(version === undefined ? {} : { version }) };
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
  // Go's packages are addresses: `go install github.com/owner/name/cmd/tool@latest`.
  const repository = readAddress(name)?.repository;
  return { packages: [name, ...creates], ...(repository === undefined ? {} : { repository }) };
}

/** Lines of a build file that name a repository: Swift's `.package(url: …)`, Crystal's `github: owner/name`. */
function readRepositoryLine(text: string): Pasted | undefined {
  const url = /^\s*\.package\(.*\burl:\s*"(https:\/\/[^"]+)"/.exec(text)?.[1];
  if (url !== undefined) return readAddress(url);
  const name = /^\s*github:\s*["']?([\w.-]+\/[\w.-]+)/.exec(text)?.[1];
  return name === undefined ? undefined : readAddress(`https://github.com/${name}`);
}

/** A line of sbt's: `"org.http4s" %% "http4s-dsl" % "0.23"`; the second sign stands for Scala's version in the name. */
function readSbtLine(text: string): Pasted | undefined {
  const [, group, artifact, version] =
    /"([\w.-]+)"\s*%{1,3}\s*"([\w.-]+)"(?:\s*%\s*"(\d[\w.-]*)")?/.exec(text) ?? [];
  if (group === undefined || artifact === undefined) return undefined;
  return { packages: [`${group}:${artifact}`], ...(version === undefined ? {} : { version }) };
}

/** Lines that name a module or a package, in programs and in build files of the languages of the dataset. */
const imports: RegExp[] = [
  /^\s*import\s+["']package:(\w+)\//,
  /^\s*(?:\(\s*)?(?:ql:quickload|asdf:load-system)\s+[:"']{1,2}([\w.-]+)/,
  /^\s*(?:install\.packages|library|Pkg\.add|renv::install)\s*\(\s*["']?([\w.]+)/,
  /^\s*\[?([a-z][\w.-]*(?:\/[\w.-]+)?)\s+(?:\{:mvn\/version\s+)?"\d/,
  /^\s*#include\s*[<"]([\w-]+)/,
  /^\s*([a-z][\w-]*)\s*=\s*(?:\{\s*version\s*=\s*)?"[\^~=]?\d/,
  /^\s*([a-z][a-z0-9_]*):\s*[\^>~]=?\s*\d/,
  /^\s*\{(\w+),\s*"\d/,
  /^\s*import\s+(?:qualified\s+)?(?:Web|Network)\.(\w+)/,
  /\bPackageReference\s+Include="([\w.-]+)"/,
  /^\s*(?:implementation|api|compile|testImplementation)\s*(?:\(\s*)?["']([\w.-]+:[\w.-]+)(?::[^"']*)?["']/,
  /^\s*gem\s+["']([\w-]+)["']/,
  /^\s*(?:\{\s*)?:(\w+),\s*["']~>/,
  /^\s*["']([@\w./-]+)["']\s*:\s*["'][\^~>=\d*]/,
  /\bfrom\s+["']([^"']+)["']/,
  /\b(?:require|import)\s*\(\s*["']([^"']+)["']\s*\)/,
  /^\s*import\s+["']([^"']+)["']/,
  /^\s*from\s+([\w.]+)\s+import\b/,
  /^\s*(?:import|using|use)\s+(?:static\s+)?([\w.\\]+)\b/,
  /^\s*require\s+["']([^"']+)["']/,
];

/** What a build file says of the version, without its mark. */
const versionInLine = /["'][\^~>=<\s]*(\d[^"']*)["']\s*(?:[,})/].*)?$/;

/** A Maven artifact without its group: it, and what it begins with, since `spring-boot-starter-web` is of `spring-boot`. */
function readArtifact(text: string): Pasted | undefined {
  const parts = /\bartifactId>\s*([\w.-]+)\s*<\/artifactId\b/.exec(text)?.[1]?.split('-');
  if (parts === undefined) return undefined;
  return { packages: parts.map((_, at) => parts.slice(0, parts.length - at).join('-')) };
}

function readImport(text: string): Pasted | undefined {
  const module = imports.map((form) => form.exec(text)?.[1]).find((name) => name !== undefined);
  if (module === undefined) return undefined;
  const parts = module.split(/[.\\]/);
  const shorter = parts.map((_, at) => parts.slice(0, parts.length - at).join('.'));
  const version = /^\d+(?:\.\d+)*/.exec(versionInLine.exec(text)?.[1] ?? '')?.[0];
  const repository = readAddress(module)?.repository;
  return {
    packages: [...new Set([module, ...shorter])],
    ...(version === undefined ? {} : { version }),
    ...(repository === undefined ? {} : { repository }),
  };
}

/** What a pasted address, install command or import points to; undefined for anything else. */
export function readPasted(text: string): Pasted | undefined {
  const line = text
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .replace(/^`+|(?<!`)`+$/g, '')
    .replace(/^(?:jsr|npm):(?=@)/, '');
  return (
    readAddress(line) ??
    readPackage(line) ??
    readCommand(line) ??
    readArtifact(line) ??
    readRepositoryLine(line) ??
    readSbtLine(line) ??
    readImport(line)
  );
}
