import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../../testing/cli.ts';
import { buildImage, writeLayout } from '../../../testing/image-builder/index.ts';
import { gitlabErrors, sarifErrors } from '../../../testing/published-schemas.ts';
import { aliasHere } from '../../messages/aliases.ts';
import { PlimsollError } from '../../util/errors.ts';
import { FIRST_WORDS } from './first-words.ts';
import { ALIASES, type Translated, translateAlias } from './index.ts';
import { TOOLS } from './types.ts';

/** What a line is in our words; undefined where it is ours. */
function translated(line: string): Translated | undefined {
  const found = translateAlias(words(line));
  return found && 'argv' in found ? found : undefined;
}
const words = (line: string): string[] => line.split(' ').filter(Boolean);
const LOCAL = '--image-source docker,containerd,podman,registry';
const BOTH = '--scanners vuln,secret';

/** A command line of the tool without its name, and ours. Options are those of the tools' own pages. */
const LINES: Readonly<Record<keyof typeof TOOLS, readonly (readonly [string, string])[]>> = {
  trivy: [
    ['image app:1', `scan app:1 ${BOTH} ${LOCAL}`],
    ['i app:1', `scan app:1 ${BOTH} ${LOCAL}`],
    ['image --severity HIGH,CRITICAL app:1', `scan app:1 ${BOTH} --severity high,critical ${LOCAL}`],
    ['image --severity=HIGH app:1', `scan app:1 ${BOTH} --severity high ${LOCAL}`],
    ['image -s HIGH -s LOW app:1', `scan app:1 ${BOTH} --severity high,low ${LOCAL}`],
    ['image --vuln-type os app:1', `scan app:1 ${BOTH} --type os ${LOCAL}`],
    ['image --pkg-types library app:1', `scan app:1 ${BOTH} --type library ${LOCAL}`],
    ['image --security-checks vuln,config,secret app:1', `scan app:1 --scanners vuln,config,secret ${LOCAL}`],
    ['image --scanners vuln app:1', `scan app:1 --scanners vuln ${LOCAL}`],
    ['image --format json --output r.json app:1', `scan app:1 ${BOTH} -f trivy --output r.json ${LOCAL}`],
    ['image -f sarif -o r.sarif app:1', `scan app:1 ${BOTH} -f sarif --output r.sarif ${LOCAL}`],
    ['image -fcyclonedx app:1', `scan app:1 ${BOTH} -f cyclonedx ${LOCAL}`],
    ['image -f spdx-json app:1', `scan app:1 ${BOTH} -f spdx-json ${LOCAL}`],
    ['image -f template -t @a.hbs app:1', `scan app:1 ${BOTH} -f template --template @a.hbs ${LOCAL}`],
    ['image --exit-code 1 --severity CRITICAL app:1', `scan app:1 ${BOTH} --severity critical ${LOCAL} --fail-on critical`],
    ['image --exit-code 1 app:1', `scan app:1 ${BOTH} ${LOCAL} --fail-on any`],
    ['image --exit-code 0 --severity HIGH app:1', `scan app:1 ${BOTH} --severity high ${LOCAL}`],
    [
      'image --ignore-unfixed --exit-code 1 --severity HIGH,CRITICAL app:1',
      `scan app:1 ${BOTH} --severity high,critical --ignore-unfixed ${LOCAL} --fail-on fixable:high`,
    ],
    ['image --ignore-unfixed=false app:1', `scan app:1 ${BOTH} ${LOCAL}`],
    ['image --ignore-unfixed=true app:1', `scan app:1 ${BOTH} --ignore-unfixed ${LOCAL}`],
    ['image --ignorefile .i --show-suppressed app:1', `scan app:1 ${BOTH} --show-suppressed --exceptions .i ${LOCAL}`],
    ['image --skip-db-update --offline-scan app:1', `scan app:1 ${BOTH} --update never ${LOCAL}`],
    ['image --quiet --debug --cache-dir c app:1', `scan app:1 ${BOTH} --cache-dir c --quiet --debug ${LOCAL}`],
    ['image --input app.tar', `scan app.tar ${BOTH} ${LOCAL}`],
    ['image --image-src podman,remote app:1', `scan app:1 ${BOTH} --image-source podman,registry`],
    ['image --platform linux/arm64 --insecure app:1', `scan app:1 ${BOTH} ${LOCAL} --platform linux/arm64 --plain-http`],
    ['image --username me app:1', `scan app:1 ${BOTH} ${LOCAL} --registry-username me`],
    ['image --list-all-pkgs --timeout 5m --parallel 2 app:1', `scan app:1 ${BOTH} ${LOCAL}`],
    ['image app:1 --lang ko --color never', `scan app:1 ${BOTH} ${LOCAL} --lang ko --color never`],
    ['--quiet image app:1', `scan app:1 ${BOTH} --quiet ${LOCAL}`],
    ['--cache-dir c image app:1', `scan app:1 ${BOTH} --cache-dir c ${LOCAL}`],
    ['fs --security-checks secret .', 'scan ./. --scanners secret'],
    ['filesystem src', `scan ./src ${BOTH}`],
    ['fs /srv', `scan /srv ${BOTH}`],
    ['fs -- -odd', `scan ./-odd ${BOTH}`],
    ['rootfs /mnt', `scan rootfs:/mnt ${BOTH}`],
    ['repo .', `scan ./. ${BOTH}`],
    ['repository work', `scan ./work ${BOTH}`],
    ['config Dockerfile', 'lint Dockerfile --fail-on none'],
    ['conf .', 'lint . --fail-on none'],
    ['config --severity HIGH --exit-code 3 .', 'lint . --severity high --fail-on high'],
    ['config --format json --output c.json .', 'lint . -f trivy --output c.json --fail-on none'],
  ],
  scout: [
    ['cves app:1', `scan app:1 ${LOCAL}`],
    ['cves --format sarif --output r.sarif app:1', `scan app:1 ${LOCAL} -f sarif --output r.sarif`],
    ['cves --format json app:1', `scan app:1 ${LOCAL} -f gitlab`],
    ['cves --format gitlab app:1', `scan app:1 ${LOCAL} -f gitlab`],
    ['cves --format packages app:1', `scan app:1 ${LOCAL} -f table`],
    ['cves --format markdown app:1', `scan app:1 ${LOCAL} -f markdown`],
    ['cves --format spdx app:1', `scan app:1 ${LOCAL} -f spdx-json`],
    ['cves --format sbom app:1', `scan app:1 ${LOCAL} -f cyclonedx`],
    ['cves --only-severity critical,high app:1', `scan app:1 ${LOCAL} --severity critical,high`],
    ['cves --only-fixed --exit-code app:1', `scan app:1 ${LOCAL} --ignore-unfixed --fail-on fixable`],
    ['cves -e --only-severity critical app:1', `scan app:1 ${LOCAL} --severity critical --fail-on critical`],
    ['cves --ignore-base app:1', `scan app:1 ${LOCAL} --origin own`],
    ['cves --only-base --platform linux/arm64 app:1', `scan app:1 ${LOCAL} --origin base --platform linux/arm64`],
    ['cves --type oci-dir folder', `scan oci:folder ${LOCAL}`],
    ['cves fs://.', `scan dir:. ${LOCAL}`],
    ['cves registry://app:1', `scan registry:app:1 ${LOCAL}`],
    ['cves local://app:1', `scan docker:app:1 ${LOCAL}`],
    ['cves archive://app.tar', `scan docker-archive:app.tar ${LOCAL}`],
    ['cves sbom://s.json', `scan sbom:s.json ${LOCAL}`],
    ['cves localhost:5000/app', `scan localhost:5000/app ${LOCAL}`],
    ['quickview app:1', `scan app:1 ${LOCAL} --severity critical,high`],
    ['qv app:1', `scan app:1 ${LOCAL} --severity critical,high`],
    ['recommendations app:1', `recommend app:1 ${LOCAL}`],
    ['recommendations --only-update -o r.txt app:1', `recommend app:1 ${LOCAL} --output r.txt`],
    ['compare --to app:1 app:2', `compare app:2 --to app:1 ${LOCAL}`],
    ['diff --to app:1 app:2', `compare app:2 --to app:1 ${LOCAL}`],
    ['compare --to app:1 --format markdown -e app:2', `compare app:2 --to app:1 ${LOCAL} -f markdown --fail-on any`],
    [
      'compare --to app:1 --format text --only-severity CRITICAL,high app:2',
      `compare app:2 --to app:1 ${LOCAL} -f table --severity critical,high`,
    ],
    [
      'compare --to app:1 --format json --only-fixed -e app:2',
      `compare app:2 --to app:1 ${LOCAL} -f json --ignore-unfixed --fail-on fixable`,
    ],
    ['compare --to oci-dir://a --ignore-unchanged sbom://b.json', `compare sbom:b.json --to oci:a ${LOCAL}`],
    ['compare --to app:1 -x policy,vulnerability app:2', `compare app:2 --to app:1 ${LOCAL} --fail-on any`],
    ['compare --to app:1 --exit-on policy app:2', `compare app:2 --to app:1 ${LOCAL}`],
    ['compare --to folder --to-type oci-dir app:2', `compare app:2 --to oci:folder ${LOCAL}`],
    ['sbom app:1', `sbom app:1 ${LOCAL} -f cyclonedx`],
    ['sbom --format spdx --output s.json app:1', `sbom app:1 ${LOCAL} -f spdx-json --output s.json`],
  ],
  snyk: [
    ['container test app:1', `scan app:1 ${LOCAL} --fail-on any`],
    ['container test app:1 --json', `scan app:1 ${LOCAL} -f snyk --fail-on any`],
    ['container test app:1 --severity-threshold=high', `scan app:1 ${LOCAL} --severity critical,high --fail-on high`],
    ['container test --sarif app:1', `scan app:1 ${LOCAL} -f sarif --fail-on any`],
    ['container test --json-file-output=r.json app:1', `scan app:1 ${LOCAL} -f table -f snyk=r.json --fail-on any`],
    ['container test --json --sarif-file-output=r.sarif app:1', `scan app:1 ${LOCAL} -f snyk -f sarif=r.sarif --fail-on any`],
    ['container test --file=Dockerfile app:1', `scan app:1 ${LOCAL} --dockerfile Dockerfile --fail-on any`],
    ['container test --exclude-base-image-vulns app:1', `scan app:1 ${LOCAL} --origin own --fail-on any`],
    ['container test --fail-on=upgradable app:1', `scan app:1 ${LOCAL} --fail-on fixable`],
    [
      'container test --fail-on=all --severity-threshold=low app:1',
      `scan app:1 ${LOCAL} --severity critical,high,medium,low --fail-on low`,
    ],
    [
      'container test --username=me --platform=linux/arm64 -d app:1',
      `scan app:1 ${LOCAL} --registry-username me --platform linux/arm64 --debug --fail-on any`,
    ],
    ['container monitor app:1', `scan app:1 ${LOCAL} --fail-on none`],
    ['test', 'scan dir:. --fail-on any'],
    ['test web --all-projects', 'scan dir:web --fail-on any'],
    ['iac test Dockerfile', 'lint Dockerfile --fail-on low'],
    ['iac test --severity-threshold=high --json k8s', 'lint k8s -f snyk@iac --severity critical,high --fail-on high'],
  ],
  clairctl: [
    ['report app:1', `scan app:1 ${LOCAL}`],
    ['--config http://clair:6060 report app:1', `scan app:1 ${LOCAL}`],
    ['-D report --host http://clair:6060 app:1', `scan app:1 ${LOCAL} --debug`],
    ['report --out text app:1', `scan app:1 ${LOCAL} -f table`],
    ['report --out json app:1', `scan app:1 ${LOCAL} -f clair`],
    ['report -q -o json app:1', `scan app:1 ${LOCAL} -f clair --quiet`],
  ],
  hadolint: [
    ['hadolint', 'lint - --kind dockerfile --fail-on info'],
    ['hadolint Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on info'],
    ['hadolint -', 'lint - --kind dockerfile --fail-on info'],
    ['hadolint a b', 'lint a b --kind dockerfile --fail-on info'],
    ['hadolint --ignore DL3008 --ignore DL3009 Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on info --ignore DL3008,DL3009'],
    ['hadolint -t error Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on error'],
    ['hadolint --failure-threshold none Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on none'],
    ['hadolint --no-fail -f json Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on none -f hadolint'],
    ['hadolint -f tty --no-color Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on info -f hadolint@tty --color never'],
    ['hadolint -f checkstyle Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on info -f hadolint@checkstyle'],
    ['hadolint -f codeclimate Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on info -f hadolint@codeclimate'],
    ['hadolint -f gnu Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on info -f hadolint@gnu'],
    ['hadolint -f sonarqube Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on info -f hadolint@sonarqube'],
    ['hadolint -f gitlab_codeclimate Dockerfile', 'lint Dockerfile --kind dockerfile --fail-on info -f gitlab-codequality'],
  ],
};

