export { type LintDocument, writeChecksJson } from '../report/checks/json.ts';
export { findingText, type LintLevel, lintLevel, severityOf } from '../report/checks/sentences.ts';
export { writeChecksText } from '../report/checks/text.ts';
