import type { Fields } from '../../util/fields.ts';
import { osvSource } from '../osv-source.ts';
import { readYaml } from '../record-files.ts';
import { countedRanges, rangesOutside, requirementsIn } from '../requirements.ts';
import type { RecordSink } from '../types.ts';
import { gemRequirements } from './requirements.ts';

/**
 * The Ruby advisory database: an advisory is about every version that is neither patched nor unaffected. It has no ids of its own;
 * a record goes by its CVE, else its GHSA id, else its OSVDB number. Its CVSS scores come without vectors and are left. Records on Ruby
 * itself (`engine`) are about no gem. Source: the repository's README, "Schema".
 */
export const rubysec = osvSource({
  id: 'rubysec',
  title: 'Ruby advisory database',
  licence: 'public domain; parts under the terms of OSVDB',
  homepage: 'https://github.com/rubysec/ruby-advisory-db',
  file: /^(rubysec|ruby-advisory-db)$/,
  records: /\/(gems|rubies)\/[^/]+\/[^/]+\.yml$/,
  read: readYaml,
  accepts: () => true,
  translate,
});

function translate(raw: Fields, sink: RecordSink): Fields | undefined {
  const { gem: name, date } = raw;
  const [id, ...aliases] = names(raw);
  const text = (id ?? String(raw._path)).slice(0, 80);
  if (raw.engine !== undefined) {
    sink.leftOut('about the interpreter, no gem', text);
    return undefined;
  }
  if (typeof name !== 'string' || id === undefined) {
    sink.problem('not a Ruby advisory', text);
    return undefined;
  }
  const ranges = countedRanges(rangesOutside(requirementsIn(raw.patched_versions, raw.unaffected_versions), gemRequirements), sink, text);
  if (!ranges) return undefined;
  return { id, aliases, published: date, affected: [{ package: { ecosystem: 'RubyGems', name }, ranges }] };
}

/** The CVE first; the fields hold ids without their prefix. */
function names({ cve, ghsa, osvdb }: Fields): readonly string[] {
  return [
    ...(typeof cve === 'string' && /^\d{4}-\d{4,}$/.test(cve) ? [`CVE-${cve}`] : []),
    ...(typeof ghsa === 'string' && /^\w{4}(-\w{4}){2}$/.test(ghsa) ? [`GHSA-${ghsa}`] : []),
    ...(typeof osvdb === 'number' || (typeof osvdb === 'string' && /^\d+$/.test(osvdb)) ? [`OSVDB-${osvdb}`] : []),
  ];
}
