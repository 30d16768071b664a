import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { translateAlias } from '../../src/cli/aliases/index.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { cli } from '../../testing/cli.ts';
import { type FakeEngine, startEngine } from '../../testing/daemon/engine.ts';
import { buildImage, dockerArchive, writeLayout, writeTar } from '../../testing/image-builder/index.ts';
import { Content, type FakeRegistry, startRegistry } from '../../testing/registry/index.ts';
import { read } from '../house/files.ts';

/** A command of a page: the line as it stands there, and each program of its pipe. */
interface Shown {
  readonly page: string;
  readonly line: string;
  readonly pipe: readonly (readonly string[])[];
}

const PAGES = ['README.md', 'README.ko.md', ...readdirSync(new URL('../../docs', import.meta.url)).map((name) => `docs/${name}`)].filter(
  (page) => page.endsWith('.md') && page !== 'docs/cli.md',
);
const SHOWN = PAGES.flatMap((page) => shownBy(page));

/** Words of a line of a shell that has single quotes only, without its comment. */
function shownBy(page: string): readonly Shown[] {
  const blocks = [...read(page).matchAll(/^```(?:sh|bash|yaml)\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'));
  return blocks.flatMap((line) => {
    const pipe = line
      .replace(/^\s*- run: /, '')
      .replace(/\s+# .*$/, '')
      .split(' | ')
      .map((part) => (part.match(/(?:'[^']*'|\S)+/g) ?? []).map((word) => word.replaceAll("'", '')));
    return pipe.some((words) => isOurs(words)) ? [{ page, line: line.trim(), pipe }] : [];
  });
}

function isOurs([program = '', command]: readonly string[]): boolean {
  return /^(\.\/)?plimsoll$/.test(program) && command !== undefined;
}

describe('pages with commands', () => {
  it('are many', () => expect(SHOWN.length).toBeGreaterThan(80));

  it.each(SHOWN.flatMap(({ page, line, pipe }) => pipe.filter(isOurs).map((words) => ({ page, line, words }))))(
    '$page shows options that there are: $line',
    async ({ words }) => {
      const { argv } = redirected(words);
      const alias = translateAlias(argv);
      await expect(parsed(alias && 'argv' in alias ? alias.argv : argv)).resolves.toBeUndefined();
    },
  );
});

/** `plimsoll lint - < file`: the arguments, and what is read in place of standard input. */
function redirected(words: readonly string[]): { readonly argv: readonly string[]; readonly from?: string } {
  const at = words.indexOf('<');
  return at < 0 ? { argv: words.slice(1) } : { argv: words.slice(1, at), from: words[at + 1] as string };
}

/** Has the command line parsed as it would be, and nothing done. */
async function parsed(argv: readonly string[]): Promise<void> {
  const io = { env: {}, cwd: '/', home: '/', platform: 'linux' as const, stdin: nothing(), stdout: SILENT, stderr: SILENT };
  const program = buildProgram(io, 'en', () => {});
  const still = (command: Command): void => {
    command.action(() => {});
    command.commands.forEach(still);
  };
  program.commands.forEach(still);
  await program.parseAsync([...argv], { from: 'user' });
}

const SILENT = { write: () => {}, isTTY: false };
async function* nothing(): AsyncGenerator<Buffer> {}

/** Pages whose commands run here, one after the other; those of other pages run in tests of their own, beside this one and in test/e2e. */
const RUN = [
  'docs/assess.md',
  'docs/harden.md',
  'docs/importing.md',
  'docs/json-report.md',
  'docs/lint.md',
  'docs/secrets.md',
  'README.md',
];
/** What needs somebody to talk to: their tests have that. */
const ELSEWHERE = / db |--db-source|--shared-cache|registry\.example\.com/;

describe('commands that run as they stand', () => {
  const work = mkdtempSync(join(tmpdir(), 'plimsoll-docs-commands-'));
  const step = (version: string) => ({
    createdBy: 'COPY . /srv # buildkit',
    files: [{ path: 'srv/node_modules/lodash/package.json', content: JSON.stringify({ name: 'lodash', version }) }],
  });
  const image = (version: string) =>
    buildImage({ platform: { os: 'linux', architecture: 'amd64' }, created: '2026-01-01T00:00:00Z', steps: [step(version)] });
  const app = image('4.17.15');
  const archive = dockerArchive(app, ['app:1.0']);
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: web, image: app:1.0}]\n';
  const stdin: Readonly<Record<string, string | Buffer>> = { 'git diff': '+password = "x"\n', 'docker save': archive, 'kubectl get': pod };
  let registry: FakeRegistry;
  let engine: FakeEngine;

  beforeAll(async () => {
    const content = new Content();
    for (const [name, tag, version] of [
      ['alpine', '3.20', '4.17.20'],
      ['app', '1.0', '4.17.15'],
      ['app', '1.1', '4.17.20'],
      ['app', '2.0', '4.17.21'],
    ] as const) {
      content.putImage(`hub/library/${name}`, tag, image(version));
    }
    registry = await startRegistry({ content });
    engine = await startEngine(join(work, 'docker.sock'), new Map([['app:1.0', { id: app.config.digest, archive }]]));
    const place = (name: string, text: string | Buffer) => writeFileSync(join(work, name), text);
    for (const kind of ['vulnerable', 'hardened']) {
      mkdirSync(join(work, 'examples', kind), { recursive: true });
      await writeLayout(join(work, 'examples', kind, 'image'), [{ image: app }]);
      place(`examples/${kind}/Dockerfile`, 'FROM alpine:3.20\nCOPY . /srv\n');
    }
    mkdirSync(join(work, 'deploy'));
    place('deploy/pod.yaml', pod);
    place('deployment.yaml', pod);
    place('compose.yaml', 'services: {web: {image: app:1.0}}\n');
    place('Dockerfile', 'FROM alpine:3.20\nCOPY . /srv\n');
    place('app.tar', archive);
    place('release.tar.gz', gzipSync(writeTar([{ path: 'app/settings', content: 'debug = true\n' }])));
    const sarif = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Tool' } }, results: [] }] });
    for (const name of ['semgrep', 'codeql']) place(`${name}.sarif`, sarif);
    place('.trivyignore', 'CVE-2024-1\n');
    const kept = await run(['secrets', '.', '--write-baseline', 'secrets-baseline.json']);
    expect(kept).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await registry.close();
    await engine.close();
    rmSync(work, { recursive: true, force: true });
  });

  function run(argv: readonly string[], input?: string | Buffer) {
    const here = argv.map((word) =>
      word.replace(/^(oci:|docker-archive:|sbom:)(?=[a-z])/, `$1${work}/`).replace(/^(\.|release\.tar\.gz)$/, (path) => join(work, path)),
    );
    const env = {
      PLIMSOLL_DB: 'starter',
      PLIMSOLL_CACHE_DIR: join(work, 'cache'),
      PLIMSOLL_PLATFORM: argv.includes('--platform') ? undefined : 'linux/amd64',
      PLIMSOLL_PLAIN_HTTP: 'yes',
      PLIMSOLL_REGISTRY_MIRRORS: `docker.io=${registry.host}/hub`,
      PLIMSOLL_QUIET: 'yes',
      DOCKER_HOST: `unix://${join(work, 'docker.sock')}`,
    };
    async function* bytes() {
      if (input !== undefined) yield Buffer.from(input);
    }
    return cli(argv[0] === 'lint' ? argv : here, { cwd: work, home: join(work, 'home'), env, stdin: bytes() });
  }

  const commands = SHOWN.filter(({ page, line }) => RUN.includes(page) && !ELSEWHERE.test(line) && !line.includes('$IMAGE'));

  it.sequential.each(commands)('$page: $line', async ({ pipe }) => {
    let input: string | Buffer | undefined;
    for (const words of pipe) {
      if (!isOurs(words)) {
        input = stdin[words.slice(0, 2).join(' ')];
        expect(input, words.join(' ')).toBeDefined();
        continue;
      }
      const { argv, from } = redirected(words);
      const { code, out, err } = await run(argv, from === undefined ? input : readFileSync(join(work, from)));
      // A gate may fail; nothing else may.
      expect({ code, err: code <= 1 ? '' : err }).toEqual({ code: code <= 1 ? code : 0, err: '' });
      input = out;
    }
  });
});
