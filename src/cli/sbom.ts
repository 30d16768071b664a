import type { Command } from 'commander';
import type { SettingName } from '../settings/index.ts';
import type { CommandContext } from './context.ts';
import { addExamples } from './help.ts';
import { addSettings } from './options.ts';
import { runScan } from './scan.ts';
import { OF_DATABASE } from './sheet-settings.ts';

/** What of a scan's settings says nothing to those who only ask what is inside. */
const NOT_HERE: ReadonlySet<SettingName> = new Set<SettingName>([
  'format',
  'severity',
  'type',
  'ignoreUnfixed',
  'failOn',
  'scanners',
  'imports',
  'dockerfile',
  'allowLazy',
  ...OF_DATABASE,
]);

/** `plimsoll sbom <target>`: what is inside, held against nothing. */
export function addSbom(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('sbom').description(words('sbom.description')).argument('<target>', words('sbom.target'));
  addSettings(command, 'sbom', words, facts);
  addSettings(command, 'scan', words, facts, NOT_HERE);
  command.option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(command, words, [
    { line: 'plimsoll sbom alpine:3.20', does: words('sbom.example.image') },
    { line: 'plimsoll sbom app:1.0 -f spdx-json -o app.spdx.json', does: words('sbom.example.file') },
    { line: 'plimsoll sbom sbom:app.spdx.json -f cyclonedx-xml', does: words('sbom.example.convert') },
    { line: 'plimsoll sbom app:1.0 -f cyclonedx@1.5', does: words('sbom.example.version') },
  ]);
  command.action(async (target: string, options: { registryPasswordStdin?: boolean }) => {
    const { values } = await context.settings(command);
    const settings = { ...values, format: values.sbomFormat, scanners: [], failOn: 'none' as const };
    const flags = { passwordFromStdin: options.registryPasswordStdin === true, scanners: ['packages'] as const };
    context.exit(await runScan(target, settings, flags, context));
  });
}
