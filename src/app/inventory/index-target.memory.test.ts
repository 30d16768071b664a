import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../../testing/huge-layer.ts');

const run = (files: number): { packages: number; peak: number } =>
  JSON.parse(execFileSync(process.execPath, [SCRIPT, String(files)], { encoding: 'utf8' }));

it('memory does not grow with the files of an image: 300,000 cost less than 100 MB', { timeout: 120_000 }, () => {
  const few = run(100);
  const many = run(150_000); // in each of two layers
  expect([few.packages, many.packages]).toEqual([1, 15]);
  expect(many.peak - few.peak).toBeLessThan(100e6);
});
