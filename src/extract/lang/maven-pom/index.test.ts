import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList } from '../../../../testing/lock-files.ts';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import { mavenPom } from './index.ts';

const SHOP = new URL('testdata/shop/', import.meta.url);
const shop = (path: string): string => readFileSync(new URL(path, SHOP), 'utf8');
const FILES = ['pom.xml', 'bom/pom.xml', 'core/pom.xml', 'web/pom.xml'];

extractorContract(mavenPom, import.meta.url, [
  { path: 'pom.xml', content: shop('pom.xml') },
  { path: 'core/pom.xml', content: shop('core/pom.xml') },
  { path: 'bom/pom.xml', content: shop('bom/pom.xml'), empty: true },
]);

/** All dependencies and gaps of a folder of files. */
async function readAll(files: Readonly<Record<string, string>>) {
  const ctx = gapRecorder();
  const partials = [];
  for (const [path, content] of Object.entries(files)) {
    const partial = await mavenPom.extract(openFile(path, content), ctx);
    if (partial) partials.push({ path, layer: 0, partial: JSON.parse(JSON.stringify(partial)) });
  }
  const { packages, gaps = [] } = mavenPom.settle(mergedView(partials));
  const lines = packages.map(({ name, version, path, dev }) => `${path} ${name} ${version}${dev ? ' dev' : ''}`);
  const own = gaps.filter(({ params }) => !String(params.what).startsWith('what the dependencies'));
  return { lines: lines.sort(), gaps: [...ctx.gaps, ...own], transitive: gaps.length - own.length, packages };
}

const pom = (inner: string, artifact = 'app'): string =>
  `<project><groupId>g</groupId><artifactId>${artifact}</artifactId><version>1</version>${inner}</project>`;
const dependency = (version: string, more = ''): string =>
  `<dependency><groupId>a</groupId><artifactId>b</artifactId>${version && `<version>${version}</version>`}${more}</dependency>`;
const dependencies = (version: string, more = ''): string => `<dependencies>${dependency(version, more)}</dependencies>`;
const managed = (inner: string): string => `<dependencyManagement><dependencies>${inner}</dependencies></dependencyManagement>`;
const parent = (more = '', artifact = 'parent'): string =>
  `<parent><groupId>g</groupId><artifactId>${artifact}</artifactId><version>1</version>${more}</parent>`;

describe('a project of several modules', () => {
  it('has the dependencies that `mvn dependency:list` lists', async () => {
    const { lines, gaps, transitive } = await readAll(Object.fromEntries(FILES.map((path) => [path, shop(path)])));
    expect(gaps).toEqual([]);
    expect(lines).toEqual(expectedList(SHOP));
    expect(transitive).toBe(1);
  });

  it('says what is missing where a module is scanned alone', async () => {
    const { lines, gaps } = await readAll({ 'pom.xml': shop('core/pom.xml') });
    expect(lines).toEqual([
      'pom.xml com.fasterxml.jackson.core:jackson-databind ',
      'pom.xml commons-io:commons-io ',
      'pom.xml junit:junit ',
    ]);
    expect(gaps).toMatchObject([{ code: 'not-here', params: { what: 'org.example.shop:shop-parent:1.0.0' }, incomplete: true }]);
  });

  it('tells what it believes and why', async () => {
    const { packages } = await readAll({ 'pom.xml': pom(dependencies('1.0')) });
    expect(packages).toMatchObject([
      { name: 'a:b', purl: 'pkg:maven/a/b@1.0', role: 'direct', evidence: { kind: 'package-metadata', confidence: 'medium' } },
    ]);
  });
});

describe('versions', () => {
  it.each([
    [dependencies('1.0'), '1.0'],
    [dependencies('[1.0]'), '1.0'],
    [dependencies('[1.0,2.0)'), ''],
    [dependencies('LATEST'), ''],
    [dependencies(`\${x}`), ''],
    [dependencies(`\${env.X}`), ''],
    [`<properties><x>2</x></properties>${dependencies(`1.\${x}`)}`, '1.2'],
    [`<properties><x>\${y}</x><y>\${x}</y></properties>${dependencies(`\${x}`)}`, ''],
    [`${dependencies(`\${project.version}`)}`, '1'],
    [`${dependencies(`\${pom.version}.\${project.artifactId}`)}`, '1.app'],
    [`${managed(dependency('3'))}${dependencies('')}`, '3'],
    [`${managed(dependency('3'))}${dependencies('2')}`, '2'],
    [`${managed(dependency('3'))}${dependencies(`\${x}`)}`, ''],
    [`${managed(dependency('3', '<classifier>c</classifier>'))}${dependencies('')}`, ''],
  ])('%# %s', async (inner, version) => {
    expect((await readAll({ 'pom.xml': pom(inner) })).lines).toEqual([`pom.xml a:b ${version}`]);
  });

  it('are not waited for where properties double each other', async () => {
    const doubling = Array.from({ length: 60 }, (_, i) => `<p${i}>\${p${i + 1}}\${p${i + 1}}</p${i}>`).join('');
    const inner = `<properties>${doubling}<p60>x</p60></properties>${dependencies(`\${p0}`)}`;
    expect((await readAll({ 'pom.xml': pom(inner) })).lines).toEqual(['pom.xml a:b ']);
  });
});

