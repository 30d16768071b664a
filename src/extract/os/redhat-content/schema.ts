import type { Bytes } from '../../../util/bytes.ts';
import { PlimsollError } from '../../../util/errors.ts';

const MAX_SETS = 10_000;
const MAX_NAME = 256;

/**
 * The field `content_sets` of a content manifest; empty where the build could not tell. Undefined for another JSON file of these
 * folders (labels.json). Source: atomic-reactor, schemas/content_manifest.json. Throws file-malformed.
 */
export function contentSetsOf(bytes: Bytes): string[] | undefined {
  const parsed = parse(bytes);
  if (typeof parsed !== 'object' || parsed === null) throw malformed('no object');
  if (!('content_sets' in parsed)) return undefined;
  const sets = parsed.content_sets;
  if (!Array.isArray(sets) || sets.length > MAX_SETS || !sets.every(isName)) throw malformed('content_sets is no list of names');
  return sets;
}

function parse(bytes: Bytes): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new PlimsollError('file-malformed', { what: WHAT, detail: 'no JSON' }, { cause: error });
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME;
}

const WHAT = 'content manifest';

function malformed(detail: string): PlimsollError {
  return new PlimsollError('file-malformed', { what: WHAT, detail });
}
