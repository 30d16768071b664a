import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { LANGUAGES } from '../messages/language.ts';
import { longFlag, placeOf, resolveSettings, SETTING_NAMES, SETTINGS, type Setting, type SettingName } from '../settings/index.ts';
import type { PlimsollError } from '../util/errors.ts';
import { errorText } from './error-text.ts';
import { givenFlags } from './options.ts';
import { buildProgram } from './program.ts';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-all-settings-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const cwd = join(root, 'work');
const home = join(root, 'home');
const userFolder = join(home, '.config/plimsoll');
const [ownFile, userFile] = [join(cwd, 'plimsoll.yaml'), join(userFolder, 'plimsoll.yaml')];
beforeAll(() => {
  for (const folder of [cwd, userFolder]) mkdirSync(folder, { recursive: true });
});

/** A value as it is written in a word and in YAML, and what either means; `inFile` where that differs in a file. */
interface Sample {
  readonly word: string;
  readonly yaml: unknown;
  readonly means: unknown;
  readonly inFile?: (folder: string) => unknown;
}

const SECRET = ['hunter', '2'].join('');
const YES = ['1', 'true', 'YES', 'on'];
const NO = ['0', 'false', 'no', 'OFF'];

/** The `i`-th sample of a kind: those of neighbours differ. By docs/settings.md and docs/cli.md. */
function sample({ kind }: Setting, i: number): Sample {
  const [a, b] = [`a${i}`, `b${i}`];
  const choices = kind.choices ?? [];
  const one = choices[i % choices.length] ?? '';
  const two = [...new Set([one, choices[(i + 1) % choices.length] ?? ''])];
  const on = i % 2 === 0;
  const samples: Readonly<Record<Setting['kind']['id'], Sample>> = {
    text: { word: a, yaml: a, means: a },
    path: { word: a, yaml: a, means: a, inFile: (folder) => resolve(folder, a) },
    secret: { word: `${SECRET}-${i}`, yaml: '', means: `${SECRET}-${i}` },
    switch: { word: (on ? YES : NO)[i % 4] ?? '', yaml: on, means: on },
    days: { word: `${i}.5`, yaml: i + 0.5, means: i + 0.5 },
    number: { word: `${i}.5`, yaml: i + 0.5, means: i + 0.5 },
    bytes: { word: `${i}KB`, yaml: `${i} kb`, means: i * 1000 },
    choice: { word: one.toUpperCase(), yaml: one, means: one },
    choices: { word: two.join(' , '), yaml: two, means: two },
    texts: { word: `${a}, ${b}`, yaml: [a, b], means: [a, b] },
    paths: { word: `${a},${b}`, yaml: [a, b], means: [a, b], inFile: (folder) => [resolve(folder, a), resolve(folder, b)] },
    pairs: { word: `x=${a},y=${b}`, yaml: { x: a, y: b }, means: [`x=${a}`, `y=${b}`] },
    feeds: {
      word: `osv=https://${a}.example/,nvd=off`,
      yaml: { osv: { url: `https://${a}.example/` }, nvd: { enabled: false } },
      means: { osv: { urls: [`https://${a}.example/`] }, nvd: { enabled: false } },
    },
    weights: {
      word: `critical=${i}, secret.high=2`,
      yaml: { critical: i, secret: { high: 2 } },
      means: { vulnerability: { critical: i }, secret: { high: 2 } },
    },
  };
  return samples[kind.id];
}

/** What no setting of the kind takes, in a word (undefined: any word is one) and in YAML. */
const WRONG: Readonly<Record<Setting['kind']['id'], readonly [word: string | undefined, yaml: unknown]>> = {
  text: [undefined, 5],
  path: [undefined, 5],
  secret: [undefined, 5],
  switch: ['maybe', 'maybe'],
  days: ['soon', -1],
  number: ['101', 101],
  bytes: ['large', -1],
  choice: ['other', 'other'],
  choices: ['other', ['other']],
  texts: [',', [5]],
  paths: [',', [5]],
  pairs: ['x', { x: 5 }],
  feeds: ['x', { osv: 'x' }],
  weights: ['x', { x: 1 }],
};

const all = SETTING_NAMES.map((name): readonly [string, SettingName, Setting] => [SETTINGS[name].key, name, SETTINGS[name]]);
const inFiles = all.filter(([, , { inFile }]) => inFile !== false);

