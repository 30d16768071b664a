import { fixable, flag, LOCAL_FIRST, mildest, one, same, switches, value } from './line.ts';
import type { Alias, AliasLine, AliasOption, Translation } from './types.ts';

/** Source: docs.docker.com/reference/cli/docker/scout. */
const GENERAL: readonly AliasOption[] = [
  value('same', '--output', '-o'),
  value('same', '--platform'),
  value("the target's prefix: `oci:`, `sbom:`, ...", '--type', '-t'),
  value('ignored', '--ref', '--org', '--env', '--stream'),
  flag('same', '--debug'),
];

const FILTERS: readonly AliasOption[] = [
  value('`--severity`', '--only-severity', '--severity'),
  flag('`--ignore-unfixed`', '--only-fixed'),
  flag('`--origin own`', '--ignore-base'),
  flag('`--origin base`', '--only-base'),
  flag('`--fail-on` and exit code 2', '--exit-code', '-e'),
  flag('nothing', '--details', '--epss', '--locations', '--format-links', '--multi-stage'),
  flag('ignored', '--only-unfixed', '--only-vuln-packages', '--only-vex-affected', '--only-metric', '--only-stage'),
  value(
    'ignored',
    '--only-package-type',
    '--only-package',
    '--only-cve-id',
    '--epss-score',
    '--epss-percentile',
    '--vex-location',
    '--vex-author',
  ),
  flag('ignored', '--ignore-suppressed', '--vex'),
];

const FORMAT = value("`--format`: json and gitlab are GitLab's form, whose list is `.vulnerabilities`; packages is table", '--format');

export const scoutAliases: readonly Alias[] = [
  {
    tool: 'scout',
    words: [['cves']],
    bare: true,
    usage: 'cves IMAGE|FOLDER|ARCHIVE',
    options: [FORMAT, ...FILTERS, ...GENERAL],
    translate: (line) => scanOf(line),
  },
  {
    tool: 'scout',
    words: [['quickview'], ['qv']],
    bare: true,
    usage: 'quickview IMAGE|FOLDER|ARCHIVE',
    options: [FORMAT, ...GENERAL],
    translate: (line) => scanOf(line, ['--severity', 'critical,high']),
  },
  {
    tool: 'scout',
    words: [['recommendations']],
    bare: true,
    usage: 'recommendations IMAGE',
    options: [...GENERAL, flag('nothing', '--only-refresh', '--only-update'), value('ignored', '--tag')],
    translate: (line) => ({ argv: ['recommend', target(line), ...LOCAL_FIRST, ...same(line, '--output', '--platform')] }),
  },
  {
    tool: 'scout',
    words: [['compare'], ['diff']],
    // `plimsoll compare` is ours, and takes `--to` as Scout does.
    bare: false,
    usage: 'compare --to IMAGE IMAGE',
    options: [
      value('same', '--to'),
      value('ignored', '--to-ref', '--to-type', '--to-env', '--to-stream'),
      flag('ignored', '--to-latest', '--ignore-unchanged'),
      FORMAT,
      ...FILTERS,
      ...GENERAL,
    ],
    translate: (line) => ({
      argv: ['compare', target(line), ...same(line, '--to', '--output', '--platform'), ...LOCAL_FIRST, ...formatOf(line), ...failOn(line)],
      ...failing(line),
    }),
  },
  {
    tool: 'scout',
    words: [['sbom']],
    bare: false,
    usage: 'sbom IMAGE',
    options: [value('`--format`; json is CycloneDX', '--format'), value('ignored', '--only-package-type'), ...GENERAL],
    translate(line) {
      const format = line.value('--format') ?? 'json';
      return { argv: ['sbom', target(line), ...LOCAL_FIRST, '-f', SBOMS[format] ?? format, ...same(line, '--output', '--platform')] };
    },
  },
];

const FORMATS: Readonly<Record<string, string>> = { packages: 'table', json: 'gitlab', spdx: 'spdx-json', sbom: 'cyclonedx' };
const SBOMS: Readonly<Record<string, string>> = { json: 'cyclonedx', list: 'table', spdx: 'spdx-json', cyclonedx: 'cyclonedx' };

function scanOf(line: AliasLine, more: readonly string[] = []): Translation {
  const severities = line.value('--only-severity');
  return {
    argv: [
      'scan',
      target(line),
      ...LOCAL_FIRST,
      ...formatOf(line),
      ...(severities === undefined ? [] : ['--severity', severities.toLowerCase()]),
      ...(line.has('--only-fixed') ? ['--ignore-unfixed'] : []),
      ...(line.has('--ignore-base') ? ['--origin', 'own'] : line.has('--only-base') ? ['--origin', 'base'] : []),
      ...same(line, '--output', '--platform'),
      ...switches(line, '--debug'),
      ...more,
      ...failOn(line),
    ],
    ...failing(line),
  };
}

function formatOf(line: AliasLine): readonly string[] {
  const format = line.value('--format');
  return format === undefined ? [] : ['-f', FORMATS[format] ?? format];
}

/** Scout ends with 2 where its filters leave anything. */
function failOn(line: AliasLine): readonly string[] {
  if (!line.has('--exit-code')) return [];
  const level = mildest(line.value('--only-severity'));
  return ['--fail-on', line.has('--only-fixed') ? fixable(level) : level];
}

function failing(line: AliasLine): Pick<Translation, 'failed'> {
  return line.has('--exit-code') ? { failed: 2 } : {};
}

const SCHEMES: Readonly<Record<string, string>> = {
  'image': '',
  'local': 'docker:',
  'registry': 'registry:',
  'oci-dir': 'oci:',
  'archive': 'docker-archive:',
  'fs': 'dir:',
  'sbom': 'sbom:',
};

/** `registry://alpine`, or `--type oci-dir folder`. */
function target(line: AliasLine): string {
  const first = one(line, 'IMAGE');
  const [, scheme, rest] = /^([a-z-]+):\/\/(.*)$/.exec(first) ?? [];
  if (scheme !== undefined && SCHEMES[scheme] !== undefined) return `${SCHEMES[scheme]}${rest}`;
  return `${SCHEMES[line.value('--type') ?? 'image'] ?? ''}${first}`;
}
