import { EXIT, PlimsollError } from '../../util/errors.ts';
import { fixable, flag, mildest, one, pathOf, renamed, same, switches, value } from './line.ts';
import type { Alias, AliasLine, AliasOption, Translation } from './types.ts';

/** What all of Trivy's commands have. Source: trivy.dev/docs, "CLI reference". */
const GLOBAL: readonly AliasOption[] = [
  flag('same', '--quiet', '-q'),
  flag('same', '--debug', '-d'),
  value('same', '--cache-dir'),
  value('nothing', '--timeout'),
  flag('nothing', '--generate-default-config'),
  value('ignored', '--config', '-c'),
];

const REPORTING: readonly AliasOption[] = [
  value("`--format`; json is Trivy's (`-f trivy`), spdx tag-value", '--format', '-f'),
  value('same', '--output', '-o'),
  value('same; with `--exit-code` the mildest of them is `--fail-on`', '--severity', '-s'),
  value('`--fail-on`, and this exit code', '--exit-code'),
  value('same', '--template', '-t'),
  flag('nothing', '--list-all-pkgs'),
  flag('nothing', '--no-progress'),
  flag('`--show-suppressed`', '--show-suppressed'),
  flag('ignored', '--dependency-tree'),
  value('`--exceptions`', '--ignorefile'),
  value('ignored', '--ignore-policy'),
  value('ignored', '--compliance'),
  value('ignored', '--report'),
];

const SCANNING: readonly AliasOption[] = [
  value('same', '--scanners', '--security-checks'),
  value('`--type`', '--pkg-types', '--vuln-type'),
  flag('same', '--ignore-unfixed'),
  value('ignored', '--ignore-status'),
  flag('`--update never`', '--skip-db-update', '--skip-update'),
  flag('nothing', '--skip-java-db-update', '--skip-check-update', '--skip-policy-update', '--skip-vex-repo-update'),
  flag('nothing', '--offline-scan'),
  value('ignored', '--db-repository', '--java-db-repository', '--checks-bundle-repository'),
  value('ignored', '--skip-dirs'),
  value('ignored', '--skip-files'),
  value('ignored', '--vex'),
  value('ignored', '--secret-config'),
  value('nothing', '--parallel'),
  flag('nothing', '--slow'),
  value('ignored', '--detection-priority'),
  value('ignored', '--cache-backend'),
  value('ignored', '--server'),
];

const IMAGE: readonly AliasOption[] = [
  value('an archive as the target', '--input'),
  value('same', '--platform'),
  value('`--image-source`', '--image-src'),
  value('`--registry-username`', '--username'),
  flag('`--plain-http`', '--insecure'),
  flag('ignored', '--removed-pkgs'),
  value('ignored', '--image-config-scanners'),
  value('ignored', '--exit-on-eol'),
];

/** Trivy looks for these unless told otherwise. */
const DEFAULT_SCANNERS = 'vuln,secret';
const FORMATS: Readonly<Record<string, string>> = { json: 'trivy', sarif: 'sarif', table: 'table', cyclonedx: 'cyclonedx', spdx: 'spdx' };

