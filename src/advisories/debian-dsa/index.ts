import { debianVersionOf } from '../../model/index.ts';
import { isDebVersion } from '../deb-version.ts';
import { eachLine } from '../feed-files.ts';
import type { AdvisorySource, AffectedPackage, RecordSink } from '../types.ts';

/** `debian-dsa/DSA/list`; in a checked out security-tracker `data/DLA/list`. */
const LIST = /(^|\/)(debian-dsa|security-tracker)[^/]*\/(.*\/)?(DSA|DLA|DTSA)\/list(\.gz)?$/;
/** `[20 Aug 2025] DSA-5982-1 squid - security update`. */
const HEAD = /^\[(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})\]\s+((?:DSA|DLA|DTSA)-\d+(?:-\d+)?)(?=\s|$)/;
const CVES = /^\s+\{([^}]*)\}/;
/** `[bookworm] - squid 5.7-2+deb12u3`; `<not-affected>` and its like stand where a version would. */
const PACKAGE = /^\s+\[([a-z]+)\] - (\S+) (\S+)/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The lists in which Debian's security and LTS teams keep their advisories: which flaws each is about, and which version of a source
 * package has the fix in each release. They give a finding the name of its advisory; what is affected says the tracker.
 */
export const debianDsa: AdvisorySource = {
  id: 'debian-dsa',
  title: 'Debian security advisories (DSA, DLA)',
  licence: 'public tracker, none stated',
  homepage: 'https://salsa.debian.org/security-tracker-team/security-tracker',
  kind: 'advisories',
  claims: (name) => LIST.test(name),
  async parse(file, sink) {
    let open: Advisory | undefined;
    await eachLine(file, (bytes, number) => {
      const line = bytes.toString('utf8').trimEnd();
      const head = headOf(line);
      if (head) {
        finish(open, sink);
        open = head;
      } else if (open && /^\s/.test(line)) add(open, line);
      else if (line !== '') sink.problem('not a line of the list', `${file.name}:${number}`);
    });
    finish(open, sink);
  },
};

interface Advisory {
  readonly id: string;
  /** RFC 3339. */
  readonly published: string;
  readonly flaws: string[];
  readonly affected: AffectedPackage[];
  readonly problems: string[];
}

function headOf(line: string): Advisory | undefined {
  const [, day = '', month = '', year = '', id = ''] = HEAD.exec(line) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (number === 0) return undefined;
  const published = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`;
  return { id, published, flaws: [], affected: [], problems: [] };
}

function add({ flaws, affected, problems }: Advisory, line: string): void {
  const cves = CVES.exec(line)?.[1];
  if (cves !== undefined) flaws.push(...cves.split(/\s+/).filter((name) => /^CVE-\d{4}-\d{4,}$/.test(name)));
  const [, codename, name = '', version = ''] = PACKAGE.exec(line) ?? [];
  if (codename === undefined || version.startsWith('<')) return;
  const release = debianVersionOf(codename);
  if (release === undefined) problems.push('unknown release');
  else if (!isDebVersion(version)) problems.push('no version of a fix');
  else affected.push({ ecosystem: `Debian:${release}`, name, ranges: [[{ introduced: '0' }, { fixed: version }]], status: 'affected' });
}

function finish(open: Advisory | undefined, sink: RecordSink): void {
  if (!open) return;
  const { id, published, flaws, affected, problems } = open;
  for (const problem of problems) sink.problem(problem, id);
  if (affected.length === 0) sink.leftOut('names no fixed package', id);
  else sink.advisory({ id, kind: 'vulnerability', form: 'errata', aliases: [], flaws: [...new Set(flaws)], cvss: [], published, affected });
}
