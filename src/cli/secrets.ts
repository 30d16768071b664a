import type { Command } from 'commander';
import type { SettingName } from '../settings/index.ts';
import type { CommandContext } from './context.ts';
import { addExamples, addExitCodes } from './help.ts';
import { addSettings } from './options.ts';
import { runScan } from './scan.ts';
import { OF_DATABASE } from './sheet-settings.ts';

/** What of a scan's settings says nothing to those who look for secrets only. */
const NOT_HERE: ReadonlySet<SettingName> = new Set<SettingName>([
  'scanners',
  'type',
  'ignoreUnfixed',
  'origin',
  'base',
  'lazy',
  'allowLazy',
  ...OF_DATABASE,
  'secretsVerify',
  'secretsVerifyEndpoints',
  'baseline',
  'dockerfile',
]);

/** `plimsoll secrets <target>` */
export function addSecrets(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('secrets').description(words('secrets.description')).argument('<target>', words('secrets.target'));
  addSettings(command, 'secrets', words, facts);
  command.option('--write-baseline <file>', words('secrets.write-baseline'));
  addSettings(command, 'scan', words, facts, NOT_HERE);
  command.option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(command, words, [
    { line: 'plimsoll secrets alpine:3.20', does: words('secrets.example.image') },
    { line: 'plimsoll secrets .', does: words('secrets.example.folder') },
    { line: 'git diff main | plimsoll secrets -', does: words('secrets.example.stdin') },
    { line: 'plimsoll secrets . --write-baseline secrets-baseline.json', does: words('secrets.example.write-baseline') },
    { line: 'plimsoll secrets . --baseline secrets-baseline.json --fail-on low', does: words('secrets.example.baseline') },
    { line: 'plimsoll secrets app:1.0 --skip=-tests,-markdown', does: words('secrets.example.skip') },
  ]);
  addExitCodes(command, words);
  command.action(async (target: string, options: { registryPasswordStdin?: boolean; writeBaseline?: string }) => {
    const { values } = await context.settings(command);
    const settings = { ...values, scanners: ['secret'] as const };
    const how = { passwordFromStdin: options.registryPasswordStdin === true, writeBaseline: options.writeBaseline };
    context.exit(await runScan(target, settings, how, context));
  });
}

/** What of a scan's settings says nothing of folders. */
const NOT_OF_FOLDERS: ReadonlySet<SettingName> = new Set<SettingName>([
  'imageSource',
  'platform',
  'origin',
  'base',
  'lazy',
  'allowLazy',
  'clientCert',
  'clientKey',
  'plainHttp',
  'registryUsername',
  'registryHost',
  'dockerfile',
]);

/** `plimsoll fs <path>`: a scan of what is on this machine, never of a reference that is spelt alike. */
export function addFs(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('fs').description(words('fs.description')).argument('<path>', words('fs.path'));
  addSettings(command, 'scan', words, facts, NOT_OF_FOLDERS);
  addExamples(command, words, [
    { line: 'plimsoll fs . --scanners secret', does: words('fs.example.secret') },
    { line: 'plimsoll fs . --scanners vuln,secret --fail-on high', does: words('fs.example.both') },
    { line: 'plimsoll scan dir:. -f json', does: words('fs.example.json') },
  ]);
  addExitCodes(command, words);
  command.action(async (path: string) => {
    const { values } = await context.settings(command);
    const target = /^(?:\.{0,2}\/|[A-Za-z]:)/.test(path) ? path : `./${path}`;
    context.exit(await runScan(target, values, { passwordFromStdin: false }, context));
  });
}
