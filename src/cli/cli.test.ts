import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { cli } from '../../testing/cli.ts';
import { REPORTERS } from '../app/reporters.ts';
import { errorText } from './error-text.ts';
import { useColour } from './io.ts';
import { progressLine } from './progress.ts';

describe('help', () => {
  it('teaches: commands, examples, exit codes', async () => {
    const { code, out, err } = await cli(['scan', '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('plimsoll scan alpine:3.20');
    expect(out).toContain('--fail-on <severity>');
    expect(out).toMatch(/^ {2}4 {2}refused/m);
    expect(await cli(['help', 'scan'])).toEqual({ code: 0, out, err: '' });
    expect(await cli(['help', 'db', 'push'])).toEqual(await cli(['db', 'push', '--help']));
    expect(await cli(['help', 'image'])).toEqual(await cli(['image', '--help']));
  });

  it('speaks Korean, from the option, the variable or the locale', async () => {
    for (const [argv, env] of [
      [['--lang', 'ko', '--help'], {}],
      [['--help', '--lang=ko'], {}],
      [['--help'], { PLIMSOLL_LANG: 'ko' }],
      [['--help'], { LANG: 'ko_KR.UTF-8' }],
    ] as const) {
      expect((await cli(argv, { env })).out).toContain('사용법: plimsoll');
    }
    expect((await cli(['--help', '--lang', 'en'], { env: { LANG: 'ko_KR.UTF-8' } })).out).toContain('Usage: plimsoll');
  });

  it('is a usage error where a command is missing', async () => {
    for (const argv of [[], ['settings']]) {
      const { code, out, err } = await cli(argv);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('Usage: plimsoll');
    }
  });

  it('knows its version', async () => {
    expect(await cli(['--version'])).toEqual({ code: 0, out: `plimsoll ${manifest.version}\n`, err: '' });
  });
});

describe('usage errors', () => {
  it.each([
    [['sacn', 'x'], 'There is no command sacn. [command-misspelt]\n  Did you mean scan?'],
    [['frobnicate'], 'There is no command frobnicate. [command-unknown]\n  See all commands with: plimsoll --help'],
    [['help', 'nothing'], 'There is no command nothing. [command-unknown]\n  See all commands with: plimsoll --help'],
    [['help', 'scna'], 'There is no command scna. [command-misspelt]\n  Did you mean scan?'],
    [['help', 'db', 'nothing'], 'There is no command nothing. [command-unknown]\n  See all commands with: plimsoll db --help'],
    [['db', 'help', 'nothing'], 'There is no command nothing. [command-unknown]\n  See all commands with: plimsoll db --help'],
    [['scan', 'x', '--severty', 'high'], 'There is no option --severty. [option-misspelt]\n  Did you mean --severity?'],
    [['scan', 'x', '--frobnicate'], 'There is no option --frobnicate. [option-unknown]\n  See all options with: plimsoll scan --help'],
    [['scan'], '<target> is missing. [argument-missing]'],
    [['scan', 'x', 'y'], 'There are more arguments than the command takes. [argument-extra]'],
    [['scan', 'x', '--fail-on'], '[option-value-missing]'],
    [['scan', 'x', '--fail-on', 'bad'], "--fail-on: 'bad' is not one of none, critical, high, medium, low, negligible, any, new,"],
    [['scan', 'x', '--scanners', 'vuln,license'], 'The scanner license is not in this version yet. [scanner-later]'],
    [
      ['scan', 'x', '-f', 'xml'],
      `There is no report format xml. [format-unknown]\n  Choose one of ${REPORTERS.map(({ id }) => id).join(', ')}.`,
    ],
    [['scan', 'x', '-f', 'json', '-f', 'table'], '[format-several-to-one]'],
    [['scan', 'x', '-f', 'json', '-f', 'table', '-o', '/tmp/r'], '[format-several-to-one]'],
    [
      ['scan', 'x', '-f', 'json=/tmp/a', '-o', '/tmp/b'],
      'Nothing would be written to b: every format has a file of its own (json=/tmp/a). [output-unused]',
    ],
    [['scan', 'x', '--template', '{{ .Range }}'], 'The template {{ .Range }} would not be used: no format is template. [template-unused]'],
    [['compare', 'x', '--to', 'y', '-f', 'json', '--template', 'list'], '[template-unused]'],
    [['scan', 'x', '-f', 'template', '--template', '{{ .Range }}'], '[template-go]'],
    [['sbom', 'x', '-f', 'spdx=/tmp/a', '-o', '/tmp/b'], '[output-unused]'],
    [['lint', 'x', '-f', 'json=/tmp/a', '-o', '/tmp/b'], '[output-unused]'],
    [['convert', 'x', '-f', 'json=/tmp/a', '-o', '/tmp/b'], '[output-unused]'],
    [['scan', 'x', '--ca-file', '/nowhere/ca.pem'], '--ca-file: there is no file /nowhere/ca.pem. [setting-file-missing]'],
    [['scan', 'x', '--client-cert', '/tmp'], '--client-cert: there is no file /tmp. [setting-file-missing]'],
    [['compare', 'x', '--to', 'y', '--client-key', '/nowhere/key'], '[setting-file-missing]'],
    [
      ['assess', 'x', '--shared-cache-trust', '/nowhere/key'],
      '--shared-cache-trust: there is no file /nowhere/key. [setting-file-missing]',
    ],
    [['scan', 'x', '--shared-cache-sign', '/nowhere/key'], '[setting-file-missing]'],
    [['db', 'pull', 'x', '--ca-file', '/nowhere/ca.pem'], '[setting-file-missing]'],
    [['assess', 'app', '-f', 'json'], 'assess writes every form at once into a folder, and takes no format. [assess-format]'],
    [['completion', 'tcsh'], 'There is no completion for the shell tcsh. [shell-unknown]'],
    [['settings', 'show', '--config', '/nowhere/p.yaml'], '[settings-file-unreadable]'],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await cli(argv);
    expect(err).toContain(message);
    expect(err.startsWith('error: ')).toBe(true);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('are Korean for Korean readers', async () => {
    const { err } = await cli(['sacn', '--lang', 'ko']);
    expect(err).toBe('오류: sacn 명령은 없습니다. [command-misspelt]\n  혹시 scan입니까?\n');
  });

  it.each([
    ['lang: ko\nscan: [\n', {}, '오류: '],
    ['lang: "ko"\nnothing: 1\n', {}, '오류: '],
    ['scan: [\n', { PLIMSOLL_LANG: 'ko' }, '오류: '],
    ['scan: [\n', { LANG: 'ko_KR.UTF-8' }, '오류: '],
    ['lang: ko\nscan: [\n', { PLIMSOLL_LANG: 'en' }, 'error: '],
    ['lang: en\nscan: [\n', { LANG: 'ko_KR.UTF-8' }, 'error: '],
  ])('of a settings file are told in the language that it, or the environment, says: %j %j', async (text, env, title) => {
    const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-lang-'));
    writeFileSync(join(cwd, 'plimsoll.yaml'), text);
    const { code, err } = await cli(['scan', 'x'], { cwd, env });
    rmSync(cwd, { recursive: true });
    expect([code, err.startsWith(title)]).toEqual([2, true]);
  });

  it('find out that a report cannot be written before the scan, not after it', async () => {
    const { code, err } = await cli(['scan', 'oci:/nowhere/image', '-o', '/nowhere/deep/report.json']);
    expect(code).toBe(3);
    expect(err).toContain('[output-unwritable]');
  });
});

describe('errorText', () => {
  it('says what the system refused that nobody put into more words', () => {
    const refused = Object.assign(new Error("EISDIR: illegal operation on a directory, open 'x'"), {
      code: 'EISDIR',
      syscall: 'open',
      path: 'x',
    });
    const said = (language: 'en' | 'ko') => errorText(refused, { language, colour: false, debug: false });
    expect(said('en')).toContain('The system refused x: it is a folder, not a file (EISDIR). [system-failed]');
    expect(said('ko')).toContain('시스템이 x을(를) 거부했습니다: 파일이 아니라 폴더임 (EISDIR). [system-failed]');
  });

  it('shows no control character of whatever the error is about', () => {
    const text = errorText(new Error('\u001b[31mred\u0007'), { language: 'en', colour: false, debug: true });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(text).toContain('[internal]');
  });

  it('shows what led to it only on demand', () => {
    const error = new Error('above', { cause: new Error('below') });
    expect(errorText(error, { language: 'en', colour: false, debug: false })).not.toContain('below');
    expect(errorText(error, { language: 'en', colour: false, debug: true })).toMatch(/caused by:\n\s+Error: below/);
  });
});

describe('settings show', () => {
  it('says what holds and where it came from', async () => {
    const { code, out } = await cli(['settings', 'show', '--color', 'never'], {
      env: {
        PLIMSOLL_FAIL_ON: 'high',
        PLIMSOLL_REGISTRY_PASSWORD: 'hunter2',
        PLIMSOLL_SHARED_CACHE: 'https://ann:hunter2@cache.example/x/',
        PLIMSOLL_FEED_URL: 'kev=https://ann:hunter2@mirror.example/kev/',
      },
    });
    expect(code).toBe(0);
    expect(out).toContain('https://***@cache.example/x/');
    expect(out).toContain('https://***@mirror.example/kev/');
    expect(out).toMatch(/^scan\.fail-on +high +PLIMSOLL_FAIL_ON$/m);
    expect(out).toMatch(/^color +never +--color$/m);
    expect(out).toMatch(/^database\.max-age +7 +default$/m);
    expect(out).toMatch(/^cache +false +PLIMSOLL_CACHE$/m);
    expect(out).toMatch(/^cache-size +2000000000 +default$/m);
    expect(out).toMatch(/^cache-dir +\/nowhere\/\.cache\/plimsoll +default$/m);
    expect(out).toMatch(/^registry\.password +\*\*\* +PLIMSOLL_REGISTRY_PASSWORD$/m);
    expect(out).not.toContain('hunter2');
  });
});

describe('colour', () => {
  const terminal = { isTTY: true, write: () => undefined };
  const file = { isTTY: false, write: () => undefined };
  it.each([
    ['auto', terminal, {}, true],
    ['auto', terminal, { NO_COLOR: '1' }, false],
    ['auto', terminal, { NO_COLOR: '' }, true],
    ['auto', terminal, { TERM: 'dumb' }, false],
    ['auto', file, {}, false],
    ['always', file, { NO_COLOR: '1' }, true],
    ['never', terminal, {}, false],
  ] as const)('%s, %o, %o: %s', (when, output, env, expected) => {
    expect(useColour(when, output, env)).toBe(expected);
  });
});

describe('progressLine', () => {
  it('writes over its line, ten times a second at most, and clears it', () => {
    let time = 0;
    const written: string[] = [];
    const line = progressLine({ isTTY: true, columns: 10, write: (text) => void written.push(text) }, true, () => time);
    line.update(() => 'one');
    line.update(() => 'too soon');
    time = 150;
    line.update(() => 'longer than the line');
    line.stop();
    time = 900;
    line.update(() => 'late');
    expect(written).toEqual(['\r\u001b[2Kone', '\r\u001b[2Klonger t…', '\r\u001b[2K']);
  });

  it('is silent where there is no terminal', () => {
    const written: string[] = [];
    const line = progressLine({ isTTY: false, write: (text) => void written.push(text) }, true);
    line.update(() => 'one');
    line.stop();
    expect(written).toEqual([]);
  });
});
