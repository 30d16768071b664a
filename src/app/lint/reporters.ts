export { lintLevel, severityOf } from '../../report/check-sentences.ts';
export { writeChecksJson } from '../../report/checks/json.ts';
export { writeChecksText } from '../../report/checks/text.ts';
