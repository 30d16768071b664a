import type { Gap, GapCode } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import type { LayerContext, OpenFile } from './types.ts';

/**
 * The whole file, or undefined after a `too-large` gap where it is longer than `limit` bytes. `what` names the format for the
 * reader (`dpkg status`); `incomplete` as in {@link Gap}.
 */
export async function readWithin(
  file: OpenFile,
  limit: number,
  ctx: LayerContext,
  about: { readonly what: string; readonly incomplete: boolean },
): Promise<Bytes | undefined> {
  if (file.size > limit) {
    ctx.gap({ code: 'too-large', params: { what: about.what, limit }, incomplete: about.incomplete });
    return undefined;
  }
  return file.bytes(limit);
}

const GAP_CODES: Record<string, GapCode> = {
  'file-too-large': 'too-large',
  'file-malformed': 'malformed',
  'file-unsupported': 'unsupported',
  'file-encrypted': 'encrypted',
};

/** The gap for an error that a reader of file formats threw on purpose; undefined for any other, which is ours to throw on. */
export function gapOf(error: unknown): Pick<Gap, 'code' | 'params'> | undefined {
  if (!(error instanceof PlimsollError)) return undefined;
  const code = GAP_CODES[error.code];
  return code && { code, params: error.params };
}
