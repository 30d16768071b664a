/**
 * Prints src/licenses/spdx-ids.ts: the identifiers of the SPDX License List, without the deprecated ones.
 * Needs the packages spdx-license-ids and spdx-exceptions (the lists as JSON) in the node_modules of the folder given.
 * Run: node tools/licenses/spdx-ids.ts FOLDER > src/licenses/spdx-ids.ts
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(process.argv[2] ?? '.', 'node_modules');
const list = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly string[];

/** Lines of at most 130 characters. */
function filled(words: readonly string[]): string {
  const lines = [''];
  for (const word of words) {
    if (`${lines.at(-1)} ${word}`.length > 130) lines.push('');
    lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trimStart();
  }
  return lines.join('\n');
}

console.log(`/** Made by tools/licenses/spdx-ids.ts. Source: SPDX License List; deprecated identifiers are names in names.ts. */
const LICENSES = \`
${filled(list('spdx-license-ids/index.json'))}
\`;

const EXCEPTIONS = \`
${filled(list('spdx-exceptions/index.json'))}
\`;

/** By their lower case. */
export const LICENSE_IDS: ReadonlyMap<string, string> = byLowerCase(LICENSES);
export const EXCEPTION_IDS: ReadonlyMap<string, string> = byLowerCase(EXCEPTIONS);

function byLowerCase(words: string): ReadonlyMap<string, string> {
  return new Map(words.trim().split(/\\s+/).map((id) => [id.toLowerCase(), id]));
}`);
