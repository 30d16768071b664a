import { EXIT, PlimsollError } from '../../util/errors.ts';
import { fixable, flag, LOCAL_FIRST, one, renamed, same, switches, value } from './line.ts';
import type { Alias, AliasLine, AliasOption, Translation } from './types.ts';

/** Source: docs.snyk.io, "CLI commands and options summary". */
const REPORTING: readonly AliasOption[] = [
  flag('`-f snyk`', '--json'),
  value('`-f snyk=FILE`', '--json-file-output'),
  flag('`-f sarif`', '--sarif'),
  value('`-f sarif=FILE`', '--sarif-file-output'),
  value('`--severity` and `--fail-on`: this and worse', '--severity-threshold'),
  flag('same', '--debug', '-d'),
  value('`--exceptions`', '--policy-path'),
  value('ignored', '--org', '--project-name', '--tags', '--project-tags', '--target-reference'),
  flag('nothing', '--print-deps', '--app-vulns', '--nested-jars-depth'),
  flag('ignored', '--exclude-app-vulns', '--exclude-node-modules'),
];

/** Snyk ends with 2 where it failed; its 3 says that there was nothing to test. */
const FAILED: Pick<Translation, 'exit'> = { exit: (code) => (code === EXIT.scanError ? 2 : code) };

const CONTAINER: readonly AliasOption[] = [
  value('`--dockerfile`', '--file'),
  value('same', '--platform'),
  flag('`--origin own`', '--exclude-base-image-vulns'),
  value('`fixable:` before the severity of `--fail-on` for upgradable', '--fail-on'),
  value('`--registry-username`', '--username'),
  value('ignored', '--password'),
  ...REPORTING,
];

export const snykAliases: readonly Alias[] = [
  {
    tool: 'snyk',
    words: [['container', 'test']],
    bare: true,
    usage: 'container test IMAGE',
    options: CONTAINER,
    translate: (line) => containerTest(line, gate(line)),
  },
  {
    tool: 'snyk',
    words: [['container', 'monitor']],
    bare: true,
    usage: 'container monitor IMAGE',
    options: CONTAINER,
    // Nothing is sent anywhere, and nothing that is found fails it, as there.
    translate: (line) => containerTest(line, ['--fail-on', 'none']),
  },
  {
    tool: 'snyk',
    words: [['test']],
    bare: true,
    usage: 'test [FOLDER]',
    options: [
      flag('nothing', '--all-projects', '--dev'),
      value('ignored', '--exclude', '--detection-depth', '--package-manager'),
      ...REPORTING,
    ],
    translate: (line) => ({
      ...FAILED,
      argv: ['scan', `dir:${line.operands.length === 0 ? '.' : one(line, 'FOLDER')}`, ...shown(line), ...gate(line)],
    }),
  },
  {
    tool: 'snyk',
    words: [['iac', 'test']],
    bare: true,
    usage: 'iac test [PATH]',
    options: [value('ignored', '--rules', '--detection-depth', '--scan', '--target-name'), ...REPORTING],
    translate(line) {
      const level = line.value('--severity-threshold');
      return {
        ...FAILED,
        argv: ['lint', ...line.operands, ...formats(line, 'snyk@iac'), ...severities(line), '--fail-on', level ?? 'low'],
      };
    },
  },
];

function containerTest(line: AliasLine, failOn: readonly string[]): Translation {
  return {
    ...FAILED,
    argv: [
      'scan',
      one(line, 'IMAGE'),
      ...LOCAL_FIRST,
      ...renamed(line, '--file', '--dockerfile'),
      ...renamed(line, '--username', '--registry-username'),
      ...same(line, '--platform'),
      ...(line.has('--exclude-base-image-vulns') ? ['--origin', 'own'] : []),
      ...shown(line),
      ...failOn,
    ],
  };
}

function shown(line: AliasLine): readonly string[] {
  return [...formats(line, 'snyk'), ...severities(line), ...switches(line, '--debug')];
}

function formats(line: AliasLine, json: string): readonly string[] {
  const files = [
    ['--json-file-output', json],
    ['--sarif-file-output', 'sarif'],
  ] as const;
  const written = files.flatMap(([option, format]) => {
    const file = line.value(option);
    return file === undefined ? [] : ['-f', `${format}=${file}`];
  });
  const printed = line.has('--json') ? json : line.has('--sarif') ? 'sarif' : written.length > 0 ? 'table' : undefined;
  return [...(printed === undefined ? [] : ['-f', printed]), ...written];
}

const LEVELS = ['critical', 'high', 'medium', 'low'];

/** Snyk shows what it counts: the threshold and worse. */
function severities(line: AliasLine): readonly string[] {
  const threshold = line.value('--severity-threshold')?.toLowerCase();
  if (threshold === undefined) return [];
  if (!LEVELS.includes(threshold)) {
    const params = { where: '--severity-threshold', value: threshold, choices: LEVELS.join(', ') };
    throw new PlimsollError('setting-choice', params, { exitCode: EXIT.usage });
  }
  return ['--severity', LEVELS.slice(0, LEVELS.indexOf(threshold) + 1).join(',')];
}

/** Snyk ends with 1 where anything is found. */
function gate(line: AliasLine): readonly string[] {
  const level = line.value('--severity-threshold')?.toLowerCase() ?? 'any';
  const upgradable = ['upgradable', 'patchable'].includes(line.value('--fail-on') ?? '');
  return ['--fail-on', upgradable ? fixable(level) : level];
}
