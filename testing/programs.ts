import { execFileSync } from 'node:child_process';

/** Those of these programs that are not on the path. */
export function missing(...programs: readonly string[]): readonly string[] {
  return programs.filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
}
