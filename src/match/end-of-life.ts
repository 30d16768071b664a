import type { Distro, Finding, Inventory, SeverityStatement } from '../model/index.ts';
import { formatPurl } from '../util/purl.ts';
import { fingerprint } from './fingerprint.ts';
import { lifecycleOf } from './lifecycle/index.ts';

/**
 * A finding of its own where the release gets no security updates any more: what is found later stays unfixed, and feeds
 * fall silent about it (users-ask.md 3). High where updates have ended for everybody; medium where subscribers still get
 * them, which an image cannot tell. A public extension (Debian LTS) is support.
 */
export function endOfLifeFinding(inventory: Inventory, now: Date): Finding | undefined {
  const { distro } = inventory;
  if (!distro) return undefined;
  const life = lifecycleOf(distro, now);
  const paid = life.status === 'extended' && life.extension?.public === false;
  if (life.status !== 'end-of-life' && !paid) return undefined;

  const release = releaseOf(distro);
  const id = `EOL-${distro.id}-${release}`;
  const place = { purl: formatPurl({ type: 'generic', name: distro.id, version: release }), version: release, path: distro.path };
  const mark = fingerprint(inventory.target.repository, place, id);
  const severity: SeverityStatement = { level: paid ? 'medium' : 'high', source: 'lifecycle', label: paid ? 'extended' : 'end-of-life' };
  const since = life.publicUntil ? `security updates ended on ${life.publicUntil}` : 'security updates have ended';
  const detail = paid ? `${since}; ${life.extension?.name} for subscribers goes on until ${life.extendedUntil}` : since;
  return {
    kind: 'end-of-life',
    id,
    aliases: [],
    advisories: [{ id, feed: 'lifecycle', url: life.source }],
    verdict: 'affected',
    package: { type: 'generic', class: 'os', name: distro.id, version: release, purl: place.purl },
    locations: [{ path: distro.path, packageId: id, fingerprint: mark }],
    fingerprint: mark,
    fix: { state: 'end-of-life', versions: [] },
    severity: severity.level,
    severities: [severity],
    cvss: [],
    ...(life.publicUntil ? { published: `${life.publicUntil}T00:00:00Z` } : {}),
    url: life.source,
    evidence: [{ rule: 'end-of-life', detail, advisory: id, feed: 'lifecycle' }],
  };
}

/** `3.10` of Alpine's 3.10.9; elsewhere VERSION_ID names the release. */
function releaseOf({ id, versionId = 'unknown' }: Distro): string {
  return id === 'alpine' ? versionId.split('.').slice(0, 2).join('.') : versionId;
}
