import { describe, expect, it } from 'vitest';
import { isOfProject, jsonObject, namespacedPurl, textOf } from './lock-file.ts';

describe('which lock files are the project’s own', () => {
  it.each([
    'Cargo.lock',
    'services/api/Cargo.lock',
    'build/Package.resolved',
    'vendors/composer.lock',
    'App.xcworkspace/xcshareddata/Package.resolved',
  ])('%s is', (path) => expect(isOfProject(path)).toBe(true));

  it.each([
    'node_modules/x/yarn.lock',
    'srv/vendor/acme/x/composer.lock',
    '.cargo/registry/src/x/Cargo.lock',
    'app/.build/checkouts/swift-nio/Package.resolved',
    'Carthage/Checkouts/x/Package.resolved',
    '.dart_tool/pub/x/pubspec.lock',
  ])('%s is that of a package', (path) => expect(isOfProject(path)).toBe(false));
});

describe('texts', () => {
  it.each([
    ['plain', Buffer.from('é')],
    ['with a mark', Buffer.from('\ufeffé')],
    ['UTF-16', Buffer.from('\ufeffé', 'utf16le')],
  ])('%s', (_, bytes) => expect(textOf(bytes)).toBe('é'));

  it.each(['', '[]', 'null', '7', '{', '{"a":1}}'])('%j is no JSON object', (text) => expect(jsonObject(text)).toBeUndefined());
});

it('puts what stands before the last slash into the namespace of a purl', () => {
  expect(namespacedPurl('golang', { name: 'a.b/c/v2', version: 'v2.0.0' })).toBe('pkg:golang/a.b/c/v2@v2.0.0');
  expect(namespacedPurl('cargo', { name: 'x', version: '', qualifiers: { vcs_url: 'git+https://h/x' } })).toBe(
    'pkg:cargo/x?vcs_url=git%2Bhttps:%2F%2Fh%2Fx',
  );
});