function fileOf(key: string, value: unknown): string {
  const words = key.split('.');
  // A line a word, so that the setting itself stands in the last one.
  return `${words.map((word, depth) => `${'  '.repeat(depth)}${word}:`).join('\n')} ${JSON.stringify(value)}\n`;
}

/** Writes both files: undefined is a file without settings. */
function files(own?: string, user?: string): void {
  writeFileSync(ownFile, own ?? '');
  writeFileSync(userFile, user ?? '');
}

const silent = { write: () => undefined, isTTY: false };
const io = { env: {}, cwd, home, platform: 'linux' as const, stdin: none(), stdout: silent, stderr: silent };
async function* none(): AsyncGenerator<Buffer> {}

function commandOf(path: string): Command {
  const program: Command = buildProgram(io, 'en', () => undefined);
  const words = path === 'all' ? [] : path.split(' ');
  return words.reduce((command, word) => {
    const found = command.commands.find((each) => each.name() === word);
    if (!found) throw new Error(`no command ${path}`);
    return found;
  }, program);
}

/** The command and all of its own. */
function below(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(below)];
}

describe.each(all)('%s', (key, name, setting) => {
  const given = (env: Record<string, string>, flags: object = {}) => resolveSettings({ ...io, env, flags });
  const flag = longFlag(setting);
  const commands = [setting.commands].flat();

  it('comes from the command line, the environment, the own file, the user’s file, the default, in this order', async () => {
    const samples = [4, 3, 2, 1].map((i) => sample(setting, i));
    const [first, second, third, fourth] = samples as [Sample, Sample, Sample, Sample];
    const env = { [setting.env]: second.word };
    const own = setting.inFile === false ? undefined : fileOf(key, third.yaml);
    const user = setting.inFile === false ? undefined : fileOf(key, fourth.yaml);
    const inFolder = (which: Sample, folder: string) => which.inFile?.(folder) ?? which.means;
    const steps: (readonly [() => ReturnType<typeof given>, unknown, string | undefined])[] = [
      [() => given(env), second.means, setting.env],
      [() => given({}), setting.fallback, undefined],
    ];
    if (flag) steps.unshift([() => given(env, { [name]: first.word }), first.means, flag]);
    if (own && user) {
      const line = key.split('.').length;
      // A variable that is set to nothing is none.
      steps.splice(-1, 0, [() => given({ [setting.env]: '' }), inFolder(third, cwd), `${ownFile}:${line}`]);
      steps.splice(-1, 0, [() => given({}), inFolder(fourth, userFolder), `${userFile}:${line}`]);
    }
    files(own, user);
    for (const [resolved, value, place] of steps) {
      if (place === undefined) files();
      else if (place.startsWith(userFile)) files(undefined, user);
      const { values, sources } = await resolved();
      expect({ value: values[name], place: placeOf(sources[name]) }).toEqual({ value, place });
    }
  });

  it('is refused with the place of what is wrong, in both languages', async () => {
    const [word, yaml] = WRONG[setting.kind.id];
    const line = key.split('.').length;
    const wrong: [place: string, env: Record<string, string>, flags: object, own?: string][] = [];
    if (word !== undefined && flag && setting.kind.id !== 'switch') wrong.push([flag, {}, { [name]: word }]);
    if (word !== undefined) wrong.push([setting.env, { [setting.env]: word }, {}]);
    if (setting.inFile !== false) wrong.push([`${ownFile}:${line}`, {}, {}, fileOf(key, yaml)]);
    else wrong.push([`${ownFile}:${line}`, {}, {}, fileOf(key, 'a')]);
    for (const [place, env, flags, own] of wrong) {
      files(own);
      const error = await given(env, flags).then(
        () => undefined,
        (thrown: PlimsollError) => thrown,
      );
      expect(error, place).toMatchObject({ exitCode: 2 });
      for (const language of LANGUAGES) {
        const text = errorText(error, { language, colour: false, debug: false });
        expect(text.replaceAll(/\s+/g, ' ')).toContain(place);
        for (const each of setting.kind.choices ?? []) expect(text).toContain(each);
      }
    }
  });

  it('is an option of the commands that say so, but for secrets and what a file says better', async () => {
    files();
    if (!flag) return expect(['secret', 'feeds']).toContain(setting.kind.id);
    for (const path of commands) {
      // Of a group (`db`), one of its commands.
      const command = below(commandOf(path)).find(({ options }) => options.some(({ long }) => long === flag));
      if (!command) throw new Error(`${path} has no ${flag}`);
      const { word, means } = sample(setting, 2);
      expect(command.options.find(({ long }) => long === flag)?.flags).toBe(setting.flags);
      command.parseOptions(setting.kind.id === 'switch' ? [flag ?? ''] : [flag ?? '', word]);
      const { values, sources } = await given({}, givenFlags(command));
      const expected = setting.kind.id === 'switch' ? !flag?.startsWith('--no-') : means;
      expect({ path, value: values[name], place: placeOf(sources[name]) }).toEqual({ path, value: expected, place: flag });
    }
  });
});

