export { findingText, type LintLevel, lintLevel, severityOf } from '../report/check-sentences.ts';
export { type LintDocument, writeChecksJson } from '../report/checks/json.ts';
export { writeChecksText } from '../report/checks/text.ts';
