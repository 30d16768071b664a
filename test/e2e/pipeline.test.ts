import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage, writeLayout } from '../../testing/image-builder/index.ts';
import { sarifErrors } from '../../testing/published-schemas.ts';
import { hardenedImage } from '../../tools/examples/hardened.ts';
import { npmSkeleton } from '../../tools/examples/skeletons.ts';
import { vulnerableImage } from '../../tools/examples/vulnerable.ts';
import { type Ran, ROOT, run, SET_UP, Workshop } from './workshop.ts';

const shop = new Workshop();
const EXAMPLES = { vulnerable: vulnerableImage, hardened: hardenedImage } as const;
type Example = keyof typeof EXAMPLES;

/** Stands in for jq, which not every machine has: counts the entries of one severity, as the script's only filter does. */
const JQ = `#!/usr/bin/env node
const [, , filter, file] = process.argv;
const severity = /select\\(\\.Severity == "([A-Z]+)"\\)/.exec(filter)[1];
const { Results } = JSON.parse(require('node:fs').readFileSync(file, 'utf8'));
console.log(Results.flatMap((result) => result.Vulnerabilities).filter((each) => each.Severity === severity).length);
`;

beforeAll(async () => {
  for (const [name, describeImage] of Object.entries(EXAMPLES)) {
    const folder = join(ROOT, 'examples', name);
    const image = buildImage(describeImage(folder, { files: npmSkeleton(join(folder, 'app')) }));
    await writeLayout(join(shop.folder, name), [{ image, tag: 'latest' }]);
  }
  mkdirSync(join(shop.folder, 'bin'));
  writeFileSync(join(shop.folder, 'bin/jq'), JQ);
  chmodSync(join(shop.folder, 'bin/jq'), 0o755);
}, SET_UP);
afterAll(() => shop.close());

function script(name: string, example: Example): Promise<Ran> {
  const env = {
    ...shop.env,
    PATH: `${join(shop.folder, 'bin')}:${process.env.PATH}`,
    PLIMSOLL: join(ROOT, 'plimsoll'),
    PLIMSOLL_DB: 'starter',
    PLIMSOLL_OFFLINE: 'true',
    PLIMSOLL_QUIET: 'true',
    REPORTS: join(shop.folder, `${name}-${example}`),
  };
  const file = join(ROOT, 'examples/pipeline', name);
  return run('sh', [file, `oci:${join(shop.folder, example)}`, join(ROOT, 'examples', example, 'Dockerfile')], { env });
}

const scoreIn = (text: string): number => Number(/score:? (\d+) of 100/i.exec(text)?.[1]);

describe.each([
  ['vulnerable', 1],
  ['hardened', 0],
] as const)('a pipeline with examples/%s', (example, expected) => {
  it('ends with the same gate in one command and in the steps of a script', async () => {
    const whole = await script('security-scan.sh', example);
    const steps = await script('step-by-step.sh', example);
    expect([whole.code, whole.err]).toEqual([expected, '']);
    expect([steps.code, steps.err]).toEqual([expected, '']);
    // A list of places counts every copy of a package, the assessment each package once.
    expect(scoreIn(steps.out)).toBeLessThanOrEqual(scoreIn(whole.out));
    expect(scoreIn(whole.out)).toBe(expected === 0 ? 100 : 0);
  }, 120_000);

  it('leaves the same kinds of reports', () => {
    const steps = join(shop.folder, `step-by-step.sh-${example}`);
    expect(readdirSync(steps).sort()).toEqual([
      'dockerfile.txt',
      'secrets.txt',
      'summary.md',
      'vulnerabilities.json',
      'vulnerabilities.sarif',
      'vulnerabilities.txt',
    ]);
    const whole = join(shop.folder, `security-scan.sh-${example}`, 'latest');
    expect(readdirSync(whole)).toHaveLength(10);
    for (const file of [join(steps, 'vulnerabilities.sarif'), join(whole, 'report.sarif')]) {
      expect(sarifErrors(JSON.parse(readFileSync(file, 'utf8')))).toBeNull();
    }
    expect(readFileSync(join(whole, 'image.txt'), 'utf8')).toContain('Layers:');
  });
});
