import { compareText } from '../../util/compare-text.ts';
import { safeText } from '../../util/terminal/text.ts';
import { lintLevel } from '../check-sentences.ts';
import { cut } from '../cut.ts';
import { distinctPrints, once } from '../distinct-prints.ts';
import { issues } from '../issues.ts';
import { oneLine } from '../one-line.ts';
import { escapeUnsafe, safeJson } from '../safe-json.ts';
import type { PlatformReports, Rendering } from '../types.ts';
import { xmlText } from '../xml-text.ts';

/** Source: hadolint, src/Hadolint/Formatter. */
export interface HadolintEntry {
  readonly file: string;
  readonly line: number;
  /** hadolint always says 1; here it is where it begins. */
  readonly column: number;
  readonly level: 'error' | 'warning' | 'info' | 'style';
  /** hadolint's or shellcheck's id; ours where they have none. */
  readonly code: string;
  readonly message: string;
}

interface Entry extends HadolintEntry {
  readonly fingerprint: string;
}

/** Characters of a text. */
const MOST_TEXT = 4000;

/** In the form that is asked for, in pieces. */
export async function hadolintDocument({ reports }: PlatformReports, how: Rendering): Promise<Iterable<string>> {
  const found: Entry[] = [];
  for (const report of reports) {
    const open = (await issues(report, how.filter, how.language)).filter(({ check, suppressed }) => check && !suppressed);
    for (const { issue, hash, platform } of distinctPrints(open, report, reports.length > 1)) {
      const [place] = issue.places;
      found.push({
        file: cut(place?.path ?? place?.name ?? '-', MOST_TEXT),
        line: place?.line ?? 1,
        column: place?.column ?? 1,
        level: lintLevel(issue.severity),
        code: issue.aliases.find((name) => /^(?:DL|SC)\d{4}$/.test(name)) ?? issue.rule,
        message: `${cut(issue.message, MOST_TEXT)}${platform === '' ? '' : ` [${platform}]`}`,
        fingerprint: hash,
      });
    }
  }
  const all = once(found, ({ fingerprint }) => fingerprint).toSorted(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code),
  );
  return FORMS[how.version as keyof typeof FORMS]?.(all) ?? FORMS.json(all);
}

const FORMS = {
  json: (all: readonly Entry[]) => safeJson(all.map(({ fingerprint: _ours, ...entry }): HadolintEntry => entry)),
  tty: (all: readonly Entry[]) =>
    all.map(({ file, line, code, level, message }) => `${safeText(oneLine(`${file}:${line} ${code} ${level}: ${message}`))}\n`),
  /** GNU Coding Standards, "Formatting Error Messages". */
  gnu: (all: readonly Entry[]) =>
    all.map(({ file, line, code, level, message }) => `${safeText(oneLine(`hadolint:${file}:${line}: ${code} ${level}: ${message}`))}\n`),
  checkstyle,
  codeclimate,
  sonarqube,
} as const;

/** Checkstyle's XML of version 4.3, as its own listener writes it. */
function* checkstyle(all: readonly Entry[]): Generator<string> {
  const attribute = (text: string): string => xmlText(text, { most: MOST_TEXT });
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n';
  for (const [file, entries] of Map.groupBy(all, (each) => each.file)) {
    yield `  <file name="${attribute(file)}">\n`;
    for (const { line, column, level, message, code } of entries) {
      const said = `line="${line}" column="${column}" severity="${level}" message="${attribute(message)}" source="${attribute(code)}"`;
      yield `    <error ${said}/>\n`;
    }
    yield '  </file>\n';
  }
  yield '</checkstyle>\n';
}

const CLIMATE = { error: 'blocker', warning: 'major', info: 'info', style: 'minor' } as const;

/** Code Climate's specification: an object for each, a NUL character after each. */
function* codeclimate(all: readonly Entry[]): Generator<string> {
  for (const { file, line, level, code, message, fingerprint } of all) {
    const issue = {
      type: 'issue',
      check_name: code,
      description: message,
      categories: ['Bug Risk'],
      location: { path: file, lines: { begin: line, end: line } },
      severity: CLIMATE[level],
      fingerprint,
    };
    yield `${escapeUnsafe(JSON.stringify(issue))}\0`;
  }
}

const SONAR = { error: 'CRITICAL', warning: 'MAJOR', info: 'MINOR', style: 'INFO' } as const;

/** SonarQube's generic format of issues. */
function sonarqube(all: readonly Entry[]): Iterable<string> {
  return safeJson({
    issues: all.map(({ file, line, level, code, message }) => ({
      engineId: 'plimsoll',
      ruleId: code,
      severity: SONAR[level],
      type: level === 'error' ? 'BUG' : 'CODE_SMELL',
      primaryLocation: { message, filePath: file, textRange: { startLine: line, endLine: line } },
    })),
  });
}
