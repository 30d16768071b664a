import { describe, expect, it } from 'vitest';
import { projectFiles, read } from './files.ts';
import { checkImports, describeViolation, isTest, readImports } from './imports.ts';

const NONE: ReadonlySet<string> = new Set();

/** The rules that a set of made-up files breaks. */
function rules(files: Record<string, string>, dependencies = NONE): string[] {
  return checkImports(new Map(Object.entries(files)), dependencies).map((violation) => violation.rule);
}

describe('import rules', () => {
  it('hold for every file of the project', () => {
    const files = projectFiles().filter((file) => file.startsWith('src/') && file.endsWith('.ts'));
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const violations = checkImports(new Map(files.map((file) => [file, read(file)])), new Set(Object.keys(dependencies)));
    expect(violations.map(describeViolation).join('\n')).toBe('');
  });

  it('leave no run-time dependency that nothing imports', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const sources = projectFiles().filter((file) => file.startsWith('src/') && file.endsWith('.ts') && !isTest(file));
    const imported = new Set(sources.flatMap((file) => readImports(file, read(file)).map(({ to }) => to)));
    const unused = Object.keys(dependencies).filter((name) => ![...imported].some((to) => to === name || to.startsWith(`${name}/`)));
    expect(unused).toEqual([]);
  });
});

describe('checkImports', () => {
  it('prints the chain from the entry point to the offender', () => {
    const [violation] = checkImports(
      new Map([
        ['src/cli/main.ts', "import { scan } from '../app/scan.ts';"],
        ['src/app/scan.ts', "import { table } from '../report/table/index.ts';"],
        ['src/report/table/index.ts', "\nimport { pull } from '../../oci/pull.ts';"],
        ['src/oci/pull.ts', ''],
      ]),
      NONE,
    );
    expect(violation && describeViolation(violation)).toBe(
      [
        'src/report/table/index.ts:2: src/report does not import src/oci',
        '    src/cli/main.ts',
        '    -> src/app/scan.ts',
        '    -> src/report/table/index.ts',
        '    -> src/oci/pull.ts',
      ].join('\n'),
    );
  });

  it('keeps the bottom folders free of the others', () => {
    expect(rules({ 'src/model/a.ts': "import { x } from '../oci/x.ts';" })).toEqual(['src/model does not import src/oci']);
    expect(rules({ 'src/util/a.ts': "import type { X } from '../extract/types.ts';" })).toEqual(['src/util does not import src/extract']);
    expect(rules({ 'src/util/a.ts': "import { x } from '../messages/x.ts';" })).toEqual([]);
  });

  it('lets a family see another one by the types in its types.ts only', () => {
    expect(rules({ 'src/match/a.ts': "import type { AdvisoryDb } from '../advisories/types.ts';" })).toEqual([]);
    expect(rules({ 'src/match/a.ts': "import { open } from '../advisories/db/open.ts';" })).toEqual([
      'src/match does not import src/advisories',
    ]);
    expect(rules({ 'src/match/a.ts': "import type { Db } from '../advisories/db/open.ts';" })).toEqual([
      'src/match does not import src/advisories',
    ]);
    expect(rules({ 'src/match/a.ts': "import { schemeFor } from '../versions/index.ts';" })).toEqual([]);
  });

  it('keeps plug-ins apart from each other and from their list', () => {
    const apk = 'src/extract/os/apk/index.ts';
    expect(rules({ [apk]: "import { x } from '../dpkg/parse.ts';" })).toEqual([
      'plug-in src/extract/os/apk does not import its sibling src/extract/os/dpkg',
    ]);
    expect(rules({ [apk]: "import { x } from '../../index.ts';" })).toEqual([
      'plug-in src/extract/os/apk does not import the list of its family',
    ]);
    expect(
      rules({ [apk]: "import { x } from '../../types.ts';\nimport { y } from './parse.ts';\nimport { z } from '../../read-within.ts';" }),
    ).toEqual([]);
  });

  it('keeps what is not shipped out of src/, except in tests', () => {
    expect(rules({ 'src/oci/a.ts': "import { x } from '../../testing/x.ts';" })).toEqual([
      'src/ imports nothing from testing/, which is not shipped',
    ]);
    expect(rules({ 'src/oci/a.test.ts': "import { x } from '../../testing/x.ts';" })).toEqual([]);
    expect(rules({ 'src/app/a.ts': "import p from '../../package.json' with { type: 'json' };" })).toEqual([]);
  });

  it('allows network modules in the HTTP client only, and run-time dependencies only', () => {
    expect(rules({ 'src/oci/a.ts': "import https from 'node:https';" })).toEqual(['only src/util/http opens network connections']);
    expect(rules({ 'src/util/http/a.ts': "import https from 'node:https';" })).toEqual([]);
    expect(rules({ 'src/oci/a.ts': "import x from '@scope/pkg/deep';" })).toEqual([
      '@scope/pkg is not a run-time dependency in package.json',
    ]);
    expect(rules({ 'src/oci/a.ts': "import x from '@scope/pkg/deep';" }, new Set(['@scope/pkg']))).toEqual([]);
  });

  it('demands a rule for a new folder', () => {
    expect(rules({ 'src/novel/a.ts': "import { x } from '../oci/x.ts';" })[0]).toMatch(/^src\/novel is in no import rule/);
  });
});

describe('readImports', () => {
  it('reads every form of import and skips comments and strings', () => {
    const source = [
      "import a, { type B } from './a.ts';",
      "import type { C } from './c.ts';",
      "import { type D, type E } from './d.ts';",
      "export * from './f.ts';",
      "export { g } from '../g.ts';",
      "import './side-effect.ts';",
      "// import { no } from './no.ts';",
      "/* import { no } from './no.ts'; */",
      "const h = await import('./h.ts');",
      'import {',
      '  i,',
      '  j,',
      "} from './i.ts';",
    ].join('\n');
    expect(readImports('src/x/y.ts', source)).toEqual([
      { to: 'src/x/a.ts', own: true, typeOnly: false, line: 1 },
      { to: 'src/x/c.ts', own: true, typeOnly: true, line: 2 },
      { to: 'src/x/d.ts', own: true, typeOnly: true, line: 3 },
      { to: 'src/x/f.ts', own: true, typeOnly: false, line: 4 },
      { to: 'src/g.ts', own: true, typeOnly: false, line: 5 },
      { to: 'src/x/side-effect.ts', own: true, typeOnly: false, line: 6 },
      { to: 'src/x/h.ts', own: true, typeOnly: false, line: 9 },
      { to: 'src/x/i.ts', own: true, typeOnly: false, line: 10 },
    ]);
  });
});
