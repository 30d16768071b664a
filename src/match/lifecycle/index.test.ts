import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Distro } from '../../model/index.ts';
import { DEB_AND_APK } from './deb-apk.ts';
import { lifecycleOf } from './index.ts';
import { RPM } from './rpm.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

function distro(id: string, versionId?: string, more: Partial<Distro> = {}): Distro {
  return { id, ...(versionId ? { versionId } : {}), path: 'etc/os-release', ...more };
}

describe('lifecycle of a release', () => {
  it.each([
    ['debian', '13', 'supported'],
    ['debian', '12', 'extended'],
    ['debian', '11', 'end-of-life'],
    ['debian', '6.0.10', 'end-of-life'],
    ['debian', '1.3', 'end-of-life'],
    ['debian', '99', 'unknown'],
    ['alpine', '3.24.1', 'supported'],
    ['alpine', '3.20.3', 'end-of-life'],
    ['alpine', '2.0', 'unknown'],
    ['ubuntu', '24.04', 'supported'],
    ['ubuntu', '20.04', 'extended'],
    ['ubuntu', '16.04', 'end-of-life'],
    ['rhel', '9.4', 'supported'],
    ['rhel', '7.9', 'extended'],
    ['centos', '7', 'end-of-life'],
    ['almalinux', '8.10', 'supported'],
    ['amzn', '2', 'end-of-life'],
    ['amzn', '2023', 'supported'],
    ['amzn', '2018.03', 'end-of-life'],
    ['fedora', '43', 'supported'],
    ['fedora', '20', 'end-of-life'],
    ['sles', '15', 'end-of-life'],
    ['sles', '15.7', 'supported'],
    ['opensuse-leap', '15.5', 'end-of-life'],
    ['mariner', '2.0', 'end-of-life'],
    ['arch', undefined, 'supported'],
    ['nonesuch', '1', 'unknown'],
    ['toString', '1', 'unknown'],
    ['debian', undefined, 'unknown'],
  ])('%s %s is %s on 2026-11-21', (id, version, status) => {
    expect(lifecycleOf(distro(id, version), NOW).status).toBe(status);
  });

  it('gives dates, the extension and the source', () => {
    expect(lifecycleOf(distro('debian', '12.5'), NOW)).toEqual({
      status: 'extended',
      endOfLife: '2026-07-11',
      extendedUntil: '2028-06-30',
      extension: { name: 'LTS', public: true },
      publicUntil: '2028-06-30',
      source: 'https://wiki.debian.org/LTS',
    });
    expect(lifecycleOf(distro('alpine', '3.20.3'), NOW)).toEqual({
      status: 'end-of-life',
      endOfLife: '2026-04-01',
      publicUntil: '2026-04-01',
      source: 'https://alpinelinux.org/releases/',
    });
  });

  it('counts the last day as supported', () => {
    expect(lifecycleOf(distro('debian', '11'), new Date('2024-08-14T23:59:59Z')).status).toBe('supported');
    expect(lifecycleOf(distro('debian', '11'), new Date('2024-08-15T00:00:00Z')).status).toBe('extended');
    expect(lifecycleOf(distro('debian', '11'), new Date('2026-09-01T00:00:00Z')).status).toBe('end-of-life');
  });

  it('tells CentOS Stream from CentOS Linux, and Alpine’s rolling branch from its releases', () => {
    expect(lifecycleOf(distro('centos', '9', { prettyName: 'CentOS Stream 9' }), NOW)).toMatchObject({
      status: 'supported',
      endOfLife: '2027-05-31',
    });
    expect(lifecycleOf(distro('centos', '8', { prettyName: 'CentOS Linux 8' }), NOW).endOfLife).toBe('2021-12-31');
    expect(lifecycleOf(distro('alpine', '3.20.0_alpha20240329', { codename: 'edge' }), NOW).status).toBe('supported');
  });
});

describe('the table', () => {
  const rows = Object.entries({ ...DEB_AND_APK, ...RPM }).flatMap(([id, { releases, extension, source }]) =>
    Object.entries(releases).map(([version, dates]) => ({ id, version, dates, extension, source })),
  );

  it('holds dates, in order, an extension for every second date, and sources', () => {
    const isDate = (text: string) => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
    const wrong = rows.filter(({ dates: [end, extended], extension, source }) => {
      const second = extended === undefined || (isDate(extended) && extended > end && extension !== undefined);
      return !isDate(end) || !second || !source.startsWith('https://');
    });
    expect(wrong).toEqual([]);
    expect(rows.length).toBeGreaterThan(150);
  });

  const DISTRO_INFO = '/usr/share/distro-info/';
  it.skipIf(!existsSync(DISTRO_INFO))('agrees with distro-info-data on what ended before 2024 (needs the package distro-info-data)', () => {
    const wrong = [...official('debian', 'eol-lts'), ...official('ubuntu', 'eol-esm')].filter(({ id, version, end, extended }) => {
      const ours = DEB_AND_APK[id]?.releases[version];
      return ours !== undefined && (ours[0] !== end || (extended && ours[1] && ours[1] !== extended));
    });
    expect(wrong).toEqual([]);
  });

  function official(id: string, column: string): { id: string; version: string; end: string; extended: string | undefined }[] {
    const [head = '', ...lines] = readFileSync(`${DISTRO_INFO}${id}.csv`, 'utf8').trim().split('\n');
    const names = head.split(',');
    return lines
      .map((line) => {
        const cells = Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell]));
        return {
          id,
          version: (cells.version ?? '').split(' ')[0] ?? '',
          end: cells['eol-server'] || cells.eol || '',
          extended: cells[column],
        };
      })
      .filter(({ version, end }) => version !== '' && end !== '' && end < '2024');
  }
});
