import { asff } from './asff/index.ts';
import { clair } from './clair/index.ts';
import { csv } from './csv/index.ts';
import { cyclonedx } from './cyclonedx/index.ts';
import { cyclonedxXml } from './cyclonedx-xml/index.ts';
import { github } from './github/index.ts';
import { gitlab } from './gitlab/index.ts';
import { gitlabCodeQuality } from './gitlab-codequality/index.ts';
import { gitlabDependencyScanning } from './gitlab-dependency-scanning/index.ts';
import { gitlabSast } from './gitlab-sast/index.ts';
import { gitlabSecretDetection } from './gitlab-secret-detection/index.ts';
import { hadolint } from './hadolint/index.ts';
import { html } from './html/index.ts';
import { json } from './json/index.ts';
import { junit } from './junit/index.ts';
import { markdown } from './markdown/index.ts';
import { markdownPr } from './markdown-pr/index.ts';
import { sarif } from './sarif/index.ts';
import { snyk } from './snyk/index.ts';
import { spdx } from './spdx/index.ts';
import { spdxJson } from './spdx-json/index.ts';
import { spdx3 } from './spdx3/index.ts';
import { table } from './table/index.ts';
import { template } from './template/index.ts';
import { trivy } from './trivy/index.ts';
import type { Reporter } from './types.ts';

/** Every report format; a folder that is not in this list fails a test. */
export const REPORTERS: readonly Reporter[] = [
  table,
  json,
  trivy,
  snyk,
  clair,
  sarif,
  cyclonedx,
  cyclonedxXml,
  spdx,
  spdxJson,
  spdx3,
  github,
  markdown,
  markdownPr,
  html,
  csv,
  junit,
  gitlab,
  gitlabDependencyScanning,
  gitlabSast,
  gitlabSecretDetection,
  gitlabCodeQuality,
  asff,
  hadolint,
  template,
];

/** What other tools call these formats. */
export const FORMAT_ALIASES: Readonly<Record<string, string>> = {
  'cyclonedx-json': 'cyclonedx',
  'spdx-tag-value': 'spdx',
};
