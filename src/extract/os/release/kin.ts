import { type Distro, debianVersionOf } from '../../../model/index.ts';
import { isEdge, parseAssignments } from './os-release.ts';

type Stated = Omit<Distro, 'path'>;

/** What a release file of the time before os-release states; `name` is its base name. Undefined where nothing can be made of it. */
export function readKin(name: string, text: string): Stated | undefined {
  const line = text.split('\n', 1)[0]?.trim() ?? '';
  switch (name) {
    case 'alpine-release':
      return /^\d/.test(line) ? stated('alpine', line, isEdge('alpine', line) ? 'edge' : undefined, `Alpine Linux v${line}`) : undefined;
    case 'debian_version':
      return readDebian(line);
    case 'lsb-release':
      return readLsb(text);
    case 'SuSE-release':
    case 'UnitedLinux-release':
      return readSuse(line, text);
    case 'arch-release':
      return stated('arch', undefined, undefined, 'Arch Linux');
    default:
      return readSentence(line);
  }
}

/** `11.11`, or `forky/sid` in testing and unstable. */
function readDebian(line: string): Stated | undefined {
  const codename = /^([a-z]+)\/sid$/.exec(line)?.[1];
  if (codename !== undefined) return stated('debian', debianVersionOf(codename), codename, `Debian GNU/Linux ${line}`);
  return /^\d/.test(line) ? stated('debian', line, undefined, `Debian GNU/Linux ${line}`) : undefined;
}

/** Source: Linux Standard Base, lsb_release; the file holds shell assignments. */
function readLsb(text: string): Stated | undefined {
  const fields = parseAssignments(text);
  const id = fields.get('DISTRIB_ID')?.toLowerCase();
  if (id === undefined || !/^[a-z0-9._-]+$/.test(id)) return undefined;
  return stated(id, fields.get('DISTRIB_RELEASE'), fields.get('DISTRIB_CODENAME'), fields.get('DISTRIB_DESCRIPTION'));
}

/** `SUSE Linux Enterprise Server 11 (x86_64)`, then `VERSION = 11` and `PATCHLEVEL = 4`; openSUSE has the minor in VERSION. */
function readSuse(line: string, text: string): Stated | undefined {
  const version = /^VERSION = ([\d.]+)/m.exec(text)?.[1];
  if (version === undefined) return undefined;
  const patch = /^PATCHLEVEL = ([1-9]\d*)/m.exec(text)?.[1];
  const id = /opensuse/i.test(line) ? 'opensuse' : /desktop/i.test(line) ? 'sled' : 'sles';
  return stated(id, patch === undefined || id === 'opensuse' ? version : `${version}.${patch}`, undefined, line);
}

/** Beginnings of the sentence in redhat-release and the like, with the ID that the same distribution's os-release has. */
const SENTENCES: readonly (readonly [string, string])[] = [
  ['Red Hat', 'rhel'],
  ['CentOS', 'centos'],
  ['Fedora', 'fedora'],
  ['Oracle Linux', 'ol'],
  ['Enterprise Linux Enterprise', 'ol'],
  ['Rocky Linux', 'rocky'],
  ['AlmaLinux', 'almalinux'],
  ['Amazon Linux', 'amzn'],
  ['Scientific Linux', 'scientific'],
  ['CloudLinux', 'cloudlinux'],
  ['Virtuozzo', 'virtuozzo'],
  ['VMware Photon', 'photon'],
  ['Gentoo', 'gentoo'],
  ['Slackware', 'slackware'],
];

/** `CentOS release 6.10 (Final)`, `Red Hat Enterprise Linux Server release 6.10 (Santiago)`, `Slackware 14.2`. */
function readSentence(line: string): Stated | undefined {
  const id = SENTENCES.find(([start]) => line.startsWith(start))?.[1];
  if (id === undefined) return undefined;
  const codename = /\(([^()]+)\)\s*$/.exec(line)?.[1];
  return stated(id, / (\d+(?:\.\d+)*)/.exec(line)?.[1], codename, line);
}

function stated(id: string, versionId?: string, codename?: string, prettyName?: string): Stated {
  return { id, ...(versionId ? { versionId } : {}), ...(codename ? { codename } : {}), ...(prettyName ? { prettyName } : {}) };
}
