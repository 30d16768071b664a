import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORTERS } from '../src/app/reporters.ts';
import { scan } from '../src/app/scan/index.ts';
import type { Report } from '../src/model/index.ts';
import { buildImage, writeLayout } from '../testing/image-builder/index.ts';
import { rendered } from '../testing/reporter-contract.ts';
import { reportErrors } from '../testing/validate-report.ts';
import { hardenedImage } from '../tools/examples/hardened.ts';
import { npmSkeleton } from '../tools/examples/skeletons.ts';
import { vulnerableImage } from '../tools/examples/vulnerable.ts';

// Reports of the example images in every format that has an authority. `node tools/reports/validate.ts report.json` does it for other images.

const work = mkdtempSync(join(tmpdir(), 'plimsoll-example-reports-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.each([
  ['vulnerable', vulnerableImage],
  ['hardened', hardenedImage],
] as const)('examples/%s', (name, describeImage) => {
  let report: Report;
  beforeAll(async () => {
    const folder = join(import.meta.dirname, '../examples', name);
    const image = buildImage(describeImage(folder, { files: npmSkeleton(join(folder, 'app')) }));
    await writeLayout(join(work, name), [{ image, tag: 'latest' }]);
    const secrets = { where: 'any-layer', skip: [], key: 'a key that a team shares', configDir: work } as const;
    const options = { scanners: ['vuln', 'secret', 'config'], secrets, cacheDir: join(work, 'cache'), platform: 'linux/amd64' } as const;
    report = await scan(`oci:${join(work, name)}`, { ...options, offline: true, env: {} });
  }, 60_000);

  it.each(REPORTERS.map(({ id }) => [id] as const))('is reported as its authority wants it: %s', async (format) => {
    const reporter = REPORTERS.find(({ id }) => id === format)!;
    for (const language of ['en', 'ko'] as const) {
      const text = await rendered(reporter, report, { language });
      expect((await reportErrors(format, text)) ?? []).toEqual([]);
      expect(text.length).toBeGreaterThan(0);
    }
  });
});
