import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lint } from './index.ts';
import { installedTools, type ToolResult, type ToolRunner } from './run-tool.ts';

const TEMPLATE = `{{- if .Values.wanted }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-web
spec:
    hostNetwork: true
    hostPID: {{ .Values.wanted }}
    containers:
      - name: web
        image: {{ .Values.image }} # plimsoll:ignore image-tag-latest here
{{- end }}
`;
/** As Helm 3 writes it. */
const RENDERED = `---
# Source: shop/charts/sub/templates/service.yaml
apiVersion: v1
kind: Service
metadata: {name: s}
spec: {type: NodePort}
---
# Source: shop/templates/pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: release-web
spec:
    hostNetwork: true
    hostPID: true
    containers:
      - name: web
        image: nginx
`;
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostPID: true\n  containers: [{name: a, image: nginx}]\n';

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'plimsoll-render-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
  }
}

const CHART = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
  'shop/values.yaml': 'wanted: true\nimage: nginx\n',
  'shop/templates/pod.yaml': TEMPLATE,
  'shop/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 0.1.0\n',
  'shop/charts/sub/templates/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {type: NodePort}\n',
};

async function look(tools: ToolRunner | undefined, more: { kubernetesVersion?: string } = {}) {
  const stdin = (async function* (): AsyncGenerator<Buffer> {})();
  const { checks, gaps, decision } = await lint({
    paths: ['.'],
    cwd: work,
    stdin,
    failOn: 'high',
    ...(tools ? { renderTool: tools } : {}),
    ...more,
  });
  const found = checks.findings.map(
    ({ id, location: { file, line, column } }) => `${id} ${file}${line === undefined ? '' : `:${line}:${column}`}`,
  );
  return { found, gaps, decision, findings: checks.findings };
}

/** Answers what `answers` has for the command, and notes what was asked. */
function fake(answers: Readonly<Record<string, ToolResult>>): { run: ToolRunner; asked: string[][] } {
  const asked: string[][] = [];
  const run: ToolRunner = async (command, args) => {
    asked.push([command, ...args]);
    return answers[command];
  };
  return { asked, run };
}
const ok = (out: string): ToolResult => ({ code: 0, out, err: '' });

describe('a chart', () => {
  beforeEach(() => write(CHART));

  it('is rendered by Helm, and findings point to its templates', async () => {
    const { run, asked } = fake({ helm: ok(RENDERED) });
    const { found, gaps } = await look(run, { kubernetesVersion: '1.30' });
    expect(asked).toEqual([
      ['helm', 'template', 'release', join(work, 'shop'), '--skip-tests', '--include-crds', '--kube-version', '1.30'],
    ]);
    expect(gaps).toEqual([]);
    expect(found).toContain('kubernetes/host-network shop/templates/pod.yaml:7:5');
    expect(found).toContain('kubernetes/run-as-non-root shop/templates/pod.yaml:10:9');
    // Lines that a value made are not to be found in the template.
    expect(found).toContain('kubernetes/host-pid shop/templates/pod.yaml');
    expect(found).toContain('kubernetes/service-node-port shop/charts/sub/templates/service.yaml:4:8');
    expect(found.every((line) => !line.includes('syntax'))).toBe(true);
  });

  it('without Helm is a gap that does not change the gate, and its templates are not taken for manifests', async () => {
    const { found, gaps, decision } = await look(fake({}).run);
    expect(found).toEqual([]);
    expect(gaps).toMatchObject([{ code: 'tool-missing', params: { tool: 'helm' }, path: 'shop/Chart.yaml', incomplete: false }]);
    expect(decision.outcome).toBe('allow');
  });

  it('that Helm refuses is a gap that makes the gate unknown', async () => {
    const { gaps, decision } = await look(fake({ helm: { code: 1, out: '', err: 'walk\nError: values are missing\n' } }).run);
    expect(gaps).toMatchObject([{ code: 'tool-failed', params: { detail: 'Error: values are missing' }, incomplete: true }]);
    expect(decision.outcome).toBe('unknown');
  });

  it('writes nothing outside of its folder into findings', async () => {
    const { found } = await look(fake({ helm: ok(RENDERED.replaceAll('shop/templates', 'shop/../../etc')) }).run);
    expect(found.filter((line) => line.includes('etc'))).toEqual([]);
  });
});

