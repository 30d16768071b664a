import { fields, records, strings } from '../../util/fields.ts';
import { date } from '../osv-record.ts';
import { CVE, type Erratum, type FixedPackage, text } from '../rpm-errata.ts';
import { modulesOf } from '../rpm-modules.ts';
import type { FlawFact, RecordSink } from '../types.ts';

const ID = /^ELSA-\d{4}-\d+(-\d+)?$/;
const SEVERITIES = new Set(['CRITICAL', 'IMPORTANT', 'MODERATE', 'LOW']);

/**
 * One erratum: `fixed[oracle:release][evr]["arch,arch"] = [package]`. Undefined, and counted, where it is none.
 */
export function oracleErratum(
  value: unknown,
  sink: Pick<RecordSink, 'problem'>,
): { readonly erratum: Erratum; readonly facts: readonly FlawFact[] } | undefined {
  const raw = fields(value);
  const id = text(raw.id);
  if (!ID.test(id)) {
    sink.problem('no usable id', id.slice(0, 80) || '?');
    return undefined;
  }
  const published = date(raw.published);
  const severity = strings(raw.severity).find((word) => SEVERITIES.has(word));
  // `ELSA-2024-1:  postgresql:15 security update (MODERATE)`
  const title = text(raw.title).replace(/^ELSA-\d{4}-[\d-]+:/, '');
  const cves = records(raw.cves);
  return {
    erratum: {
      id,
      cves: cves.map((each) => text(each.id)),
      ...(published ? { published } : {}),
      ...(severity ? { severity } : {}),
      fixed: Object.entries(fields(raw.fixed)).flatMap(([product, builds]) => packagesOf(product, fields(builds), title)),
    },
    facts: cves.flatMap((each) => {
      const vector = text(each.cvss);
      const cve = text(each.id);
      return CVE.test(cve) && /^(CVSS:|AV:)/.test(vector) ? [{ id: cve, cvss: [{ vector, source: 'oracle' }] }] : [];
    }),
  };
}

function packagesOf(product: string, builds: Readonly<Record<string, unknown>>, title: string): readonly FixedPackage[] {
  const release = /^oracle:(\d+)$/.exec(product)?.[1];
  if (release === undefined) return [];
  return Object.entries(builds).flatMap(([evr, byArch]) => {
    const packages = new Map<string, string[]>();
    for (const [arches, names] of Object.entries(fields(byArch))) {
      for (const name of strings(names)) packages.set(name, [...(packages.get(name) ?? []), ...arches.split(',').filter(Boolean)]);
    }
    const modules = modulesOf(title, evr);
    return [...packages].map(([name, arches]) => ({ ecosystem: `Oracle Linux:${release}`, name, evr, modules, arches }));
  });
}
