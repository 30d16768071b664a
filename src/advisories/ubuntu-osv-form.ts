import { ubuntuEcosystem } from '../model/index.ts';
import { type Fields, fields, records, strings } from '../util/fields.ts';

/** `Ubuntu:22.04:LTS`, `Ubuntu:25.04`, `Ubuntu:Pro:18.04:LTS`; not `Ubuntu:Pro:FIPS:20.04:LTS` or `Ubuntu:Pro:22.04:LTS:Realtime:Kernel`. */
const ARCHIVE = /^Ubuntu:(Pro:)?(\d{1,2}\.\d\d)(?::LTS)?$/;

/** True for the archives that images install from: the public one and Ubuntu Pro's extended maintenance. */
export function isUbuntuArchive(ecosystem: string): boolean {
  return ARCHIVE.test(ecosystem);
}

/**
 * A record of Ubuntu's OSV data without what says nothing more: beside a range, every affected version is listed too. Releases get
 * the name they have for good: `Ubuntu:26.04` is called `Ubuntu:26.04:LTS` once it is out. Ubuntu's priority becomes
 * `database_specific.priority`. Source: documentation.ubuntu.com/security, "Ubuntu OSV data".
 */
export function ubuntuOsv(raw: Fields): Fields {
  const severities = records(raw.severity);
  const priority = severities.find(({ type }) => type === 'Ubuntu')?.score;
  const affected = Array.isArray(raw.affected) ? raw.affected.map((each) => slim(fields(each))) : raw.affected;
  return { ...raw, affected, database_specific: { priority } };
}

function slim(affected: Fields): Fields {
  const { versions, ...rest } = affected;
  const found = fields(affected.package);
  const [, pro, release] = typeof found.ecosystem === 'string' ? (ARCHIVE.exec(found.ecosystem) ?? []) : [];
  const named = release === undefined ? found : { ...found, ecosystem: ubuntuEcosystem(release, pro ? 'pro' : 'public') };
  const ranged = Array.isArray(rest.ranges) && rest.ranges.length > 0;
  return { ...rest, package: named, ...(ranged ? {} : { versions: strings(versions) }) };
}
