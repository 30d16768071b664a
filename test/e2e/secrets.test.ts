import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/index.ts';
import { keptTexts } from '../../testing/cache-entries.ts';
import { buildImage, dockerArchive, writeLayout, writeTar } from '../../testing/image-builder/index.ts';
import { schemaErrors } from '../../testing/report-schema.ts';
import { type Ran, type RunOptions, SET_UP, Workshop } from './workshop.ts';

/** Put together here, so that no scanner of repositories takes them for keys of somebody's. */
const key = (rest: string): string => ['AKIA', rest].join('');
const [DELETED, IN_ENV, IN_BUILD, IN_FILE] = [
  key('Q3EGRWZ5TYUI7MNB'),
  key('J4VKTLW2PXNQ6RSD'),
  key('R7ZTN3QWXKVB5MLP'),
  key('W5QJXN7RTKZ3VBML'),
] as const;
const ALL = [DELETED, IN_ENV, IN_BUILD, IN_FILE];

const shop = new Workshop();
const project = join(shop.folder, 'project');
const layout = join(shop.folder, 'leaky');
const outputs: string[] = [];

beforeAll(async () => {
  await shop.open();
  const image = buildImage({
    platform: { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' },
    created: '2026-01-01T00:00:00Z',
    config: { Env: ['PATH=/bin', `AWS_ACCESS_KEY_ID=${IN_ENV}`] },
    steps: [
      { createdBy: 'COPY . /app # buildkit', files: [{ path: 'app/.env', content: `A=1\nAWS_ACCESS_KEY_ID=${DELETED}\n` }] },
      { createdBy: `RUN |1 ID=${IN_BUILD} /bin/sh -c rm /app/.env # buildkit`, files: [{ path: 'app/.wh..env' }] },
      { createdBy: `ENV AWS_ACCESS_KEY_ID=${IN_ENV}` },
    ],
  });
  await writeLayout(layout, [{ image, tag: 'latest' }]);
  writeFileSync(`${layout}.tar`, dockerArchive(image, ['shop/leaky:1']));
  mkdirSync(join(project, 'node_modules/x'), { recursive: true });
  writeFileSync(join(project, 'settings.py'), `\nAWS_ACCESS_KEY_ID = "${IN_FILE}"\n`);
  writeFileSync(join(project, 'node_modules/x/index.js'), `const id = "${DELETED}"\n`);
}, SET_UP);
afterAll(() => shop.close());

async function run(args: readonly string[], options?: RunOptions): Promise<Ran> {
  const ran = await shop.plimsoll(args, options);
  outputs.push(ran.out, ran.err);
  return ran;
}

async function places(args: readonly string[], options?: RunOptions): Promise<string[]> {
  const { out, err } = await run([...args, '-f', 'json', '-q'], options);
  if (err !== '') throw new Error(err);
  const report: Report = JSON.parse(out);
  expect(schemaErrors(report)).toBeNull();
  return (report.secrets?.findings ?? []).map(({ location: { where, path, line }, visible, suppressed }) =>
    [where, path, line ?? '-', visible ? '' : 'hidden', suppressed?.by ?? ''].join(' ').trim(),
  );
}

describe('plimsoll secrets', () => {
  const IN_IMAGE = ['environment AWS_ACCESS_KEY_ID -', 'file app/.env 2 hidden', 'history history -'];

  it('finds what an upper layer deleted, what stands in the environment, and build arguments', async () => {
    const { code, out, err } = await run(['secrets', `oci:${layout}`]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^HIGH +AWS access key +ENV AWS_ACCESS_KEY_ID +AKIA\*+$/m);
    expect(out).toMatch(/^HIGH +AWS access key +app\/\.env:2:19 +#0 +AKIA\*+ +gone in #1, still in the image$/m);
    expect(out).toMatch(/#1 .* RUN \|1 ID=AKIA\*+ \/bin\/sh -c rm \/app\/\.env # buildkit$/m);
    expect(out).not.toMatch(/packages in|Database:/);
  });

  it('finds the same in a layout, an archive and standard input; only what is left with --where final', async () => {
    expect(await places(['secrets', layout])).toEqual(IN_IMAGE);
    expect(await places(['secrets', `${layout}.tar`])).toEqual(IN_IMAGE);
    expect(await places(['secrets', '-'], { input: readFileSync(`${layout}.tar`) })).toEqual(IN_IMAGE);
    expect(await places(['secrets', layout, '--where', 'final'])).toEqual(IN_IMAGE.filter((each) => !each.endsWith('hidden')));
  });

  it('finds them beside vulnerabilities, on the same pass', async () => {
    expect(await places(['scan', `oci:${layout}`, '--scanners', 'vuln,secret'])).toEqual(IN_IMAGE);
    // Whoever does not look for secrets sees the configuration as it is.
    expect((await shop.plimsoll(['scan', `oci:${layout}`, '-f', 'json', '-q'])).out).toContain(IN_ENV);
  });

  it('reads folders, archives, single files and texts; libraries where that is asked for', async () => {
    expect(await places(['secrets', project])).toEqual(['file settings.py 2']);
    // `fs` speaks as Trivy does, its JSON too.
    const { out } = await run(['fs', 'project', '--scanners', 'secret', '--format', 'json', '-q'], { cwd: shop.folder });
    const { Results } = JSON.parse(out) as { Results: { Target: string; Secrets: { StartLine: number }[] }[] };
    expect(Results.map(({ Target, Secrets }) => [Target, Secrets.map(({ StartLine }) => StartLine)])).toEqual([['settings.py', [2]]]);
    expect(await places(['secrets', project, '--skip=-node-modules'])).toEqual(['file node_modules/x/index.js 1', 'file settings.py 2']);
    const input = gzipSync(writeTar([{ path: 'etc/key', content: `id = ${IN_FILE}\n` }]));
    expect(await places(['secrets', '-'], { input })).toEqual(['file etc/key 1']);
    expect(await places(['secrets', 'settings.py'], { cwd: project })).toEqual(['file settings.py 2']);
    expect(await places(['secrets', '-'], { input: Buffer.from(`x\n\n${IN_FILE}`) })).toEqual(['stdin - 3']);
  });

  it('counts what was left out', async () => {
    const { out } = await run(['secrets', project]);
    expect(out).toMatch(/^Skipped: \d+ B in 1 files \(node-modules \d+ B in 1\); --skip none reads all of them\.$/m);
  });

  it('fails a gate, and passes it with a baseline that knows them; a new one fails it again', async () => {
    const baseline = join(shop.folder, 'baseline.json');
    expect((await run(['secrets', project, '--fail-on', 'high'])).code).toBe(1);
    expect((await run(['secrets', project, '--fail-on', 'critical'])).code).toBe(0);
    const written = await run(['secrets', project, '-q', '--write-baseline', baseline]);
    expect(written.code).toBe(0);
    const known = ['secrets', project, '--baseline', baseline, '--fail-on', 'low'];
    expect((await run(known)).code).toBe(0);
    expect(await places(known)).toEqual(['file settings.py 2  baseline']);
    writeFileSync(join(project, 'more.py'), `key = "${IN_ENV}"\n`);
    const failed = await run(known);
    expect(failed.code).toBe(1);
    expect(failed.out).toContain('Gate: failed. Secrets at or above LOW: 1 (AWS)');
    outputs.push(readFileSync(baseline, 'utf8'));
  });

  it('refuses a baseline of another key, rules that are none and classes that do not exist, as usage errors', async () => {
    const baseline = join(shop.folder, 'baseline.json');
    const other = await run(['secrets', project, '--baseline', baseline], { env: { PLIMSOLL_SECRETS_KEY: 'the key of another team' } });
    expect(other.err).toContain('[secrets-baseline-other-key]');
    expect((await run(['secrets', project, '--baseline', join(shop.folder, 'none')])).err).toContain('[secrets-baseline-unusable]');
    expect(await run(['secrets', project, '--skip', 'nodes'])).toMatchObject({ code: 2, err: expect.stringContaining('[setting-choice]') });
    writeFileSync(join(shop.folder, 'bad.yaml'), 'rules: 5');
    expect((await run(['secrets', project, '--rules', join(shop.folder, 'bad.yaml')])).err).toContain('[secrets-rules-invalid]');
  });

  it('takes rules of the user in YAML, and those of gitleaks in their place', async () => {
    const yaml = join(shop.folder, 'rules.yaml');
    writeFileSync(yaml, "rules:\n  - id: acme-token\n    title: Acme token\n    keywords: [acme_]\n    pattern: 'acme_[0-9]{8}'\n");
    const input = Buffer.from(`a = acme_${'48151623'}\nb = ${IN_FILE}\n`);
    expect(await places(['secrets', '-', '--rules', yaml], { input })).toEqual(['stdin - 1', 'stdin - 2']);
    const toml = join(shop.folder, 'gitleaks.toml');
    writeFileSync(toml, "[[rules]]\nid = \"acme-token\"\nregex = '''acme_[0-9]{8}'''\nkeywords = [\"acme_\"]\n");
    expect(await places(['secrets', '-', '--rules', toml], { input })).toEqual(['stdin - 1']);
  });

  it('speaks Korean where the reader does', async () => {
    const { out } = await run(['secrets', layout, '--lang', 'ko']);
    expect(out).toContain('AWS 액세스 키');
    expect(out).toContain('#1에서 사라졌지만 이미지에는 남음');
  });

  it('makes its key at its first use, for this user alone; where it cannot, it says so', async () => {
    const path = join(shop.env.HOME, '.config/plimsoll/secrets.key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { err, code } = await run(['secrets', project, '-f', 'json'], { env: { HOME: `${layout}.tar` } });
    expect(code).toBe(0);
    expect(err).toContain(
      `warning: The key that hashes of secrets are made with could not be kept (${layout}.tar/.config/plimsoll/secrets.key)`,
    );
  });
});

describe('the text of a secret', () => {
  it('is in no output of any format, not in errors or what --debug says, and nowhere in the cache', async () => {
    for (const format of ['table', 'json', 'trivy', 'sarif', 'cyclonedx', 'markdown', 'html']) {
      const { out } = await run(['scan', `oci:${layout}`, '--scanners', 'vuln,secret', '-f', format, '--debug']);
      expect(out.length).toBeGreaterThan(100);
    }
    await run(['secrets', project, '--debug', '--fail-on', 'low', '--rules', join(project, 'settings.py')]);
    const cache = shop.env.PLIMSOLL_CACHE_DIR;
    expect(existsSync(cache)).toBe(true);
    const kept = readdirSync(cache, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const raw = kept.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
    const texts = [...outputs, ...raw, ...keptTexts(join(cache, 'layers'))];
    expect(texts.some((text) => text.includes('AKIA****'))).toBe(true);
    for (const secret of ALL) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  });
});
