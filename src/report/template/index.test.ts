import { describe, expect, it } from 'vitest';
import { standingReport } from '../../../testing/fixtures/assessed-report.ts';
import { sampleReport } from '../../../testing/fixtures/report.ts';
import { rendered } from '../../../testing/reporter-contract.ts';
import { PlimsollError } from '../../util/errors.ts';
import { BUILT_IN } from './built-in.ts';
import type { Value } from './helpers.ts';
import { template } from './index.ts';
import { renderTemplate } from './render.ts';

const EVIL = '"><script>alert(1)</script>`${x}{{y}}\'=\u001b[31m\u202e';

function fill(text: string, root: Value, name = 'a.txt.hbs', partials: Readonly<Record<string, string>> = {}): string {
  const pieces: string[] = [];
  renderTemplate({ name, text, partials: new Map(Object.entries(partials)) }, root, { write: (piece) => void pieces.push(piece) });
  return pieces.join('');
}

function refusal(text: string, name = 'a.txt.hbs', partials: Readonly<Record<string, string>> = {}): object {
  try {
    fill(text, { list: [1, 2] }, name, partials);
  } catch (error) {
    if (error instanceof PlimsollError) return { code: error.code, ...error.params };
    throw error;
  }
  return {};
}

describe('the language', () => {
  // Expected texts are what Handlebars 4.7.10 makes of the same templates, but for white space and escapes that docs/reports.md names.
  it.each<[string, string, Value, string]>([
    ['a value', 'Hi {{name}}!', { name: 'Ada' }, 'Hi Ada!'],
    ['a member', '{{a.b.c}}', { a: { b: { c: 1 } } }, '1'],
    ['a member with odd characters', '{{a.[b c]}}', { a: { 'b c': 1 } }, '1'],
    ['what is not there', '[{{a.b}}]', {}, '[]'],
    ['if', '{{#if a}}yes{{else}}no{{/if}}', { a: [] }, 'no'],
    ['else if', '{{#if a}}1{{else if b}}2{{else}}3{{/if}}', { b: true }, '2'],
    ['unless', '{{#unless a}}none{{/unless}}', { a: 0 }, 'none'],
    ['each of a list', '{{#each l}}{{@index}}:{{this}}{{#unless @last}}, {{/unless}}{{/each}}', { l: ['a', 'b'] }, '0:a, 1:b'],
    ['each of an object', '{{#each o}}{{@key}}={{this}};{{/each}}', { o: { a: 1, b: 2 } }, 'a=1;b=2;'],
    ['each of nothing', '{{#each l}}x{{else}}none{{/each}}', { l: [] }, 'none'],
    ['each of nothing, in short', '{{#each l}}x{{^}}none{{/each}}', {}, 'none'],
    ['with, and the way up', '{{#with a}}{{b}} {{../c}}{{/with}}', { a: { b: 1 }, c: 2 }, '1 2'],
    ['the root', '{{#each l}}{{@root.c}}{{/each}}', { l: [1, 2], c: 3 }, '33'],
    ['comments', 'a{{! no }}b{{!-- {{no}} --}}c', {}, 'abc'],
    ['an escaped tag', '\\{{a}}', { a: 1 }, '{{a}}'],
    ['tags alone on a line', 'a\n{{#if x}}\n  b\n{{/if}}\nc\n', { x: 1 }, 'a\n  b\nc\n'],
    ['white space taken', 'a {{~x~}} b', { x: 1 }, 'a1b'],
    ['helpers', "{{upper (join l '-')}} {{length l}}", { l: ['a', 'b'] }, 'A-B 2'],
    ['comparisons', "{{#if (and (eq a 1) (gt b 2) (not c))}}yes{{/if}}{{#if (atleast 'high' 'medium')}}!{{/if}}", { a: 1, b: 3 }, 'yes!'],
    ['strings with braces', "{{join l '}}'}}", { l: [1, 2] }, '1}}2'],
  ])('has %s', (_, text, root, expected) => {
    expect(fill(text, root)).toBe(expected);
  });

  it('has partials with a value of their own', () => {
    expect(fill('{{#each l}}{{> row this}}{{/each}}', { l: [{ n: 1 }, { n: 2 }] }, 'a.txt.hbs', { row: '<{{n}}>' })).toBe('<1><2>');
  });

  it.each([
    ['a.hbs', '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#96;${x}{{y}}&#39;&#61;\\x1b[31m\\u202e'],
    ['a.html.hbs', '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#96;${x}{{y}}&#39;&#61;\\x1b[31m\\u202e'],
    ['a.xml.hbs', '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;`${x}{{y}}&#39;=\\x1b[31m\\u202e'],
    ['a.csv.hbs', `"""><script>alert(1)</script>\`\${x}{{y}}'=\\x1b[31m\\u202e"`],
    ['a.txt.hbs', '"><script>alert(1)</script>`${x}{{y}}\'=\\x1b[31m\\u202e'],
  ])('escapes what it fills in by the kind of file: %s', (name, expected) => {
    expect(fill('{{v}}', { v: EVIL }, name)).toBe(expected);
  });

  it('escapes so that JSON, spreadsheets and Markdown read the text itself', () => {
    expect(JSON.parse(fill('{"a":"{{v}}","b":{{json v}}}', { v: EVIL }, 'a.json.hbs'))).toEqual({ a: EVIL, b: EVIL });
    expect(fill('{{v}}', { v: '=1+1' }, 'a.csv.hbs')).toBe('"\'=1+1"');
    expect(fill('{{v}}', { v: '[a](b)<i>' }, 'a.md.hbs')).toBe('\\[a\\]\\(b\\)\\<i\\>');
    expect(fill('<script>{{json v}}</script>', { v: '</script>' }, 'a.html.hbs')).toBe('<script>"\\u003c/script\\u003e"</script>');
    expect(fill('{{{v}}}', { v: 'a\u001b[31m\nb' }, 'a.html.hbs')).toBe('a\\x1b[31m\nb');
  });
});

