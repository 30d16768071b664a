import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { readSettingsFile } from './file.ts';
import { defaultCacheDir, userConfigDir } from './folders.ts';
import { closest, longFlag, placeOf, resolveSettings, SETTING_NAMES, SETTINGS, type Setting, type SettingsInput } from './index.ts';
import { mirrors } from './kinds.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-settings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function input(more: Partial<SettingsInput> = {}): SettingsInput {
  return { env: {}, home: join(folder, 'home'), platform: 'linux', cwd: folder, flags: {}, ...more };
}

async function failure(promise: Promise<unknown>): Promise<PlimsollError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PlimsollError)) throw new Error(`no coded error but ${String(error)}`);
  expect(error.exitCode).toBe(EXIT.usage);
  return error;
}

describe('a size', () => {
  it.each([
    ['500MB', 5e8],
    ['1.5 gb', 1.5e9],
    ['2 GiB', 2 ** 31],
    ['64KiB', 65_536],
    ['1000', 1000],
    ['0', 0],
    [5e6, 5e6],
  ])('%s is %d bytes', (raw, size) => {
    expect(SETTINGS.cacheSize.kind.accept(raw)).toBe(size);
  });

  it.each(['', 'MB', '-1', '1 TBB', '5%', '1e9', '1constructor', -1, Number.NaN, null, ['1']])('%s is none', (raw) => {
    expect(SETTINGS.cacheSize.kind.accept(raw)).toBeUndefined();
  });
});

describe('mirrors', () => {
  it.each([
    ['docker.io=a.example,ghcr.io=b.example', ['docker.io=a.example', 'ghcr.io=b.example']],
    [['docker.io=a.example'], ['docker.io=a.example']],
    [
      { 'docker.io': 'a.example', 'ghcr.io': ['b.example', 'c.example/x'] },
      ['docker.io=a.example', 'ghcr.io=b.example', 'ghcr.io=c.example/x'],
    ],
  ])('%j', (raw, expected) => {
    expect(mirrors.accept(raw)).toEqual(expected);
  });

  it.each(['', 'docker.io', 'a=b c', 'a=b=c', { 'docker.io': 5 }, { 'docker.io': [null] }, null, {}])('%j is none', (raw) => {
    expect(mirrors.accept(raw)).toBeUndefined();
  });
});

describe('the list of settings', () => {
  it('gives each a key, a variable and (but for secrets, and what a file alone can say well) an option of its own', () => {
    const settings = SETTING_NAMES.map((name): Setting => SETTINGS[name]);
    // Commands may have options of one name for settings of their own.
    const flags = settings.flatMap(({ commands, ...each }) =>
      [commands].flat().map((name) => `${name} ${longFlag({ commands, ...each })}`),
    );
    for (const values of [
      settings.map((each) => each.key),
      settings.map((each) => each.env),
      flags.filter((flag) => !flag.endsWith(' undefined')),
    ]) {
      expect(new Set(values).size).toBe(values.length);
    }
    expect(settings.filter((each) => !each.flags).map((each) => each.kind.id)).toEqual([
      'secret',
      'feeds',
      ...['secret', 'secret', 'secret', 'secret'],
    ]);
    expect(settings.every((each) => /^PLIMSOLL_[A-Z_]+$/.test(each.env))).toBe(true);
  });
});

