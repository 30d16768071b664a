import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Settings } from '../settings/index.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { addExamples } from './help.ts';
import type { Io } from './io.ts';
import { addSettings } from './options.ts';

/** `plimsoll convert <report>`: what was found then, as it was judged then. */
export function addConvert(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('convert').description(words('convert.description')).argument('<report>', words('convert.report'));
  addSettings(command, 'convert', words, facts);
  addExamples(command, words, [
    { line: 'plimsoll convert report.json -f sarif -o report.sarif', does: words('convert.example.sarif') },
    { line: 'plimsoll convert report.json -f junit=report.xml -f markdown-pr=comment.md', does: words('convert.example.several') },
    { line: 'plimsoll convert report.json -f template --template @mail.html.hbs', does: words('convert.example.template') },
  ]);
  command.action(async (path: string) => {
    const { values } = await context.settings(command);
    await runConvert(path, values, context);
    context.exit(EXIT.pass);
  });
}

async function runConvert(path: string, settings: Settings, context: CommandContext): Promise<void> {
  const { io, words } = context;
  const { plannedOutputs, rendering, writeReports } = await import('./outputs.ts');
  const outputs = await plannedOutputs(settings.format, settings.output, io.cwd);
  const how = await rendering(outputs, settings, context);
  const { readStoredReports } = await import('../app/stored-report.ts');
  const stored = readStoredReports(await bytesOf(path, io), path);
  if (stored.hidden > 0 && !settings.quiet) {
    const text = words('convert.hidden', { count: stored.hidden, file: safeText(path) });
    io.stderr.write(`${words('warning.title')}: ${text}\n`);
  }
  for (const output of outputs) await writeReports(stored, output, how, settings, io);
}

async function bytesOf(path: string, { stdin, cwd }: Io): Promise<Uint8Array> {
  if (path === '-') {
    const pieces: Uint8Array[] = [];
    for await (const piece of stdin) pieces.push(piece);
    return Buffer.concat(pieces);
  }
  try {
    return await readFile(resolve(cwd, path));
  } catch (cause) {
    const { code: detail = String(cause) } = cause as NodeJS.ErrnoException;
    throw new PlimsollError('stored-report-unreadable', { path, detail }, { cause });
  }
}
