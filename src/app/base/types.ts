import type { BaseImage, Gap, ReportWarning } from '../../model/index.ts';

/**
 * How the base image is looked for. `auto`: in what is at hand; the registry that the image came from is asked for the image that it
 * names as its base. `registry`: whichever registry is named is asked. `none`: not at all.
 */
export const BASE_SEARCHES = ['auto', 'registry', 'none'] as const;
export type BaseSearch = (typeof BASE_SEARCHES)[number];

export interface FoundBase {
  readonly base?: BaseImage;
  readonly warnings: readonly ReportWarning[];
  readonly gaps: readonly Gap[];
}
