import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentGeneration, generationsIn, publish } from './generations.ts';
import { manifestOf } from './manifest.ts';

const manifest = manifestOf({ shards: [], feeds: [], records: 0, builtAt: '2026-01-01T00:00:00Z', starter: false });
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-generations-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function work(name: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, 'content'), { recursive: true });
  return path;
}

it('keeps the new generation and the one before', () => {
  const names = [1, 2, 3].map((number) => publish(work(`.build-00000${number}`), folder, manifest, generationsIn(folder)));
  expect(currentGeneration(folder)).toBe(names[2]);
  expect(
    generationsIn(folder)
      .map((name) => join(folder, name))
      .sort(),
  ).toEqual([names[1], names[2]].sort());
});

it('leaves alone what another process has put there meanwhile and not yet made current', () => {
  publish(work('.build-000001'), folder, manifest, []);
  const seen = generationsIn(folder);
  const others = join(folder, '20260101T000001Z-000000000000');
  mkdirSync(others);
  publish(work('.build-000002'), folder, manifest, seen);
  publish(work('.build-000003'), folder, manifest, seen);
  expect(readdirSync(folder)).toContain('20260101T000001Z-000000000000');
  expect(readFileSync(join(folder, 'CURRENT'), 'utf8').trim()).toBe(currentGeneration(folder)?.slice(folder.length + 1));
});
