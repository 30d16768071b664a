import type { Command } from 'commander';
import { defaultCacheDir } from '../settings/index.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import type { CommandContext } from './context.ts';
import { addExamples } from './help.ts';
import { addSettings } from './options.ts';
import { registryAccess, registryPassword } from './registry-options.ts';

/** `plimsoll harden <target>` */
export function addHarden(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('harden').description(words('harden.description')).argument('<target>', words('harden.target'));
  addSettings(command, 'harden', words, facts);
  command.option('--user <uid[:gid]>', words('harden.user')).option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(command, words, [
    { line: 'plimsoll harden app:1.0', does: words('harden.example.image') },
    { line: 'plimsoll harden app:1.0 --format compose', does: words('harden.example.compose') },
    { line: 'plimsoll harden app:1.0 --format run --user 10001:10001', does: words('harden.example.run') },
    { line: 'plimsoll harden deployment.yaml | plimsoll lint -', does: words('harden.example.manifest') },
  ]);
  command.action(async (target: string, flags: { readonly user?: string; readonly registryPasswordStdin?: boolean }) => {
    const { io, language } = context;
    const { values: settings } = await context.settings(command);
    const { user } = flags;
    if (user !== undefined && !/^\d{1,10}(?::\d{1,10})?$/.test(user)) {
      throw new PlimsollError('harden-user-malformed', { user }, { exitCode: EXIT.usage });
    }
    const password = await registryPassword(settings, flags.registryPasswordStdin === true, io);
    const { harden } = await import('../app/harden/index.ts');
    io.stdout.write(
      await harden(target, {
        format: settings.hardenFormat,
        language,
        cwd: io.cwd,
        env: io.env,
        cacheDir: settings.cacheDir ?? defaultCacheDir(io),
        cacheSize: settings.cache ? settings.cacheSize : 0,
        stdin: io.stdin,
        offline: settings.offline,
        registry: registryAccess(settings, password),
        ...(user === undefined ? {} : { user }),
        ...(settings.platform === undefined ? {} : { platform: settings.platform }),
        ...(io.signal === undefined ? {} : { signal: io.signal }),
      }),
    );
    context.exit(EXIT.pass);
  });
}
