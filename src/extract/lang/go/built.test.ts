import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { go } from './index.ts';

const haveGo = spawnSync('go', ['version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-go-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Modules of a proxy in a folder, so that the build needs no network. */
const PROXY = [
  ['example.com/plain', 'v1.2.3'],
  ['example.com/upper', 'v0.0.0-20200101000000-0123456789ab'],
  ['example.com/big', 'v4.1.0+incompatible'],
  ['example.com/new/v2', 'v2.0.1'],
] as const;
const GO_MOD = `module example.com/shop
go 1.20
require (
  example.com/plain v1.2.3
  example.com/upper v0.0.0-20200101000000-0123456789ab
  example.com/big v4.1.0+incompatible
  example.com/old v1.0.0
  example.com/local v1.5.0
)
replace example.com/old => example.com/new/v2 v2.0.1
replace example.com/local => ./local
`;

describe.skipIf(!haveGo)('programs built here, against `go version -m` (needs go)', () => {
  beforeAll(() => {
    for (const [path, version] of PROXY) {
      const mod = `module ${path}\n`;
      const at = join(folder, 'proxy', path, '@v', version);
      const zip = zipSync(Object.fromEntries(module(mod).map(([name, text]) => [`${path}@${version}/${name}`, Buffer.from(text)])));
      write(`${at}.info`, JSON.stringify({ Version: version }));
      write(`${at}.mod`, mod);
      write(`${at}.zip`, zip);
    }
    for (const [name, text] of module('module example.com/local\n')) write(join(folder, 'app/local', name), text);
    write(join(folder, 'app/go.mod'), GO_MOD);
    const imports = ['plain', 'upper', 'big', 'old', 'local'].map((name) => `import _ "example.com/${name}"\n`).join('');
    write(join(folder, 'app/main.go'), `package main\n${imports}func main() {}\n`);
  }, 60_000);

  it.each([
    ['plain', { CGO_ENABLED: '0' }, []],
    ['stripped, without a build id', { CGO_ENABLED: '0' }, ['-trimpath', '-ldflags=-s -w -buildid=']],
    ['Windows', { CGO_ENABLED: '0', GOOS: 'windows' }, []],
    ['macOS', { CGO_ENABLED: '0', GOOS: 'darwin', GOARCH: 'arm64' }, []],
  ])('%s', { timeout: 240_000 }, async (name, env, flags) => {
    const output = join(folder, `${name.replaceAll(/\W/g, '-')}.exe`);
    run(['build', ...flags, '-o', output, '.'], env);
    const bytes = readFileSync(output);
    const file = openFile('usr/bin/shop', bytes, { mode: 0o755 });
    expect(isWanted(go.wants, file, bytes)).toBe(true);
    const ctx = gapRecorder();
    const partial = await go.extract(file, ctx);
    expect(ctx.gaps).toEqual([]);
    const packages = go.settle(mergedView([{ path: file.path, layer: 0, partial: partial! }])).packages;
    expect(packages.map(({ name, version, role }) => [role, name, version])).toEqual(oracle(output));
    expect(packages[0]?.arch).toBe(run(['env', 'GOARCH'], env).trim());
  });
});

/** What `go version -m` says of a program, in our terms. */
function oracle(path: string): string[][] {
  const lines = run(['version', '-m', path]).split('\n');
  const toolchain = /: go(\S+)/.exec(lines[0] ?? '')?.[1] ?? '';
  const found: string[][] = [];
  for (const [, kind = '', name = '', version = ''] of lines.map((line) => line.split('\t'))) {
    const known = version === '(devel)' ? '' : version;
    if (kind === 'mod') found.push(['main', name, known], ['stdlib', 'stdlib', toolchain]);
    else if (kind === 'dep') found.push(['dependency', name, known]);
    else if (kind === '=>') {
      const replaced = found.pop()?.[1] ?? '';
      found.push(name.startsWith('.') ? ['dependency', replaced, ''] : ['dependency', name, known]);
    }
  }
  expect(found.length).toBeGreaterThan(5);
  return found;
}

function run(args: string[], env: Record<string, string> = {}): string {
  const proxy = { GOPROXY: pathToFileURL(join(folder, 'proxy')).href, GOSUMDB: 'off', GOMODCACHE: join(folder, 'modules') };
  const flags = { GOFLAGS: '-mod=mod -modcacherw -buildvcs=false', GOTOOLCHAIN: 'local', GOWORK: 'off' };
  return execFileSync('go', args, { cwd: join(folder, 'app'), env: { ...process.env, ...proxy, ...flags, ...env }, encoding: 'utf8' });
}

function module(mod: string): [string, string][] {
  return [
    ['go.mod', mod],
    ['x.go', 'package x\n'],
  ];
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
