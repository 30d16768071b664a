import { describe, expect, it } from 'vitest';
import type { Distro } from '../model/index.ts';
import { parsePurl } from '../util/purl.ts';
import { completeOsPurl, osPurl } from './os-purl.ts';

const CURL = { type: 'deb', name: 'curl', version: '7.88.1-10+deb12u5', arch: 'amd64' } as const;
const distro = (more: Partial<Distro>): Distro => ({ id: 'debian', path: 'etc/os-release', ...more });

describe('purl of an OS package', () => {
  // Forms of purl-spec, types/deb-definition.json and apk-definition.json: namespace is the vendor, `distro` and `arch` qualifiers.
  it.each([
    ['the release', distro({ versionId: '12' }), 'pkg:deb/debian/curl@7.88.1-10%2Bdeb12u5?arch=amd64&distro=debian-12'],
    [
      'a codename where there is no version',
      distro({ codename: 'sid' }),
      'pkg:deb/debian/curl@7.88.1-10%2Bdeb12u5?arch=amd64&distro=debian-sid',
    ],
    ['a rolling distribution', distro({ id: 'kali' }), 'pkg:deb/kali/curl@7.88.1-10%2Bdeb12u5?arch=amd64&distro=kali'],
    ['no distribution', undefined, 'pkg:deb/curl@7.88.1-10%2Bdeb12u5?arch=amd64'],
  ])('names %s', (_, of, expected) => {
    expect(completeOsPurl(CURL, of)).toBe(expected);
  });

  it('reads back as what it was made of', () => {
    const purl = completeOsPurl(
      { type: 'apk', name: 'libstdc++', version: '13.2.1_git20240309-r0', arch: 'x86_64' },
      distro({ id: 'alpine', versionId: '3.20.3' }),
    );
    expect(parsePurl(purl)).toEqual({
      type: 'apk',
      namespace: 'alpine',
      name: 'libstdc++',
      version: '13.2.1_git20240309-r0',
      qualifiers: { arch: 'x86_64', distro: 'alpine-3.20.3' },
    });
    expect(osPurl({ type: 'apk', name: 'musl', version: '1-r0' })).toBe('pkg:apk/musl@1-r0');
  });

  // types/rpm-definition.json: the epoch is a qualifier; types/alpm-definition.json: it is part of the version.
  it.each([
    [
      { type: 'rpm', name: 'shadow-utils', version: '2:4.9-8.el9', arch: 'x86_64' } as const,
      distro({ id: 'rhel', versionId: '9.4' }),
      'pkg:rpm/redhat/shadow-utils@4.9-8.el9?arch=x86_64&distro=rhel-9.4&epoch=2',
    ],
    [
      { type: 'rpm', name: 'bash', version: '5.1.8-4.cm2', arch: 'x86_64' } as const,
      distro({ id: 'mariner', versionId: '2.0' }),
      'pkg:rpm/mariner/bash@5.1.8-4.cm2?arch=x86_64&distro=mariner-2.0',
    ],
    [
      { type: 'alpm', name: 'containers-common', version: '1:0.47.4-4', arch: 'x86_64' } as const,
      distro({ id: 'arch' }),
      'pkg:alpm/arch/containers-common@1:0.47.4-4?arch=x86_64&distro=arch',
    ],
    [
      { type: 'ebuild', name: 'dev-lang/python', version: '3.11.6_p1-r2' } as const,
      distro({ id: 'gentoo', versionId: '2.14' }),
      'pkg:ebuild/dev-lang/python@3.11.6_p1-r2?distro=gentoo-2.14',
    ],
  ])('puts epochs where the type has them: %j', (named, of, expected) => {
    expect(completeOsPurl(named, of)).toBe(expected);
  });
});
