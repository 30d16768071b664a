import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { readAllowedSkips, reasonOf, refusedSkips, type Skip } from './skips.ts';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Lists the skipped tests with their reasons and ends with the counts alone on a line. With PLIMSOLL_STRICT_SKIPS=1 a skip
 * that test/house/allowed-skips.txt does not allow fails the run.
 */
export default class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const skips: Skip[] = [];
    for (const module of modules) {
      // A file that could not be loaded has no tests to count and is a failure of its own.
      if (module.state() === 'failed' && module.errors().length > 0) counts.failed++;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'pending') continue;
        counts[result.state]++;
        if (result.state === 'skipped')
          skips.push({
            file: relative(ROOT, module.moduleId),
            name: test.fullName,
            ...(result.note === undefined ? {} : { note: result.note }),
          });
      }
    }
    printSkips(skips);
    const refused = refuse(skips);
    console.log(`${counts.passed} passed, ${counts.failed + refused} failed, ${counts.skipped} skipped`);
  }
}

function printSkips(skips: readonly Skip[]): void {
  if (skips.length === 0) return;
  console.log('\nSkipped:');
  for (const skip of skips) console.log(`  ${skip.file} > ${skip.name}: ${reasonOf(skip) ?? 'no reason given'}`);
}

/** The number of skips that are not allowed, where that matters. */
function refuse(skips: readonly Skip[]): number {
  if (process.env.PLIMSOLL_STRICT_SKIPS !== '1') return 0;
  const allowed = readAllowedSkips(readFileSync(join(import.meta.dirname, 'allowed-skips.txt'), 'utf8'));
  const refused = refusedSkips(skips, allowed);
  if (refused.length === 0) return 0;
  console.log('\nSkips that test/house/allowed-skips.txt does not allow:');
  for (const skip of refused) console.log(`  ${skip.file} > ${skip.name}`);
  process.exitCode = 1;
  return refused.length;
}