describe.each(LANGUAGES)('settings show, in %s', (language) => {
  const shown = async (env: Record<string, string>) => {
    // Values of `lang` and `quiet` are samples too: the option says which language this is.
    const { code, out, err } = await cli(['settings', 'show', '--lang', language], { env: { PLIMSOLL_CACHE: '', ...env }, cwd, home });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return new Map(out.split('\n').map((line) => [line.split(/ {2,}/)[0] ?? '', line.split(/ {2,}/).slice(1)]));
  };
  const text = (value: unknown) =>
    Array.isArray(value) ? value.join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const others = all.filter(([, name]) => name !== 'lang');
  const word = { en: { unset: '(not set)', fallback: 'default' }, ko: { unset: '(지정 안 됨)', fallback: '기본값' } }[language];

  it('says each variable, and no secret', async () => {
    files();
    const rows = await shown(Object.fromEntries(others.map(([, , setting]) => [setting.env, sample(setting, 3).word])));
    for (const [key, , setting] of others) {
      const value = setting.kind.id === 'secret' ? '***' : text(sample(setting, 3).means);
      expect([key, rows.get(key)]).toEqual([key, [value, setting.env]]);
    }
    expect(JSON.stringify([...rows])).not.toContain(SECRET);
  });

  it('says each file with its line', async () => {
    const own = inFiles.filter(([, name]) => name !== 'lang');
    writeFileSync(userFile, '');
    writeFileSync(ownFile, own.map(([key, , setting]) => `${key}: ${JSON.stringify(sample(setting, 3).yaml)}\n`).join(''));
    const rows = await shown({});
    for (const [i, [key, , setting]] of own.entries()) {
      const { means, inFile } = sample(setting, 3);
      expect([key, rows.get(key)]).toEqual([key, [text(inFile?.(cwd) ?? means), `${ownFile}:${i + 1}`]]);
    }
  });

  it('says each default', async () => {
    files();
    const rows = await shown({});
    for (const [key, name, { fallback }] of others) {
      const value = name === 'cacheDir' ? join(home, '.cache/plimsoll') : fallback === undefined ? word.unset : text(fallback);
      expect([key, rows.get(key)]).toEqual([key, [value, word.fallback]]);
    }
    expect(rows.get('lang')).toEqual([language, '--lang']);
  });
});

describe('the language of what is wrong with settings', () => {
  it.each<[string, Record<string, string>, string, string?]>([
    ['a variable', { PLIMSOLL_LANG: 'ko', PLIMSOLL_OFFLINE: 'maybe' }, ''],
    ['a misspelt variable', { PLIMSOLL_LANG: 'ko', PLIMSOLL_OFLINE: '1' }, ''],
    ['a value of the same file', {}, 'lang: KO\nscan:\n  fail-on: often\n'],
    ['a key of the same file', {}, 'scan:\n  fail_on: high\nlang: ko\n'],
    ['broken YAML', {}, 'lang: ko\nscan: [\n'],
    ['the own file', {}, 'colour: red\n', 'lang: ko\n'],
    ['a file that is not there', { PLIMSOLL_LANG: 'ko', PLIMSOLL_CONFIG: 'none.yaml' }, ''],
  ])('is the one that is set: %s', async (_, env, own, user) => {
    files(own, user);
    const { code, err } = await cli(['settings', 'show'], { env: { LANG: 'C', ...env }, cwd, home });
    expect(code).toBe(2);
    expect(err).toMatch(/^오류: /);
  });
});
