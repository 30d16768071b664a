import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { defaultCacheDir } from '../settings/folders.ts';
import { homeFolder } from '../util/home.ts';

// A scan is over before most code that V8 would optimise has earned its compilation back: ten times and four times V8's own counts
// take a fifth off a scan of known layers, a tenth off one that reads them. `db build` gets there anyway.
setFlagsFromString('--invocation-count-for-maglev=4000');
setFlagsFromString('--invocation-count-for-turbofan=12000');

// What is loaded afterwards is compiled once for all runs. Not in the system's temporary folder, Node's default: code that
// another user may put there would run as ours.
const { env, platform } = process;
enableCompileCache(join(env.PLIMSOLL_CACHE_DIR || defaultCacheDir({ env, platform, home: homeFolder() }), 'compiled'));
await import('./run.ts');
