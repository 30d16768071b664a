import { debianVersionOf } from '../../model/index.ts';
import { fields, isObject } from '../../util/fields.ts';
import { isDebVersion } from '../deb-version.ts';
import { isKeyText } from '../osv-record.ts';
import type { AffectedPackage, RecordSink } from '../types.ts';

/** What the tracker says of one flaw in one source package. */
export interface TrackerEntry {
  /** `CVE-2024-0001`, or the tracker's own name for what has none: `TEMP-0841856-B18BAF`. */
  readonly id: string;
  readonly statements: readonly Omit<AffectedPackage, 'name'>[];
}

type Said = Pick<AffectedPackage, 'ranges' | 'status'>;

const ID = /^(CVE-\d{4}-\d{4,}|TEMP-[0-9A-F]+-[0-9A-F]+)$/;
const ALL_VERSIONS = [[{ introduced: '0' }]];
/** Asterisks tell that the urgency was guessed. Source: the tracker's "Urgency" column. */
const URGENCY = /^(high|medium|low|unimportant)(?:\*\*)?$/;

/** The entries of one package; those that are none are counted. `sid`, which is never released, is left out in silence. */
export function trackerEntries(name: string, value: unknown, sink: Pick<RecordSink, 'problem'>): readonly TrackerEntry[] {
  if (!isKeyText(name) || !isObject(value)) {
    sink.problem('names no package', name.slice(0, 80));
    return [];
  }
  return Object.entries(value).flatMap(([id, entry]) => {
    const releases = fields(entry).releases;
    if (!ID.test(id) || !isObject(releases)) {
      sink.problem('not an entry of the tracker', `${name} ${id}`.slice(0, 80));
      return [];
    }
    const statements = Object.entries(releases).flatMap(([codename, said]) => statementOf(codename, fields(said), id, sink));
    return statements.length > 0 ? [{ id, statements }] : [];
  });
}

function statementOf(
  codename: string,
  raw: Readonly<Record<string, unknown>>,
  id: string,
  sink: Pick<RecordSink, 'problem'>,
): readonly Omit<AffectedPackage, 'name'>[] {
  if (codename === 'sid') return [];
  const release = debianVersionOf(codename);
  if (release === undefined) {
    sink.problem('unknown release', id);
    return [];
  }
  const said = saidOf(raw);
  if (said === undefined) {
    sink.problem('unknown status', id);
    return [];
  }
  if (said === 'unreadable') sink.problem('no version of a fix', id);
  const severityLabel = typeof raw.urgency === 'string' ? URGENCY.exec(raw.urgency)?.[1] : undefined;
  return [
    {
      ecosystem: `Debian:${release}`,
      ...(said === 'unreadable' ? UNKNOWN : said),
      ...(severityLabel ? { severityLabel } : {}),
    },
  ];
}

const UNKNOWN: Said = { ranges: ALL_VERSIONS, status: 'under-investigation' };

/**
 * `fixed_version` 0: the release never was affected. `nodsa` says that there will be no advisory (DSA): a fix may still come with a
 * point release, is put off (`postponed`) or will not come (`ignored`). A fix that cannot be read is unknown, never clean. Source:
 * https://security-team.debian.org/security_tracker.html
 */
function saidOf(raw: Readonly<Record<string, unknown>>): Said | 'unreadable' | undefined {
  const { status, fixed_version: fixed, urgency, nodsa_reason: reason } = raw;
  switch (status) {
    case 'resolved':
      if (fixed === '0') return { ranges: [], status: 'not-affected' };
      if (typeof fixed !== 'string' || !isDebVersion(fixed)) return 'unreadable';
      return { ranges: [[{ introduced: '0' }, { fixed }]], status: 'affected' };
    case 'undetermined':
      return UNKNOWN;
    case 'open':
      if (urgency === 'end-of-life') return { ranges: ALL_VERSIONS, status: 'end-of-life' };
      if (reason === 'postponed') return { ranges: ALL_VERSIONS, status: 'fix-deferred' };
      return { ranges: ALL_VERSIONS, status: reason === 'ignored' ? 'will-not-fix' : 'affected' };
    default:
      return undefined;
  }
}
