import type { Report } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import { cut } from '../cut.ts';
import type { Issue } from '../issues.ts';
import type { Rendering } from '../types.ts';
import type { GitlabLocation, GitlabScan, GitlabVulnerability } from './schema.ts';

export type Identifier = GitlabVulnerability['identifiers'][number];

/** What one of GitLab's kinds of scan makes of findings. */
export interface GitlabKind {
  readonly scan: GitlabScan;
  /** What becomes of an issue: nothing where the kind has no place for it, one entry for each file where it wants one. */
  readonly entries: (issue: Issue) => readonly Issue[];
  /** Nothing of this single finding. */
  readonly name: (issue: Issue) => string;
  /** The first is what GitLab compares by, beside the location. */
  readonly identifiers: (issue: Issue) => readonly Identifier[];
  readonly location: (issue: Issue, report: Report, how: Rendering) => GitlabLocation;
}

/** Characters of a name, of an identifier. */
export const MOST_NAME = 255;
const MOST_PATH = 1000;

/** A name of a flaw or rule, as an identifier: `CVE-2026-1` is one of `cve`; what says nothing of its kind is one of `type`. */
export function identifier(name: string, type = (/^([A-Za-z]+)-/.exec(name)?.[1] ?? 'plimsoll').toLowerCase()): Identifier {
  return { type, name: cut(name, MOST_NAME), value: cut(name, MOST_NAME) };
}

/** Of a weakness, `CWE-79`; nothing of any other text. */
export function weakness(cwe: string): readonly Identifier[] {
  const number = /^CWE-(\d+)$/i.exec(cwe)?.[1];
  if (number === undefined) return [];
  return [{ type: 'cwe', name: `CWE-${number}`, value: number, url: `https://cwe.mitre.org/data/definitions/${number}.html` }];
}

/** An identifier with an address; without one where that is none. */
export function withUrl(of: Identifier, url: string | undefined): Identifier {
  return url !== undefined && /^https?:\/\/[^\s]+$/.test(url) ? { ...of, url: safeText(url) } : of;
}

/** Package and version of a finding. */
export function dependency({ finding }: Issue): NonNullable<GitlabLocation['dependency']> {
  const { name = '', version = '' } = finding?.package ?? {};
  return { package: { name: safeText(name) }, version: safeText(version) };
}

/** The line to mend: that of the Dockerfile where it is known, a path, or what the place is called. Relative to the repository, as GitLab links it. */
export function lines({ places: [place] }: Issue, { inventory: { target } }: Report) {
  const file = relative(place?.dockerfile?.file ?? place?.path ?? place?.name ?? target.repository ?? target.name);
  const start = place?.dockerfile?.line ?? place?.line ?? 1;
  const end = place?.dockerfile === undefined ? (place?.endLine ?? start) : start;
  return { file, start_line: start, end_line: Math.max(start, end) };
}

export function relative(path: string): string {
  return cut(safeText(path).replace(/^(\.?\/)+/, '') || '.', MOST_PATH);
}
