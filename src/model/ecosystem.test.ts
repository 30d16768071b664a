import { describe, expect, it } from 'vitest';
import { normaliseName } from './ecosystem.ts';

describe('normaliseName', () => {
  it.each([
    'github.com/apple/swift-nio',
    'https://github.com/apple/swift-nio',
    'https://github.com/Apple/swift-nio.git',
    'https://user:secret@github.com/apple/swift-nio.git/',
    'git@github.com:apple/swift-nio.git',
    'ssh://git@github.com:22/apple/swift-nio',
    'ssh://git@github.com/apple/swift-nio.git',
  ])('names one Swift repository: %s', (address) => {
    expect(normaliseName('SwiftURL', address)).toBe('github.com/apple/swift-nio');
  });

  it.each([
    ['PyPI', 'Zope.Interface', 'zope-interface'],
    ['NuGet', 'Newtonsoft.Json', 'newtonsoft.json'],
    ['Packagist', 'Symfony/HTTP-Kernel', 'symfony/http-kernel'],
    ['RubyGems', 'RedCloth', 'RedCloth'],
  ])('%s: %s', (ecosystem, name, expected) => {
    expect(normaliseName(ecosystem, name)).toBe(expected);
  });
});
