import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptTexts } from '../../../testing/cache-entries.ts';
import {
  type BuiltImage,
  buildImage,
  dockerArchive,
  type Step,
  writeLayout,
  writeTar,
  writeZip,
} from '../../../testing/image-builder/index.ts';
import { smallScanner, smallSecret } from '../../../testing/secret-scanner.ts';
import type { Report } from '../../model/index.ts';
import { type ScanOptions, scan } from '../scan/index.ts';

const [ONE, TWO, THREE] = [smallSecret(1), smallSecret(2), smallSecret(3)];
let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'plimsoll-secrets-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

/** As a user without any configuration, with a cache of layers. */
function look(target: string, options: ScanOptions = {}): Promise<Report> {
  const { secrets, ...rest } = options;
  return scan(target, {
    scanners: ['secret'],
    secrets: { scanner: smallScanner(), key: 'a key of the tests', ...secrets },
    cacheDir: join(work, 'cache'),
    cacheSize: 1e8,
    env: {},
    now: new Date('2026-01-01T00:00:00Z'),
    ...rest,
  });
}

function built(steps: readonly Step[], config: Parameters<typeof buildImage>[0]['config'] = {}): BuiltImage {
  const platform = { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' };
  return buildImage({ platform, created: '2026-01-01T00:00:00Z', config, steps });
}

async function image(...description: Parameters<typeof built>): Promise<string> {
  rmSync(join(work, 'image'), { recursive: true, force: true });
  await writeLayout(join(work, 'image'), [{ image: built(...description), tag: 'latest' }]);
  return `oci:${join(work, 'image')}`;
}

const layer = (createdBy: string, ...files: readonly { path: string; content?: string; linkTo?: string }[]): Step => ({
  createdBy,
  files: files.map((file) => ({ type: 'file' as const, ...file })) as Step['files'] & object,
});

const told = (report: Report): string[] =>
  (report.secrets?.findings ?? []).map(({ location, visible, hiddenBy }) =>
    [
      location.where,
      location.path,
      location.line ?? '-',
      location.layer?.index ?? '-',
      visible ? 'visible' : `hidden by ${hiddenBy?.index}`,
    ].join(' '),
  );

describe('secrets in layers', () => {
  it('are told with file, line, layer and instruction, those that are deleted or replaced too', async () => {
    const target = await image([
      layer(
        'COPY . /app',
        { path: 'app/.env', content: `A=1\nT=${ONE}\n` },
        { path: 'app/key', content: TWO },
        { path: 'app/x', content: THREE },
      ),
      layer('RUN rm', { path: 'app/.wh..env' }, { path: 'app/key', content: 'nothing' }),
    ]);
    const report = await look(target);
    expect(told(report)).toEqual(['file app/.env 2 0 hidden by 1', 'file app/key 1 0 hidden by 1', 'file app/x 1 0 visible']);
    expect(report.secrets?.findings[0]).toMatchObject({
      kind: 'secret',
      id: 'small-token',
      masked: 'small_********',
      snippet: 'T=small_********',
      location: { column: 3, layer: { createdBy: 'COPY . /app' } },
      hiddenBy: { createdBy: 'RUN rm' },
    });
    expect(report.database).toBeUndefined();
    expect(report.secrets).toMatchObject({ rules: 1, scanned: { files: 4 } });
    expect(told(await look(target, { secrets: { where: 'final' } }))).toEqual(['file app/x 1 0 visible']);
  });

  it('are one finding where several layers have them at the same place, by the layer that brought them', async () => {
    const target = await image([
      layer('COPY one', { path: 'key', content: ONE }),
      layer('RUN rm', { path: '.wh.key' }),
      layer('COPY two', { path: 'key', content: `\n${ONE}` }),
    ]);
    expect(told(await look(target))).toEqual(['file key 2 0 visible']);
  });

  it('stay visible by a hard link that is left', async () => {
    const target = await image([
      {
        createdBy: 'COPY',
        keepOrder: true,
        files: [
          { path: 'a', content: ONE },
          { path: 'b', type: 'hardlink', target: 'a' },
        ],
      },
      layer('RUN rm a', { path: '.wh.a' }),
    ]);
    expect(told(await look(target))).toEqual(['file a 1 0 hidden by 1', 'file b 1 0 visible']);
  });

  it('are still in the layer where its own later entry replaces them', async () => {
    const target = await image([
      {
        createdBy: 'ADD x.tar',
        keepOrder: true,
        files: [
          { path: 'a', content: ONE },
          { path: 'a', content: 'no' },
        ],
      },
    ]);
    expect(told(await look(target))).toEqual(['file a 1 0 hidden by 0']);
  });

  it('count what is left out by class, and what is binary', async () => {
    const target = await image([
      layer('COPY', { path: 'app/node_modules/x/i.js', content: ONE }, { path: 'app/y', content: `\0${TWO}` }, { path: 'z', content: 'z' }),
    ]);
    const { secrets } = await look(target);
    expect(secrets).toMatchObject({ scanned: { files: 2 }, skipped: [{ class: 'node-modules', files: 1, bytes: ONE.length }] });
    const empty = await image([layer('COPY', { path: 'y', content: '\0\0' })]);
    expect((await look(empty)).secrets).toMatchObject({
      scanned: { files: 0, bytes: 0 },
      skipped: [{ class: 'binary', files: 1, bytes: 2 }],
    });
  });

  it('that a comment allows are suppressed, and no gate counts them', async () => {
    const target = await image([layer('COPY', { path: 'y', content: `${ONE} # allow` })]);
    const report = await look(target, { failOn: 'low' });
    expect(report.secrets?.findings[0]?.suppressed).toEqual({ by: 'pragma', reason: 'a test' });
    expect(report.decision.outcome).toBe('allow');
  });
});

describe('secrets in the configuration', () => {
  const steps: Step[] = [
    layer(`RUN |1 TOKEN=${ONE} /bin/sh -c npm ci # buildkit`, { path: 'x', content: 'x' }),
    { createdBy: `ENV KEY=${TWO}` },
    { createdBy: `LABEL note=${THREE}` },
  ];
  const config = { Env: ['PATH=/bin', `KEY=${TWO}`], Labels: { note: THREE }, Cmd: ['run', '--token', smallSecret(4)] };

  it('are told with the instruction that put them there, each once', async () => {
    const report = await look(await image(steps, config));
    expect(told(report)).toEqual([
      'command CMD - - visible',
      'environment KEY - - visible',
      'history history - 0 visible',
      'label note - - visible',
    ]);
    expect(report.secrets?.findings.map(({ location }) => location.instruction)).toEqual([
      undefined,
      'ENV KEY=small_********',
      'RUN |1 TOKEN=small_******** /bin/sh -c npm ci # buildkit',
      'LABEL note=small_********',
    ]);
  });

  it('are masked wherever the report shows the configuration, and in the whole cache', async () => {
    const target = await image([...steps, layer('COPY', { path: 'k', content: smallSecret(5) })], config);
    for (const scanners of [['secret'], ['vuln', 'secret'], ['vuln', 'secret']] as const) {
      const report = await look(target, { scanners, database: 'starter' });
      expect(JSON.stringify(report)).not.toMatch(/small_\d/);
      expect(report.inventory.config?.config).toMatchObject({
        env: ['PATH=/bin', 'KEY=small_********'],
        labels: { note: 'small_********' },
        cmd: ['run', '--token', 'small_********'],
      });
    }
    const kept = keptTexts(join(work, 'cache'));
    expect(kept.join()).toContain('small_****');
    expect(kept.join()).not.toMatch(/small_\d/);
  });
});

describe('what was kept of a layer', () => {
  it('serves the next scan, which reads no layer; packages and secrets each have their own', async () => {
    const target = await image([layer('COPY', { path: 'app/.env', content: ONE }), layer('RUN rm', { path: 'app/.wh..env' })]);
    const entries = () =>
      readdirSync(join(work, 'cache/layers'))
        .filter((name) => name.startsWith('sha256-'))
        .map((name) => name.split('-')[2])
        .sort();
    const stages: string[] = [];
    const onProgress: ScanOptions['onProgress'] = (state) => void (state.stage === 'layers' && stages.push(`${state.cached} of 2`));
    const first = await look(target);
    expect(entries()).toEqual(['configuration', 'secrets', 'secrets']);
    expect(await look(target, { onProgress })).toEqual(first);
    expect(stages.at(-1)).toBe('2 of 2');

    await look(target, { scanners: ['vuln'], database: 'starter' });
    expect(entries()).toEqual(['configuration', 'packages', 'packages', 'secrets', 'secrets']);
    stages.length = 0;
    const both = await look(target, { scanners: ['vuln', 'secret'], database: 'starter', onProgress });
    expect(both.secrets).toEqual(first.secrets);
    expect(stages.at(-1)).toBe('2 of 2');
  });

  it('tells of a configuration what it told before, masked', async () => {
    const target = await image([{ createdBy: `ENV KEY=${TWO}` }, layer(`RUN |1 T=${ONE} make`, { path: 'x', content: 'x' })], {
      Env: [`KEY=${TWO}`],
    });
    const first = await look(target);
    expect(first.secrets?.findings).toHaveLength(2);
    let asked = 0;
    const scanner = { ...smallScanner(), text: () => [], redact: (_: string, text: string) => text.repeat(++asked) };
    expect(await look(target, { secrets: { scanner } })).toEqual(first);
    expect(asked).toBe(0);
  });

  it('serves nobody with another key or other rules', async () => {
    const target = await image([layer('COPY', { path: 'app/.env', content: ONE })]);
    const [one, other] = [await look(target), await look(target, { secrets: { scanner: smallScanner('other') } })];
    expect(one.secrets?.findings[0]?.hash).not.toBe(other.secrets?.findings[0]?.hash);
  });

  it('is read in one pass where both are wanted and neither is known', async () => {
    const target = await image([
      layer(
        'COPY',
        { path: 'srv/node_modules/lodash/package.json', content: '{"name":"lodash","version":"4.17.15"}' },
        { path: 'k', content: ONE },
      ),
    ]);
    const report = await look(target, { scanners: ['vuln', 'secret'], database: 'starter' });
    expect(report.inventory.packages.map(({ name }) => name)).toEqual(['lodash']);
    expect(told(report)).toEqual(['file k 1 0 visible']);
    expect(report.secrets?.skipped).toMatchObject([{ class: 'node-modules', files: 1 }]);
  });
});

describe('secrets outside of images', () => {
  it('are found in folders, links not followed', async () => {
    mkdirSync(join(work, 'src/node_modules/x'), { recursive: true });
    writeFileSync(join(work, 'src/.env'), `a\n${ONE}`);
    writeFileSync(join(work, 'src/node_modules/x/y'), TWO);
    const report = await look(join(work, 'src'));
    expect(told(report)).toEqual(['file .env 2 - visible']);
    expect(report.secrets).toMatchObject({ scanned: { files: 1 }, skipped: [{ class: 'node-modules', files: 1, bytes: TWO.length }] });
    expect(report.inventory).toMatchObject({ target: { kind: 'dir' }, layers: [], packages: [] });
    const both = await look(join(work, 'src'), { scanners: ['vuln', 'secret'], database: 'starter' });
    expect(both.secrets).toEqual(report.secrets);
  });

  const files = [
    { path: 'src/index.json', content: 'x' },
    { path: 'src/key', content: `\n${ONE}` },
  ];
  const tar = writeTar(files);
  const zip = writeZip(Object.fromEntries(files.map(({ path, content }) => [path, Buffer.from(content)])));

  it.each([
    ['a tar', 'x.tar', tar],
    ['a compressed tar', 'x.tar.gz', gzipSync(tar)],
    ['a zip', 'x.zip', zip],
  ])('are found in %s, in a file and on standard input', async (_, name, bytes) => {
    writeFileSync(join(work, name), bytes);
    const report = await look(join(work, name));
    expect(told(report)).toEqual(['file src/key 2 - visible']);
    expect(report.inventory.target).toMatchObject({ kind: 'file', name: join(work, name) });
    expect(told(await look('-', { stdin: stream(bytes) }))).toEqual(['file src/key 2 - visible']);
  });

  it('are found in one file, whatever its name, compressed too, and in a text on standard input', async () => {
    mkdirSync(join(work, 'node_modules/x'), { recursive: true });
    const path = join(work, 'node_modules/x/settings.json');
    writeFileSync(path, `{}\n"${ONE}"`);
    expect(told(await look(path))).toEqual([`file ${path} 2 - visible`]);
    writeFileSync(join(work, 'log.gz'), gzipSync(`${ONE}\n`));
    expect(told(await look(join(work, 'log.gz')))).toEqual([`file ${join(work, 'log.gz')} 1 - visible`]);
    const text = Buffer.from(`a\nb\n${ONE}`);
    const report = await look('-', { stdin: stream(text) });
    expect(told(report)).toEqual(['stdin - 3 - visible']);
    expect(report.secrets?.scanned).toEqual({ files: 1, bytes: text.length });
    expect(told(await look('-', { stdin: stream(Buffer.alloc(0)) }))).toEqual([]);
  });

  it('of an image on standard input are those of the image', async () => {
    await image([layer('COPY', { path: 'k', content: ONE })]);
    const bytes = dockerArchive(built([layer('COPY', { path: 'k', content: ONE })]), ['a:1']);
    expect(told(await look('-', { stdin: stream(bytes) }))).toEqual(['file k 1 0 visible']);
  });

  it('that cannot be unpacked leave a gap', async () => {
    const broken = Buffer.from(writeZip({ a: Buffer.from(ONE.repeat(50)) }));
    broken.writeUInt8(broken[40]! ^ 0xff, 40);
    const report = await look('-', { stdin: stream(broken), failOn: 'low' });
    expect(report.inventory.gaps).toMatchObject([{ path: 'a', incomplete: true }]);
    expect(report.decision.outcome).toBe('unknown');
  });
});

describe('the gate', () => {
  it('denies secrets at or above the threshold, and says whose they are', async () => {
    const target = await image([layer('COPY', { path: 'k', content: ONE })]);
    expect((await look(target, { failOn: 'high' })).decision).toEqual({
      outcome: 'deny',
      reasons: [{ code: 'secrets', params: { count: 1, threshold: 'high', services: 'Small' } }],
    });
    expect((await look(target, { failOn: 'critical' })).decision.outcome).toBe('allow');
  });
});

async function* stream(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}
