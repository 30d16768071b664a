import { describe, expect, it } from 'vitest';
import { formatPurl, type PackageUrl, parsePurl, versionlessPurl } from './purl.ts';

/** The same facts as purl-spec's own suite (tests/), which this implementation was held against, with packages of our own. */
const CANONICAL: readonly (readonly [text: string, parts: PackageUrl])[] = [
  ['pkg:npm/express@4.18.2', { type: 'npm', name: 'express', version: '4.18.2' }],
  ['pkg:npm/%40types/node@24.0.0', { type: 'npm', namespace: '@types', name: 'node', version: '24.0.0' }],
  ['pkg:golang/github.com/go-chi/chi/v5@v5.0.12', { type: 'golang', namespace: 'github.com/go-chi/chi', name: 'v5', version: 'v5.0.12' }],
  ['pkg:golang/stdlib@1.22.1', { type: 'golang', name: 'stdlib', version: '1.22.1' }],
  ['pkg:maven/org.slf4j/slf4j-api@2.0.9', { type: 'maven', namespace: 'org.slf4j', name: 'slf4j-api', version: '2.0.9' }],
  [
    'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12',
    {
      type: 'deb',
      namespace: 'debian',
      name: 'libstdc++6',
      version: '12.2.0-14+deb12u1',
      qualifiers: { arch: 'amd64', distro: 'debian-12' },
    },
  ],
  ['pkg:deb/debian/bash@1:5.2~rc1', { type: 'deb', namespace: 'debian', name: 'bash', version: '1:5.2~rc1' }],
  [
    'pkg:oci/alpine@sha256:0f0f?repository_url=docker.io%2Flibrary%2Falpine',
    { type: 'oci', name: 'alpine', version: 'sha256:0f0f', qualifiers: { repository_url: 'docker.io/library/alpine' } },
  ],
  ['pkg:generic/x@1%2B2%20%C3%A9#a/b%2Bc', { type: 'generic', name: 'x', version: '1+2 é', subpath: 'a/b+c' }],
];

describe('canonical purls', () => {
  it.each(CANONICAL)('%s', (text, parts) => {
    expect(parsePurl(text)).toEqual(parts);
    expect(formatPurl(parts)).toBe(text);
  });
});

describe('texts that mean the same', () => {
  it.each([
    ['slashes after the scheme', 'pkg:///npm/a@1', 'pkg:npm/a@1'],
    ['upper-case scheme and type', 'PKG:NPM/A@1', 'pkg:npm/A@1'],
    ['an unencoded scope', 'pkg:npm/@types/node@1', 'pkg:npm/%40types/node@1'],
    ['an unencoded scope without version', 'pkg:npm/@types/node', 'pkg:npm/%40types/node'],
    ['an unencoded plus', 'pkg:deb/debian/g++@1+b1', 'pkg:deb/debian/g%2B%2B@1%2Bb1'],
    ['an encoded colon', 'pkg:deb/debian/bash@1%3A5', 'pkg:deb/debian/bash@1:5'],
    ['qualifiers out of order, with an empty one', 'pkg:deb/debian/a@1?distro=x&Arch=y&z=', 'pkg:deb/debian/a@1?arch=y&distro=x'],
    ['dots in a subpath', 'pkg:npm/a@1#/x/../y/./z/', 'pkg:npm/a@1#x/y/z'],
    ['doubled slashes', 'pkg:maven//org.slf4j//slf4j-api/@2', 'pkg:maven/org.slf4j/slf4j-api@2'],
    ['pypi names', 'pkg:pypi/Django_Filter@1.0', 'pkg:pypi/django-filter@1.0'],
    ['github names', 'pkg:github/Anchore/Grype@v1', 'pkg:github/anchore/grype@v1'],
    ['deb namespaces', 'pkg:deb/Debian/Curl@1', 'pkg:deb/debian/curl@1'],
    ['rpm names keep their case', 'pkg:rpm/Fedora/ImageMagick@1', 'pkg:rpm/fedora/ImageMagick@1'],
    ['golang paths keep their case', 'pkg:golang/github.com/BurntSushi/toml@v1', 'pkg:golang/github.com/BurntSushi/toml@v1'],
  ])('%s', (_why, text, canonical) => {
    const parsed = parsePurl(text);
    expect(parsed && formatPurl(parsed)).toBe(canonical);
  });
});

describe('texts that are no purl', () => {
  it.each([
    ['nothing', ''],
    ['no scheme', 'npm/a@1'],
    ['another scheme', 'https://npm/a@1'],
    ['no type', 'pkg:a@1'],
    ['no name', 'pkg:npm/@1'],
    ['no name at all', 'pkg:npm/'],
    ['a type with a percent', 'pkg:n%70m/a@1'],
    ['a type that starts with a digit', 'pkg:7z/a@1'],
    ['a bad escape', 'pkg:npm/a%zz@1'],
    ['an escape that is not UTF-8', 'pkg:npm/a%ff@1'],
    ['a slash hidden in the name', 'pkg:npm/a%2Fb@1'],
    ['a qualifier without a value sign', 'pkg:npm/a@1?x'],
    ['a qualifier key with a blank', 'pkg:npm/a@1?in%20x=1'],
    ['a qualifier twice', 'pkg:npm/a@1?x=1&X=2'],
    ['swift without a namespace', 'pkg:swift/Alamofire@5'],
    ['megabytes', `pkg:npm/${'a/'.repeat(600_000)}`],
  ])('%s', (_why, text) => {
    expect(parsePurl(text)).toBeUndefined();
  });

  it('does not take keys of the object prototype for repeated ones', () => {
    expect(parsePurl('pkg:npm/a@1?constructor=x')?.qualifiers).toEqual({ constructor: 'x' });
  });
});

describe('versionlessPurl', () => {
  it('leaves out version and qualifiers', () => {
    expect(versionlessPurl('pkg:deb/debian/g%2B%2B@1?arch=amd64')).toBe('pkg:deb/debian/g%2B%2B');
    expect(versionlessPurl({ type: 'pypi', name: 'A_b', version: '1' })).toBe('pkg:pypi/a-b');
  });

  it('gives back a text that is no purl', () => {
    expect(versionlessPurl('curl')).toBe('curl');
  });
});
