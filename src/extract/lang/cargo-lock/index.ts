import { lockFileExtractor } from '../../lock-file.ts';
import { parseCargoLock } from './parse.ts';

/**
 * Cargo.lock of all four versions. The workspace's own crates, which have no source, are left out; what they name as
 * dependencies is direct, whether for the program, its build or its tests: the file does not tell these apart.
 */
export const cargoLock = lockFileExtractor({
  id: 'lang/cargo-lock',
  version: 1,
  type: 'cargo',
  what: 'Cargo.lock',
  wants: { basenames: ['Cargo.lock'] },
  parse: parseCargoLock,
});
