import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { defaultCacheDir } from '../settings/folders.ts';
import { homeFolder } from '../util/home.ts';

// What is loaded afterwards is compiled once for all runs. Not in the system's temporary folder, Node's default: code that
// another user may put there would run as ours.
const { env, platform } = process;
enableCompileCache(join(env.PLIMSOLL_CACHE_DIR || defaultCacheDir({ env, platform, home: homeFolder() }), 'compiled'));
await import('./run.ts');