describe('parents', () => {
  const root = pom(`<properties><v>1</v></properties>${managed(dependency(`\${v}`))}`, 'parent');
  const child = (more = '', inner = dependencies('')): string => pom(`${parent(more)}${inner}`);

  it.each([
    ['pom.xml', 'x/pom.xml', child()],
    ['pom.xml', 'x/y/pom.xml', child('<relativePath>../..</relativePath>')],
    ['p/pom.xml', 'x/pom.xml', child('<relativePath>../p/pom.xml</relativePath>')],
    ['p/pom.xml', 'x/pom.xml', child('<relativePath/>')],
    ['p/pom.xml', 'x/pom.xml', child()],
  ])('%s is found from %s', async (rootPath, path, text) => {
    expect(await readAll({ [rootPath]: root, [path]: text })).toMatchObject({ lines: [`${path} a:b 1`], gaps: [] });
  });

  it('may be overridden in what they define', async () => {
    const text = child('', `<properties><v>2</v></properties>${dependencies('')}`);
    expect((await readAll({ 'pom.xml': root, 'x/pom.xml': text })).lines).toEqual(['x/pom.xml a:b 2']);
  });

  it('that lie beside and are others are not taken', async () => {
    const other = pom(managed(dependency('9')), 'other');
    expect(await readAll({ 'pom.xml': other, 'x/pom.xml': child() })).toMatchObject({
      lines: ['x/pom.xml a:b '],
      gaps: [{ code: 'not-here', params: { what: 'g:parent:1' } }],
    });
  });

  it('that go in circles end', async () => {
    const files = { 'pom.xml': pom(parent('<relativePath>x</relativePath>', 'app'), 'parent'), 'x/pom.xml': child('', dependencies('1')) };
    expect((await readAll(files)).lines).toEqual(['pom.xml a:b 1', 'x/pom.xml a:b 1']);
  });
});

describe('what is no dependency', () => {
  it.each([
    ['profiles', `<profiles><profile>${dependencies('1')}</profile></profiles>`],
    ['plug-ins', `<build><plugins><plugin>${dependencies('1')}</plugin></plugins></build>`],
    ['managed ones that nobody asks for', managed(dependency('1'))],
    ['own modules', '<dependencies><dependency><groupId>g</groupId><artifactId>app</artifactId></dependency></dependencies>'],
  ])('%s', async (_what, inner) => {
    expect(await readAll({ 'pom.xml': pom(inner) })).toMatchObject({ lines: [], gaps: [], transitive: 0 });
  });

  it('imports that are not there are a gap', async () => {
    const inner = `${managed(dependency('7', '<type>pom</type><scope>import</scope>'))}`;
    expect((await readAll({ 'pom.xml': pom(inner) })).gaps).toMatchObject([{ code: 'not-here', params: { what: 'a:b:7' } }]);
  });

  it('imports that import each other end', async () => {
    const asking = (artifact: string) =>
      managed(
        `<dependency><groupId>g</groupId><artifactId>${artifact}</artifactId><version>1</version>
      <type>pom</type><scope>import</scope></dependency>`.repeat(50),
      );
    const files = {
      'pom.xml': pom(asking('x') + dependencies('')),
      'x/pom.xml': pom(asking('y'), 'x'),
      'y/pom.xml': pom(asking('x'), 'y'),
    };
    expect(await readAll(files)).toMatchObject({ lines: ['pom.xml a:b '], gaps: [] });
  });

  it('is for development with scope test', async () => {
    expect((await readAll({ 'pom.xml': pom(dependencies('1', '<scope>test</scope>')) })).lines).toEqual(['pom.xml a:b 1 dev']);
  });
});

describe('malformed files', () => {
  it.each([
    '',
    'x',
    '<project>',
    '<project></project>',
    '<html><artifactId>x</artifactId></html>',
    '<!DOCTYPE project [<!ENTITY x "y">]><project><artifactId>&x;</artifactId></project>',
    '<a>'.repeat(100_000),
    `<project ${'x="y" '.repeat(300_000)}`,
    `<project><artifactId>x</artifactId><!-- ${'-'.repeat(300_000)}`,
  ])('%# is a gap', async (text) => {
    expect(await readAll({ 'pom.xml': text })).toMatchObject({ lines: [], gaps: [{ code: 'malformed', incomplete: true }] });
  });

  it('dependencies without a name are counted, the others kept', async () => {
    const text = pom(`<dependencies><dependency/><dependency><groupId>a</groupId></dependency>${dependency('1')}</dependencies>`);
    expect(await readAll({ 'pom.xml': text })).toMatchObject({
      lines: ['pom.xml a:b 1'],
      gaps: [{ params: { what: '2 dependencies of pom.xml' }, incomplete: true }],
    });
  });
});
