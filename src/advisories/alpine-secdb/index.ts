import { isNamed, readJson } from '../feed-files.ts';
import type { AdvisoryRecord, AdvisorySource, RecordSink } from '../types.ts';
import { type SecDb, secDb } from './schema.ts';

const CVE = /^CVE-\d{4}-\d{4,}$/;

/**
 * Alpine's own list of fixed versions by branch and source package. Fix version `0`: the package never was affected. An
 * entry may hold several names of one flaw (`CVE-2017-8904 XSA-214`). Branches are dated by their files, not by records.
 */
export const alpineSecdb: AdvisorySource = {
  id: 'alpine-secdb',
  title: 'Alpine security database',
  licence: 'CC-BY-SA-4.0',
  homepage: 'https://secdb.alpinelinux.org',
  kind: 'advisories',
  claims: (fileName) => isNamed(fileName, /^(alpine-)?secdb$/),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      const db = secDb(value, sink);
      if (db !== undefined) take(db, sink);
    }),
};

function take(db: SecDb, sink: RecordSink): void {
  for (const { name, fixes } of db.packages) {
    for (const { version, ids } of fixes) {
      for (const entry of ids) {
        for (const record of recordsOf(entry)) {
          if (record.aliases.length > 0) sink.fact({ id: record.id, aliases: record.aliases });
          sink.advisory({
            ...record,
            affected: [
              {
                ecosystem: `Alpine:${db.branch}`,
                name,
                ranges: version === '0' ? [] : [[{ introduced: '0' }, { fixed: version }]],
                status: version === '0' ? 'not-affected' : 'affected',
              },
            ],
          });
        }
      }
    }
  }
}

/** One record for each CVE named in the entry, the other names beside it; the first name leads where there is no CVE. */
function recordsOf(entry: string): readonly Omit<AdvisoryRecord, 'affected'>[] {
  const names = entry.split(/[\s,]+/).filter((name) => /^[A-Za-z][\w.:-]+$/.test(name));
  const cves = names.filter((name) => CVE.test(name));
  const others = names.filter((name) => !CVE.test(name));
  const leaders = cves.length > 0 ? cves : others.slice(0, 1);
  const aliases = cves.length > 0 ? others : others.slice(1);
  return leaders.map((id) => ({ id, kind: 'vulnerability', form: 'flaw', aliases, flaws: [], cvss: [] }));
}