describe('a kustomization', () => {
  it('is rendered whole; what it is made of is not looked at by itself', async () => {
    write({
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': POD,
      'overlay/kustomization.yml': 'resources: [../base]\npatches: [{path: patch.yaml}]\n',
      'overlay/patch.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostPID: null}\n',
      'other.yaml': POD,
    });
    const { run, asked } = fake({ kubectl: ok(POD.replace('  hostPID: true\n', '')) });
    const { found } = await look(run);
    expect(asked).toEqual([
      ['kustomize', 'build', join(work, 'overlay')],
      ['kubectl', 'kustomize', join(work, 'overlay')],
    ]);
    expect(found).toContain('kubernetes/run-as-non-root base/pod.yaml:6:17');
    expect(found.filter((line) => line.startsWith('kubernetes/host-pid'))).toEqual(['kubernetes/host-pid other.yaml:5:3']);
    expect(found.filter((line) => line.includes('patch'))).toEqual([]);
    expect(found.filter((line) => line.startsWith('kubernetes/run-as-non-root base/'))).toHaveLength(1);
  });

  it('that lies elsewhere in part is not fetched, but a gap', async () => {
    for (const resource of ['https://example.com/base', 'github.com/example/base?ref=v1', 'git@example.com:base.git']) {
      write({ 'kustomization.yaml': `resources:\n  - ${resource}\n` });
      const { run, asked } = fake({ kustomize: ok('') });
      const { gaps } = await look(run);
      expect(gaps).toMatchObject([{ code: 'not-here', params: { what: resource }, incomplete: true }]);
      expect(asked).toEqual([]);
    }
  });

  it('without a tool is a gap, and its resources are looked at as they are', async () => {
    write({ 'kustomization.yaml': 'resources: [pod.yaml]\n', 'pod.yaml': POD });
    const { found, gaps } = await look(fake({}).run);
    expect(gaps).toMatchObject([{ code: 'tool-missing', params: { tool: 'kustomize' } }]);
    expect(found).toContain('kubernetes/host-pid pod.yaml:5:3');
  });

  it('malformed, or made of itself, ends', async () => {
    write({
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a]\n',
      'c/kustomization.yaml': '[',
      'd/Kustomization': 'resources: 5\n',
    });
    const { run, asked } = fake({ kustomize: ok('') });
    await look(run);
    expect(asked.map((words) => words.at(-1))).toEqual([join(work, 'c'), join(work, 'd')]);
  });
});

describe('nothing is rendered', () => {
  it('where nobody gave tools', async () => {
    write({ 'pod.yaml': POD, 'kustomization.yaml': 'resources: [pod.yaml]\n' });
    expect((await look(undefined)).gaps).toEqual([]);
  });
});

/** A program of the test's own, found by PATH before any other. */
function program(name: string, script: string): void {
  write({ [`bin/${name}`]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(work, 'bin', name), 0o755);
}

describe('installedTools', () => {
  const tools = () => installedTools({ PATH: `${join(work, 'bin')}:/usr/bin:/bin`, SECRET: 'x' });

  it('runs a program with its arguments, and hands it no other variables', async () => {
    program('helm', 'echo "$1 $2 [$SECRET]"; echo odd >&2; exit 3');
    expect(await tools()('helm', ['template', 'a b'])).toEqual({ code: 3, out: 'template a b []\n', err: 'odd\n' });
    expect(await tools()('plimsoll-no-such-tool', [])).toBeUndefined();
  });

  it('ends with the signal', async () => {
    program('helm', 'exec sleep 100');
    const stop = new AbortController();
    const running = installedTools({ PATH: `${join(work, 'bin')}:/usr/bin:/bin` }, stop.signal)('helm', []);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });

  it('renders with the real tools where they are installed, else with programs in their place', async () => {
    write({ ...CHART, 'kust/kustomization.yaml': 'resources: [pod.yaml]\n', 'kust/pod.yaml': POD });
    const real = installedTools(process.env);
    const haveHelm = await real('helm', ['version', '--short']);
    const haveKustomize = (await real('kustomize', ['version'])) ?? (await real('kubectl', ['kustomize', '--help']));
    write({ 'helm.out': RENDERED, 'kustomize.out': POD });
    if (!haveHelm) program('helm', `test "$1 $2" = "template release" && test -f "$3/Chart.yaml" && cat "${join(work, 'helm.out')}"`);
    if (!haveKustomize)
      program('kustomize', `test "$1" = build && test -f "$2/kustomization.yaml" && cat "${join(work, 'kustomize.out')}"`);
    const { found, gaps } = await look(installedTools({ ...process.env, PATH: `${process.env.PATH}:${join(work, 'bin')}` }));
    expect(gaps).toEqual([]);
    expect(found).toContain('kubernetes/host-network shop/templates/pod.yaml:7:5');
    expect(found).toContain('kubernetes/host-pid kust/pod.yaml:5:3');
  });
});
