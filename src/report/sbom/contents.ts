import type { Report, TargetInfo } from '../../model/index.ts';
import { formatPurl } from '../../util/purl.ts';

/** What identifies a CPE at all; the schemas' own patterns are longer. */
export const CPE = /^cpe:2\.3:[aho](?::[^\s:]+){10}$/;

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

/** Names in expressions that SPDX has no identifier for, each once. */
export function licenseRefs(expressions: readonly string[]): readonly string[] {
  return [...new Set(expressions.flatMap((text) => text.match(/LicenseRef-[A-Za-z0-9.-]+/g) ?? []))].sort();
}

/** In one line, and without what would move a terminal: for fields that our own facts repeat as they are. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, ' ');
}
