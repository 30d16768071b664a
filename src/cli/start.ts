import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { defaultCacheDir } from '../settings/folders.ts';
import { EXIT } from '../util/errors.ts';
import { homeFolder } from '../util/home.ts';
import { runCompiled } from './code-cache.ts';

/** Set by the build: the hash of `program.cjs`, which stands beside this. From source there is none. */
declare const PLIMSOLL_PROGRAM: string | undefined;

// A scan is over before most code that V8 would optimise has earned its compilation back: ten times and 27 times V8's own counts
// take a fifth off a scan of known layers, a tenth off one that reads them. `db build` gets there anyway.
setFlagsFromString('--invocation-count-for-maglev=4000');
setFlagsFromString('--invocation-count-for-turbofan=80000');

if (typeof PLIMSOLL_PROGRAM === 'undefined') await import('./run.ts');
else {
  // What ran early is to be there at the end, when its byte code is kept.
  setFlagsFromString('--no-flush-bytecode');
  // Not in the system's temporary folder: code that another user may put there would run as ours.
  const { env, platform, argv } = process;
  const cacheDir = env.PLIMSOLL_CACHE_DIR || defaultCacheDir({ env, platform, home: homeFolder() });
  const kind = argv[2] === 'scan' ? 'scan' : 'other';
  const whole: readonly number[] = kind === 'scan' ? [EXIT.pass, EXIT.gateFailed, EXIT.unknown] : [EXIT.pass];
  runCompiled({
    file: join(dirname(fileURLToPath(import.meta.url)), 'program.cjs'),
    hash: PLIMSOLL_PROGRAM,
    folder: join(cacheDir, 'compiled'),
    kind,
    isWhole: (code) => whole.includes(code),
  });
}
