import { fstatSync, writeSync } from 'node:fs';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { homeFolder } from '../util/home.ts';
import { errorText } from './error-text.ts';
import { useColour } from './io.ts';
import { readerLanguage } from './language.ts';
import { INTERRUPTED, main } from './main.ts';

// A reader that went away (`plimsoll scan ... | head`) is no error: the exit code still tells what the gate said. Any other
// failure is reported at the end, and nobody can be told of one of standard error.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

// The first interrupt lets the scan put its temporary files away; the second, or a second of waiting, ends it anyhow.
const interrupt = new AbortController();
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(INTERRUPTED);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
  interrupt.abort();
  setTimeout(() => process.exit(INTERRUPTED), 1000).unref();
});

const argv = process.argv.slice(2);
/** What kept a report from being written into the file that standard output is. */
let lost: Error | undefined;
const io = {
  env: process.env,
  cwd: process.cwd(),
  home: homeFolder(),
  platform: process.platform,
  // Opened only where somebody reads it.
  stdin: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() },
  stdout: { ...output(process.stdout), ...(isFile(process.stdout.fd) ? { write: writeWhole } : {}) },
  stderr: output(process.stderr),
  signal: interrupt.signal,
};
// Where nothing is left to wait for before the end was reached, that is a failure too.
process.exitCode = EXIT.scanError;
void main(argv, io).then((code) => {
  process.exitCode = code;
  // What is still buffered for a pipe is written first; idle connections must not keep the process waiting.
  process.stdout.write('', async () => {
    const errored = lost ?? process.stdout.errored;
    if (errored === null || (errored as NodeJS.ErrnoException).code === 'EPIPE') process.exit(code);
    const failure = new PlimsollError('output-unwritable', { path: 'stdout', detail: errored.message }, { cause: errored });
    const how = { language: await readerLanguage(argv, io), colour: useColour('auto', io.stderr, io.env), debug: false };
    process.stderr.write(errorText(failure, how), () => process.exit(EXIT.scanError));
  });
});

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false; // closed
  }
}

/** Into a file all of it: Node's own stream takes the part that still fits on a full disk for the whole. */
function writeWhole(text: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length && lost === undefined; ) at += writeSync(process.stdout.fd, bytes, at);
  } catch (error) {
    lost = error as Error;
  }
}

function output(stream: NodeJS.WriteStream) {
  return {
    write: (text: string) => void stream.write(text),
    isTTY: stream.isTTY === true,
    // Some terminals, script(1) among them, do not know their size and say 0.
    ...(stream.isTTY && stream.columns > 0 ? { columns: stream.columns } : {}),
  };
}
