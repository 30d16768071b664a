import type { RangeEvent } from '../../model/index.ts';
import { isNamed, readJson } from '../feed-files.ts';
import type { AdvisorySource, AffectedPackage, RecordSink } from '../types.ts';
import { type Group, group } from './schema.ts';

/**
 * Arch Linux's tracker: groups (AVG) of packages that share flaws and the version that fixes them; the advisories (ASA) made of
 * them are other names of a group. `affected` is the version somebody looked at and bounds nothing. Arch has no releases: all of
 * it is one ecosystem. Source: https://wiki.archlinux.org/title/Arch_Security_Team
 */
export const archAvg: AdvisorySource = {
  id: 'arch-avg',
  title: 'Arch Linux vulnerability groups',
  licence: 'MIT',
  homepage: 'https://security.archlinux.org/',
  kind: 'advisories',
  claims: (name) => isNamed(name, /^arch-avg$/),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      // The tracker's own export is one list; a mirror may keep a group a line.
      for (const item of Array.isArray(value) ? value : [value]) take(item, sink);
    }),
};

function take(value: unknown, sink: RecordSink): void {
  const found = group(value, sink);
  if (!found) return;
  const said = saidOf(found);
  if (!said) {
    sink.problem('unknown status', found.id);
    return;
  }
  const { id, advisories, cves, severity, packages } = found;
  sink.advisory({
    id,
    kind: 'vulnerability',
    form: 'errata',
    aliases: advisories,
    flaws: cves,
    cvss: [],
    affected: packages.map((name) => ({ ecosystem: 'Arch', name, ...said, ...(severity ? { severityLabel: severity } : {}) })),
  });
}

/**
 * Fixed in the testing repository is not fixed for whoever does not use it, so there is no fix to offer; but who has that
 * version has the fix. Nobody has looked at what is `Unknown`.
 */
function saidOf({ status, fixed }: Group): Pick<AffectedPackage, 'ranges' | 'status'> | undefined {
  const until = (event: RangeEvent | undefined) => (event ? [[{ introduced: '0' }, event]] : []);
  switch (status) {
    case 'Fixed':
      // Without a version the fix is somewhere nobody can compare with.
      return fixed ? { ranges: until({ fixed }), status: 'affected' } : { ranges: [], status: 'under-investigation' };
    case 'Vulnerable':
      return { ranges: until(fixed === undefined ? undefined : { fixed }), status: 'affected' };
    case 'Testing':
      return { ranges: until(fixed === undefined ? undefined : { limit: fixed }), status: 'affected' };
    case 'Unknown':
      return { ranges: until(fixed === undefined ? undefined : { fixed }), status: 'under-investigation' };
    case 'Not affected':
      return { ranges: [], status: 'not-affected' };
    default:
      return undefined;
  }
}
