import { describe, expect, it } from 'vitest';
import { problemsOfAction, problemsOfWorkflow } from '../../testing/github/index.ts';
import { projectFiles, read } from '../house/files.ts';

describe('GitHub', () => {
  const workflows = projectFiles().filter((file) => /^\.github\/workflows\/.*\.ya?ml$/.test(file));

  it.each(workflows)('its language service has nothing to say of %s', async (file) => {
    expect(await problemsOfWorkflow(read(file))).toEqual([]);
  });

  it('nor of action.yml', async () => {
    expect(await problemsOfAction(read('action.yml'))).toEqual([]);
  });

  it('but would', async () => {
    expect(
      await problemsOfWorkflow(read(workflows[0]!).replaceAll('github.', 'gihtub.').replace('timeout-minutes', 'timeout')),
    ).not.toEqual([]);
    expect(await problemsOfAction(read('action.yml').replace('using: composite', 'using: composit'))).not.toEqual([]);
  });
});
