import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../util/errors.ts';
import { MOST_RESULTS, readSarif } from './index.ts';

const result = (more: object = {}) => ({ ruleId: 'r', message: { text: 'met' }, ...more });
const log = (run: object, ...others: object[]) => JSON.stringify({ version: '2.1.0', runs: [run, ...others] });
const run = (results: readonly unknown[], driver: object = {}, more: object = {}) =>
  log({ tool: { driver: { name: 'Tool', ...driver } }, results, ...more });
const only = (source: string) => readSarif(source, 'x.sarif').runs[0]?.findings[0];
const at = (uri: string, region: object = {}, more: object = {}) => ({
  locations: [{ physicalLocation: { artifactLocation: { uri, ...more }, region } }],
});

describe('a result', () => {
  it('comes with its rule, its place and its tool', () => {
    const rule = {
      id: 'js/code-injection',
      name: 'CodeInjection',
      shortDescription: { text: 'Code injection' },
      help: { text: 'Do not evaluate input.', markdown: '**Do not**' },
      helpUri: 'https://example.com/rule',
      properties: { 'security-severity': '9.3' },
    };
    const region = { startLine: 4, startColumn: 2, endLine: 4, endColumn: 9, snippet: { text: 'eval(x)\nmore' } };
    const results = [{ ruleIndex: 0, message: { text: 'Evaluates input.' }, ...at('src/a%20b.js', region) }];
    const { runs, malformed } = readSarif(run(results, { semanticVersion: '2.1.3', version: '2', rules: [rule] }), 'x.sarif');
    expect(malformed.count).toBe(0);
    expect(runs).toEqual([
      {
        tool: 'Tool',
        version: '2.1.3',
        findings: [
          {
            kind: 'imported',
            tool: 'Tool',
            id: 'js/code-injection',
            severity: 'critical',
            title: 'Code injection',
            message: 'Evaluates input.',
            help: 'Do not evaluate input.',
            url: 'https://example.com/rule',
            location: { file: 'src/a b.js', line: 4, column: 2, endLine: 4, endColumn: 9 },
            snippet: 'eval(x)',
            fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        ],
      },
    ]);
  });

  it.each<[string, object, object, string]>([
    ['an error', { level: 'error' }, {}, 'high'],
    ['a warning', { level: 'warning' }, {}, 'medium'],
    ['a note', { level: 'note' }, {}, 'low'],
    ['none', { level: 'none' }, {}, 'negligible'],
    ['no level (3.27.10: warning)', {}, {}, 'medium'],
    ['the level of its rule', {}, { defaultConfiguration: { level: 'error' } }, 'high'],
    ['a level of its own', { level: 'note' }, { defaultConfiguration: { level: 'error' } }, 'low'],
    ["CodeQL's words", {}, { properties: { 'problem.severity': 'recommendation' } }, 'low'],
    ['9.0', {}, { properties: { 'security-severity': '9.0' } }, 'critical'],
    ['8.9', {}, { properties: { 'security-severity': '8.9' } }, 'high'],
    ['6.9, above its level', { level: 'error' }, { properties: { 'security-severity': 6.9 } }, 'medium'],
    ['3.9', {}, { properties: { 'security-severity': '3.9' } }, 'low'],
    ['its own number', { properties: { 'security-severity': '7.0' } }, { properties: { 'security-severity': '1' } }, 'high'],
    ['0, which says nothing (GitHub)', { level: 'error' }, { properties: { 'security-severity': '0.0' } }, 'high'],
    [
      'its rule, where its kind has no level (3.27.10)',
      { kind: 'review', level: 'none' },
      { defaultConfiguration: { level: 'error' } },
      'high',
    ],
    ['a number that is none', { level: 'error' }, { properties: { 'security-severity': 'high' } }, 'high'],
  ])('has the severity of %s', (_what, own, ofRule, severity) => {
    expect(only(run([result(own)], { rules: [{ id: 'r', ...ofRule }] }))?.severity).toBe(severity);
  });

  it.each([
    ['pass', undefined],
    ['informational', undefined],
    ['notApplicable', undefined],
    ['open', 'r'],
    ['review', 'r'],
    ['fail', 'r'],
  ])('of kind %s', (kind, id) => {
    expect(only(run([result({ kind })]))?.id).toBe(id);
  });

  it('that the file says is gone is none', () => {
    expect(readSarif(run([result({ baselineState: 'absent' }), result({ baselineState: 'new' })]), 'x').runs[0]?.findings).toHaveLength(1);
  });

  it.each<[string, object[], string | undefined]>([
    ['accepted', [{ kind: 'external', status: 'accepted', justification: 'a test' }], 'a test'],
    ['in the source, without a status', [{ kind: 'inSource' }], ''],
    ['under review', [{ kind: 'external', status: 'underReview' }], undefined],
    ['one of two rejected', [{ kind: 'inSource' }, { kind: 'external', status: 'rejected' }], undefined],
    ['none', [], undefined],
  ])('suppressed: %s', (_what, suppressions, reason) => {
    const suppressed = only(run([result({ suppressions })]))?.suppressed;
    expect(suppressed && [suppressed.by, suppressed.reason ?? '']).toEqual(reason === undefined ? undefined : ['origin', reason]);
  });
});

describe('a rule', () => {
  const texts = (id: string) => ({ id, shortDescription: { text: `about ${id}` } });
  it.each<[string, object, string]>([
    ['by its id', { ruleId: 'b' }, 'b: about b'],
    ['by its place', { ruleIndex: 1 }, 'b: about b'],
    ['by reference', { rule: { index: 0 } }, 'a: about a'],
    ['of an extension', { rule: { id: 'x', toolComponent: { name: 'More' } } }, 'x: about x'],
    ['of an extension, by places', { rule: { index: 0, toolComponent: { index: 0 } } }, 'x: about x'],
    ['of an extension, by its id alone', { ruleId: 'x' }, 'x: about x'],
    ['whose id goes on', { ruleId: 'b/1/2' }, 'b/1/2: about b'],
    ['that nobody describes', { ruleId: 'unknown' }, 'unknown: unknown'],
  ])('%s', (_what, reference, expected) => {
    const tool = { driver: { name: 'T', rules: [texts('a'), texts('b')] }, extensions: [{ name: 'More', rules: [texts('x')] }] };
    const found = only(log({ tool, results: [{ message: { text: 'm' }, ...reference }] }));
    expect(`${found?.id}: ${found?.title}`).toBe(expected);
  });

  it.each<[string, object, string]>([
    ['a short description', { name: 'N', shortDescription: { text: 'short' }, fullDescription: { text: 'full' } }, 'short'],
    ['its own name', { name: 'N', fullDescription: { text: 'full' } }, 'N'],
    ["none, but its class's name", { name: 'Shared', fullDescription: { text: 'full' } }, 'full'],
    ['nothing else', { name: 'Shared', shortDescription: { text: '' } }, 'Shared'],
    ['a description of several lines', { shortDescription: { text: 'first\nsecond' } }, 'first'],
    ['a long one', { shortDescription: { text: `Begins so. ${'x'.repeat(300)}` } }, 'Begins so.'],
  ])('has a title: %s', (_what, texts, title) => {
    expect(
      only(
        run([result()], {
          rules: [
            { id: 'r', ...texts },
            { id: 's', name: 'Shared' },
            { id: 't', name: 'Shared' },
          ],
        }),
      )?.title,
    ).toBe(title);
  });

  it.each<[string, object, string]>([
    ['note', { ruleId: 'r/sub' }, 'low'],
    ['the level of the result', { level: 'warning' }, 'medium'],
    ['another invocation', { provenance: { invocationIndex: 1 } }, 'high'],
  ])('has its level overridden by an invocation (3.20.5): %s', (_what, more, severity) => {
    const ruleConfigurationOverrides = [{ descriptor: { id: 'r' }, configuration: { level: 'note' } }];
    const invocations = [{ executionSuccessful: true, ruleConfigurationOverrides }, { executionSuccessful: true }];
    const rules = [{ id: 'r', defaultConfiguration: { level: 'error' } }];
    expect(only(run([result(more)], { rules }, { invocations }))?.severity).toBe(severity);
  });

  it('need not be there (3.27.5): the tool stands for it', () => {
    expect(only(run([{ message: { text: 'm' } }]))).toMatchObject({ id: 'Tool', title: 'Tool', message: 'm' });
  });

  it('speaks for a result without a message', () => {
    expect(only(run([{ ruleId: 'r', message: {} }], { rules: [{ id: 'r', shortDescription: { text: 'about r' } }] }))?.message).toBe(
      'about r',
    );
  });

  it('lends its messages', () => {
    const rules = [{ id: 'r', messageStrings: { default: { text: '{0} is {{not}} {1}, see [here](1)' } } }];
    const message = { id: 'default', arguments: ['this', 'that'] };
    expect(only(run([{ ruleId: 'r', message }], { rules }))?.message).toBe('this is {not} that, see here');
  });

  it.each([
    ['see [the input](3)', 'see the input'],
    ['see [this \\[sic\\]](1), \\[not a link\\]', 'see this [sic], [not a link]'],
    ['Link: [CVE-1](https://example.com/1)', 'Link: CVE-1 (https://example.com/1)'],
    ['[https://example.com/](https://example.com/)', 'https://example.com/'],
    ['a[0](x) and C:\\dir', 'a[0](x) and C:\\dir'],
  ])('has links in its text (3.11.6): %s', (given, shown) => {
    expect(only(run([{ ruleId: 'r', message: { text: given } }]))?.message).toBe(shown);
  });

  it('links nowhere but to the web', () => {
    expect(only(run([result()], { rules: [{ id: 'r', helpUri: 'javascript:alert(1)' }] }))?.url).toBeUndefined();
  });
});

describe('a place', () => {
  it.each<[string, object, object, string | undefined]>([
    [
      'below a base',
      at('a.js', {}, { uriBaseId: 'SRC' }),
      { originalUriBaseIds: { SRC: { uri: 'web/', uriBaseId: 'ROOT' }, ROOT: { uri: 'app/' } } },
      'app/web/a.js',
    ],
    [
      'below a base on the machine of the tool',
      at('a.js', {}, { uriBaseId: 'SRC' }),
      { originalUriBaseIds: { SRC: { uri: 'file:///home/you/' } } },
      'a.js',
    ],
    [
      'below bases in a ring',
      at('a.js', {}, { uriBaseId: 'A' }),
      { originalUriBaseIds: { A: { uriBaseId: 'B' }, B: { uriBaseId: 'A' } } },
      'a.js',
    ],
    [
      'in the list of artifacts',
      { locations: [{ physicalLocation: { artifactLocation: { index: 1 } } }] },
      { artifacts: [{}, { location: { uri: 'b.js' } }] },
      'b.js',
    ],
    ['as a file URI', at('file:///home/you/c.js'), {}, '/home/you/c.js'],
    ['below the folder of its reader', at('file:///here/src/d%20e.js'), {}, 'src/d e.js'],
    ['below that folder, as a path', at('/here/src/d.js'), {}, 'src/d.js'],
    ['in a folder that begins alike', at('/hereabouts/d.js'), {}, '/hereabouts/d.js'],
    [
      'below a stated base, given whole',
      at('file:///home/you/src/c.js'),
      { originalUriBaseIds: { ROOT: { uri: 'file:///home/you/' }, SRC: { uri: 'src/', uriBaseId: 'ROOT' }, ALL: { uri: 'file:///' } } },
      'src/c.js',
    ],
    [
      'below the folder that the tool ran in (3.20.19)',
      at('file:///home/you/c.js'),
      { invocations: [{ executionSuccessful: true, workingDirectory: { uri: 'file:///home/you' } }] },
      'c.js',
    ],
    ['on a drive of Windows', at('file:///C:/src/c.cs'), { originalUriBaseIds: { S: { uri: 'file:///C:/src/' } } }, 'c.cs'],
    ['on a drive of Windows, as no URI', at('C:\\src\\c.cs'), {}, 'C:/src\\c.cs'],
    [
      'in the second location, the first of which is in no file',
      { locations: [{ logicalLocations: [{ name: 'f' }] }, { physicalLocation: { artifactLocation: { uri: 'f.js' } } }] },
      {},
      'f.js',
    ],
    ['where it was looked for (3.27.13)', { analysisTarget: { uri: 'app.dll' } }, {}, 'app.dll'],
    ['in an image', at('pkg:npm/lodash@4.17.15'), {}, 'pkg:npm/lodash@4.17.15'],
    ['wrongly escaped', at('50%.js'), {}, '50%.js'],
    ['nowhere', {}, {}, undefined],
  ])('%s', (_what, where, more, file) => {
    const [found] = readSarif(run([result(where)], {}, more), 'x.sarif', '/here').runs;
    expect(found?.findings[0]?.location?.file).toBe(file);
  });

  it('counts lines from 1', () => {
    expect(only(run([result(at('a', { startLine: 0, startColumn: -1, endLine: 1.5 }))]))?.location).toEqual({ file: 'a' });
  });
});

describe('a fingerprint', () => {
  const of = (more: object) => only(run([result(more)]))?.fingerprint;

  it("is the tool's own where it has one, wherever the lines move", () => {
    const own = { fingerprints: { v1: 'x' } };
    expect(of({ ...own, ...at('a', { startLine: 1 }) })).toBe(of({ ...own, ...at('b', { startLine: 9 }), message: { text: 'other' } }));
    expect(of(own)).not.toBe(of({ fingerprints: { v1: 'y' } }));
    expect(of({ ...own, partialFingerprints: { id: '1' } })).toBe(of(own));
  });

  it('of parts tells files apart, and does not rest on columns (3.27.17)', () => {
    const parts = { primaryLocationLineHash: 'abc:1', primaryLocationStartColumnFingerprint: '4' };
    expect(of({ partialFingerprints: parts, ...at('a', { startLine: 1 }) })).toBe(
      of({ partialFingerprints: { ...parts, primaryLocationStartColumnFingerprint: '8' }, ...at('a', { startLine: 9 }) }),
    );
    expect(of({ partialFingerprints: parts, ...at('a') })).not.toBe(of({ partialFingerprints: parts, ...at('b') }));
    expect(of({ partialFingerprints: { id: '1' }, ...at('a') })).not.toBe(of({ partialFingerprints: { id: '2' }, ...at('a') }));
  });

  it('is the id that a result keeps over its runs (3.27.4)', () => {
    const own = { correlationGuid: '11111111-2222-4333-8444-555555555555' };
    expect(of({ ...own, ...at('a') })).toBe(of({ ...own, ...at('b') }));
  });

  it('is not what Semgrep writes where nobody is signed in', () => {
    const none = { fingerprints: { 'matchBasedId/v1': 'requires login' } };
    expect(of({ ...none, ...at('a') })).toBe(of(at('a')));
    expect(of({ ...none, ...at('a') })).not.toBe(of({ ...none, ...at('b') }));
  });

  it('of our own making does not rest on lines', () => {
    expect(of(at('a', { startLine: 1 }))).toBe(of(at('a', { startLine: 9 })));
    expect(of(at('a'))).not.toBe(of(at('b')));
  });

  it('is never the same for two findings', () => {
    const { runs } = readSarif(run([result(), result(), result()]), 'x');
    expect(new Set(runs[0]?.findings.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });
});

describe('a run that failed (3.20.14)', () => {
  const failed = (invocation: object) =>
    readSarif(run([], {}, { invocations: [{ executionSuccessful: true }, invocation] }), 'x').runs[0]?.failed;

  it.each<[string, object, string | undefined]>([
    ['succeeded', { executionSuccessful: true }, undefined],
    ['says nothing', {}, undefined],
    ['failed', { executionSuccessful: false }, 'executionSuccessful: false'],
    [
      'failed, and says why',
      {
        executionSuccessful: false,
        toolConfigurationNotifications: [
          { message: { text: 'slow' } },
          { level: 'error', message: { text: 'no parser for {0}', arguments: ['a.js'] } },
        ],
      },
      'no parser for a.js',
    ],
    ['failed with a code', { executionSuccessful: false, exitCode: 2, exitCodeDescription: 'no rules' }, 'no rules'],
  ])('%s', (_what, invocation, said) => expect(failed(invocation)).toBe(said));
});

describe('malformed files', () => {
  const code = (source: string): string => {
    try {
      readSarif(source, 'x.sarif');
      return 'read';
    } catch (error) {
      return error instanceof PlimsollError ? error.code : String(error);
    }
  };

  it.each([
    ['', 'sarif-malformed'],
    ['[]', 'sarif-malformed'],
    ['{', 'sarif-malformed'],
    ['{"a": 1}', 'sarif-malformed'],
    ['{"version": "2.1.0"}', 'sarif-malformed'],
    ['{"version": "2.0.0", "runs": []}', 'sarif-unsupported'],
    ['{"version": "2.1.0", "runs": [], "inlineExternalProperties": [{"results": [{}]}]}', 'sarif-unsupported'],
    ['{"version": "2.1.0", "runs": [{"externalPropertyFileReferences": {"results": [{}]}}]}', 'sarif-unsupported'],
    ['\uFEFF{"version": "2.1.0", "runs": [null, 1, {"results": {}}]}', 'read'],
  ])('%s: %s', (source, expected) => expect(code(source)).toBe(expected));

  it('say which results were left out, and go on', () => {
    const { runs, malformed } = readSarif(run([null, 1, result(), { ruleId: 'r' }, { message: { text: 'm' } }, [], 'x', {}]), 'x');
    expect(runs[0]?.findings).toHaveLength(3);
    expect(malformed).toEqual({ count: 5, examples: ['Tool: results[0]', 'Tool: results[1]', 'Tool: results[5]'] });
  });

  it('do not take all memory', () => {
    expect(code(run(Array.from({ length: MOST_RESULTS + 1 }, () => 0)))).toBe('sarif-unsupported');
  });

  it('with any member of any type are read or refused, and never break the reader', () => {
    const whole = run([result({ ...at('a', { startLine: 1 }), rule: { id: 'r' }, suppressions: [{}], partialFingerprints: { a: 'b' } })], {
      rules: [{ id: 'r', messageStrings: { a: { text: 'b' } }, properties: {}, help: { text: 'h' } }],
    });
    const paths: string[] = [];
    JSON.parse(whole, function (this: object, key, value) {
      paths.push(key);
      return value;
    });
    for (const odd of [null, 0, -1, 'x', true, [], {}, [null], { a: null }]) {
      for (const key of new Set(paths)) {
        const changed = JSON.stringify(JSON.parse(whole, (at, value) => (at === key ? odd : value)));
        expect(code(changed), changed).toMatch(/^(read|sarif-malformed|sarif-unsupported)$/);
      }
    }
    for (let end = 0; end < whole.length; end++) expect(code(whole.slice(0, end))).toBe('sarif-malformed');
  });
});
