/** The library: `import { scan } from 'plimsoll'`. Documented in docs/library.md. */

export { type AssessOptions, assess, assessPlatforms } from './app/assess.ts';
export { type ComparedReports, type CompareOptions, compare } from './app/compare.ts';
export { type LintOptions, type LintResult, lint } from './app/lint/index.ts';
export { type RecommendOptions, recommend } from './app/recommend/index.ts';
export {
  type Compared,
  type FailedPlatform,
  type PlatformReports,
  REPORTERS,
  type Rendering,
  type Reporter,
  type Writer,
  writeComparison,
} from './app/reporters.ts';
export { type ScanOptions, type ScanProgress, scan } from './app/scan/index.ts';
export { scanPlatforms } from './app/scan/platforms.ts';
export type { ExceptionsOptions, StandingOptions } from './app/standing/options.ts';
export type * from './model/index.ts';
export { SEVERITIES } from './model/index.ts';
export { EXIT, PlimsollError } from './util/errors.ts';
export type { Http } from './util/http/types.ts';
