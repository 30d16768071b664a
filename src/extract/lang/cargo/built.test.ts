import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { cargo } from './index.ts';

const haveAuditable = spawnSync('cargo', ['auditable', '--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-cargo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function crate(name: string, version: string, more = ''): void {
  write(`${name}/Cargo.toml`, `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${more}`);
  write(`${name}/src/lib.rs`, 'pub fn f() {}\n');
}

describe.skipIf(!haveAuditable)('programs built here, against `cargo tree` (needs cargo auditable)', () => {
  beforeAll(() => {
    crate('shop', '1.0.0', '[lib]\ncrate-type = ["cdylib", "rlib"]\n[dependencies]\nplain = { path = "../plain" }\n');
    write('shop/Cargo.toml', `${readFileSync(join(folder, 'shop/Cargo.toml'), 'utf8')}[build-dependencies]\ntool = { path = "../tool" }\n`);
    write('shop/build.rs', 'fn main() {}\n');
    write('shop/src/main.rs', 'fn main() { println!("{:?}", shop::f()) }\n');
    crate('plain', '1.2.3-rc.1+build', '[dependencies]\ninner = { path = "../inner" }\n');
    crate('inner', '0.0.1');
    crate('tool', '2.0.0');
  });

  it.each([
    ['shop', []],
    ['libshop.so', []],
    ['shop', ['--config=profile.release.opt-level="z"', '--config=profile.release.strip=true', '--config=profile.release.panic="abort"']],
  ])('%s %j', { timeout: 240_000 }, async (name, flags) => {
    const run = (args: string[]) =>
      execFileSync('cargo', args, { cwd: join(folder, 'shop'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    run(['auditable', 'build', '--release', ...flags]);
    const bytes = readFileSync(join(folder, 'shop/target/release', name));
    const file = openFile(`usr/bin/${name}`, bytes, { mode: 0o755 });
    expect(isWanted(cargo.wants, file, bytes)).toBe(true);
    const ctx = gapRecorder();
    const partial = await cargo.extract(file, ctx);
    expect(ctx.gaps).toEqual([]);
    const { packages } = cargo.settle(mergedView([{ path: file.path, layer: 0, partial: partial! }]));
    const tree = run(['tree', '--edges', 'normal', '--prefix', 'none', '--format', '{p}']);
    const expected = tree
      .trim()
      .split('\n')
      .map((line) => line.split(' ').slice(0, 2).join(' ').replace(' v', ' '));
    expect(packages.map((one) => `${one.name} ${one.version}`).sort()).toEqual([...new Set(expected)].sort());
    expect(packages.filter(({ role }) => role === 'main')).toMatchObject([{ name: 'shop', version: '1.0.0' }]);
  });
});
