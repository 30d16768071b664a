import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import type { FoundPackage } from '../../../model/index.ts';
import { gem } from './index.ts';

const haveGem = spawnSync('gem', ['--version']).status === 0;

describe.skipIf(!haveGem)('the gems of this machine, against RubyGems itself (needs gem)', () => {
  it('lists the same names, versions and platforms', { timeout: 60_000 }, async () => {
    const folders = execFileSync('ruby', ['-e', 'puts Gem::Specification.dirs'], { encoding: 'utf8' }).trim().split('\n');
    const ruby = `Gem::Specification.each { |s| puts [s.name, s.version, s.platform, s.default_gem?, *s.licenses].join(" ") }`;
    const expected = execFileSync('ruby', ['-e', ruby], { encoding: 'utf8' }).trim().split('\n');
    const found: FoundPackage[] = [];
    for (const path of folders.flatMap((folder) => globSync('{default/,}*.gemspec', { cwd: folder }).map((name) => join(folder, name)))) {
      const ctx = gapRecorder();
      const partial = await gem.extract(openFile(path.slice(1), readFileSync(path)), ctx);
      expect(ctx.gaps, path).toEqual([]);
      found.push(...gem.settle(mergedView([{ path: path.slice(1), layer: 0, partial: partial! }])).packages);
    }
    const lines = found.map(({ name, version, purl, role, licenses = [] }) =>
      [name, version, /platform=(.*)/.exec(purl)?.[1] ?? 'ruby', role === 'default', ...licenses].join(' '),
    );
    expect(lines.length).toBeGreaterThan(20);
    expect([...new Set(lines)].sort()).toEqual([...new Set(expected)].sort());
  });
});
