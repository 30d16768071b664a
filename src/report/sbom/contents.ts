import type { Distro, Package, Report, TargetInfo } from '../../model/index.ts';
import { compareText } from '../../util/compare-text.ts';
import { formatPurl } from '../../util/purl.ts';

/** What identifies a CPE at all; the schemas' own patterns are longer. */
const CPE = /^cpe:2\.3:[aho](?::[^\s:]+){10}$/;

/** The release's CPE 2.3 name, where what it says is one. */
export function cpeOf({ cpe }: Distro): string | undefined {
  return cpe !== undefined && CPE.test(cpe) ? cpe : undefined;
}

/** In SPDX's text about where a package comes from, in the words that Trivy chose and our reader knows. */
export function sourceInfo({ source }: Package): string | undefined {
  return source && `built package from: ${source.name} ${source.version}`;
}

/** The image's own package URL, where it has a repository and a digest. Source: purl-spec, types/oci-definition.json. */
export function imagePurl({ digest, repository, tags, platform }: TargetInfo): string | undefined {
  if (!digest || !repository) return undefined;
  return formatPurl({
    type: 'oci',
    name: repository.slice(repository.lastIndexOf('/') + 1).toLowerCase(),
    version: digest,
    qualifiers: {
      repository_url: repository.toLowerCase(),
      ...(platform ? { arch: platform.architecture } : {}),
      ...(tags?.[0] === undefined ? {} : { tag: tags[0] }),
    },
  });
}

/** The day on which the release ended, where it did. */
export function endOfLifeOf({ findings }: Report): string | undefined {
  const dead = findings.find((finding) => finding.kind === 'end-of-life');
  return dead && (dead.published?.slice(0, 10) ?? 'true');
}

const LICENSE_REF = /LicenseRef-[A-Za-z0-9.-]+/g;

/**
 * Names in expressions that SPDX has no identifier for, each once; `of` gives an expression with them. Those that differ in case alone are
 * one: identifiers are compared without regard to it. Source: SPDX 2.3, annex D, and 3.0.1, "SPDX license expressions".
 */
export function licenseRefs(expressions: readonly string[]): { readonly names: readonly string[]; of(expression: string): string } {
  const byLower = new Map<string, string>();
  for (const name of expressions.flatMap((text) => text.match(LICENSE_REF) ?? []).sort(compareText)) {
    if (!byLower.has(name.toLowerCase())) byLower.set(name.toLowerCase(), name);
  }
  return {
    names: [...byLower.values()],
    of: (expression) => expression.replace(LICENSE_REF, (name) => byLower.get(name.toLowerCase()) ?? name),
  };
}

/** In one line, and without what would move a terminal: for fields that our own facts repeat as they are. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, ' ');
}

/** Letters, digits, `.` and `-`: what may stand in an SPDX identifier. Source: SPDX 2.3, clause 7.2. */
export function spdxId(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]/g, '-');
}

/** Name and address of who maintains a package, in one line; undefined where there is no name. */
export function maintainerOf(text: string): { readonly name: string; readonly address?: string } | undefined {
  const [, said = text, address] = /^([^<]{1,500}?)\s*<([^<>\s]{1,500}@[^<>\s]{1,500})>\s*$/.exec(text) ?? [];
  const name = printable(said).replace(/[()]/g, ' ').replace(/\s+/g, ' ').trim();
  return name === '' ? undefined : { name, ...(address === undefined ? {} : { address }) };
}

/** Where those who have no address of their own put their documents. Source: SPDX 2.3, clause 6.5. */
export function spdxNamespace(name: string, uuid: string): string {
  return `https://spdx.org/spdxdocs/${spdxId(name).slice(0, 100)}-${uuid}`;
}

/** What there is to say of a licence of which nothing but its name is known. */
export const UNKNOWN_LICENSE_TEXT = 'Declared by a package under this name. SPDX has no identifier for it, and its text was not read.';
