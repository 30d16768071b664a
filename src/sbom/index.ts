import type { Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import { cycloneDx } from './cyclonedx.ts';
import { fields } from './fields.ts';
import { spdx } from './spdx.ts';
import type { SbomDocument } from './types.ts';

export { distroOf } from './distro.ts';
export { OS_TYPES, packageOf } from './packages.ts';
export { restoredLayer, restoredOwner, restoredTarget } from './restore.ts';
export type { Component, SbomDocument } from './types.ts';

/**
 * Reads an SBOM: CycloneDX 1.2 to 1.6 or SPDX 2.2 and 2.3, as JSON.
 *
 * @param path for errors: `sbom-malformed` where it is no JSON, `sbom-unsupported` where it is none of these
 */
export function readSbom(bytes: Bytes, path: string): SbomDocument {
  const document = fields(parsed(bytes, path));
  if (document.bomFormat === 'CycloneDX') return cycloneDx(document);
  if (typeof document.spdxVersion === 'string' && /^SPDX-2\.[0-9]+$/.test(document.spdxVersion)) return spdx(document);
  const context = document['@context'];
  const form = typeof context === 'string' && context.includes('spdx.org/rdf/3') ? 'SPDX 3' : 'no SBOM';
  throw new PlimsollError('sbom-unsupported', { path, form });
}

function parsed(bytes: Bytes, path: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new PlimsollError(
      'sbom-malformed',
      { path, detail: cause instanceof Error ? cause.message.slice(0, 200) : String(cause) },
      { cause },
    );
  }
}