export const trivyAliases: readonly Alias[] = [
  {
    tool: 'trivy',
    words: [['image'], ['i']],
    bare: true,
    usage: 'image IMAGE',
    ownJson: 'plimsoll scan IMAGE -f json',
    options: [...REPORTING, ...SCANNING, ...IMAGE, ...GLOBAL],
    translate(line) {
      const input = line.value('--input');
      const target = input ?? one(line, 'IMAGE');
      const sources = line.value('--image-src') ?? 'docker,containerd,podman,remote';
      return scanOf(line, target, [
        ...['--image-source', list(sources, (word) => (word === 'remote' ? 'registry' : word))],
        ...renamed(line, '--username', '--registry-username'),
        ...same(line, '--platform'),
        ...(line.has('--insecure') ? ['--plain-http'] : []),
      ]);
    },
  },
  {
    tool: 'trivy',
    words: [['fs'], ['filesystem']],
    bare: true,
    usage: 'fs PATH',
    ownJson: 'plimsoll scan dir:PATH -f json',
    options: [...REPORTING, ...SCANNING, ...GLOBAL],
    translate: (line) => scanOf(line, pathOf(line), []),
  },
  {
    tool: 'trivy',
    words: [['rootfs']],
    bare: true,
    usage: 'rootfs FOLDER',
    ownJson: 'plimsoll scan rootfs:FOLDER -f json',
    options: [...REPORTING, ...SCANNING, ...GLOBAL],
    translate: (line) => scanOf(line, `rootfs:${one(line, 'FOLDER')}`, []),
  },
  {
    tool: 'trivy',
    words: [['repo'], ['repository']],
    bare: true,
    usage: 'repo FOLDER',
    ownJson: 'plimsoll scan dir:FOLDER -f json',
    options: [...REPORTING, ...SCANNING, ...GLOBAL],
    translate(line) {
      const folder = one(line, 'FOLDER');
      if (/^(https?|git|ssh):|^git@|^(github|gitlab|bitbucket)\.\w+\//.test(folder)) {
        throw new PlimsollError('alias-repository', { address: folder }, { exitCode: EXIT.usage });
      }
      return scanOf(line, pathOf(line), []);
    },
  },
  {
    tool: 'trivy',
    words: [['sbom']],
    // `plimsoll sbom` makes one, as Docker Scout's and Trivy's own tasks of that name do.
    bare: false,
    usage: 'sbom FILE',
    ownJson: 'plimsoll scan sbom:FILE -f json',
    options: [...REPORTING, ...SCANNING, ...GLOBAL],
    translate: (line) => scanOf(line, `sbom:${one(line, 'FILE')}`, []),
  },
  {
    tool: 'trivy',
    words: [['config'], ['conf']],
    bare: true,
    usage: 'config PATH',
    options: [
      ...REPORTING,
      ...GLOBAL,
      value(
        'ignored',
        '--helm-values',
        '--helm-set',
        '--tf-vars',
        '--misconfig-scanners',
        '--config-check',
        '--config-data',
        '--check-namespaces',
      ),
      value('ignored', '--skip-dirs', '--skip-files'),
      flag('nothing', '--skip-check-update', '--skip-policy-update'),
    ],
    translate(line) {
      return {
        argv: [
          'lint',
          ...line.operands,
          ...formatOf(line),
          ...same(line, '--output'),
          ...severities(line),
          ...common(line),
          ...['--fail-on', lintGate(line)],
        ],
        ...failing(line),
      };
    },
  },
];

function scanOf(line: AliasLine, target: string, more: readonly string[]): Translation {
  return {
    argv: [
      'scan',
      target,
      ...['--scanners', list(line.value('--scanners') ?? DEFAULT_SCANNERS)],
      ...renamed(line, '--pkg-types', '--type'),
      ...formatOf(line),
      ...severities(line),
      ...same(line, '--output', '--template'),
      ...switches(line, '--ignore-unfixed', '--show-suppressed', '--no-progress'),
      ...renamed(line, '--ignorefile', '--exceptions'),
      ...(line.has('--skip-db-update') ? ['--update', 'never'] : []),
      ...common(line),
      ...more,
      ...(failing(line).failed === undefined ? [] : ['--fail-on', gateOf(line)]),
    ],
    ...failing(line),
  };
}

function formatOf(line: AliasLine): readonly string[] {
  const format = line.value('--format');
  return format === undefined ? [] : ['-f', FORMATS[format] ?? format];
}

function severities(line: AliasLine): readonly string[] {
  const severity = line.value('--severity');
  return severity === undefined ? [] : ['--severity', list(severity.toLowerCase())];
}

/** Trivy's exit code answers what it shows: with `--ignore-unfixed` only what an update fixes. */
function gateOf(line: AliasLine): string {
  const level = mildest(line.value('--severity'));
  return line.has('--ignore-unfixed') ? fixable(level) : level;
}

/** The gate of files beside an image has every severity, and no `any`. */
function lintGate(line: AliasLine): string {
  if (failing(line).failed === undefined) return 'none';
  const level = mildest(line.value('--severity'));
  return level === 'any' ? 'negligible' : level;
}

function common(line: AliasLine): readonly string[] {
  return [...same(line, '--cache-dir'), ...switches(line, '--quiet', '--debug')];
}

/** Trivy's own default is 0: nothing that is found fails. */
function failing(line: AliasLine): Pick<Translation, 'failed'> {
  const code = line.value('--exit-code');
  if (code === undefined) return {};
  const failed = Number(code);
  if (!Number.isInteger(failed) || failed < 0 || failed > 255) {
    throw new PlimsollError('setting-choice', { where: '--exit-code', value: code, choices: '0-255' }, { exitCode: EXIT.usage });
  }
  return failed === 0 ? {} : { failed };
}

function list(words: string, change: (word: string) => string = (word) => word): string {
  return words
    .split(',')
    .map((word) => change(word.trim()))
    .join(',');
}
