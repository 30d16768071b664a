import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { stringify as toml } from 'smol-toml';
import { stringify as yaml } from 'yaml';
import { writeTar } from './image-builder/tar-writer.ts';
import { writeZip } from './image-builder/zip-writer.ts';

/** A record of a feed's file of lines. */
export type Line = Readonly<Record<string, unknown>>;

const SHARED = fileURLToPath(new URL('../../shared/data/advisories/', import.meta.url));

/** Path of a file of lines in ../shared/data. */
export function sharedLines(name: string): string {
  return `${SHARED}${name}.jsonl.gz`;
}

/** Every so many-th record of a file of lines, so that there are about `count`. */
export function sampleOf(path: string, count: number): readonly Line[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
  const step = Math.max(1, Math.floor(lines.length / count));
  return lines.filter((_, number) => number % step === 0).map((line) => JSON.parse(line) as Line);
}

/** The archive that GitHub makes of a repository: one folder, called like the repository and the branch. */
export function archiveOf(top: string, files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries({ 'README.md': '# Read me\n', ...files });
  return gzipSync(writeTar(entries.map(([path, content]) => ({ path: `${top}/${path}`, content }))));
}

/** RustSec's Markdown. */
export function markdown({ _path, text, ...fields }: Line): string {
  return `\`\`\`toml\n${toml(fields)}\`\`\`\n\n${String(text)}\n`;
}

/** A record as YAML, as RubySec, FriendsOfPHP and PyPA keep theirs. */
export function yamlOf({ _path, ...fields }: Line): string {
  return yaml(fields);
}

export function jsonOf(line: Line): string {
  return JSON.stringify(line, undefined, 2);
}

/** A CVE record (CVE JSON 5) with the container of CISA-ADP, out of the line that has the same fields. */
export function cveRecord({ id, state, date, ssvc, cvss, cwe }: Line): string {
  const options = Object.entries(ssvc as object).map(([key, value]) => ({ [key]: value as unknown }));
  const metrics = (by: string) =>
    (cvss as readonly (readonly unknown[])[]).flatMap(([source, name, vectorString]) =>
      (source === 'CISA-ADP') === (by === 'CISA-ADP') ? [{ [String(name)]: { vectorString } }] : [],
    );
  const descriptions = ((cwe as readonly string[] | undefined) ?? []).map((cweId) => ({ lang: 'en', type: 'CWE', cweId }));
  return JSON.stringify({
    dataType: 'CVE_RECORD',
    dataVersion: '5.1',
    cveMetadata: { cveId: id, state },
    containers: {
      cna: { providerMetadata: { shortName: 'mitre' }, metrics: metrics('cna'), problemTypes: [{ descriptions }] },
      adp: [
        { providerMetadata: { shortName: 'CVE' }, references: [] },
        {
          providerMetadata: { shortName: 'CISA-ADP' },
          metrics: [...metrics('CISA-ADP'), { other: { type: 'ssvc', content: { timestamp: `${String(date)}T00:00:00.000Z`, options } } }],
        },
      ],
    },
  });
}

/** What vuln.go.dev serves. The reports of ../shared/data come from the repository, where `modified` is not filled in yet: one date stands for all. */
export function goDatabase(reports: readonly Line[]): Record<string, string | Buffer> {
  const modified = '2026-01-01T00:00:00Z';
  const index = reports.map(({ id, aliases }) => ({ id, modified, aliases }));
  const files = {
    'index/db.json': JSON.stringify({ modified }),
    'index/modules.json': '[]',
    'index/vulns.json': JSON.stringify(index),
    ...Object.fromEntries(reports.map((report) => [`ID/${String(report.id)}.json`, JSON.stringify(report)])),
  };
  const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
  return { ...files, 'vulndb.zip': writeZip(Object.fromEntries(entries)) };
}
