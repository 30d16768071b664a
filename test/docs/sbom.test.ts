import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMAT_ALIASES, REPORTERS } from '../../src/app/reporters.ts';
import { cli } from '../../testing/cli.ts';
import { buildImage, writeLayout } from '../../testing/image-builder/index.ts';
import { npmSkeleton } from '../../tools/examples/skeletons.ts';
import { vulnerableImage } from '../../tools/examples/vulnerable.ts';

const page = readFileSync(new URL('../../docs/sbom.md', import.meta.url), 'utf8');
const lines = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text.trim().split('\n'));
const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-sbom-docs-'));
const env = { PLIMSOLL_DB: 'starter', PLIMSOLL_OFFLINE: 'true', PLIMSOLL_PLATFORM: 'linux/amd64' };
/** A line as it stands; a target is meant from the folder that it is run in. */
const run = (line: string) => {
  const [command = '', target = '', ...rest] = line.split(' ').slice(1);
  const [, prefix = '', path = ''] = /^(\w+:)?(.+)$/.exec(target) ?? [];
  return cli([command, prefix + join(cwd, path), ...rest], { cwd, env: { ...env, GITHUB_SHA: '0'.repeat(40) } });
};
const written = (name: string) => readFileSync(join(cwd, name), 'utf8');
const vulnerabilities = (out: string) =>
  JSON.parse(out).findings.map(({ id, fingerprint }: { id: string; fingerprint: string }) => `${id} ${fingerprint}`);

beforeAll(async () => {
  const folder = join(import.meta.dirname, '../../examples/vulnerable');
  const image = buildImage(vulnerableImage(folder, { files: npmSkeleton(join(folder, 'app')) }));
  await writeLayout(join(cwd, 'image'), [{ image, tag: 'latest' }]);
});
afterAll(() => rmSync(cwd, { recursive: true }));

describe('docs/sbom.md', () => {
  it('shows commands that do what it says, in its order', async () => {
    expect(lines.length).toBeGreaterThan(6);
    for (const line of lines) expect([line, (await run(line)).code]).toEqual([line, 0]);
    expect(JSON.parse(written('sbom.cdx.json'))).toMatchObject({ specVersion: '1.6' });
    expect('vulnerabilities' in JSON.parse(written('sbom.cdx.json'))).toBe(false);
    expect(JSON.parse(written('assessed.cdx.json')).vulnerabilities.length).toBeGreaterThan(10);
    expect(JSON.parse(written('sbom.spdx.json'))).toMatchObject({ spdxVersion: 'SPDX-2.3' });
    expect(written('sbom.spdx')).toMatch(/^SPDXVersion: SPDX-2\.3\n/);
    expect(written('sbom.xml')).toContain('http://cyclonedx.org/schema/bom/1.5');
    expect(JSON.parse(written('sbom.spdx3.json'))['@context']).toContain('3.0.1');
    expect(JSON.parse(written('snapshot.json'))).toMatchObject({ version: 0, sha: '0'.repeat(40) });
  }, 120_000);

  it('converts without loss: what came through three forms is judged as the image is', async () => {
    await run('plimsoll sbom oci:image -f spdx@2.2=one.spdx');
    await run('plimsoll sbom one.spdx -f cyclonedx-xml@1.4=two.xml');
    await run('plimsoll sbom two.xml -f spdx3=three.json');
    const image = await run('plimsoll scan oci:image -f json');
    const last = await run('plimsoll scan sbom:three.json -f json');
    expect(vulnerabilities(image.out).length).toBeGreaterThan(10);
    expect(vulnerabilities(last.out)).toEqual(vulnerabilities(image.out));
  }, 120_000);

  it('has every form and version that there is', () => {
    const rows = page.split('\n').filter((line) => /^\| `[a-z]/.test(line));
    const said = rows.map((row) => row.split('|').map((cell) => cell.trim())).map(([, names = '', , versions = '']) => [names, versions]);
    const aliases = (id: string) => Object.keys(FORMAT_ALIASES).filter((name) => FORMAT_ALIASES[name] === id);
    const there = REPORTERS.filter(({ sbom }) => sbom).map(({ id, versions = [] }) => [
      [id, ...aliases(id)].map((name) => `\`${name}\``).join(', '),
      versions.join(', '),
    ]);
    expect(said).toEqual(there);
  });

  it('a version that is none is a usage error that names those there are', async () => {
    const { code, err } = await run('plimsoll sbom oci:image -f cyclonedx@2');
    expect(code).toBe(2);
    expect(err).toContain('cyclonedx@1.6, cyclonedx@1.5, cyclonedx@1.4');
    expect((await run('plimsoll sbom oci:image -f table@1')).code).toBe(2);
  });
});
