import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { problemsOfWorkflow } from '../../testing/github/index.ts';
import { ROOT, run } from '../e2e/workshop.ts';
import { exists, read } from '../house/files.ts';
import { exampleArchive, OFFLINE, standInDocker } from './images.ts';

const page = read('docs/pipelines.md');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-pipelines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The fences of a heading's section. */
function fences(heading: string): readonly string[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);
}

/** What people put in place of the words in capitals. */
const filled = (text: string) => text.replaceAll('OWNER', 'team').replaceAll('COMMIT', 'c0ffee'.padEnd(40, '0'));

describe('docs/pipelines.md', () => {
  it.each([0, 1])('shows a workflow that GitHub takes (%i)', async (n) => {
    expect(await problemsOfWorkflow(filled(fences('GitHub')[n]!))).toEqual([]);
  });

  it('calls the reusable workflow with inputs and permissions that it has, and the action with its inputs', () => {
    const [caller, own] = fences('GitHub').map((text) => parse(filled(text)));
    const workflow = parse(read('.github/workflows/container-scan.yml'));
    expect(Object.keys(workflow.on.workflow_call.inputs)).toEqual(expect.arrayContaining(Object.keys(caller.jobs.image.with)));
    expect(caller.jobs.image.permissions).toEqual(workflow.jobs.scan.permissions);
    const action = parse(read('action.yml'));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(own.jobs.scan.steps[1].with)));
    for (const output of Object.keys(action.outputs).filter((name) => name !== 'version')) expect(page).toContain(`\`${output}\``);
  });

  it('includes GitLab’s template by its name or path, with inputs that it has', () => {
    const [component, remote] = fences('GitLab').map((text) => parse(text).include[0]);
    const [, name] = /\/plimsoll\/(\w+)@COMMIT$/.exec(component.component) ?? [];
    const path = remote.remote.split('/COMMIT/')[1];
    expect([`templates/${name}.yml`, exists(path)]).toEqual([path, true]);
    const known = Object.keys(parse(read(path).split('\n---\n')[0]!).spec.inputs);
    for (const { inputs } of [component, remote]) expect(known).toEqual(expect.arrayContaining(Object.keys(inputs)));
  });

  it('puts other actions’ inputs into inputs that ours has', () => {
    const section = page.split('\n## From other actions\n')[1]?.split('\n## ')[0] ?? '';
    const cells = [...section.matchAll(/^\|.*\|(.*)\|$/gm)].map(([, ours]) => ours!);
    const names = cells.flatMap((cell) => [...cell.matchAll(/`([a-z-]+): /g)].map(([, name]) => name!));
    expect(names.length).toBeGreaterThan(20);
    const { inputs } = parse(read('action.yml'));
    expect(names.filter((name) => !(name in inputs || ['run', 'env'].includes(name)))).toEqual([]);
  });

  it('names hooks that there are', () => {
    const ids = parse(read('.pre-commit-hooks.yaml')).map(({ id }: { id: string }) => id);
    expect(parse(fences('pre-commit')[0]!).repos[0].hooks.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  it('sets up the plug-in of Docker with the line that it shows', async () => {
    const [line] = fences('Docker’s command line'.replace('’', "'"))[0]!.split('\n');
    const env = { HOME: folder };
    expect((await run('sh', ['-c', line!], { env })).code).toBe(0);
    expect((await run(join(folder, '.docker/cli-plugins/docker-plimsoll'), ['docker-cli-plugin-metadata'], { env })).code).toBe(0);
  });

  it('shows steps that work anywhere, and push nothing from another branch', async () => {
    const home = join(folder, 'project');
    const bin = join(folder, 'bin');
    for (const each of [join(home, 'src'), bin]) mkdirSync(each, { recursive: true });
    writeFileSync(join(home, 'src/index.js'), 'console.log(1);\n');
    writeFileSync(join(home, 'Dockerfile'), read('examples/hardened/Dockerfile'));
    const PATH = `${standInDocker(bin, exampleArchive('hardened', folder))}:${process.env.PATH}`;
    const env = { HOME: folder, ...OFFLINE, PATH, PLIMSOLL_HOME: ROOT, BRANCH_NAME: 'feature' };
    const { code, out, err } = await run('sh', ['-c', `set -e\n${fences('Anywhere else')[1]}`], { cwd: home, env });
    expect([code, err]).toEqual([0, '']);
    const passed = ['lint', 'secrets', 'dependencies', 'scan'].map((step) => `${step}: passed (0)\n`).join('');
    expect(out.endsWith(`${passed}${passed}not pushed: only main is, and this is feature\n`)).toBe(true);
  }, 60_000);
});
