// Turns src/ into dist/: the program; the library and the worker of `db build`, with what these two share in chunks beside them.
// Runs on Node 24; esbuild comes from this folder's own lock file.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { thirdPartyNotices } from './notices.mjs';
import { READING } from './reading.mts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DIST = join(ROOT, 'dist');
/** A running plimsoll may still load chunks of the build before this one. */
const KEEP_OLD_MS = 60 * 60 * 1000;

const started = new Date();
mkdirSync(DIST, { recursive: true });
const common = {
  metafile: true,
  absWorkingDir: ROOT,
  outdir: DIST,
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node24',
  minify: true,
  define: { PLIMSOLL_SOURCES: JSON.stringify(sourcesHash(READING)), PLIMSOLL_CODE: JSON.stringify(sourcesHash(/./)) },
  legalComments: 'none',
  logLevel: 'warning',
};
/** A plug-in of esbuild: what the builtins that `filter` matches export is said by `exported`. */
function builtins(filter, exported) {
  return {
    name: 'builtins',
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, ({ path }) => ({ path, namespace: 'builtin' }));
      onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({ contents: `module.exports = ${exported(path)};` }));
    },
  };
}

const builtin = (path) => `process.getBuiltinModule('${path}')`;
/** Loaded when a name of it is used first. */
const onDemand = (path) =>
  `{ ${Object.keys(process.getBuiltinModule(path))
    .map((name) => `get ${name}() { return ${builtin(path)}.${name}; }`)
    .join(', ')} }`;

const script = inAscii(await program());
const parts = [script, await entry(script.outputFiles[0].contents), await library()];
const outputFiles = parts.flatMap((part) => part.outputFiles);
const inputs = parts.flatMap(({ metafile }) => Object.keys(metafile.inputs));

// Chunks first, each by rename: whoever starts plimsoll meanwhile sees the old program or the new one, never a half.
const byName = outputFiles.map(({ path, contents }) => ({ name: path.slice(DIST.length + 1), contents }));
byName.sort((a, b) => Number(b.name.startsWith('chunk-')) - Number(a.name.startsWith('chunk-')));
for (const { name, contents } of byName) put(name, contents);
await putStarter();
sweep(new Set(byName.map(({ name }) => name)));
put('THIRD-PARTY-NOTICES.txt', thirdPartyNotices(ROOT, inputs));
put('.built', '');
utimesSync(join(DIST, '.built'), started, started);

/**
 * The program is read byte by byte, without decoding. esbuild escapes what is not ASCII in strings; in patterns and templates, where it
 * leaves it alone, the same escapes mean the same. (In String.raw they would not: nothing of ours has such a text there.)
 */
function inAscii(built) {
  const [file] = built.outputFiles;
  const escaped = file.text.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return { ...built, outputFiles: [{ path: file.path, contents: Buffer.from(escaped, 'latin1') }] };
}

/** `plimsoll.js`: looks at Node's version and runs the program. */
function entry(script) {
  return build({
    ...common,
    entryPoints: { plimsoll: 'src/cli/bin.ts' },
    format: 'esm',
    define: { PLIMSOLL_PROGRAM: JSON.stringify(createHash('sha256').update(script).digest('hex')) },
    // An `import` of a builtin fails on a Node that lacks one of the names before the first line of ours has run.
    plugins: [builtins(/^node:/, builtin)],
  });
}

/**
 * `program.cjs`: one file, where what is loaded on demand runs on demand. As a script and not as modules because that starts sooner: an
 * \`import\` of a builtin makes all its parts (node:fs the promises, node:crypto Web Crypto), and every chunk is resolved, read and linked.
 */
function program() {
  return build({
    ...common,
    entryPoints: { program: 'src/cli/run.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: { ...common.define, 'import.meta.url': 'plimsollUrl' },
    // A scan of known layers needs none of these, and commander asks for the first at once.
    plugins: [builtins(/^node:(child_process|worker_threads|(fs|stream|timers)\/promises)$/, onDemand)],
    banner: { js: "const plimsollUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
}

function library() {
  return build({
    ...common,
    entryPoints: { 'index': 'src/index.ts', 'db-build-worker': 'src/advisories/db/build-worker.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    // Packages in the older form (yaml) ask for builtins by `require`, which modules do not have.
    banner: { js: "import{createRequire as plimsollRequire}from'node:module';const require=plimsollRequire(import.meta.url);" },
  });
}

/** What was made of an image is good for the code that made it. */
function sourcesHash(wanted) {
  const hash = createHash('sha256');
  const all = readdirSync(join(ROOT, 'src'), { recursive: true }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const names = all.filter((name) => wanted.test(name.replaceAll('\\', '/')));
  for (const name of [...names.sort(), '../package-lock.json']) hash.update(`${name}\n`).update(readFileSync(join(ROOT, 'src', name)));
  return hash.digest('hex');
}

/** The starter database as tables, so that a scan opens it instead of making it. Sources of ours run as they are on Node 24. */
async function putStarter() {
  if (!existsSync(join(ROOT, 'data/starter/flaws.jsonl'))) return;
  const { buildInMemory } = await import('../../src/advisories/db/memory.ts');
  const { readStarter } = await import('../../src/advisories/db/starter.ts');
  const { manifest, tables } = buildInMemory(readStarter(join(ROOT, 'data/starter/')));
  mkdirSync(join(DIST, 'starter'), { recursive: true });
  for (const [file, bytes] of tables) put(`starter/${file}`, bytes);
  put('starter/manifest.json', `${JSON.stringify(manifest)}\n`);
}

function put(name, contents) {
  const temporary = join(DIST, `.${name.replaceAll('/', '-')}.${process.pid}.tmp`);
  writeFileSync(temporary, contents, { mode: name === 'plimsoll.js' ? 0o755 : 0o644 });
  renameSync(temporary, join(DIST, name));
}

function sweep(current) {
  for (const name of readdirSync(DIST)) {
    const old = /^chunk-.*\.js$|\.tmp$/.test(name) && !current.has(name);
    if (old && Date.now() - statSync(join(DIST, name)).mtimeMs > KEEP_OLD_MS) rmSync(join(DIST, name), { force: true });
  }
}
