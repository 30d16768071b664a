import type { CheckFinding, SeverityLevel } from '../../model/index.ts';
import type { Scope } from '../pragmas.ts';
import { openRun, type RuleRun } from '../run-rules.ts';
import type { CheckContext, Checker, SourceText } from '../types.ts';
import type { Dockerfile } from './document.ts';
import { DOCKERFILE_NAME } from './name.ts';
import { parseDockerfile } from './parser/parse.ts';
import { foreignPragmas } from './pragmas.ts';
import { NO_FROM, RULES, SYNTAX } from './rules/index.ts';
import { type HadolintSettings, type HadolintSeverity, readSettings } from './settings.ts';
import { SHELLCHECK, shellcheck } from './shellcheck.ts';

const FROM = /^\s*FROM\s+(?:--platform=\S+\s+)?\S+(?:\s+AS\s+\S+)?[ \t]*\r?$/im;
const FIRST = /^(?:FROM|ARG)\s+\S/i;

/** Dockerfiles and Containerfiles, as BuildKit's frontend reads them. */
export const dockerfileChecker: Checker = {
  id: 'dockerfile',
  recognises({ path, text }) {
    const name = path.split(/[/\\]/).at(-1)!;
    if (DOCKERFILE_NAME.test(name)) return true;
    const first = text
      .slice(0, 8192)
      .split(/\r?\n/)
      .find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
    return first !== undefined && FIRST.test(first.trimStart()) && FROM.test(text.slice(0, 65_536));
  },
  rules: [SYNTAX, NO_FROM, SHELLCHECK, ...RULES],
  check(source, context, enabled) {
    const { document, run } = open(source, context, enabled);
    for (const { start, end, code, params } of document.problems) {
      if (code === 'empty') run.report(NO_FROM, { start, end }, {});
      else run.report(SYNTAX, { start, end }, { params });
    }
    run.run(document, RULES);
    return run.findings().map((finding) => applySettings(finding, document.settings));
  },
  scope: (source) => scopeOf(parseDockerfile(source)),
  gate(context) {
    const { failOn } = readSettings(context);
    return failOn === undefined || failOn === 'none' ? failOn : SEVERITIES[failOn];
  },
  async checkWith(source, context, tool) {
    const { document, run } = open(source, context);
    await shellcheck(document, tool, run.report);
    return run
      .findings()
      .filter((finding) => finding.id === SHELLCHECK.id)
      .map((finding) => applySettings(finding, document.settings));
  },
};

function open(source: SourceText, context: CheckContext, enabled?: ReadonlySet<string>): { document: Dockerfile; run: RuleRun } {
  const document = parseDockerfile(source, context, readSettings(context));
  const options = { domain: 'dockerfile', context, scope: scopeOf(document), pragmas: foreignPragmas(document) } as const;
  return { document, run: openRun(source, enabled ? { ...options, enabled } : options) };
}

/** An ignore on or above any line of an instruction covers all of it. */
function scopeOf(document: Dockerfile): Scope {
  return (line) => {
    const at = document.instructions.find((instruction) => line - 1 >= instruction.line && line - 1 <= instruction.endLine);
    return at ? { first: at.line + 1, last: at.endLine + 1 } : { first: line, last: line };
  };
}

const SEVERITIES: Readonly<Record<Exclude<HadolintSeverity, 'ignore'>, SeverityLevel>> = {
  error: 'high',
  warning: 'medium',
  info: 'low',
  style: 'negligible',
};

function applySettings(finding: CheckFinding, settings: HadolintSettings): CheckFinding {
  const names = [finding.id, ...finding.aliases];
  const override = names.map((name) => settings.severities.get(name)).find((severity) => severity !== undefined);
  const judged = override === undefined || override === 'ignore' ? finding : { ...finding, severity: SEVERITIES[override] };
  if (judged.suppressed || !names.some((name) => settings.ignored.has(name))) return judged;
  return { ...judged, suppressed: { by: 'settings' } };
}