describe.each(Object.entries(LINES))('%s', (tool, lines) => {
  it.each(lines)('%s', (line, ours) => {
    const named = tool === 'hadolint' ? line : `${tool} ${line}`;
    expect(translated(named)?.argv.join(' ')).toBe(ours);
    const { alias } = translated(named)!;
    expect(alias.tool).toBe(tool);
    // Without the tool's name before it too, where its words mean nothing else here.
    expect(translated(line)?.argv.join(' ')).toBe(alias.bare ? ours : undefined);
  });
});

describe('the list', () => {
  it('has every alias under test', () => {
    const tested = Object.entries(LINES).flatMap(([tool, lines]) =>
      lines.map(([line]) => translated(tool === 'hadolint' ? line : `${tool} ${line}`)!.alias),
    );
    expect(ALIASES.filter((each) => !tested.includes(each)).map(({ usage }) => usage)).toEqual(['sbom FILE']);
    expect(translated('trivy sbom s.json')?.argv).toEqual(['scan', 'sbom:s.json', ...words(BOTH)]);
  });

  it('begins with the words for which it is loaded, and with no command of ours', async () => {
    const bare = ALIASES.filter((each) => each.bare).flatMap((each) => each.words.map(([first]) => first!));
    expect([...FIRST_WORDS].sort()).toEqual([...new Set([...Object.keys(TOOLS), ...bare])].sort());
    const { out } = await cli(['--help']);
    const ours = [...out.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name!);
    expect(ours).toContain('scan');
    expect([...FIRST_WORDS].filter((word) => ours.includes(word) && word !== 'fs')).toEqual([]);
  });

  it.each(ALIASES.map((each) => [`${each.tool} ${each.usage}`, each] as const))('has no option twice: %s', (_usage, { options }) => {
    const flags = options.flatMap((each) => each.flags);
    expect(flags.filter((each, i) => flags.indexOf(each) !== i)).toEqual([]);
  });

  it('leaves command lines of ours alone', () => {
    for (const line of [
      'scan app',
      'lint',
      'sbom app',
      'compare a --to b',
      '--lang ko scan app',
      '--version',
      '--help',
      '-',
      'help scan',
    ]) {
      expect(translateAlias(words(line))).toBeUndefined();
    }
    expect(translateAlias([])).toBeUndefined();
  });
});

