import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { maskSecrets } from '../../checks/mask.ts';
import type { TextEdit } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { LintResult } from './index.ts';
import { unifiedDifference } from './unified-difference.ts';

/** What fixing a file comes to. */
export interface FixedFile {
  readonly path: string;
  /** On disk; absent where there is none to write to. */
  readonly absolute?: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  /** Fixes that are in `after`, and those that overlap one of them. */
  readonly applied: number;
  readonly skipped: number;
}

/** The safe edits of all findings that count, file by file. Of edits that overlap, the first in the text is applied. */
export function plannedFixes({ checks, sources }: Pick<LintResult, 'checks' | 'sources'>): FixedFile[] {
  return sources.flatMap(({ path, absolute, text }) => {
    const own = checks.findings.filter((each) => each.location.file === path && each.suppressed === undefined);
    const fixes = own.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
    if (fixes.length === 0) return [];
    const { edits, applied } = withoutOverlaps(fixes, text.length);
    const after = applyEdits(text, edits);
    if (after === text) return [];
    const difference = unifiedDifference(path, text, after).split('\n').map(maskSecrets).join('\n');
    const skipped = fixes.length - applied;
    return [{ path, before: text, after, difference, applied, skipped, ...(absolute === undefined ? {} : { absolute }) }];
  });
}

/** The text with edits applied; they must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Writes each file whole or leaves it: through a temporary file beside it, with the same mode. A file that changed meanwhile is left. */
export async function writeFixes(files: readonly FixedFile[]): Promise<void> {
  for (const { absolute, path, before, after } of files) {
    if (absolute === undefined) continue;
    const temporary = `${absolute}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      const now = await readFile(absolute, 'utf8');
      const mark = now.startsWith('\ufeff') ? '\ufeff' : '';
      if (now.slice(mark.length) !== before) throw new Error('changed meanwhile');
      const { mode } = await stat(absolute);
      await writeFile(temporary, mark + after, { flag: 'wx', mode });
      await rename(temporary, absolute);
    } catch (cause) {
      const detail = (cause as NodeJS.ErrnoException).code ?? (cause instanceof Error ? cause.message : String(cause));
      throw new PlimsollError('output-unwritable', { path, detail }, { cause });
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

/** A fix is applied whole or not at all; the same fix of two findings is applied once. */
function withoutOverlaps(fixes: readonly (readonly TextEdit[])[], length: number): { edits: TextEdit[]; applied: number } {
  const taken: TextEdit[] = [];
  let applied = 0;
  const start = (fix: readonly TextEdit[]) => Math.min(...fix.map((edit) => edit.start));
  for (const fix of [...fixes].sort((a, b) => start(a) - start(b))) {
    const fresh = fix.filter((edit) => !taken.some((other) => same(edit, other)));
    const sound = fix.every((edit) => edit.start >= 0 && edit.end >= edit.start && edit.end <= length);
    if (!sound || fresh.some((edit, i) => [...taken, ...fresh.slice(0, i)].some((other) => overlap(edit, other)))) continue;
    taken.push(...fresh);
    applied += 1;
  }
  return { edits: taken, applied };
}

/** Two insertions at one place overlap too: their order would be a guess. */
function overlap(a: TextEdit, b: TextEdit): boolean {
  return (a.start < b.end && b.start < a.end) || (a.start === b.start && (a.start === a.end || b.start === b.end));
}

function same(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
