import type { Bytes } from '../../../util/bytes.ts';
import { type RpmPackage, rpmPackage } from './package.ts';

const FIELDS = 10;
const MAX_PACKAGES = 200_000;
const MAX_LINE = 8192;

/**
 * The list that distroless images of Azure Linux have in place of a database: a line a package, of ten fields between tabs: name,
 * version-release, times of installation and build, vendor, epoch, size, architecture, epoch as a number, source rpm.
 * Source: Azure Linux, toolkit/docs/how_it_works/5_misc.md. `malformed` is called for each line of another form.
 */
export function parseManifest(bytes: Bytes, malformed: () => void): RpmPackage[] {
  const packages: RpmPackage[] = [];
  for (const line of bytes.toString('utf8').split('\n')) {
    if (line.trim() === '') continue;
    const fields = line.length > MAX_LINE ? [] : line.split('\t').map((field) => (field === '(none)' ? '' : field));
    const [name, versionRelease, , , vendor, , , arch, epoch, sourceRpm] = fields;
    if (fields.length !== FIELDS || !name || !versionRelease?.includes('-') || packages.length >= MAX_PACKAGES) {
      malformed();
      continue;
    }
    packages.push(
      rpmPackage({
        name,
        versionRelease,
        epoch: Number(epoch) || 0,
        arch: arch || undefined,
        sourceRpm: sourceRpm?.trim(),
        more: vendor ? { vendor } : {},
      }),
    );
  }
  return packages.filter(({ name }) => name !== 'gpg-pubkey');
}
