import { homedir } from 'node:os';
import { INTERRUPTED, main } from './main.ts';

// A reader that went away (`plimsoll scan ... | head`) is no error: the exit code still tells what the gate said.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// The first interrupt lets the scan put its temporary files away; the second, or a second of waiting, ends it anyhow.
const interrupt = new AbortController();
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(INTERRUPTED);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
  interrupt.abort();
  setTimeout(() => process.exit(INTERRUPTED), 1000).unref();
});

const code = await main(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  platform: process.platform,
  stdin: process.stdin,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  signal: interrupt.signal,
});
process.exitCode = code;
// What is still buffered for a pipe is written first; idle connections must not keep the process waiting.
process.stdout.write('', () => process.exit(code));

function output(stream: NodeJS.WriteStream) {
  return {
    write: (text: string) => void stream.write(text),
    isTTY: stream.isTTY === true,
    // Some terminals, script(1) among them, do not know their size and say 0.
    ...(stream.isTTY && stream.columns > 0 ? { columns: stream.columns } : {}),
  };
}
