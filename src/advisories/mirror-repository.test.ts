import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { temporary, testMirror, testUpstream } from '../../testing/upstream-contract.ts';
import { mirrorRepository } from './mirror-repository.ts';

const UPSTREAM = { id: 'records', url: 'https://example.org/' };
const REPOSITORY = {
  upstream: 'records',
  archives: ['whole.tar.gz', 'other.tar.gz'],
  folders: ['active', 'retired'],
  wanted: (path: string) => /\/CVE-\d+$/.test(path),
};

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A checked out repository: records, and files that are none. */
function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-clone-'));
  folders.push(folder);
  for (const path of [
    'active/CVE-1',
    'active/CVE-2',
    'active/boilerplate',
    'active/.old/CVE-6',
    'retired/old/CVE-3',
    'scripts/CVE-4',
    '.git/CVE-5',
  ]) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  return folder;
}

it('takes the records of a checked out repository, and drops those that are gone', async () => {
  const folder = clone();
  const mirror = testMirror(UPSTREAM, pathToFileURL(`${folder}/`).href, { folder: temporary() });
  await mirrorRepository(mirror, REPOSITORY);
  expect(mirror.names()).toEqual(['active/CVE-1', 'active/CVE-2', 'retired/old/CVE-3']);
  expect(mirror.read('retired/old/CVE-3').toString()).toBe('retired/old/CVE-3');

  rmSync(join(folder, 'active/CVE-2'));
  writeFileSync(join(folder, 'active/CVE-1'), 'changed');
  const before = mirror.traffic.changed;
  await mirrorRepository(mirror, REPOSITORY);
  expect(mirror.names()).toEqual(['active/CVE-1', 'retired/old/CVE-3']);
  expect(mirror.read('active/CVE-1').toString()).toBe('changed');
  expect(mirror.traffic.changed - before).toBe(2);
});

it('never has an archive and loose records at once', async () => {
  const place = temporary();
  await mirrorRepository(testMirror(UPSTREAM, pathToFileURL(`${clone()}/`).href, { folder: place }), REPOSITORY);
  const server = await testUpstream({ files: { 'other.tar.gz': 'all of them' } });
  const mirror = testMirror(UPSTREAM, server.url, { folder: place });
  await mirrorRepository(mirror, REPOSITORY);
  expect(mirror.names()).toEqual(['other.tar.gz']);
});

it('keeps what it had where there is neither', async () => {
  const place = temporary();
  const server = await testUpstream({ files: { 'whole.tar.gz': 'all of them' } });
  await mirrorRepository(testMirror(UPSTREAM, server.url, { folder: place }), REPOSITORY);
  const empty = testMirror(UPSTREAM, pathToFileURL(`${temporary()}/`).href, { folder: place });
  await expect(mirrorRepository(empty, REPOSITORY)).rejects.toMatchObject({ code: 'feed-missing' });
  expect(empty.names()).toEqual(['whole.tar.gz']);
});
