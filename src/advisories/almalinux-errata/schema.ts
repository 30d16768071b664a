import { type Erratum, fields, objects, strings, text } from '../rpm-errata.ts';
import { modulesOf } from '../rpm-modules.ts';
import type { RecordSink } from '../types.ts';

const ID = /^AL[SBE]A-\d{4}:[A-Z]?\d+$/;

/** One erratum of errata.full.json (https://errata.almalinux.org/8/errata.full.json); undefined, and counted, where it is none. */
export function erratum(value: unknown, sink: Pick<RecordSink, 'problem' | 'leftOut'>): Erratum | undefined {
  const raw = fields(value);
  const id = text(raw.id) || text(raw.updateinfo_id);
  if (!ID.test(id)) {
    sink.problem('no usable id', id.slice(0, 80) || '?');
    return undefined;
  }
  const references = objects(raw.references);
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
    fixed: objects(raw.packages).flatMap((each) => {
      const evr = text(each.evr);
      const release = /[._]el(\d+)/.exec(evr)?.[1] ?? page;
      if (release === undefined) sink.problem('no release', id);
      return release === undefined
        ? []
        : [{ ecosystem: `AlmaLinux:${release}`, name: text(each.name), evr, modules: modulesOf(title, evr), arches: strings(each.arch) }];
    }),
  };
}

/** From seconds since 1970. */
function day(value: unknown): string | undefined {
  const seconds = typeof value === 'number' ? value : Number.NaN;
  return seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000).toISOString().replace('.000', '') : undefined;
}
