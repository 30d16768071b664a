import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { standingReport } from '../../testing/fixtures/assessed-report.ts';
import { sampleReport } from '../../testing/fixtures/report.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../testing/reporter-contract.ts';
import { REPORTERS } from '../app/reporters.ts';

const AWS = { AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'eu-central-1' };
const json = REPORTERS.find(({ id }) => id === 'json')!;
let cwd: string;
const run = (argv: readonly string[], more: Parameters<typeof cli>[1] = {}) => cli(['convert', ...argv], { cwd, ...more });

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'plimsoll-convert-'));
  writeFileSync(join(cwd, 'report.json'), await rendered(json, standingReport()));
  writeFileSync(join(cwd, 'all.json'), await renderedPlatforms(json, { reports: samplePlatforms('amd64', 'arm64'), failed: [] }));
  writeFileSync(join(cwd, 'high.json'), await rendered(json, sampleReport(), { filter: { ignoreUnfixed: false, severities: ['high'] } }));
});
afterAll(() => rmSync(cwd, { recursive: true }));

describe('plimsoll convert', () => {
  it.each(REPORTERS.map(({ id }) => [id] as const))('writes what the scan would have written: %s', async (format) => {
    const reporter = REPORTERS.find(({ id }) => id === format)!;
    const { code, out, err } = await run(['report.json', '-f', format], { env: AWS });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const expected = await rendered(reporter, standingReport(), { env: AWS, securityHub: {} });
    expect(format === 'json' ? JSON.parse(out) : out).toEqual(format === 'json' ? JSON.parse(expected) : expected);
  });

  it('writes all platforms as one, several formats at once, and in Korean', async () => {
    const { code, out } = await run(['all.json', '-f', 'junit=r.xml', '-f', 'csv', '--lang', 'ko']);
    expect(code).toBe(0);
    expect(out).toContain('linux/arm64');
    expect(readFileSync(join(cwd, 'r.xml'), 'utf8')).toMatch(/\[linux\/arm64\].*[가-힣]/s);
  });

  it('reads standard input and filters', async () => {
    async function* stdin() {
      yield readFileSync(join(cwd, 'report.json'));
    }
    const { out } = await run(['-', '-f', 'csv', '--severity', 'critical'], { stdin: stdin() });
    expect(out).toContain('CVE-2022-0778');
    expect(out).not.toContain('CVE-2020-8203');
  });

  it('says what is not in the file', async () => {
    const { err } = await run(['high.json', '-f', 'csv']);
    expect(err).toContain('3 findings were left out by display filters when high.json was written');
  });

  it.each([
    ['missing.json', 3, 'stored-report-unreadable'],
    ['r.txt', 3, 'stored-report-malformed'],
  ])('ends with an error for what is no report: %s', async (file, exit, error) => {
    writeFileSync(join(cwd, 'r.txt'), 'hello');
    const { code, err, out } = await run([file, '-f', 'csv']);
    expect({ code, out }).toEqual({ code: exit, out: '' });
    expect(err).toContain(`[${error}]`);
  });
});

describe('--format asff', () => {
  it.each([
    [{}, 'asff-account-missing'],
    [{ AWS_ACCOUNT_ID: '123456789012' }, 'asff-account-missing'],
    [{ AWS_ACCOUNT_ID: '12', AWS_REGION: 'eu-central-1' }, 'asff-account-invalid'],
    [{ AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'here' }, 'asff-account-invalid'],
  ])('says before anything else what is missing: %s', async (env, error) => {
    const { code, err } = await run(['missing.json', '-f', 'asff'], { env });
    expect(code).toBe(2);
    expect(err).toContain(`[${error}]`);
  });

  it('takes settings before the environment, and knows partitions', async () => {
    const { out } = await run(['report.json', '-f', 'asff', '--asff-account', '210987654321', '--asff-region', 'cn-north-1'], { env: AWS });
    const [finding] = JSON.parse(out).Findings;
    expect(finding.AwsAccountId).toBe('210987654321');
    expect(finding.ProductArn).toBe('arn:aws-cn:securityhub:cn-north-1:210987654321:product/210987654321/default');
  });
});

describe('--format template', () => {
  beforeAll(() => {
    mkdirSync(join(cwd, 'team'));
    writeFileSync(join(cwd, 'team/page.html.hbs'), '{{#each reports}}{{> row this}}{{/each}}');
    writeFileSync(join(cwd, 'team/row.hbs'), '<p>{{target.name}}: {{length issues}}</p>\n');
    writeFileSync(join(cwd, 'team/out.txt.hbs'), '{{> ../all}}');
    writeFileSync(join(cwd, 'team/linked.txt.hbs'), '{{> leak}}');
    symlinkSync(join(cwd, 'report.json'), join(cwd, 'team/leak.hbs'));
    writeFileSync(join(cwd, 'team/go.hbs'), '{{ range . }}{{ .Target }}{{ end }}');
  });
  const made = (template: string) => run(['report.json', '-f', 'template', '--template', template]);

  it.each([
    ['@team/page.html.hbs', '<p>registry.example/shop/web:1.2: 14</p>\n'],
    ['team/page.html.hbs', '<p>registry.example/shop/web:1.2: 14</p>\n'],
    ['{{gate.outcome}}', 'deny'],
  ])('takes a file with its partials, or the text itself: %s', async (template, expected) => {
    expect(await made(template)).toMatchObject({ code: 0, out: expected });
  });

  it('takes built-in names', async () => {
    expect((await made('chat')).out).toMatch(/^\{"text": "registry/);
    expect((await made('mail')).out).toMatch(/^<!doctype html>/);
  });

  it.each([
    ['@team/out.txt.hbs', 'template-malformed'],
    ['@team/linked.txt.hbs', 'template-missing'],
    ['@nowhere.hbs', 'template-missing'],
    ['@contrib/html.tpl', 'template-go'],
    ['@team/go.hbs', 'template-go'],
    ['{{#if x}}', 'template-malformed'],
    ['{{ .Range }}', 'template-go'],
    ['{{ Range }}', 'template-malformed'],
    ['{{#each Results}}{{/each}}', 'template-malformed'],
  ])('refuses what it will not read, with a code: %s', async (template, error) => {
    const { code, err, out } = await made(template);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`[${error}]`);
  });
});
