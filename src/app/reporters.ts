export { FORMAT_ALIASES, REPORTERS } from '../report/index.ts';
export { platformName } from '../report/platform-name.ts';
export type { FailedPlatform, PlatformReports, Rendering, Reporter, Writer } from '../report/types.ts';
