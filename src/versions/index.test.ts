import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareVersions, schemeFor, schemes } from './index.ts';

describe('the list of version schemes', () => {
  it('has one for each folder, under the name of the folder', () => {
    const folders = readdirSync(fileURLToPath(new URL('.', import.meta.url)), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(schemes.map(({ id }) => id).sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it('has no ecosystem twice', () => {
    const ecosystems = schemes.flatMap((scheme) => scheme.ecosystems);
    expect(ecosystems.length).toBe(new Set(ecosystems).size);
  });

  it.each([
    ['Debian:12', 'dpkg'],
    ['Ubuntu:22.04:LTS', 'dpkg'],
    ['Alpine:v3.20', 'apk'],
    ['Alpine', 'apk'],
    ['Nonesuch:1', undefined],
    ['', undefined],
  ])('finds the scheme of %j', (ecosystem, id) => {
    expect(schemeFor(ecosystem)?.id).toBe(id);
  });
});

describe('comparing texts', () => {
  const dpkg = schemeFor('Debian');

  it('gives an order, or says which text is no version', () => {
    expect(dpkg).toBeDefined();
    if (!dpkg) return;
    expect(compareVersions(dpkg, '1.0-1', '1.0-2')).toEqual({ kind: 'ordered', order: -1 });
    expect(compareVersions(dpkg, '1.0', '1.0-0')).toEqual({ kind: 'ordered', order: 0 });
    expect(compareVersions(dpkg, '1 0', '1')).toMatchObject({ kind: 'undecided', reason: expect.stringContaining('1 0') });
  });
});