describe('a template that wants more than a report', () => {
  it.each([
    'constructor',
    'constructor.constructor',
    '__proto__',
    'list.constructor',
    'toString',
    'list.map',
    '@root.constructor',
    'name.length',
  ])('gets nothing of the program: %s', (path) => {
    expect(fill(`[{{${path}}}]`, { list: [1], name: 'abc' })).toBe('[]');
    expect(fill(`{{#with ${path}}}got{{/with}}`, { list: [1], name: 'abc' })).toBe('');
  });

  it.each([
    ['{{> ../secret}}', { line: 1, detail: '{{> ../secret}}: a partial is a name of letters, digits, - and _' }],
    ['\n{{> other}}', { line: 2, detail: 'there is no partial other beside the template' }],
    ['{{lookup a "constructor"}}', { line: 1, detail: expect.stringMatching(/^there is no helper lookup; there are html, /) }],
    ['{{constructor "alert(1)"}}', { line: 1, detail: expect.stringMatching(/^there is no helper constructor/) }],
    ['a\n{{#if', { line: 2, detail: 'a tag is not closed, or too long' }],
    ['{{a', { line: 1, detail: 'a tag is not closed, or too long' }],
    ['{{#each list}}', { line: 1, detail: '{{#each}} is not closed' }],
    ['{{#each list}}{{/if}}', { line: 1, detail: '{{/each}} should stand here' }],
    ['{{/if}}', { line: 1, detail: '{{/if}} closes nothing' }],
    ['{{else}}', { line: 1, detail: '{{else}} outside of a block' }],
    ['{{#raw x}}{{/raw}}', { line: 1, detail: 'there is no block {{#raw}}; there are if, unless, each, with' }],
    ['{{#if}}{{/if}}', { line: 1, detail: '{{#if}} needs a value' }],
    ['{{join (upper a}}', { line: 1, detail: 'a ) is missing in {{join (upper a}}' }],
    ['{{a=b}}', { line: 1, detail: 'a=b is no value' }],
    ['{{#if a}}'.repeat(70), { line: 1, detail: 'more than 60 blocks within each other' }],
  ])('is refused with line and reason: %s', (text, expected) => {
    expect(refusal(text)).toEqual({ code: 'template-malformed', name: 'a.txt.hbs', ...expected });
  });

  it('ends where it never would', () => {
    expect(refusal('{{> self}}', 'a.txt.hbs', { self: '{{> self}}{{> self}}' })).toMatchObject({
      code: 'template-limit',
      limit: '20 partials',
    });
    const loops = (n: number): string => '{{#each @root.list}}'.repeat(n) + 'x'.repeat(1000) + '{{/each}}'.repeat(n);
    expect(refusal(loops(25))).toMatchObject({ code: 'template-limit' });
    expect(refusal('x'.repeat(2 ** 18 + 1))).toMatchObject({ code: 'template-limit' });
  });

  // By https://pkg.go.dev/text/template, and the forms that Trivy's documentation of --template has.
  it.each([
    '{{- range . }}{{ .Target }}{{- end }}',
    '{{ .Range }}',
    '{{.Target}}',
    '{{ range . }}x{{ end }}',
    '{{- end -}}',
    '{{ $x := 1 }}',
    '{{ (index .Results 0).Target }}',
    '{{ escapeXML .VulnerabilityID }}',
    '{{ printf "%s" .Title | toJson }}',
    '{{/* a comment */}}',
    '{{ if eq .Severity "HIGH" }}',
    '{{ with .Vulnerabilities }}',
    '{{ template "head" . }}',
  ])('is told what to use where it is one of Go: %s', (text) => {
    expect(refusal(text)).toEqual({ code: 'template-go', name: 'a.txt.hbs' });
  });

  it.each(['{{this}} {{.}}', '{{#if (eq list ".a")}}{{/if}}', '{{../list}}', '\\{{ .Target }}', '{{join list ".x"}}', '{{./list}}'])(
    'is not taken for one of Go: %s',
    (text) => {
      expect(refusal(text)).toEqual({});
    },
  );

  it('is read in linear time', () => {
    for (const text of [
      '{{'.repeat(50_000),
      `{{${'"'.repeat(99_999)}}}`,
      `{{!--${'-'.repeat(100_000)}`,
      `${' \n'.repeat(50_000)}{{a}}`,
      `{{${'('.repeat(50)}`,
    ]) {
      expect(() => refusal(text)).not.toThrow();
    }
  });
});

