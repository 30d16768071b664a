import { spawn } from 'node:child_process';
import type { RunTool } from '../checks/types.ts';

const TIMEOUT_MS = 30_000;
const OUTPUT_LIMIT = 8 << 20;
/** What a program needs to be found and to write text; everything else may hold secrets. */
const HANDED_ON = ['PATH', 'HOME', 'SystemRoot'];

/** The real thing: no shell, a time-out, bounded output. */
export function runToolIn(variables: Readonly<Record<string, string | undefined>>): RunTool {
  const handed = HANDED_ON.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]] as const]));
  const env = { ...Object.fromEntries(handed), LANG: 'C.UTF-8' };
  return (program, args, input) =>
    new Promise((resolve) => {
      const child = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'ignore'], timeout: TIMEOUT_MS, env });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.length > OUTPUT_LIMIT) child.kill();
      });
      // A program that ends without reading its input is judged by what it wrote.
      child.stdin.on('error', () => undefined);
      child.on('error', () => resolve(undefined));
      child.on('close', (code) => resolve(code === null ? undefined : output));
      child.stdin.end(input);
    });
}
