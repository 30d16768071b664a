export { type Exploitation, exploitationOf, levelOf, scoreCvss } from './cvss/index.ts';
export { type RatingInput, rate, type SeverityRating } from './severity.ts';
