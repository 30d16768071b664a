import type { Flag, Instruction } from '../document.ts';

/** `--mount` of RUN. */
export interface Mount {
  readonly type: string;
  readonly from: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly id: string | undefined;
  readonly options: ReadonlyMap<string, string>;
  readonly flag: Flag;
}

const TYPES = new Set(['bind', 'cache', 'tmpfs', 'secret', 'ssh']);
const KEYS = new Set(
  'type from source src target dst destination readonly ro readwrite rw required size id sharing mode uid gid env'.split(' '),
);
const SHARING = new Set(['shared', 'private', 'locked']);

/** The mounts of a RUN; `bad` names what of one BuildKit would refuse. */
export function mounts(instruction: Instruction): readonly (Mount & { readonly bad?: string })[] {
  return instruction.flags.filter((flag) => flag.name === 'mount' && flag.value !== undefined).map(readMount);
}

function readMount(flag: Flag): Mount & { readonly bad?: string } {
  const options = new Map<string, string>();
  let bad: string | undefined;
  for (const field of (flag.value ?? '').match(/"(?:[^"]|"")*"|[^,]+/g) ?? []) {
    const text = field.replace(/^"(.*)"$/s, '$1');
    const equals = text.indexOf('=');
    const key = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? '' : text.slice(equals + 1);
    if (!KEYS.has(key)) bad ??= text;
    if (key === 'from' && /\$./.test(value)) bad ??= text;
    options.set(key, value);
  }
  const type = (options.get('type') ?? 'bind').toLowerCase();
  const sharing = options.get('sharing')?.toLowerCase();
  if (!TYPES.has(type) && !type.includes('$')) bad ??= `type=${type}`;
  if (sharing !== undefined && !sharing.includes('$') && (!SHARING.has(sharing) || type !== 'cache')) bad ??= `sharing=${sharing}`;
  const mount = {
    type,
    from: options.get('from'),
    source: options.get('source') ?? options.get('src'),
    target: options.get('target') ?? options.get('dst') ?? options.get('destination'),
    id: options.get('id'),
    options,
    flag,
  };
  return bad === undefined ? mount : { ...mount, bad };
}

/** A cache or temporary file system lies over a path that holds `fragment`, so that nothing of it stays in the layer. */
export function keepsOut(instruction: Instruction, fragment: string): boolean {
  return mounts(instruction).some(({ type, target }) => (type === 'cache' || type === 'tmpfs') && target?.includes(fragment));
}
