import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildImage, type ImageDescription, writeLayout } from '../../testing/image-builder/index.ts';
import { hardenedImage } from './hardened.ts';
import { type NpmLayer, npmLayer } from './npm.ts';
import { vulnerableImage } from './vulnerable.ts';

// Makes examples/*/image, where what it is made from changed. Prints a line an example; fails only where nothing could be made.

const ROOT = join(import.meta.dirname, '../..');
const INPUTS = 'plimsoll.example.inputs';
const SKELETON = 'plimsoll.example.npm-skeleton';
const EXAMPLES: Readonly<Record<string, (folder: string, npm: NpmLayer) => ImageDescription>> = {
  vulnerable: vulnerableImage,
  hardened: hardenedImage,
};

/** `latest` is one of the mistakes. */
const TAGS: Readonly<Record<string, string>> = { hardened: '1.0.0' };

for (const [name, describe] of Object.entries(EXAMPLES)) await make(name, describe);

async function make(name: string, describe: (folder: string, npm: NpmLayer) => ImageDescription): Promise<void> {
  const folder = join(ROOT, 'examples', name);
  const image = join(folder, 'image');
  const inputs = digestOfInputs(name);
  if (isCurrent(image, inputs)) return;

  const npm = npmLayer(join(folder, 'app'));
  const annotations = { [INPUTS]: inputs, ...(npm.failure === undefined ? {} : { [SKELETON]: 'true' }) };
  const built = buildImage(describe(folder, npm));
  await writeLayout(image, [{ image: built, tag: TAGS[name] ?? 'latest', annotations }]);
  const applied = npm.failure === undefined ? `${npm.files.length} files from npm` : 'a skeleton in place of the npm packages';
  console.log(`examples/${name}/image: ${built.layers.length} layers, ${applied}`);
  if (npm.failure !== undefined) {
    console.log(`  npm could not install the example's packages (${npm.failure}).`);
    console.log('  Its layer holds their names and versions only, from package-lock.json: enough to scan. The next set-up tries again.');
  }
}

/** False where the image is missing, was made from other sources, or without npm. */
function isCurrent(image: string, inputs: string): boolean {
  const index = join(image, 'index.json');
  if (!existsSync(index)) return false;
  const { manifests } = JSON.parse(readFileSync(index, 'utf8')) as { manifests: { annotations?: Record<string, string> }[] };
  const annotations = manifests[0]?.annotations;
  return annotations?.[INPUTS] === inputs && annotations[SKELETON] === undefined;
}

function digestOfInputs(name: string): string {
  const patterns = [`examples/${name}/{app,layers}/*`, 'tools/examples/*.ts', 'testing/image-builder/*.ts'];
  const files = globSync(patterns, { cwd: ROOT }).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}
