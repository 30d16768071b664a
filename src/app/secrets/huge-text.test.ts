import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../../testing/huge-text.ts');
const MEGABYTES = 300;
/** The aim for a scan. */
const PEAK = 200e6;

describe('a text that is larger than memory should be', () => {
  it.each([
    ['line', 'in one line', { line: 1, column: MEGABYTES * 1e6 + 7 }],
    ['lines', 'in millions of lines', { line: MEGABYTES * 1e4 + 1, column: 7 }],
  ])(
    'is read within the memory aim, to its end: %s',
    async (shape, _, place) => {
      const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, String(MEGABYTES), shape]);
      const { found, gaps, peak } = JSON.parse(stdout);
      expect({ found, gaps }).toEqual({ found: [{ id: 'aws-access-key-id', ...place }], gaps: 0 });
      expect(peak).toBeLessThan(PEAK);
    },
    60_000,
  );
});
