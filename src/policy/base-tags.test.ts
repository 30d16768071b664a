import { expect, it } from 'vitest';
import { tagCandidates, tagMeaning } from './base-tags.ts';

it.each([
  ['3.12.4-slim-bookworm', { version: [3, 12, 4], slim: true, distro: { family: 'debian', release: [12] }, flavours: [] }],
  ['20-alpine3.19', { version: [20], slim: false, distro: { family: 'alpine', release: [3, 19] }, flavours: [] }],
  ['1.25-bookworm', { version: [1, 25], slim: false, distro: { family: 'debian', release: [12] }, flavours: [] }],
  ['8.3-fpm-alpine', { version: [8, 3], slim: false, distro: { family: 'alpine' }, flavours: ['fpm'] }],
  ['bookworm-slim', { version: [12], slim: true, distro: { family: 'debian', release: [12] }, flavours: [] }],
  ['bookworm-20240904-slim', { version: [12], build: 20240904, slim: true, distro: { family: 'debian', release: [12] }, flavours: [] }],
  ['9.5-1738814488', { version: [9, 5], build: 1738814488, slim: false, flavours: [] }],
  ['2023.6.20241212.0', { version: [2023, 6, 20241212, 0], slim: false, flavours: [] }],
  ['21.0.5_11-jre', { version: [21, 0, 5, 11], slim: false, flavours: ['jre'] }],
  ['v1.2', { version: [1, 2], slim: false, flavours: [] }],
] as const)('reads %s', (tag, meaning) => {
  expect(tagMeaning(tag)).toEqual({ tag, ...meaning });
});

it.each(['latest', 'slim', 'alpine', '3.13-rc', '3.13.0rc1-slim', '3.13.0a4', '3.12-windowsservercore', '20250108', '3.12-amd64', 'sha256-0123', '', 'sid'])(
  'takes %s for no release',
  (tag) => expect(tagMeaning(tag)).toBeUndefined(),
); // biome-ignore format: a list

const PYTHON = ['latest', '3', '3.12', '3.12.1', '3.12.3-bookworm', '3.12.4', '3.12.4-slim', '3.12.4-slim-bookworm', '3.12.5', '3.12.5-slim', '3.12.5-slim-bookworm', '3.12.5-alpine', '3.12.5-alpine3.20', '3.13.0', '3.13.0rc1', '3.13.0-slim', '4.0.0', '4.0.0-slim', '2.7.18']; // biome-ignore format: a list

it('chooses the tag itself, newer ones of the same major, slimmer ones, another distribution, the next major', () => {
  expect(tagCandidates('3.12.4', PYTHON, 10)).toEqual([
    { tag: '3.12.4', kind: 'rebuilt' },
    { tag: '3.12.5', kind: 'newer' },
    { tag: '3.13.0', kind: 'newer' },
    { tag: '3.12.5-slim', kind: 'slimmer' },
    { tag: '3.13.0-slim', kind: 'slimmer' },
    { tag: '3.12.5-alpine', kind: 'other-distribution' },
    { tag: '4.0.0', kind: 'next-major' },
  ]);
  expect(tagCandidates('3.12.4', PYTHON, 2)).toHaveLength(2);
});

it('keeps what the tag says of variant and distribution', () => {
  expect(tagCandidates('3.12.4-slim-bookworm', PYTHON, 3).map(({ tag }) => tag)).toEqual([
    '3.12.4-slim-bookworm',
    '3.12.5-slim-bookworm',
    '3.13.0-slim',
  ]);
  const php = ['8.2-fpm', '8.3-fpm', '8.3-apache', '8.3-cli', '8.3'];
  expect(tagCandidates('8.2-fpm', php, 9)).toEqual([
    { tag: '8.2-fpm', kind: 'rebuilt' },
    { tag: '8.3-fpm', kind: 'newer' },
  ]);
});

it('knows releases by number and by codename', () => {
  const debian = ['11', '12', '12-slim', '13', 'bookworm', 'bookworm-slim', 'trixie', 'trixie-slim', 'sid'];
  expect(tagCandidates('12', debian, 9)).toEqual([
    { tag: '12', kind: 'rebuilt' },
    { tag: '12-slim', kind: 'slimmer' },
    { tag: 'bookworm-slim', kind: 'slimmer' },
    { tag: '13', kind: 'next-major' },
  ]);
  expect(tagCandidates('latest', debian, 9)).toEqual([{ tag: 'latest', kind: 'rebuilt' }]);
});

it('takes builds for newer where the tag names one, and for no others', () => {
  const debian = [
    'bookworm',
    'bookworm-20250101',
    'bookworm-20250113',
    'bookworm-20250113-slim',
    'bookworm-20240101',
    'trixie-20250113',
    '12',
  ];
  expect(tagCandidates('bookworm-20250101', debian, 9)).toEqual([
    { tag: 'bookworm-20250101', kind: 'rebuilt' },
    { tag: 'bookworm-20250113', kind: 'newer' },
    { tag: 'bookworm-20250113-slim', kind: 'slimmer' },
    { tag: 'trixie-20250113', kind: 'next-major' },
  ]);
  expect(tagCandidates('bookworm', debian, 9)).toEqual([{ tag: 'bookworm', kind: 'rebuilt' }]);
  const ubi = ['9.4', '9.4-1214', '9.4-1214726339', '9.5', '9.5-1738814488', '9.5-1738643652', 'latest'];
  expect(tagCandidates('9.4-1214726339', ubi, 9).map(({ tag }) => tag)).toEqual(['9.4-1214726339', '9.5-1738814488', '9.5-1738643652']);
});
