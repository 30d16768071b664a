import { readFile } from 'node:fs/promises';
import { checkCustom } from '../../checks/custom/check.ts';
import { loadRules } from '../../checks/custom/load.ts';
import type { CustomRule, ItemReader } from '../../checks/custom/types.ts';
import type { LintKind } from '../../checks/index.ts';
import type { CheckContext, Checker, RuleFacts, SourceText } from '../../checks/types.ts';
import type { CheckFinding, Gap } from '../../model/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';

/** The rules of the user's files, ready to be asked. */
export interface CustomRules {
  readonly rules: readonly RuleFacts[];
  /** `checker`: that of the kind. */
  check(
    kind: LintKind,
    checker: Checker,
    source: SourceText,
    context: CheckContext,
  ): Promise<{ findings: readonly CheckFinding[]; gaps: readonly Gap[] }>;
}

const MAX_BYTES = 1024 * 1024;

const READERS: Readonly<Partial<Record<LintKind, () => Promise<ItemReader>>>> = {
  compose: async () => (await import('../../checks/custom/items.ts')).composeItems,
  run: async () => (await import('../../checks/custom/items.ts')).runItems,
  dockerfile: async () => (await import('../../checks/custom/dockerfile-items.ts')).dockerfileItems,
  kubernetes: async () => (await import('../../checks/custom/kubernetes-items.ts')).kubernetesItems,
};

/** Reads files of rules. Paths are absolute. */
export async function loadCustomRules(files: readonly string[]): Promise<CustomRules> {
  const rules: CustomRule[] = [];
  for (const file of files) rules.push(...loadRules(file, await readRules(file)));
  const ids = rules.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw new PlimsollError(
      'lint-rules-invalid',
      { where: files.join(', '), detail: `the id ${twice} stands twice` },
      { exitCode: EXIT.usage },
    );
  }
  return {
    rules,
    async check(kind, checker, source, context) {
      const own = rules.filter(({ kinds }) => kinds.includes(kind));
      const reader = READERS[kind];
      if (own.length === 0 || reader === undefined) return { findings: [], gaps: [] };
      const { findings, failed } = checkCustom(source, own, (await reader())(source.text), context, checker.scope?.(source));
      const gaps = failed.map(({ rule, detail }): Gap => {
        return { code: 'unsupported', params: { what: `${rule}: ${detail}` }, stage: 'lint', path: source.path, incomplete: true };
      });
      return { findings, gaps };
    },
  };
}

async function readRules(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > MAX_BYTES) throw new PlimsollError('file-too-large', { what: file, limit: MAX_BYTES }, { exitCode: EXIT.usage });
    return bytes.toString('utf8');
  } catch (cause) {
    if (cause instanceof PlimsollError) throw cause;
    const detail = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new PlimsollError('lint-unreadable', { path: file, detail }, { cause, exitCode: EXIT.usage });
  }
}
