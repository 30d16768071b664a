import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** When the small feeds below were fetched: long ago, whatever the clock of the machine that runs the tests says. */
export const FETCHED = '2025-01-01T00:00:00Z';

/** OSV records that the tests know by heart: two of Debian 11, one of npm. */
const DEBIAN = [
  osv('CVE-2022-0778', 'Debian:11', 'openssl', [{ introduced: '0' }, { fixed: '1.1.1k-1+deb11u2' }]),
  osv('CVE-2020-0001', 'Debian:11', 'openssl', [{ introduced: '0' }]),
];
const GHSA = [
  {
    ...osv('GHSA-p6mc-m468-83gw', 'npm', 'lodash', [{ introduced: '3.7.0' }, { fixed: '4.17.20' }]),
    aliases: ['CVE-2020-8203'],
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:H' }],
    database_specific: { severity: 'HIGH' },
  },
];

/** Writes a folder of feeds for `plimsoll db build --from`. */
export function writeAdvisories(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const lines = (records: readonly object[]): string => records.map((each) => `${JSON.stringify(each)}\n`).join('');
  writeFileSync(join(folder, 'debian-osv.jsonl'), lines(DEBIAN));
  writeFileSync(join(folder, 'ghsa-npm.jsonl'), lines(GHSA));
}

function osv(id: string, ecosystem: string, name: string, events: readonly object[]): object {
  return {
    schema_version: '1.6.0',
    id,
    modified: '2024-01-01T00:00:00Z',
    published: '2022-03-15T00:00:00Z',
    affected: [{ package: { ecosystem, name }, ranges: [{ type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events }] }],
  };
}
