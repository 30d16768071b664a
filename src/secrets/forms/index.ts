import type { BinaryForms } from '../engine/stream.ts';
import type { SecretForm } from '../types.ts';

/** Forms found in text. */
export const textForms: readonly SecretForm[] = [];

/** Reads binary files that are there to hold keys. */
export function binaryForms(_disabled: ReadonlySet<string>): BinaryForms {
  return { wants: () => 0, read: () => [] };
}