const codeOf = (line: string): string => {
  try {
    translateAlias(words(line));
  } catch (error) {
    if (error instanceof PlimsollError) return `${error.code} ${error.exitCode}`;
  }
  return 'none';
};

it.each([
  ['image --sevrity HIGH app', 'alias-option 2'],
  ['container test --frobnicate app', 'alias-option 2'],
  ['hadolint --frobnicate', 'alias-option 2'],
  ['trivy kubernetes', 'alias-command 2'],
  ['trivy', 'alias-command 2'],
  ['scout push app', 'alias-command 2'],
  ['snyk code test', 'alias-command 2'],
  ['clairctl manifest app', 'alias-command 2'],
  ['image', 'argument-missing 2'],
  ['image a b', 'argument-extra 2'],
  ['snyk test a b', 'argument-extra 2'],
  ['image --severity', 'option-value-missing 2'],
  ['image --exit-code x app', 'setting-choice 2'],
  ['image --exit-code 256 app', 'setting-choice 2'],
  ['container test --severity-threshold=bad app', 'setting-choice 2'],
  ['repo https://github.com/a/b', 'alias-repository 2'],
  ['repo git@example.com:a/b', 'alias-repository 2'],
])('%s is the error %s', (line, code) => {
  expect(codeOf(line)).toBe(code);
});

