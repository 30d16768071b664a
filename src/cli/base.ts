import type { Command } from 'commander';
import type { KnownBase } from '../app/base/known-bases.ts';
import { defaultCacheDir, type Settings } from '../settings/index.ts';
import { EXIT } from '../util/errors.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { addExamples } from './help.ts';
import type { Io } from './io.ts';
import { addSettings } from './options.ts';
import { registryAccess, registryPassword } from './registry-options.ts';

/** `plimsoll base index add|list|remove` */
export function addBase(program: Command, context: CommandContext): void {
  const { words, facts, io } = context;
  const base = program.command('base').description(words('base.description'));
  const index = base.command('index').description(words('base.index.description'));

  const add = index.command('add').description(words('base.add.description')).argument('<image...>', words('base.add.images'));
  addSettings(add, 'base', words, facts);
  add.option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(add, words, [
    { line: 'plimsoll base index add debian:12 python:3.12-slim', does: words('base.example.add') },
    { line: 'plimsoll base index add oci:examples/hardened/image', does: words('base.example.layout') },
  ]);
  add.action(async (images: string[], flags: { readonly registryPasswordStdin?: boolean }) => {
    const { values } = await context.settings(add);
    const password = await registryPassword(values, flags.registryPasswordStdin === true, io);
    const [{ addBases }, { registryOptions }] = await Promise.all([
      import('../app/base/index-bases.ts'),
      import('../app/registry-access.ts'),
    ]);
    const registry = await registryOptions({ ...registryAccess(values, password), env: io.env, offline: values.offline });
    const opening = { registry, env: io.env, stdin: io.stdin, ...(values.platform === undefined ? {} : { platform: values.platform }) };
    io.stdout.write(listed(await addBases(images, cacheDir(values, io), opening)));
    context.exit(EXIT.pass);
  });

  const list = index.command('list').description(words('base.list.description'));
  list.action(async () => {
    const { values } = await context.settings(list);
    const { listBases } = await import('../app/base/index-bases.ts');
    const known = listBases(cacheDir(values, io));
    io.stdout.write(known.length === 0 ? `${words('base.list.none')}\n` : listed(known));
    context.exit(EXIT.pass);
  });

  const remove = index.command('remove').description(words('base.remove.description')).argument('<image...>', words('base.add.images'));
  remove.action(async (images: string[]) => {
    const { values } = await context.settings(remove);
    const { removeBases } = await import('../app/base/index-bases.ts');
    io.stdout.write(listed(removeBases(images, cacheDir(values, io))));
    context.exit(EXIT.pass);
  });
}

function cacheDir({ cacheDir: given }: Settings, io: Io): string {
  return given ?? defaultCacheDir(io);
}

/** A line an image: name, platform, digest, number of layers; tabs between, for other programs. */
function listed(bases: readonly KnownBase[]): string {
  return bases
    .map(({ name, platform, digest, diffIds }) => `${[safeText(name), safeText(platform), digest ?? '-', diffIds.length].join('\t')}\n`)
    .join('');
}
