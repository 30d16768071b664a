import { date } from '../osv-record.ts';
import { CVE, type Erratum, type FixedPackage, fields, objects, strings, text } from '../rpm-errata.ts';
import { modulesOf } from '../rpm-modules.ts';
import type { FlawFact, RecordSink } from '../types.ts';

const ID = /^R[LX][SBE]A-\d{4}:\d+$/;
/** `rsync-daemon-0:3.1.3-20.el8_10.noarch.rpm`: name, epoch, version, release, architecture. */
const FILE = /^([^/\s]+)-(\d+:[^-\s]+-[^-\s]+)\.([A-Za-z0-9_]+)\.rpm$/;

/** One erratum of Rocky's errata service (Apollo); undefined, and counted, where it is none. */
export function rockyErratum(
  value: unknown,
  sink: Pick<RecordSink, 'problem'>,
): { readonly erratum: Erratum; readonly facts: readonly FlawFact[] } | undefined {
  const raw = fields(value);
  const id = text(raw.name);
  if (!ID.test(id)) {
    sink.problem('no usable id', id.slice(0, 80) || '?');
    return undefined;
  }
  const published = date(raw.publishedAt);
  const title = text(raw.synopsis);
  const cves = objects(raw.cves);
  return {
    erratum: {
      id,
      cves: cves.map((each) => text(each.name)),
      ...(published ? { published } : {}),
      severity: text(raw.severity).replace(/^SEVERITY_/, ''),
      fixed: Object.entries(fields(raw.rpms)).flatMap(([product, files]) =>
        packagesOf(product, strings(fields(files).nvras), title, () => sink.problem('no package or version', id)),
      ),
    },
    facts: cves.flatMap((each) => {
      const vector = text(each.cvss3ScoringVector);
      const cve = text(each.name);
      return CVE.test(cve) && vector.startsWith('CVSS:') ? [{ id: cve, cvss: [{ vector, source: 'rocky' }] }] : [];
    }),
  };
}

function packagesOf(product: string, files: readonly string[], title: string, problem: () => void): readonly FixedPackage[] {
  const ecosystem = ecosystemOf(product);
  if (ecosystem === undefined) {
    problem();
    return [];
  }
  const packages = new Map<string, { name: string; evr: string; arches: string[] }>();
  for (const file of files) {
    const [, name = '', evr = '', arch = ''] = FILE.exec(file) ?? [];
    if (name === '') problem();
    if (name === '' || arch === 'src') continue;
    const known = packages.get(`${name}\0${evr}`);
    if (known) known.arches.push(arch);
    else packages.set(`${name}\0${evr}`, { name, evr, arches: [arch] });
  }
  return [...packages.values()].map((each) => ({ ecosystem, ...each, modules: modulesOf(title, each.evr) }));
}

/** `Rocky Linux:8` of `Rocky Linux 8`; repositories of special interest groups stand apart, `Rocky Linux:8:sig-cloud`. */
function ecosystemOf(product: string): string | undefined {
  const [, sig, release] = /^Rocky Linux (?:SIG (\w+) )?(\d+)$/.exec(product) ?? [];
  if (release === undefined) return undefined;
  return `Rocky Linux:${release}${sig ? `:sig-${sig.toLowerCase()}` : ''}`;
}
