import { flag, renamed, value } from './line.ts';
import type { Alias } from './types.ts';

/** Source: hadolint's README, "How to use". */
export const hadolintAliases: readonly Alias[] = [
  {
    tool: 'hadolint',
    words: [['hadolint']],
    bare: true,
    usage: 'hadolint [FILE...]',
    options: [
      value('`--format hadolint` in each of its forms, `gitlab-codequality`; ours where none is named', '--format', '-f'),
      value('same', '--ignore'),
      value('`--fail-on`; ignore and none are none', '--failure-threshold', '-t'),
      flag('`--fail-on none`', '--no-fail'),
      flag('`--color never`', '--no-color'),
      value('`.hadolint.yaml` beside the file is read', '--config', '-c'),
      value('ignored', '--trusted-registry', '--require-label', '--error', '--warning', '--info', '--style', '--file-path-in-report'),
      flag('ignored', '--strict-labels', '--disable-ignore-pragma', '--verbose', '-V'),
    ],
    translate(line) {
      const format = line.value('--format');
      const threshold = line.value('--failure-threshold') ?? 'info';
      const never = line.has('--no-fail') || threshold === 'ignore' || threshold === 'none';
      return {
        argv: [
          'lint',
          ...(line.operands.length === 0 ? ['-'] : line.operands),
          ...['--kind', 'dockerfile', '--fail-on', never ? 'none' : threshold],
          ...(format === undefined ? [] : ['-f', FORMATS[format] ?? format]),
          ...renamed(line, '--ignore', '--ignore'),
          ...(line.has('--no-color') ? ['--color', 'never'] : []),
        ],
      };
    },
  },
];

const FORMATS: Readonly<Record<string, string>> = {
  json: 'hadolint',
  tty: 'hadolint@tty',
  gnu: 'hadolint@gnu',
  checkstyle: 'hadolint@checkstyle',
  codeclimate: 'hadolint@codeclimate',
  gitlab_codeclimate: 'gitlab-codequality',
  sonarqube: 'hadolint@sonarqube',
};
