import { describe, expect, it } from 'vitest';
import type { RunTool } from '../types.ts';
import { dockerfileChecker } from './index.ts';

const TEXT =
  'FROM a\nARG who\nRUN echo "x" && \\\n  # why\n  echo $y $who \\\n    z\nRUN ["echo", "$x"]\nSHELL ["pwsh", "-c"]\nRUN echo $z\n';

/** As `shellcheck -f json1` answers, at the first place of `word` in the second line of what it is given. */
function answering(word: string, comment: Record<string, unknown>, seen: string[][] = []): RunTool {
  return async (program, args, input) => {
    seen.push([program, ...args, input]);
    const line = input.split('\n')[1] ?? '';
    const column = line.indexOf(word) + 1;
    return JSON.stringify({
      comments: [{ file: '-', line: 2, endLine: 2, column, endColumn: column + word.length, level: 'info', ...comment, fix: null }],
    });
  };
}

async function check(text: string, run: RunTool, hadolint?: string) {
  const context = { read: (path: string) => (path === '.hadolint.yaml' ? hadolint : undefined) };
  return (await dockerfileChecker.checkWith?.({ path: 'Dockerfile', text }, context, run)) ?? [];
}

describe('shellcheck', () => {
  it('is given what a POSIX shell reads, and the variables that are set', async () => {
    const seen: string[][] = [];
    await check(TEXT, answering('$y', { code: 2086, message: 'quote' }, seen));
    expect(seen.map((call) => call.slice(0, -1).join(' '))).toEqual(['shellcheck -f json1 -s sh -e 1090,1091,2187 -']);
    const [prelude = '', script] = seen[0]?.at(-1)?.split('\n') ?? [];
    expect(prelude).toMatch(/^export .*\bwho=1/);
    expect(script).toBe('echo "x" &&   echo $y $who     z');
  });

  it('is reported at its place in the Dockerfile, under its own code', async () => {
    const [finding] = await check(TEXT, answering('$y', { code: 2086, message: 'quote' }));
    expect(finding).toMatchObject({
      id: 'dockerfile/shellcheck',
      aliases: ['SC2086'],
      severity: 'low',
      params: { code: 'SC2086', message: 'quote' },
    });
    expect(finding?.location).toMatchObject({ line: 5, column: 8, endLine: 5, endColumn: 10 });
  });

  it('can be ignored as hadolint has it', async () => {
    const run = answering('$y', { code: 2086, message: 'quote' });
    expect((await check(`FROM a\n# hadolint ignore=SC2086\nRUN echo $y\n`, run))[0]?.suppressed?.by).toBe('pragma');
    expect((await check('FROM a\nRUN echo $y\n', run, 'ignored: [SC2086]'))[0]?.suppressed?.by).toBe('settings');
    expect((await check('FROM a\nRUN echo $y\n', run, 'override: {error: [SC2086]}'))[0]?.severity).toBe('high');
  });

  it('is done without where it is not installed, and nothing it answers is an error', async () => {
    expect(await check(TEXT, async () => undefined)).toEqual([]);
    for (const answer of ['', '{', 'null', '[]', '{"comments": 5}', '{"comments": [null, 1, {"line": 1e9}]}'])
      expect(await check(TEXT, async () => answer)).toEqual([]);
    const far = { code: 1, message: 'm', line: 99, endLine: 99, column: 500, endColumn: 1000 };
    expect((await check(TEXT, answering('$y', far)))[0]?.location.line).toBeLessThanOrEqual(9);
  });
});