describe('resolveSettings', () => {
  it('takes the command line before the environment before the nearest file before the default, and says which', async () => {
    mkdirSync(join(folder, 'home/.config/plimsoll'), { recursive: true });
    writeFileSync(join(folder, 'home/.config/plimsoll/plimsoll.yaml'), 'lang: ko\nscan:\n  platform: linux/arm64\n');
    writeFileSync(join(folder, 'plimsoll.yaml'), 'lang: en\nscan:\n  fail-on: low\n  severity: [High, critical]\n  type: os\n');
    const { values, sources } = await resolveSettings(
      input({ flags: { failOn: 'critical' }, env: { PLIMSOLL_FAIL_ON: 'high', PLIMSOLL_TYPE: 'OS,library', PLIMSOLL_OFFLINE: '' } }),
    );
    expect(values).toMatchObject({
      failOn: 'critical',
      type: ['os', 'library'],
      severity: ['high', 'critical'],
      lang: 'en',
      platform: 'linux/arm64',
    });
    expect(values).toMatchObject({ offline: false, maxDbAge: 7, format: ['table'] });
    expect(placeOf(sources.failOn)).toBe('--fail-on');
    expect(placeOf(sources.type)).toBe('PLIMSOLL_TYPE');
    expect(placeOf(sources.severity)).toBe(`${join(folder, 'plimsoll.yaml')}:4`);
    expect(placeOf(sources.platform)).toBe(`${join(folder, 'home/.config/plimsoll/plimsoll.yaml')}:3`);
    expect(placeOf(sources.offline)).toBeUndefined();
  });

  it('reads paths of a file relative to the file', async () => {
    mkdirSync(join(folder, 'ci'));
    writeFileSync(join(folder, 'ci/settings.yaml'), 'database: { path: ./db }\n');
    const { values } = await resolveSettings(input({ configPath: 'ci/settings.yaml' }));
    expect(values.db).toBe(join(folder, 'ci/db'));
  });

  it('reads whatever names a file relative to the settings file, and leaves images, sources and built-in names alone', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(
      join(own, 'settings.yaml'),
      [
        'scan: { format: [table, json=out/report.json, csv=-], output: o.txt, import: [a.sarif, b.sarif], dockerfile: Dockerfile, baseline: ./base.json }',
        "report: { template: '@mail.hbs' }",
        'exceptions: { files: e.yaml }',
        'database: { source: [./db, registry.example/db] }',
        'assess: { output: r }',
        'lint: { format: json=lint.json, rules: rules.yaml }',
      ].join('\n'),
    );
    const { values } = await resolveSettings(input({ configPath: 'own/settings.yaml' }));
    expect(values).toMatchObject({
      format: ['table', `json=${join(own, 'out/report.json')}`, 'csv=-'],
      output: join(own, 'o.txt'),
      imports: [join(own, 'a.sarif'), join(own, 'b.sarif')],
      dockerfile: join(own, 'Dockerfile'),
      baseline: join(own, 'base.json'),
      template: `@${join(own, 'mail.hbs')}`,
      exceptions: [join(own, 'e.yaml')],
      dbSource: [join(own, 'db'), 'registry.example/db'],
      assessOutput: join(own, 'r'),
      lintFormat: [`json=${join(own, 'lint.json')}`],
    });
    const variables = {
      PLIMSOLL_BASELINE: 'app:1.0',
      PLIMSOLL_TEMPLATE: '@mail.hbs',
      PLIMSOLL_FORMAT: 'json=a.json',
      PLIMSOLL_DOCKERFILE: 'Dockerfile',
    };
    expect((await resolveSettings(input({ configPath: 'own/settings.yaml', env: variables }))).values).toMatchObject({
      baseline: 'app:1.0',
      template: '@mail.hbs',
      format: ['json=a.json'],
      dockerfile: 'Dockerfile',
    });
    writeFileSync(join(own, 'settings.yaml'), 'scan: { baseline: app:1.0 }\nreport: { template: list }\n');
    expect((await resolveSettings(input({ configPath: 'own/settings.yaml' }))).values).toMatchObject({
      baseline: 'app:1.0',
      template: 'list',
    });
  });

  it.each([
    ['failOn', 'sever', 'setting-choice'],
    ['severity', ['high,worse'], 'setting-choice'],
    ['maxDbAge', '-1', 'setting-days'],
    ['maxDbAge', 'Infinity', 'setting-days'],
    ['output', '', 'setting-text'],
  ] as const)('refuses %s %j', async (name, value, code) => {
    const error = await failure(resolveSettings(input({ flags: { [name]: value } })));
    expect(error.code).toBe(code);
    expect(error.params.where).toBe(longFlag(SETTINGS[name]));
  });

  it.each([
    [['high,worse', 'low'], 'worse'],
    [['high,,'], 'high,,'],
    [{ high: true }, '{"high":true}'],
  ])('names what is wrong in %j', async (value, shown) => {
    expect((await failure(resolveSettings(input({ flags: { severity: value } })))).params.value).toBe(shown);
  });

  it.each([
    ['PLIMSOLL_FAIL_ONN', 'PLIMSOLL_FAIL_ON'],
    ['PLIMSOLL_SEVERTY', 'PLIMSOLL_SEVERITY'],
    ['PLIMSOLL_CONFG', 'PLIMSOLL_CONFIG'],
  ])('does not pass over %s', async (variable, like) => {
    const error = await failure(resolveSettings(input({ env: { [variable]: 'high' } })));
    expect(error).toMatchObject({ code: 'variable-misspelt', params: { variable, like }, exitCode: 2 });
  });

  it.each(['PLIMSOLL_TAG', 'PLIMSOLL_IMAGE', 'PLIMSOLL_VERSION', 'MY_PLIMSOLL_FAIL_ONN'])(
    'leaves %s to whom it belongs',
    async (variable) => {
      expect((await resolveSettings(input({ env: { [variable]: 'x' } }))).values.failOn).toBe('none');
    },
  );

  it('names the variable, and never shows a secret', async () => {
    expect((await failure(resolveSettings(input({ env: { PLIMSOLL_OFFLINE: 'maybe' } })))).params).toMatchObject({
      where: 'PLIMSOLL_OFFLINE',
    });
    const error = await failure(resolveSettings(input({ flags: { registryPassword: 5 } })));
    expect(error.message).not.toContain('5');
  });

  it('says so when the file that was asked for is not there', async () => {
    expect((await failure(resolveSettings(input({ configPath: 'none.yaml' })))).code).toBe('settings-file-unreadable');
    expect((await failure(resolveSettings(input({ env: { PLIMSOLL_CONFIG: 'none.yaml' } })))).code).toBe('settings-file-unreadable');
  });
});

