import { isOfProject, lockFileExtractor } from '../../lock-file.ts';
import { parseGoMod } from './parse.ts';

const frame = lockFileExtractor({
  id: 'lang/go-mod',
  version: 1,
  type: 'golang',
  what: 'go.mod',
  wants: { basenames: ['go.mod'] },
  parse: parseGoMod,
});

/** Folders that the go command does not look into. Source: `go help packages`. */
const IGNORED = /(^|\/)(testdata|[_.][^/]*)\//;

/**
 * go.mod: required modules as replaced, and the standard library where a `toolchain` line names its version (the `go` line is
 * what the code needs at least, and programs are mostly built with newer ones). Since Go 1.17 the file lists every module
 * that is built in; older ones list direct dependencies only, which is a gap.
 */
export const goMod = {
  ...frame,
  wants: {
    ...frame.wants,
    accept: (_head: unknown, file: { readonly path: string }) => isOfProject(file.path) && !IGNORED.test(file.path),
  },
};
