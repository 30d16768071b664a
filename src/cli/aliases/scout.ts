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

const ORIGIN: readonly AliasOption[] = [flag('`--origin own`', '--ignore-base'), flag('`--origin base`', '--only-base')];

const FORMAT = value("`--format`: json and gitlab are GitLab's form, whose list is `.vulnerabilities`; packages is table", '--format');

export const scoutAliases: readonly Alias[] = [
  {
    tool: 'scout',
    words: [['cves']],
    bare: true,
    usage: 'cves IMAGE|FOLDER|ARCHIVE',
    options: [FORMAT, ...FILTERS, ...ORIGIN, ...GENERAL],
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
      value('the prefix of what it is compared to: `oci:`, `sbom:`, ...', '--to-type'),
      value('ignored', '--to-ref', '--to-env', '--to-stream'),
      flag('ignored', '--to-latest', '--ignore-base'),
      flag('nothing', '--ignore-unchanged', '--hide-policies'),
      value('`--fail-on` and exit code 2 where it has vulnerability', '--exit-on', '-x'),
      value('`--format`; text is table', '--format'),
      ...FILTERS,
      ...GENERAL,
    ],
    translate: (line) => ({
      argv: [
        'compare',
        target(line),
        ...toOf(line),
        ...same(line, '--output', '--platform'),
        ...LOCAL_FIRST,
        ...formatOf(line, { text: 'table' }),
        ...filtersOf(line),
        ...failOn(line),
      ],
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
  return {
    argv: [
      'scan',
      target(line),
      ...LOCAL_FIRST,
      ...formatOf(line),
      ...filtersOf(line),
      ...(line.has('--ignore-base') ? ['--origin', 'own'] : line.has('--only-base') ? ['--origin', 'base'] : []),
      ...same(line, '--output', '--platform'),
      ...switches(line, '--debug'),
      ...more,
      ...failOn(line),
    ],
    ...failing(line),
  };
}

function formatOf(line: AliasLine, formats = FORMATS): readonly string[] {
  const format = line.value('--format');
  return format === undefined ? [] : ['-f', formats[format] ?? format];
}

function filtersOf(line: AliasLine): readonly string[] {
  const severities = line.value('--only-severity');
  return [
    ...(severities === undefined ? [] : ['--severity', severities.toLowerCase()]),
    ...(line.has('--only-fixed') ? ['--ignore-unfixed'] : []),
  ];
}

/** Scout ends with 2 where its filters leave anything. */
function failOn(line: AliasLine): readonly string[] {
  if (!isGated(line)) return [];
  const level = mildest(line.value('--only-severity'));
  return ['--fail-on', line.has('--only-fixed') ? fixable(level) : level];
}

function failing(line: AliasLine): Pick<Translation, 'failed'> {
  return isGated(line) ? { failed: 2 } : {};
}

function isGated(line: AliasLine): boolean {
  return line.has('--exit-code') || line.value('--exit-on')?.split(',').includes('vulnerability') === true;
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
  return specOf(one(line, 'IMAGE'), line.value('--type'));
}

function specOf(given: string, type = 'image'): string {
  const [, scheme, rest] = /^([a-z-]+):\/\/(.*)$/.exec(given) ?? [];
  if (scheme !== undefined && SCHEMES[scheme] !== undefined) return `${SCHEMES[scheme]}${rest}`;
  return `${SCHEMES[type] ?? ''}${given}`;
}

/** What it is compared to, named in the same ways. */
function toOf(line: AliasLine): readonly string[] {
  const to = line.value('--to');
  return to === undefined ? [] : ['--to', specOf(to, line.value('--to-type'))];
}
