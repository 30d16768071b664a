import { lintRules } from '../../src/app/lint/index.ts';
import { FILE_CHECKERS } from '../../src/checks/files/index.ts';
import { IMAGE_RULES } from '../../src/checks/image/index.ts';
import type { RuleFacts } from '../../src/checks/types.ts';
import { checkSentences } from '../../src/messages/checks/index.ts';
import { lintLevel } from '../../src/report/check-sentences.ts';

const TITLES: Readonly<Record<string, string>> = {
  all: 'Every kind of file',
  dockerfile: 'Dockerfiles',
  kubernetes: 'Kubernetes',
  compose: 'Compose files',
  run: '`docker run` lines',
};

const sections = [
  ...(await lintRules()).map(({ kind, rules }) => ({ title: TITLES[kind] ?? kind, rules })),
  { title: 'Built images', rules: IMAGE_RULES },
  { title: 'Configuration files in images', rules: FILE_CHECKERS.flatMap(({ rules }) => rules) },
];

/** docs/checks.md: every rule of configuration, kind by kind. */
export function checksPage(note: string): string {
  const parts = sections.map(({ title, rules }) => {
    const rows = unique(rules).map(row);
    return `## ${title}\n\n| rule | level | what is wrong | other names | benchmarks | read on |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  const total = sections.reduce((sum, { rules }) => sum + unique(rules).length, 0);
  return `# Rules of configuration

${note}

The ${total} rules by which \`plimsoll lint\` and the image checks judge. A rule may be named by its id or by any of its other names, in any case.
Levels are severities in the words of linters: error is high or critical, warning medium, info low, style negligible. How findings look,
how to ignore one and how to write rules of your own: [lint](lint.md).

${parts.join('\n')}`;
}

function unique(rules: readonly RuleFacts[]): RuleFacts[] {
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}

function row({ id, severity, aliases, benchmarks = [], references, optIn }: RuleFacts): string {
  const title = checkSentences(id, 'en')?.title ?? '';
  const links = references.map((reference, i) => `[${i + 1}](${reference.replace(/^docs\//, '')})`).join(' ');
  const level = `${lintLevel(severity)}${severity === 'critical' ? ' (critical)' : ''}${optIn ? ', on request' : ''}`;
  return `| \`${id}\` | ${level} | ${title.replaceAll('|', '\\|').replaceAll('<', '&lt;')} | ${aliases.join(' ')} | ${benchmarks.join(', ')} | ${links} |`;
}
