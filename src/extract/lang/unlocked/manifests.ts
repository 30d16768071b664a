import { isObject } from '../../../util/fields.ts';
import { parseToml } from '../../../util/toml.ts';

/** A file in which people write what a project depends on, mostly as ranges. */
export interface Manifest {
  /** Base name, or an ending that begins with a dot. */
  readonly file: string;
  /** Base names of the files that say what was taken. */
  readonly locks: readonly string[];
  /** Whether it asks for anything. Never throws; a text that cannot be read asks for nothing that we know of. */
  asks(text: string): boolean;
}

export const MANIFESTS: readonly Manifest[] = [
  {
    file: 'package.json',
    locks: ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'],
    asks: (text) => jsonAsks(text, ['dependencies', 'devDependencies', 'optionalDependencies']),
  },
  {
    file: 'pyproject.toml',
    locks: ['poetry.lock', 'uv.lock', 'pdm.lock', 'pylock.toml', 'requirements.txt'],
    asks: (text) => {
      const document = parseToml(text);
      const poetry = isObject(document?.tool) && isObject(document.tool.poetry) ? document.tool.poetry : {};
      const names = isObject(poetry.dependencies) ? Object.keys(poetry.dependencies) : [];
      return (isObject(document?.project) && hasItems(document.project.dependencies)) || names.some((name) => name !== 'python');
    },
  },
  { file: 'Pipfile', locks: ['Pipfile.lock'], asks: (text) => tomlAsks(text, ['packages', 'dev-packages']) },
  { file: 'Cargo.toml', locks: ['Cargo.lock'], asks: (text) => tomlAsks(text, ['dependencies', 'dev-dependencies', 'build-dependencies']) },
  {
    file: 'composer.json',
    locks: ['composer.lock'],
    // `php` and `ext-json` are the platform, packages have a slash.
    asks: (text) => jsonAsks(text, ['require', 'require-dev'], (name) => name.includes('/')),
  },
  { file: 'Gemfile', locks: ['Gemfile.lock'], asks: (text) => /^[ \t]*gem[ \t]*\(?[ \t]*['"]/m.test(text) },
  { file: 'build.gradle', locks: ['gradle.lockfile'], asks: (text) => GRADLE.test(text) },
  { file: 'build.gradle.kts', locks: ['gradle.lockfile'], asks: (text) => GRADLE.test(text) },
  { file: '.csproj', locks: ['packages.lock.json'], asks: (text) => text.includes('<PackageReference') },
  { file: 'mix.exs', locks: ['mix.lock'], asks: (text) => /\{\s*:\w+\s*,\s*"/.test(text) },
  { file: 'Podfile', locks: ['Podfile.lock'], asks: (text) => /^[ \t]*pod[ \t]+['"]/m.test(text) },
  { file: 'Package.swift', locks: ['Package.resolved'], asks: (text) => text.includes('.package(') },
  { file: 'conanfile.txt', locks: ['conan.lock'], asks: (text) => /^\[requires\]\s*[^\s[]/m.test(text) },
];

const GRADLE = /\b(implementation|api|compileOnly|runtimeOnly|compile)\b[\s(]*['"]/;

function jsonAsks(text: string, keys: readonly string[], counts: (name: string) => boolean = () => true): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) && keys.some((key) => isObject(json[key]) && Object.keys(json[key]).some(counts));
  } catch {
    return false;
  }
}

function tomlAsks(text: string, keys: readonly string[]): boolean {
  const document = parseToml(text);
  return keys.some((key) => hasItems(document?.[key]));
}

function hasItems(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}