describe('built-in templates', () => {
  const report = {
    ...standingReport(),
    inventory: { ...standingReport().inventory, target: { ...standingReport().inventory.target, name: `web${EVIL}` } },
  };
  const built = (name: string) => {
    const { file, text } = BUILT_IN[name]!;
    return rendered(template, report, { template: { name: file, text, partials: new Map() } });
  };

  it('list what counts, new ones marked', async () => {
    const text = await built('list');
    expect(text).toContain('HIGH CVE-2023-44487 golang.org/x/net v0.7.0 -> 0.17.0 NEW\n');
    expect(text).toContain('HIGH imported/CodeQL/js/sql-injection src/board.js:12:5: This query depends on a user-provided value.\n');
    expect(text).not.toContain('CVE-2022-1111');
  });

  it('make a page for a mail, without script', async () => {
    const text = await built('mail');
    expect(text).not.toContain('<script');
    expect(text).toContain('<td>CVE-2023-44487</td>');
  });

  it('make JSON for a chat', async () => {
    const { text } = JSON.parse(await built('chat'));
    expect(text.split('\n')[0]).toContain(`web${EVIL} linux/amd64: deny`);
    expect(text).toContain('\nhigh CVE-2023-44487 golang.org/x/net v0.7.0\n');
  });

  it('see the whole report, in the reader’s language', async () => {
    const text =
      '{{language}} {{report.inventory.packages.[0].name}} {{gate.outcome}} {{#each (where issues "rule" "CVE-2022-0778")}}{{severityText}} {{finding.fix.state}}{{/each}}';
    const how = { template: { name: 'x.txt.hbs', text, partials: new Map<string, string>() }, language: 'ko' as const };
    expect(await rendered(template, sampleReport(), how)).toBe('ko libssl1.1 deny 치명적 fixed');
  });
});
