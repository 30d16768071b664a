import { fields, records, strings } from '../../util/fields.ts';
import { type Erratum, text } from '../rpm-errata.ts';
import { modulesOf } from '../rpm-modules.ts';
import type { RecordSink } from '../types.ts';

const ID = /^AL[SBE]A-\d{4}:[A-Z]?\d+$/;

/** The errata of a document: errata.full.json has a list of them, a file of lines one a line. */
export function errataIn(value: unknown): readonly unknown[] {
  const { data } = fields(value);
  return Array.isArray(data) ? data : [value];
}

/** One erratum of errata.full.json (https://errata.almalinux.org/8/errata.full.json); undefined, and counted, where it is none. */
export function erratum(value: unknown, sink: Pick<RecordSink, 'problem' | 'leftOut'>): Erratum | undefined {
  const raw = fields(value);
  const id = text(raw.id) || text(raw.updateinfo_id);
  if (!ID.test(id)) {
    sink.problem('no usable id', id.slice(0, 80) || '?');
    return undefined;
  }
  const references = records(raw.references);
  const cves = references.filter((each) => each.type === 'cve').map((each) => text(each.id));
  if (cves.length === 0 && !id.startsWith('ALSA-')) {
    sink.leftOut('not about security', id);
    return undefined;
  }
  const title = text(raw.title);
  const page = references.map((each) => /^https:\/\/errata\.almalinux\.org\/(\d+)\//.exec(text(each.href))?.[1]).find(Boolean);
  const published = day(raw.issued_date);
  const modified = day(raw.updated_date);
  return {
    id,
    cves,
    ...(published ? { published } : {}),
    ...(modified ? { modified } : {}),
    severity: text(raw.severity),
    fixed: builds(records(raw.packages)).flatMap((each) => {
      const { evr } = each;
      const release = /[._]el(\d+)/.exec(evr)?.[1] ?? page;
      if (release === undefined) sink.problem('no release', id);
      return release === undefined
        ? []
        : [{ ecosystem: `AlmaLinux:${release}`, name: each.name, evr, modules: modulesOf(title, evr), arches: each.arches }];
    }),
  };
}

/** Upstream lists each file with its parts of the version; lines have those of one version together. */
function builds(packages: readonly Readonly<Record<string, unknown>>[]): readonly { name: string; evr: string; arches: string[] }[] {
  const found = new Map<string, { name: string; evr: string; arches: string[] }>();
  for (const each of packages) {
    const name = text(each.name);
    const evr = text(each.evr) || `${text(each.epoch) || '0'}:${text(each.version)}-${text(each.release)}`;
    const arches = typeof each.arch === 'string' ? [each.arch] : strings(each.arch);
    if (arches.length === 1 && arches[0] === 'src') continue;
    const known = found.get(`${name}\0${evr}`);
    if (known) known.arches.push(...arches);
    else found.set(`${name}\0${evr}`, { name, evr, arches: [...arches] });
  }
  return [...found.values()];
}

/** From seconds since 1970. */
function day(value: unknown): string | undefined {
  const seconds = typeof value === 'number' ? value : Number.NaN;
  return seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000).toISOString().replace('.000', '') : undefined;
}
