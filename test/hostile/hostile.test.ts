import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/util/errors.ts';
import { ROOT } from '../e2e/workshop.ts';
import { HOSTILE } from './cases/index.ts';
import { factsOf, MEMORY_BOUND, safetyPage } from './page.ts';
import { runCase } from './run-case.ts';

describe.each([...HOSTILE])('$title', ({ cases }) => {
  it.each([...cases])(
    '$id',
    async (hostile) => {
      const { exit, error, gaps, packages, peak, stderr } = await runCase(hostile);
      const { answer } = hostile;
      if ('error' in answer) expect({ exit, error, stderr }).toMatchObject({ exit: EXIT.scanError, error: answer.error });
      else if ('gap' in answer) {
        expect(gaps).toContainEqual(expect.objectContaining({ code: answer.gap, incomplete: true }));
        expect(exit).toBe(EXIT.unknown);
      } else expect({ exit, packages, gaps }).toEqual({ exit: EXIT.pass, packages: answer.packages, gaps: [] });
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(peak).toBeLessThan(MEMORY_BOUND);
    },
    120_000,
  );
});

describe('docs/safety.md', () => {
  it('has every case with its answer; else run `npm run docs:safety`', () => {
    const unmeasured = { exit: 0, gaps: [], packages: [], stderr: '', peak: 0, seconds: 0 };
    const all = new Map(HOSTILE.flatMap(({ cases }) => cases.map(({ id }) => [id, unmeasured] as const)));
    const page = readFileSync(join(ROOT, 'docs/safety.md'), 'utf8');
    expect(factsOf(page)).toEqual(factsOf(safetyPage(all)));
    expect(page.split('\n').slice(0, 17)).toEqual(safetyPage(all).split('\n').slice(0, 17));
  });

  it('names a case once', () => {
    const ids = HOSTILE.flatMap(({ cases }) => cases.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
