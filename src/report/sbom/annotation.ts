import type { Facts } from '../../sbom/facts.ts';
import { escapeUnsafe } from '../safe-json.ts';

/**
 * Our facts as the text of an SPDX annotation: one JSON object with nothing but printable characters, which stands in every form of SPDX as
 * it is, in `<text>` of tag-value too.
 */
export function annotationText(facts: Facts): string {
  return escapeUnsafe(JSON.stringify({ plimsoll: facts })).replaceAll('<', '\\u003c');
}