describe('a line of another tool, run', () => {
  let work: string;
  const env = { PLIMSOLL_DB: 'starter', PLIMSOLL_OFFLINE: '1', PLIMSOLL_LANG: 'en', PLIMSOLL_PLATFORM: 'linux/amd64' };
  /** Images and folders are relative to `work`. */
  const run = (...argv: string[]) =>
    cli(
      argv.map((each) => (each.startsWith('oci:') ? `oci:${join(work, each.slice(4))}` : each === '.' ? work : each)),
      { cwd: work, env },
    );
  const text = (name: string) => readFileSync(join(work, name), 'utf8');

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'plimsoll-aliases-'));
    const file = (name: string, version: string) => ({
      path: `srv/node_modules/${name}/package.json`,
      content: JSON.stringify({ name, version }),
    });
    for (const [name, version] of [
      ['app', '4.17.15'],
      ['newer', '4.17.21'],
    ] as const) {
      const image = buildImage({
        platform: { os: 'linux', architecture: 'amd64' },
        created: '2025-01-01T00:00:00Z',
        steps: [{ createdBy: 'COPY . /srv', files: [file('lodash', version), file('minimist', '1.2.0')] }],
      });
      await writeLayout(join(work, name), [{ image, tag: '1.0' }]);
    }
    writeFileSync(join(work, 'Dockerfile'), 'FROM debian:latest\nRUN cd /tmp\n');
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it("gives jq what Trivy's JSON has, in a file and on standard output", async () => {
    const { code, out, err } = await run('image', '--format', 'json', '--severity', 'CRITICAL', 'oci:app');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('starter') });
    const { Results } = JSON.parse(out) as { Results: { Vulnerabilities: { Severity: string }[] }[] };
    const severities = Results.flatMap(({ Vulnerabilities }) => Vulnerabilities.map(({ Severity }) => Severity));
    expect(new Set(severities)).toEqual(new Set(['CRITICAL']));
    expect(await run('image', '--format', 'json', '--output', 'trivy.json', 'oci:app')).toMatchObject({ code: 0, out: '' });
    expect(JSON.parse(text('trivy.json')).Results[0].Vulnerabilities.length).toBeGreaterThan(severities.length);
  });

  it.each<[number, string]>([
    [0, 'image oci:app'],
    [0, 'image --exit-code 0 oci:app'],
    [1, 'image --exit-code 1 oci:app'],
    [7, 'image --exit-code 7 --severity CRITICAL oci:app'],
    [7, 'image --exit-code 7 --ignore-unfixed --severity CRITICAL oci:app'],
    [0, 'image --exit-code 7 --vuln-type os --severity CRITICAL --scanners secret oci:app'],
    [3, 'image --exit-code 7 oci:nowhere'],
    [2, 'image --exit-code 7 --frobnicate oci:app'],
    [0, 'cves oci:app'],
    [2, 'cves --exit-code --only-severity critical oci:app'],
    [2, 'cves --exit-code --only-fixed oci:app'],
    [0, 'quickview oci:app'],
    [2, 'compare --to oci:newer -e oci:app'],
    [1, 'container test oci:app'],
    [1, 'container test --severity-threshold=high oci:app'],
    [1, 'container test --fail-on=upgradable oci:app'],
    [0, 'container monitor oci:app'],
    [0, '--config http://clair:6060 report oci:app'],
    [0, 'config Dockerfile'],
    [4, 'config --exit-code 4 Dockerfile'],
    [1, 'iac test Dockerfile'],
    [2, 'container test oci:not-there'],
    [2, 'iac test not-there'],
    [1, 'hadolint Dockerfile'],
    [0, 'hadolint --no-fail Dockerfile'],
    [0, 'fs --scanners secret .'],
    [0, 'scout cves oci:app'],
    [0, 'scout sbom oci:app'],
    [0, 'scout sbom --format spdx oci:app'],
    [0, 'scout sbom --format list oci:app'],
    [0, 'recommendations oci:app'],
    [0, 'test .'],
    [0, 'rootfs .'],
    [0, 'repo .'],
    [0, 'trivy image oci:app'],
  ])('ends with %i: %s', async (code, line) => {
    const scout = line.startsWith('compare') ? ['scout'] : [];
    const { code: got, out, err } = await run(...scout, ...words(line));
    expect({ got, err }).toEqual({ got: code, err: expect.any(String) });
    expect(out === '').toBe(code === 3 || /--frobnicate|not-there/.test(line));
  });

  it("gives Docker Scout's users .vulnerabilities and SARIF", async () => {
    const { out } = await run('cves', '--format', 'json', 'oci:app');
    expect(gitlabErrors(JSON.parse(out))).toBeNull();
    expect(JSON.parse(out).vulnerabilities.length).toBeGreaterThan(0);
    await run('cves', '--format', 'sarif', '--output', 'scout.sarif', 'oci:app');
    expect(sarifErrors(JSON.parse(text('scout.sarif')))).toBeNull();
  });

  it("gives Snyk's users the JSON of its test, and clairctl's that of its report", async () => {
    const snyk = await run('container', 'test', 'oci:app', '--json');
    expect(snyk.code).toBe(1);
    const { applications } = JSON.parse(snyk.out) as { applications: { vulnerabilities: { packageName: string }[] }[] };
    expect(applications.flatMap((each) => each.vulnerabilities).map((each) => each.packageName)).toContain('lodash');
    const clair = await run('report', '--out', 'json', 'oci:app');
    expect(Object.values(JSON.parse(clair.out).packages)).toContainEqual(expect.objectContaining({ name: 'lodash' }));
    await run('container', 'test', 'oci:app', '--json-file-output=snyk.json');
    expect(JSON.parse(text('snyk.json'))).toEqual(JSON.parse(snyk.out));
  });

  it('reads a Dockerfile from standard input, as hadolint does', async () => {
    async function* stdin() {
      yield Buffer.from(text('Dockerfile'));
    }
    const { code, out } = await cli(['hadolint'], { cwd: work, env, stdin: stdin() });
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('DL3007') });
  });

  it('tells which options mean nothing here, on standard error, in both languages', async () => {
    const line = ['image', '--skip-dirs', 'a', '--vex=x', '--timeout', '5m', '--format', 'json', 'oci:app'];
    const english = await run(...line);
    expect(english.err).toContain('warning: ignored, as there is no counterpart here to these options of Trivy: --skip-dirs, --vex\n');
    expect(JSON.parse(english.out).SchemaVersion).toBe(2);
    expect((await run(...line, '--lang', 'ko')).err).toContain('경고: Trivy의 다음 옵션');
    expect((await run(...line, '--quiet')).err).not.toContain('ignored');
  });

  it('says what is wrong with a line, in both languages', async () => {
    const { code, out, err } = await run('image', '--frobnicate', 'oci:app');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/--frobnicate.*Trivy.*\[alias-option\]/);
    expect(err).toContain('plimsoll image --help');
    expect((await run('image', '--frobnicate', 'oci:app', '--lang=ko')).err).toMatch(/[가-힣].*\[alias-option\]/);
  });

  it.each(['scout --help', 'trivy -h', 'snyk help', 'clairctl --help'])('tells what is understood of a tool: %s', async (line) => {
    const { code, out } = await run(...words(line));
    expect(code).toBe(0);
    const tool = line.split(' ')[0];
    for (const each of ALIASES.filter((alias) => alias.tool === tool)) expect(out).toContain(each.usage);
    expect((await run(...words(line), '--lang', 'ko')).out).toMatch(/[가-힣]/);
  });

  it.each(ALIASES.map((each) => [`${each.bare ? '' : `${each.tool} `}${each.words[0]!.join(' ')}`, each] as const))(
    'has help in both languages: %s --help',
    async (line, { usage, options, ownJson }) => {
      const english = await run(...words(line), '--help');
      expect(english).toMatchObject({ code: 0, err: '' });
      expect(english.out).toContain(usage);
      for (const flag of options.flatMap(({ flags }) => flags)) expect(english.out.replace(/\s+/g, ' ')).toContain(flag);
      const korean = await run(...words(line), '-h', '--lang', 'ko');
      expect(korean).toMatchObject({ code: 0, err: '' });
      expect(korean.out).toContain('사용법: plimsoll');
      // An option, or words in the reader's language.
      for (const { here } of options) expect(aliasHere(here, 'ko')).toMatch(/^`[^`]+`(?:\.|$)|[가-힣]/);
      if (ownJson !== undefined) for (const { out } of [english, korean]) expect(out).toContain(ownJson);
    },
  );
});
