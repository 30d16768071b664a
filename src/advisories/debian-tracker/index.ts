import { fields } from '../../util/fields.ts';
import { isJson, isLines, isNamed, readJson } from '../feed-files.ts';
import { eachMember } from '../json-members.ts';
import type { AdvisorySource, RecordSink } from '../types.ts';
import { trackerEntries } from './schema.ts';

/**
 * Debian's security tracker as it publishes itself, by source package: what is fixed, open, put off, ignored, undetermined or out of
 * support in each release that gets updates, old ones left out. It says more than osv.dev's export of it (`debian-osv`), which does
 * not tell ignored from open; that one knows older releases. See docs/decisions/0006.
 */
export const debianTracker: AdvisorySource = {
  id: 'debian-tracker',
  title: 'Debian Security Tracker, its own data',
  licence: 'public tracker, none stated',
  homepage: 'https://security-tracker.debian.org',
  kind: 'advisories',
  claims: (name) => isJson(name) && isNamed(name, /^debian-tracker$/),
  parse: (file, sink) => {
    const take = (name: string, value: unknown) => takePackage(name, value, sink);
    // One document of 75 MB; a mirror may keep some packages a line.
    if (!isLines(file.name)) return eachMember(file, take);
    return readJson(file, sink, (value) => {
      const packages = Object.entries(fields(value));
      if (packages.length === 0) sink.problem('not a document of the tracker', file.name);
      for (const [name, entries] of packages) take(name, entries);
    });
  },
};

function takePackage(name: string, value: unknown, sink: RecordSink): void {
  for (const { id, statements } of trackerEntries(name, value, sink))
    sink.advisory({
      id,
      kind: 'vulnerability',
      form: 'flaw',
      aliases: [],
      flaws: [],
      cvss: [],
      affected: statements.map((each) => ({ ...each, name })),
    });
}
