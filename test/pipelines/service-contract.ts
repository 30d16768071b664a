import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { read } from '../house/files.ts';
import { type Example, exampleArchive } from './images.ts';
import { agent, runScripts, type Script } from './run-scripts.ts';

/** A service's own file, whose scripts run one after the other on one machine. */
export interface ServicePipeline {
  readonly file: string;
  /** What the service's schema says of it. */
  readonly problems: (text: string) => readonly string[];
  /** Replacements that its schema must object to. */
  readonly broken: readonly (readonly [from: string, to: string])[];
  /** Its scripts in order, and the variables that an agent gives them whose files are in `home`. The branch of the run is `other`. */
  readonly parts: (home: string) => { readonly scripts: readonly Script[]; readonly env: Readonly<Record<string, string>> };
  /** The command line that a script is put behind. */
  readonly shell: readonly string[];
}

const STEPS = ['Set up', 'Build', 'Scan', 'Lint', 'Secrets', 'Gate', 'Push'];

/** What holds for each of them: valid by its schema; reports are there before the gate decides; nothing is pushed but from main. */
export function servicePipelineContract({ file, problems, broken, parts, shell }: ServicePipeline): void {
  describe(file, () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-service-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('is valid by the schema of the service, which would object', () => {
      const text = read(file);
      expect(problems(text)).toEqual([]);
      for (const [from, to] of broken) {
        expect(text).toContain(from);
        expect(problems(text.replace(from, to))).not.toEqual([]);
      }
    });

    it.each<[Example, number]>([
      ['vulnerable', 1],
      ['hardened', 0],
    ])(
      'its scripts, with examples/%s, end at the gate with %i',
      async (example, expected) => {
        const home = join(folder, example);
        mkdirSync(home);
        const { scripts, env } = parts(home);
        const made = agent(folder, example, exampleArchive(example, folder), env);
        const results = await runScripts(scripts, made, shell);
        const ran = expected === 0 ? STEPS : STEPS.slice(0, -1);
        expect(Object.entries(results).map(([name, { code }]) => [name, code])).toEqual(
          ran.map((name) => [name, name === 'Gate' ? expected : 0]),
        );
        expect(results.Gate?.out).toContain('lint: ');
        if (expected === 0)
          expect(results.Push?.out).toBe(
            'scan: passed (0)\nlint: passed (0)\nsecrets: passed (0)\nnot pushed: only main is, and this is other\n',
          );
        const { IMAGE_ARCHIVE = '', REPORTS = '' } = env;
        const reports = ['report.html', ...['report', 'lint', 'secrets'].map((name) => `${name}.sarif`), 'scan.junit.xml', 'lint.exit'];
        for (const path of [IMAGE_ARCHIVE, ...reports.map((name) => join(REPORTS, name))]) {
          expect([path, existsSync(path)]).toEqual([path, true]);
        }
      },
      120_000,
    );
  });
}
