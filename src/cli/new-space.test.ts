import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** What is young stays: megabytes of the space for it afterwards, in a process of its own, where nothing has made it grow before. */
function sizeAfter(first: 'hold' | 'free'): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { boundNewSpace } from ${JSON.stringify(join(import.meta.dirname, 'new-space.ts'))};
    boundNewSpace().${first}();
    const kept = [];
    for (let i = 0; i < 2_000_000; i++) kept.push({ i });
    console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 2 ** 20);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

it('keeps the space for what is young from growing, and lets it grow again', () => {
  const held = sizeAfter('hold');
  expect(held).toBeLessThanOrEqual(16);
  expect(sizeAfter('free')).toBeGreaterThanOrEqual(4 * held);
});
