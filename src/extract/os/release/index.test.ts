import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import type { Distro } from '../../../model/index.ts';
import { release } from './index.ts';

const BULLSEYE =
  'PRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\nNAME="Debian GNU/Linux"\nVERSION_ID="11"\nVERSION_CODENAME=bullseye\nID=debian\n';

extractorContract(release, import.meta.url, [
  { path: 'etc/os-release', content: BULLSEYE, empty: true },
  { path: 'etc/debian_version', content: 'forky/sid\n', empty: true },
  { path: 'etc/SuSE-release', content: 'openSUSE 13.1 (x86_64)\nVERSION = 13.1\nCODENAME = Bottle\n', empty: true },
]);

async function distroOf(files: Record<string, string>): Promise<Distro | undefined> {
  const partials = await Promise.all(
    Object.entries(files).map(async ([path, content]) => ({
      path,
      layer: 0,
      partial: await release.extract(openFile(path, content), gapRecorder()),
    })),
  );
  return release.settle(mergedView(partials.flatMap(({ path, layer, partial }) => (partial ? [{ path, layer, partial }] : [])))).distro;
}

describe('os-release', () => {
  it('reads quoted and bare values', async () => {
    expect(await distroOf({ 'usr/lib/os-release': BULLSEYE })).toEqual({
      id: 'debian',
      versionId: '11',
      codename: 'bullseye',
      prettyName: 'Debian GNU/Linux 11 (bullseye)',
      path: 'usr/lib/os-release',
    });
  });

  // Expected values: what `sh -c '. ./os-release; echo "$PRETTY_NAME"'` prints.
  it.each([
    [String.raw`PRETTY_NAME="a \"b\" \$c \\ \d"`, String.raw`a "b" $c \ \d`],
    [`PRETTY_NAME='it is "$x" \\n'`, String.raw`it is "$x" \n`],
    [String.raw`PRETTY_NAME=one\ word`, 'one word'],
    [`PRETTY_NAME="Zwei"' Teile'`, 'Zwei Teile'],
    ['PRETTY_NAME=Arch # not a comment to the specification, but to a shell', 'Arch'],
    ['PRETTY_NAME="open', 'open'],
  ])('unquotes %s', async (line, expected) => {
    expect((await distroOf({ 'etc/os-release': `ID=x\n${line}\n` }))?.prettyName).toBe(expected);
  });

  it('believes /etc before /usr/lib, and both before older files', async () => {
    const files = { 'usr/lib/os-release': 'ID=debian\n', 'etc/os-release': 'ID=kali\nID_LIKE="debian"\n', 'etc/debian_version': '12.5\n' };
    expect(await distroOf(files)).toEqual({ id: 'kali', idLike: ['debian'], path: 'etc/os-release' });
  });

  it('falls back to older files where ID is missing or not an ID', async () => {
    expect(await distroOf({ 'etc/os-release': 'NAME=x\nID="../x"\n', 'etc/debian_version': '6.0.10\n' })).toMatchObject({
      id: 'debian',
      versionId: '6.0.10',
      path: 'etc/debian_version',
    });
  });

  it('gives testing and unstable the version of the release they become', async () => {
    const files = { 'etc/os-release': 'ID=debian\nPRETTY_NAME="Debian GNU/Linux forky/sid"\nVERSION_CODENAME=forky\n' };
    expect(await distroOf(files)).toMatchObject({ versionId: '14', codename: 'forky' });
    expect(await distroOf({ 'etc/os-release': 'ID=debian\n', 'etc/debian_version': 'trixie/sid\n' })).toMatchObject({
      versionId: '13',
      codename: 'trixie',
    });
  });

  it('names the release that a derivative is made from', async () => {
    const mint = 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="21.3"\nVERSION_CODENAME=virginia\nUBUNTU_CODENAME=jammy\n';
    expect((await distroOf({ 'etc/os-release': mint }))?.parent).toEqual({ id: 'ubuntu', versionId: '22.04' });
    const lmde = 'ID=linuxmint\nID_LIKE=debian\nVERSION_ID="6"\nDEBIAN_CODENAME=bookworm\n';
    expect((await distroOf({ 'etc/os-release': lmde }))?.parent).toEqual({ id: 'debian', versionId: '12' });
    const ubuntu = 'ID=ubuntu\nVERSION_ID="22.04"\nUBUNTU_CODENAME=jammy\n';
    expect(await distroOf({ 'etc/os-release': ubuntu })).not.toHaveProperty('parent');
    expect(await distroOf({ 'etc/os-release': 'ID=x\nUBUNTU_CODENAME=toString\n' })).not.toHaveProperty('parent');
  });

  it('marks the rolling branch of Alpine', async () => {
    expect(await distroOf({ 'etc/os-release': 'ID=alpine\nVERSION_ID=3.21.0_alpha20240807\n' })).toMatchObject({
      versionId: '3.21.0_alpha20240807',
      codename: 'edge',
    });
    expect((await distroOf({ 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n' }))?.codename).toBeUndefined();
  });

  it('says nothing where there is nothing', async () => {
    expect(await distroOf({})).toBeUndefined();
    expect(await distroOf({ 'etc/redhat-release': 'Something else 1.0\n' })).toBeUndefined();
  });
});

describe('older kin of os-release', () => {
  it.each([
    ['etc/alpine-release', '3.4.6\n', 'alpine', '3.4.6'],
    ['etc/redhat-release', 'Red Hat Enterprise Linux Server release 6.10 (Santiago)\n', 'rhel', '6.10'],
    ['etc/centos-release', 'CentOS release 6.10 (Final)\n', 'centos', '6.10'],
    ['etc/centos-release', 'CentOS Linux release 7.9.2009 (Core)\n', 'centos', '7.9.2009'],
    ['etc/fedora-release', 'Fedora release 20 (Heisenbug)\n', 'fedora', '20'],
    ['etc/oracle-release', 'Oracle Linux Server release 6.10\n', 'ol', '6.10'],
    ['etc/system-release', 'Amazon Linux AMI release 2018.03\n', 'amzn', '2018.03'],
    ['etc/SuSE-release', 'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n', 'sles', '11.4'],
    ['etc/SuSE-release', 'SUSE Linux Enterprise Server 12 (x86_64)\nVERSION = 12\nPATCHLEVEL = 0\n', 'sles', '12'],
    ['etc/SuSE-release', 'openSUSE 13.1 (x86_64)\nVERSION = 13.1\nCODENAME = Bottle\n', 'opensuse', '13.1'],
    ['etc/lsb-release', 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=12.04\nDISTRIB_CODENAME=precise\n', 'ubuntu', '12.04'],
    ['etc/debian_version', '7.11\n', 'debian', '7.11'],
    ['etc/arch-release', '', 'arch', undefined],
    ['etc/gentoo-release', 'Gentoo Base System release 2.2\n', 'gentoo', '2.2'],
    ['etc/slackware-version', 'Slackware 14.2\n', 'slackware', '14.2'],
  ])('%s: %j', async (path, content, id, versionId) => {
    expect(await distroOf({ [path]: content })).toMatchObject({ id, path, ...(versionId ? { versionId } : {}) });
  });

  it('takes Ubuntu for itself although it has a debian_version', async () => {
    const files = { 'etc/debian_version': 'bookworm/sid\n', 'etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=22.04\n' };
    expect(await distroOf(files)).toMatchObject({ id: 'ubuntu', versionId: '22.04' });
  });
});
