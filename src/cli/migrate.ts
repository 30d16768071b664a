import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { addExamples } from './help.ts';
import { EXCEPTION_FILES } from './standing-options.ts';

const EXCEPTIONS = 'plimsoll.exceptions.yaml';
const SETTINGS = 'plimsoll.yaml';

interface MigrateFlags {
  readonly output?: string;
  readonly force?: boolean;
}

/** `plimsoll settings migrate [files...]` */
export function addMigrate(settings: Command, context: CommandContext): void {
  const { words } = context;
  const command = settings.command('migrate').description(words('migrate.description')).argument('[files...]', words('migrate.files'));
  command.option('-o, --output <file>', words('migrate.output')).option('--force', words('migrate.force'));
  addExamples(command, words, [
    { line: 'plimsoll settings migrate', does: words('migrate.example.folder') },
    { line: 'plimsoll settings migrate .trivyignore -o -', does: words('migrate.example.print') },
  ]);
  command.action(async (files: readonly string[], flags: MigrateFlags) => {
    await context.settings(command);
    await runMigrate(files, flags, context);
  });
}

async function runMigrate(files: readonly string[], { output, force = false }: MigrateFlags, { io, words }: CommandContext): Promise<void> {
  const { MIGRATED_FILES, migrate, migratedTexts } = await import('../app/standing/migrate.ts');
  const names = files.length > 0 ? files : MIGRATED_FILES.filter((name) => existsSync(join(io.cwd, name)));
  if (names.length === 0) {
    throw new PlimsollError('exceptions-nothing', { files: MIGRATED_FILES.join(', '), folder: io.cwd }, { exitCode: EXIT.usage });
  }
  const read = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(resolve(io.cwd, name), 'utf8').catch((cause: NodeJS.ErrnoException) => {
        throw new PlimsollError('exceptions-unreadable', { path: name, detail: cause.code ?? '' }, { cause, exitCode: EXIT.usage });
      });
      return { name, text: text.replace(/^\ufeff/, '') };
    }),
  );
  const migration = migrate(read, new Date(), (file, line) => words('migrate.no-reason', { file, line }));
  const texts = migratedTexts(migration);
  const say = (text: string) => void io.stderr.write(`${safeText(text)}\n`);
  for (const { file, line, what } of migration.left) say(words('migrate.left', { file, line, what }));
  const parts = [
    ...(texts.exceptions === undefined ? [] : [{ name: EXCEPTIONS, text: texts.exceptions }]),
    ...(texts.settings === undefined ? [] : [{ name: SETTINGS, text: texts.settings }]),
  ];
  if (parts.length === 0) return say(words('migrate.nothing'));
  if (output === '-' || (output === undefined && !io.stdout.isTTY)) {
    io.stdout.write(parts.map(({ name, text }) => `# ${name}\n${text}`).join('---\n'));
    return;
  }
  const places = parts.map((part) => ({ ...part, name: part.name === EXCEPTIONS ? (output ?? EXCEPTIONS) : part.name }));
  const there = force ? undefined : places.find(({ name }) => existsSync(resolve(io.cwd, name)));
  if (there) throw new PlimsollError('exceptions-exist', { path: there.name }, { exitCode: EXIT.usage });
  const { writeOutput } = await import('./outputs.ts');
  for (const { name, text } of places) {
    await writeOutput(resolve(io.cwd, name), [text]);
    say(words('migrate.wrote', { file: name }));
  }
  const stillRead = names.filter((name) => EXCEPTION_FILES.includes(basename(name)));
  if (texts.exceptions !== undefined && stillRead.length > 0) say(words('migrate.next', { files: stillRead.join(', ') }));
}
