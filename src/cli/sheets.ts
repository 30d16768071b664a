import type { Language } from '../messages/fill.ts';
import type { Settings } from '../settings/index.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import type { CommandContext } from './context.ts';
import { type PlannedFile, plannedFiles, writeTo } from './outputs.ts';

/** A form of a document that is no report, and where it goes. */
export interface PlannedSheet<F extends string> extends PlannedFile {
  readonly format: F;
}

/** What `--format` and `--output` ask for; found before anything is scanned. */
export async function plannedSheets<const F extends string>(
  settings: Pick<Settings, 'format' | 'output'>,
  formats: readonly F[],
  cwd: string,
): Promise<readonly PlannedSheet<F>[]> {
  return (await plannedFiles(settings.format, settings.output, cwd)).map((file) => {
    const format = formats.find((each) => each === file.id);
    if (format) return { ...file, format };
    throw new PlimsollError('format-unknown', { format: file.spec, choices: formats.join(', ') }, { exitCode: EXIT.usage });
  });
}

/** Writes each, coloured where it goes to a terminal. */
export async function writeSheets<F extends string>(
  planned: readonly PlannedSheet<F>[],
  settings: Pick<Settings, 'color'>,
  { io, language }: CommandContext,
  text: (format: F, how: { readonly language: Language; readonly colour: boolean; readonly width?: number }) => Promise<readonly string[]>,
): Promise<void> {
  for (const { format, ...place } of planned) {
    await writeTo(place, { language }, settings, io, async (out, how) => {
      for (const piece of await text(format, how)) out.write(piece);
    });
  }
}
