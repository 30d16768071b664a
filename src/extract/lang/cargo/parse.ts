import { inflateSync } from 'node:zlib';
import type { Bytes } from '../../../util/bytes.ts';
import { isObject } from '../../../util/fields.ts';
import { isVersion, jsonObject } from '../../lock-file.ts';

/** A crate that was linked into a program. */
export interface Crate {
  readonly name: string;
  readonly version: string;
  /** `crates.io`, `git`, `local`, `registry`. */
  readonly source: string;
  readonly root: boolean;
}

/** 4,000 crates are 800 kB. */
const MAX_TEXT = 16 << 20;
const NAME = /^[\w-]{1,256}$/;

/**
 * The crates in the content of a `.dep-v0` section: zlib around JSON. What only the build needed (`kind: build`) is not in the
 * program and is left out. Undefined where it has another form. Source: cargo-auditable, cargo-auditable.schema.json and PARSING.md.
 */
export function parseAuditData(section: Bytes): Crate[] | undefined {
  const packages = jsonObject(inflated(section))?.packages;
  if (!Array.isArray(packages)) return undefined;
  const crates: Crate[] = [];
  for (const one of packages as readonly unknown[]) {
    if (!isObject(one) || typeof one.name !== 'string' || !NAME.test(one.name) || !isVersion(one.version)) return undefined;
    if (one.kind === 'build') continue;
    const source = typeof one.source === 'string' ? one.source.slice(0, 64) : '';
    crates.push({ name: one.name, version: one.version, source, root: one.root === true });
  }
  return crates;
}

/** Empty where it cannot be inflated. Stripping tools may pad the section: what stands behind the stream is ignored. */
function inflated(section: Bytes): string {
  try {
    return inflateSync(section, { maxOutputLength: MAX_TEXT }).toString('utf8');
  } catch {
    return '';
  }
}
