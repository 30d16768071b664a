import { type Fields, fields } from '../../util/fields.ts';
import { osvSource } from '../osv-source.ts';
import { readYaml } from '../record-files.ts';
import { countedRanges, rangesInside, requirementsIn } from '../requirements.ts';
import type { RecordSink } from '../types.ts';
import { composerRequirements } from './requirements.ts';

/**
 * The PHP security advisories database: each branch of a package lists the constraints that its affected versions meet. It has no
 * ids of its own; a record goes by its CVE, else by the name of its file (`adodb/adodb-php/2018-03-06`). Source: the repository's README.
 */
export const friendsofphp = osvSource({
  id: 'friendsofphp',
  title: 'PHP security advisories database',
  licence: 'Unlicense',
  homepage: 'https://github.com/FriendsOfPHP/security-advisories',
  file: /^(friendsofphp|security-advisories)$/,
  records: /\/[^/.][^/]*\/[^/.][^/]*\/[^/]+\.yaml$/,
  read: readYaml,
  accepts: () => true,
  translate,
});

function translate(raw: Fields, sink: RecordSink): Fields | undefined {
  const path = typeof raw._path === 'string' ? raw._path.replace(/\.yaml$/, '') : undefined;
  const id = typeof raw.cve === 'string' && CVE.test(raw.cve) ? raw.cve : path;
  const name = typeof raw.reference === 'string' ? /^composer:\/\/([^/\s]+\/[^/\s]+)$/.exec(raw.reference)?.[1] : undefined;
  const branches = Object.values(fields(raw.branches)).map(fields);
  const text = String(path ?? id).slice(0, 80);
  if (id === undefined || name === undefined || branches.length === 0) {
    sink.problem('not a PHP advisory', text);
    return undefined;
  }
  const constraints = branches.map((branch) => requirementsIn(branch.versions)?.join(',') ?? '');
  const ranges = countedRanges(rangesInside(constraints, composerRequirements), sink, text);
  if (!ranges) return undefined;
  const published = branches.map((branch) => day(branch.time)).sort()[0];
  const ghsa = typeof raw.link === 'string' ? /\/(GHSA(?:-\w{4}){3})\b/.exec(raw.link)?.[1] : undefined;
  return {
    id,
    aliases: ghsa ? [ghsa] : [],
    ...(published ? { published } : {}),
    affected: [{ package: { ecosystem: 'Packagist', name }, ranges }],
  };
}

const CVE = /^CVE-\d{4}-\d{4,}$/;

/** `2017-11-1 19:02:00`, as YAML lets dates be written, as `2017-11-01`; `9` where it is no date, so that others come first. */
function day(time: unknown): string {
  const [, year, month, date] = (typeof time === 'string' && /^(\d{4})-(\d\d?)-(\d\d?)\b/.exec(time)) || [];
  return year && month && date ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : '9';
}
