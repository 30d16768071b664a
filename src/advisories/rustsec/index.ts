import { type Fields, fields, strings } from '../../util/fields.ts';
import { parseToml } from '../../util/toml.ts';
import { osvSource } from '../osv-source.ts';
import { countedRanges, rangesOutside, requirementsIn } from '../requirements.ts';
import type { RecordSink } from '../types.ts';
import { cargoRequirements } from './requirements.ts';

/**
 * RustSec, in its own form: an advisory is about every version that is neither patched nor unaffected. Informational ones
 * (`unmaintained`, `unsound`, `notice`) count where somebody gave them a CVE or a GHSA id. Advisories on the toolchain
 * (`rust/std`, `rust/cargo`) are about no crate, whatever crate goes by that name. Source: the repository's README, "Advisory format".
 */
export const rustsec = osvSource({
  id: 'rustsec',
  title: 'RustSec advisory database',
  licence: 'CC0-1.0; parts CC-BY-4.0',
  homepage: 'https://github.com/rustsec/advisory-db',
  file: /^rustsec$/,
  records: /\/(crates|rust)\/[^/]+\/[A-Z]+-[\d-]+\.md$/,
  read: frontMatter,
  accepts: () => true,
  cvssSource: 'rustsec',
  translate,
  malware: (record) => record.database.malicious === true,
});

/** An advisory is Markdown that begins with a fenced block of TOML; what follows is for people. */
function frontMatter(text: string): unknown {
  const toml = /^\s*```toml\r?\n([\s\S]*?)\r?\n```/.exec(text)?.[1];
  return toml === undefined ? undefined : parseToml(toml);
}

function translate(raw: Fields, sink: RecordSink): Fields | undefined {
  const advisory = fields(raw.advisory);
  const { id, package: name, date, withdrawn, cvss, informational } = advisory;
  const text = String(id).slice(0, 80);
  if (typeof id !== 'string' || typeof name !== 'string') return refuse('not a RustSec advisory');
  if (String(raw._path).startsWith('rust/')) return leaveOut('about the toolchain, no crate');
  const aliases = strings(advisory.aliases);
  if (informational !== undefined && !aliases.some((alias) => /^(CVE|GHSA)-/.test(alias))) return leaveOut('informational, no CVE or GHSA');

  const versions = fields(raw.versions);
  const ranges = countedRanges(rangesOutside(requirementsIn(versions.patched, versions.unaffected), cargoRequirements), sink, text);
  if (!ranges) return undefined;
  return {
    id,
    aliases,
    published: date,
    ...(withdrawn === undefined ? {} : { withdrawn }),
    ...(typeof cvss === 'string' ? { severity: [{ score: cvss }] } : {}),
    affected: [{ package: { ecosystem: 'crates.io', name }, ranges }],
    database_specific: { malicious: strings(advisory.categories).includes('malicious') },
  };

  function refuse(reason: string): undefined {
    sink.problem(reason, text);
  }
  function leaveOut(reason: string): undefined {
    sink.leftOut(reason, text);
  }
}
