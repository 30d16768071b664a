export { writeComparison } from '../report/comparison.ts';
export { FORMAT_ALIASES, REPORTERS } from '../report/index.ts';
export { platformName } from '../report/platform-name.ts';
export type { Compared, DisplayFilter, FailedPlatform, PlatformReports, Rendering, Reporter, Writer } from '../report/types.ts';
