import { describe, expect, it } from 'vitest';
import { toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { compareVersions } from '../index.ts';
import { go } from './index.ts';

versionSchemeContract(go, ['v0.0.0-20190101000000-abcdef012345', 'v1.2.3', '1.22rc1', 'go1.22', 'go1.22.1', 'v2.0.0+incompatible']);

/** tools/versions/go-vectors.go */
toolVectorsHold(go, 'go/version of Go 1.26', 'testdata/go-version-1.26.txt', import.meta.url);

/** Module versions: Go Modules Reference, "Pseudo-versions" (each form orders between its base and the next release). */
describe('modules', () => {
  it.each([
    ['v0.0.0-20191109021931-daa7c04131f5', '<', 'v0.0.1'],
    ['v1.2.3-pre.0.20191109021931-daa7c04131f5', '>', 'v1.2.3-pre'],
    ['v1.2.4-0.20191109021931-daa7c04131f5', '>', 'v1.2.3'],
    ['v1.2.4-0.20191109021931-daa7c04131f5', '<', 'v1.2.4'],
    ['v0.0.0-20191109021931-daa7c04131f5', '<', 'v0.0.0-20201109021931-000000000000'],
    ['v2.0.0+incompatible', '=', '2.0.0'],
    ['v1.9.3', '=', '1.9.3'],
    ['v1.0.1+dirty', '=', 'v1.0.1'],
    ['2.12.0-RC.1', '<', 'v2.12.0'],
  ])('%s %s %s', (a, sign, b) => {
    expect(compareVersions(go, a, b)).toEqual({ kind: 'ordered', order: ORDER[sign] });
  });
});

/** Toolchain versions: go.dev/doc/toolchain, "Go versions": 1.21 < 1.21rc1 in a go.mod, but a release go1.21.0 follows its candidates. */
describe('toolchain and standard library', () => {
  it.each([
    ['go1.22rc1', '<', '1.22.0'],
    ['go1.22rc1', '=', '1.22.0-rc.1'],
    ['go1.22rc1', '>', '1.22.0-0'],
    ['go1.22beta2', '<', 'go1.22rc1'],
    ['1.22rc1', '<', '1.22.0-rc.2'],
    ['go1.9', '<', 'go1.22'],
    ['go1.22', '=', '1.22.0'],
    ['go1.22.3', '>', '1.22.2'],
    ['go1.20.3 X:nocoverageredesign', '=', '1.20.3'],
    ['go1.21.5-bigcorp', '=', '1.21.5'],
    ['go1.16.15b7', '=', '1.16.15'],
    ['go1.17rc1b4', '=', '1.17.0-rc.1'],
  ])('%s %s %s', (a, sign, b) => {
    expect(compareVersions(go, a, b)).toEqual({ kind: 'ordered', order: ORDER[sign] });
  });
});

it.each(['(devel)', '', 'devel', 'devel go1.23-abcdef Mon', 'gotip', 'unknown'])('"%s" is no version', (text) => {
  expect(go.parse(text)).toBeUndefined();
});

const ORDER: Record<string, number> = { '<': -1, '=': 0, '>': 1 };
