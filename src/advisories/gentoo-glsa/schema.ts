import { fields, records } from '../../util/fields.ts';
import { schemeFor } from '../../versions/index.ts';
import { date, isKeyText } from '../osv-record.ts';
import { text } from '../rpm-errata.ts';
import type { RecordSink } from '../types.ts';

/** What is read of an advisory. */
export interface Glsa {
  /** `GLSA-200310-03`. */
  readonly id: string;
  readonly cves: readonly string[];
  readonly published?: string;
  readonly modified?: string;
  readonly packages: readonly GlsaPackage[];
}

export interface GlsaPackage {
  /** `category/name`. */
  readonly name: string;
  /** Absent where all are meant. */
  readonly arches?: readonly string[];
  readonly vulnerable: readonly Atom[];
  readonly unaffected: readonly Atom[];
}

/** `rge` and the like stay within one version and speak of its revisions only. */
export interface Atom {
  readonly range: 'lt' | 'le' | 'eq' | 'ge' | 'gt' | 'rlt' | 'rle' | 'rge' | 'rgt';
  readonly version: string;
  /** Absent where all slots are meant. */
  readonly slot?: string;
}

const gentoo = schemeFor('Gentoo')!;
const RANGES = new Set<string>(['lt', 'le', 'eq', 'ge', 'gt', 'rlt', 'rle', 'rge', 'rgt']);

/** Undefined, and counted, where the value is no advisory on packages. */
export function glsa(value: unknown, sink: Pick<RecordSink, 'problem' | 'leftOut'>): Glsa | undefined {
  const raw = fields(value);
  const id = `GLSA-${text(raw.ID)}`;
  if (!/^GLSA-\d{6}-\d{2,4}$/.test(id)) {
    sink.problem('not a GLSA', id.slice(0, 80));
    return undefined;
  }
  if (fields(raw.Product).Type !== 'ebuild') {
    sink.leftOut('about no package', id);
    return undefined;
  }
  const packages = records(fields(raw.Affected).Package).flatMap((each) => packageOf(each, id, sink));
  if (packages.length === 0) sink.problem('names no package', id);
  const [published, modified] = [date(raw.Announced), date(fields(raw.Revised).Text)];
  return { id, cves: cvesOf(fields(raw.References).URI), packages, ...(published ? { published } : {}), ...(modified ? { modified } : {}) };
}

function packageOf(raw: Readonly<Record<string, unknown>>, id: string, sink: Pick<RecordSink, 'problem'>): readonly GlsaPackage[] {
  const name = text(raw.Name).trim();
  if (!isKeyText(name) || !/^[\w+.-]+\/[\w+-]+$/.test(name)) {
    sink.problem('names no package', id);
    return [];
  }
  const arches = text(raw.Arch).split(/\s+/).filter(Boolean);
  const atoms = (list: unknown) => records(list).flatMap((each) => atom(each, id, sink));
  return [
    {
      name,
      ...(arches.length === 0 || arches.includes('*') ? {} : { arches }),
      vulnerable: atoms(raw.Vulnerable),
      unaffected: atoms(raw.Unaffected),
    },
  ];
}

/** What cannot be read is dropped and counted: of the unaffected ones that leaves too many vulnerable, never too few. */
function atom(raw: Readonly<Record<string, unknown>>, id: string, sink: Pick<RecordSink, 'problem'>): readonly Atom[] {
  const [range, version, slot] = [text(raw.Range).trim(), text(raw.Text).trim(), text(raw.Slot).trim()];
  if (RANGES.has(range) && gentoo.parse(version) !== undefined && slot.length < 100)
    return [{ range: range as Atom['range'], version, ...(slot === '' || slot === '*' ? {} : { slot }) }];
  sink.problem('version that is none', id);
  return [];
}

/** `CVE-2016-6352`; before 2005 they were called `CAN-2003-0542` as long as nobody had confirmed them. */
function cvesOf(references: unknown): readonly string[] {
  const names = records(references).map((each) => /^\s*(?:CVE|CAN)-(\d{4}-\d{4,})\b/.exec(text(each.Text))?.[1]);
  return [...new Set(names.flatMap((name) => (name ? `CVE-${name}` : [])))];
}
