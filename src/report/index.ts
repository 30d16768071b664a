import { cyclonedx } from './cyclonedx/index.ts';
import { html } from './html/index.ts';
import { json } from './json/index.ts';
import { markdown } from './markdown/index.ts';
import { sarif } from './sarif/index.ts';
import { table } from './table/index.ts';
import { trivy } from './trivy/index.ts';
import type { Reporter } from './types.ts';

/** Every report format; a folder that is not in this list fails a test. */
export const REPORTERS: readonly Reporter[] = [table, json, trivy, sarif, cyclonedx, markdown, html];

/** What other tools call these formats. */
export const FORMAT_ALIASES: Readonly<Record<string, string>> = {
  'cyclonedx-json': 'cyclonedx',
  'spdx-tag-value': 'spdx',
};
