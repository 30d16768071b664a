import { entry, type Located, readYaml } from '../compose/document.ts';
import { servicesOf } from '../compose/services.ts';
import { optionsOf } from '../run/options.ts';
import { runCommands } from '../run/parse.ts';
import type { Item } from './types.ts';

/** The file as written, anchors and `extends` of the same file followed; each service is a container, with its name. */
export function composeItems(text: string): Item[] {
  return readYaml(text).documents.flatMap((located) => {
    const document = plain(located);
    const containers = servicesOf(located).map(({ name, key, map }): Item => {
      const container = { ...(plain(map) as object), name };
      return { subject: 'container', values: { document, container }, at: key, resource: `service ${name}` };
    });
    return [{ subject: 'document', values: { document }, at: entry(located, 'services')?.key ?? { start: 0, end: 1 } }, ...containers];
  });
}

/**
 * Each command is a container: `engine`, `image`, `args`, and `options`, a mapping of long names to the list of their values. The
 * document is the list of its commands.
 */
export function runItems(text: string): Item[] {
  const commands = runCommands(text);
  const containers = commands.map((command) => ({
    engine: command.engine,
    image: command.image?.text ?? '',
    args: command.args.map((word) => word.text),
    options: Object.fromEntries(
      [...Map.groupBy(command.flags, ({ name }) => name)].map(([name, flags]) => [name, flags.map(({ value }) => value)]),
    ),
  }));
  const document = { commands: containers };
  const whole: Item = { subject: 'document', values: { document }, at: { start: 0, end: 1 } };
  return [
    whole,
    ...commands.map((command, i): Item => {
      const { at, resource } = optionsOf(command);
      return { subject: 'container', values: { document, container: containers[i] }, at, resource };
    }),
  ];
}

function plain(value: Located): unknown {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(plain);
  return Object.fromEntries([...value.entries].map(([key, { value: below }]) => [key, plain(below)]));
}