describe('readSettingsFile', () => {
  it.each([
    ['an empty file', '', 0],
    ['a comment', '# nothing\n', 0],
    ['an empty section', 'scan:\n', 0],
  ])('reads %s', (_, text, count) => {
    expect(readSettingsFile('/x/plimsoll.yaml', text)).toHaveLength(count);
  });

  it.each([
    ['a misspelt key', 'scan:\n  fail_on: high\n', 'setting-misspelt', '/x/p.yaml:2'],
    ['an unknown key', 'colour-of-the-sky: blue\n', 'setting-unknown', '/x/p.yaml:1'],
    ['a password', 'registry:\n  password: p\n', 'setting-not-in-file', '/x/p.yaml:2'],
    ['a sequence', '- a\n', 'settings-file-invalid', '/x/p.yaml:1'],
    ['a section that is none', 'lang: en\nscan: high\n', 'settings-file-invalid', '/x/p.yaml:2'],
    ['broken YAML', 'lang: en\nscan: [\n', 'settings-file-invalid', '/x/p.yaml:3'],
    ['the same key twice', 'lang: en\nlang: ko\n', 'settings-file-invalid', '/x/p.yaml:2'],
    ['a key with dots and without', 'scan:\n  fail-on: high\nscan.fail-on: none\n', 'settings-file-invalid', '/x/p.yaml:3'],
    ['bytes', '\u0000\u0001\u0002', 'settings-file-invalid', '/x/p.yaml:1'],
  ])('refuses %s', (_, text, code, where) => {
    let thrown: unknown;
    try {
      readSettingsFile('/x/p.yaml', text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PlimsollError);
    expect((thrown as PlimsollError).code).toBe(code);
    expect((thrown as PlimsollError).params.where).toBe(where);
  });

  it.each(['failOn', 'fail_on', 'fail-on', 'max-db-age', 'maxDbAge', 'severty'])('tells which key %s may mean', (key) => {
    const like = key.includes('ax') ? 'database.max-age' : 'scan.';
    expect(() => readSettingsFile('/x/p.yaml', `${key}: 1\n`)).toThrow(key === 'severty' ? /scan\.severity, scan\.type/ : like);
  });

  it('refuses aliases that multiply', () => {
    const levels = 'bcdefghi'.split('').map((name, i) => `&${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`);
    const bomb = `scan:\n  format: [&a [x,x,x,x,x,x,x,x,x], ${levels.join(', ')}]\n`;
    expect(() => readSettingsFile('/x/p.yaml', bomb)).toThrow(PlimsollError);
  });
});

describe('folders', () => {
  it.each([
    ['linux', {}, '/h/.cache/plimsoll', '/h/.config/plimsoll'],
    ['linux', { XDG_CACHE_HOME: '/c', XDG_CONFIG_HOME: '/g' }, '/c/plimsoll', '/g/plimsoll'],
    ['linux', { XDG_CACHE_HOME: 'relative' }, '/h/.cache/plimsoll', '/h/.config/plimsoll'],
    ['darwin', {}, '/h/Library/Caches/plimsoll', '/h/Library/Application Support/plimsoll'],
  ] as const)('%s %j', (platform, env, cache, config) => {
    expect(defaultCacheDir({ platform, env, home: '/h' })).toBe(cache);
    expect(userConfigDir({ platform, env, home: '/h' })).toBe(config);
  });
});

describe('closest', () => {
  it.each([
    ['scan.fail_on', 'scan.fail-on'],
    ['fail-on', undefined],
    ['lnag', 'lang'],
  ])('%s is %s', (word, expected) => {
    expect(closest(word, ['lang', 'scan.fail-on', 'scan.format'])).toBe(expected);
  });
});
