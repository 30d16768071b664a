import { checkSentences } from '../messages/checks/index.ts';
import { fill, type Language } from '../messages/fill.ts';
import { secretTexts, withService } from '../messages/secrets.ts';
import type { CheckFinding, CheckText, SeverityLevel } from '../model/index.ts';

/** What `plimsoll lint` calls the severities: hadolint's words. */
export type LintLevel = 'error' | 'warning' | 'info' | 'style';

const LEVELS: Readonly<Record<SeverityLevel, LintLevel>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'info',
  negligible: 'style',
  unknown: 'style',
};

export function lintLevel(severity: SeverityLevel): LintLevel {
  return LEVELS[severity];
}

const SEVERITY_OF: Readonly<Record<LintLevel, SeverityLevel>> = { error: 'high', warning: 'medium', info: 'low', style: 'negligible' };

/** The mildest severity of a level; severities stand for themselves, `none` for undefined. */
export function severityOf(word: LintLevel | SeverityLevel | 'none'): SeverityLevel | undefined {
  if (word === 'none') return undefined;
  return word in SEVERITY_OF ? SEVERITY_OF[word as LintLevel] : (word as SeverityLevel);
}

/** The sentences of a finding in the reader's language, the message filled. A custom rule brings its own. */
export function findingText(finding: CheckFinding, language: Language): CheckText {
  const { title, message, why, remedy } = finding.text ?? checkSentences(finding.id, language) ?? UNKNOWN;
  const params = withService(finding.params, secretTexts(language));
  const filled = (text: string) => fill(text, params);
  return { title: filled(title), message: filled(message), why: filled(why), remedy: filled(remedy) };
}

/** A report of a newer version may hold rules that this one does not know. */
const UNKNOWN: CheckText = { title: '', message: '', why: '', remedy: '' };
