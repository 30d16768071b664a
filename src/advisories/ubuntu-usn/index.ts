import { fields, records } from '../../util/fields.ts';
import { isJson, isNamed, readJson } from '../feed-files.ts';
import { osvSource } from '../osv-source.ts';
import type { AdvisorySource, RecordSink } from '../types.ts';
import { isUbuntuArchive, ubuntuOsv } from '../ubuntu-osv-form.ts';
import { type Notice, notice } from './schema.ts';

/** `USN-2170-1.json` as OSV. The folder `usn` of Canonical's repository has the same in a form that is not read. */
const OSV_RECORD = /(^|\/)USN-\d+-\d+\.json(\.gz)?$/;
const OTHER_FORM = /(^|\/)(?<!osv\/)usn\//;
const KERNEL = /^linux($|-)/;

const osv = osvSource({
  id: 'ubuntu-usn',
  title: 'Ubuntu security notices (USN)',
  licence: 'CC-BY-SA-4.0',
  homepage: 'https://ubuntu.com/security/notices',
  file: /^ubuntu-usn$/,
  accepts: isUbuntuArchive,
  errata: /^USN-/,
  translate: (raw, sink) => {
    const { affected } = raw;
    const about = records(affected).filter((each) => !KERNEL.test(String(fields(each.package).name)));
    if (about.length > 0) return ubuntuOsv({ ...raw, affected: about });
    if (Array.isArray(affected) && affected.length > 0) sink.leftOut('about a kernel', String(raw.id).slice(0, 80));
    else sink.problem('names no package', String(raw.id).slice(0, 80));
    return undefined;
  },
});

/**
 * Ubuntu's notices: which CVEs an update fixes, in which release and from which version of the source package on. They give a finding
 * the name of its notice; what is affected says the tracker. Left out: notices without a CVE (regressions, certificates), those on
 * kernels, because nobody tells which of their CVEs a kernel never had, and on what is not in an archive (LSN, SSN).
 */
export const ubuntuUsn: AdvisorySource = {
  ...osv,
  claims: (name) => (OSV_RECORD.test(name) ? !OTHER_FORM.test(name) : isJson(name) && isNamed(name, /^ubuntu-usn$/)),
  isRecord: (name) => OSV_RECORD.test(name),
  parse: (file, sink) => {
    if (OSV_RECORD.test(file.name)) return osv.parse(file, sink);
    return readJson(file, sink, (value) => {
      // A page of the API holds a list of them; a mirror may keep one a line.
      const page = fields(value).notices;
      for (const item of Array.isArray(page) ? page : [value]) take(notice(item, sink), sink);
    });
  },
};

function take(found: Notice | undefined, sink: RecordSink): void {
  if (!found) return;
  const { id, cves, published, packages } = found;
  const affected = packages.filter(({ name }) => !KERNEL.test(name));
  if (cves.length === 0) sink.leftOut('not about security', id);
  else if (affected.length > 0)
    sink.advisory({
      id,
      kind: 'vulnerability',
      form: 'errata',
      aliases: [],
      flaws: cves,
      cvss: [],
      ...(published ? { published } : {}),
      affected: affected.map(({ ecosystem, name, fixed }) => ({
        ecosystem,
        name,
        ranges: [[{ introduced: '0' }, { fixed }]],
        status: 'affected',
      })),
    });
  else if (packages.length > 0) sink.leftOut('about a kernel', id);
}
