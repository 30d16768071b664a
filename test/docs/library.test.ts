import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScanOptions, scan } from '../../src/index.ts';
import { buildImage, writeLayout } from '../../testing/image-builder/index.ts';
import { hardenedImage } from '../../tools/examples/hardened.ts';
import { npmSkeleton } from '../../tools/examples/skeletons.ts';
import { vulnerableImage } from '../../tools/examples/vulnerable.ts';
import { ROOT, run } from '../e2e/workshop.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-docs-'));
const library = pathToFileURL(join(ROOT, 'src/index.ts')).href;

beforeAll(async () => {
  for (const [name, describeImage] of Object.entries({ vulnerable: vulnerableImage, hardened: hardenedImage })) {
    const example = join(ROOT, 'examples', name);
    const platform = { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' };
    const image = buildImage({ ...describeImage(example, { files: npmSkeleton(join(example, 'app')) }), platform });
    mkdirSync(join(folder, 'examples', name), { recursive: true });
    await writeLayout(join(folder, 'examples', name, 'image'), [{ image, tag: 'latest' }]);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The TypeScript blocks of a page that import the library. */
function examples(page: string): string[] {
  const blocks = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
  return blocks.filter((block) => block.includes("from 'plimsoll'"));
}

const PAGES = ['docs/library.md', 'README.md', 'README.ko.md'];
describe.each(PAGES)('%s', (page) => {
  it.each(examples(page).map((code, i) => [i + 1, code] as const))('example %i runs as it stands', async (number, code) => {
    const file = join(folder, `${page.replaceAll('/', '-')}-${number}.ts`);
    writeFileSync(file, code.replaceAll("'plimsoll'", JSON.stringify(library)));
    const { code: exit, out, err } = await run(process.execPath, [file], { cwd: folder, env: { HOME: folder } });
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(/CVE-|^2$|^[0-9]+ now,/m);
  });
});

it.each([{ failOn: 'HIGH' }, { failOn: 'urgent' }, { staleDatabase: 'FAIL' }])(
  '%j is refused: as a gate it would let everything pass',
  async (wrong) => {
    const options = { ...wrong, offline: true } as unknown as ScanOptions;
    await expect(scan('oci:anything', options)).rejects.toMatchObject({ code: 'setting-choice', exitCode: 2 });
  },
);
