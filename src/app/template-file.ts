import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { BUILT_IN } from '../report/template/built-in.ts';
import { checkNames } from '../report/template/names.ts';
import { parseTemplate, partialNames } from '../report/template/parse.ts';
import type { TemplateFile } from '../report/types.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';

/** Partials of one template. */
const MOST_PARTIALS = 100;

/**
 * What `--template` names: a built-in (`list`), a text with tags of its own, else a file, with or without the `@` that Trivy puts before it.
 * Partials are read from the file's own folder, and from nowhere else: not by a path, not over a link that leads out.
 *
 * @throws PlimsollError template-missing, template-malformed, template-go, template-limit
 */
export async function readTemplate(spec: string, cwd: string): Promise<TemplateFile> {
  const builtIn = Object.hasOwn(BUILT_IN, spec) ? BUILT_IN[spec] : undefined;
  if (builtIn) return { name: builtIn.file, text: builtIn.text, partials: new Map() };
  if (!spec.startsWith('@') && spec.includes('{{')) return whole('--template', spec, undefined);
  if (spec.endsWith('.tpl')) throw new PlimsollError('template-go', { name: spec }, { exitCode: EXIT.usage });
  const file = resolve(cwd, spec.replace(/^@/, ''));
  return whole(spec.replace(/^@/, ''), await text(file, spec), dirname(file));
}

async function whole(name: string, source: string, folder: string | undefined): Promise<TemplateFile> {
  const partials = new Map<string, string>();
  const nodes = parseTemplate(source, name);
  checkNames(nodes, name);
  const open = [...partialNames(nodes)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (partials.has(next) || folder === undefined) continue;
    if (partials.size >= MOST_PARTIALS)
      throw new PlimsollError('template-limit', { name, limit: `${MOST_PARTIALS} partials` }, { exitCode: EXIT.usage });
    const partial = await beside(folder, `${next}.hbs`);
    partials.set(next, partial);
    open.push(...partialNames(parseTemplate(partial, `${next}.hbs`)));
  }
  return { name, text: source, partials };
}

/** A file that stands in the folder itself. */
async function beside(folder: string, name: string): Promise<string> {
  const file = join(folder, basename(name));
  try {
    const inside = `${await realpath(folder)}${sep}`;
    if (!(await realpath(file)).startsWith(inside)) throw missing(name, 'ELOOP');
  } catch (cause) {
    throw cause instanceof PlimsollError ? cause : missing(name, cause);
  }
  return text(file, name);
}

async function text(file: string, spec: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw missing(spec, cause);
  }
}

function missing(name: string, cause: unknown): PlimsollError {
  const detail = typeof cause === 'string' ? cause : ((cause as NodeJS.ErrnoException).code ?? String(cause));
  const choices = Object.keys(BUILT_IN).join(', ');
  return new PlimsollError('template-missing', { name, detail, choices }, { exitCode: EXIT.usage, cause });
}
