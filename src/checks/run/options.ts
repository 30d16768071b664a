import type { ContainerOptions, Located, Mount, Variable } from '../container-options/model.ts';
import { parsePort, parseTmpfs, parseVolume } from '../container-options/short-forms.ts';
import type { Flag, RunCommand } from './parse.ts';
import { inside } from './parse.ts';

/** What a command line starts its container with. */
export function optionsOf(command: RunCommand): ContainerOptions {
  const { flags, image, engine } = command;
  const all = (name: string): Located<string>[] => flags.filter((flag) => flag.name === name).map(located);
  const last = (name: string): Located<string> | undefined => all(name).at(-1);
  const isOn = (name: string): Located<boolean> | undefined => {
    const flag = flags.findLast((each) => each.name === name);
    return flag && { value: !/^(?:false|f|0)$/i.test(flag.value), at: flag.at };
  };
  const optional = <K extends string, T>(key: K, value: T | undefined) => (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };
  const { value: detached } = isOn('detach') ?? { value: false };
  const restart = last('restart');

  return {
    resource: `${engine} run${image === undefined ? '' : ` ${image.text}`}`.slice(0, 200),
    at: command.at,
    builds: false,
    longRunning: detached || (restart !== undefined && restart.value !== 'no'),
    inherits: false,
    ...optional('image', image && { value: image.text, at: inside(image, 0) }),
    ...optional('user', last('user')),
    ...optional('privileged', isOn('privileged')),
    ...optional('readOnly', isOn('read-only')),
    capAdd: all('cap-add').flatMap(separated),
    capDrop: all('cap-drop').flatMap(separated),
    securityOpt: all('security-opt'),
    ...optional('memory', last('memory')),
    ...optional('cpus', last('cpus')),
    cpuLimited: ['cpu-quota', 'cpu-shares', 'cpuset-cpus'].some((name) => last(name) !== undefined),
    ...optional('pids', last('pids-limit')),
    ...optional('oomKillDisabled', isOn('oom-kill-disable')),
    mounts: flags.flatMap(mountOf),
    namespaces: {
      ...optional('pid', last('pid')),
      ...optional('ipc', last('ipc')),
      ...optional('network', last('network')),
      ...optional('userns', last('userns')),
      ...optional('uts', last('uts')),
      ...optional('cgroup', last('cgroupns')),
    },
    devices: all('device'),
    ports: all('publish').map(({ value, at }) => parsePort(value, at)),
    ...optional('publishAll', isOn('publish-all')),
    variables: flags.filter(({ name }) => name === 'env').map(variableOf),
    ...optional('health', healthOf(flags)),
    ...optional('restart', restart),
    ...optional('apiSocket', isOn('use-api-socket')),
    links: all('link'),
  };
}

function located({ value, valueAt }: Flag): Located<string> {
  return { value, at: valueAt };
}

/** `--cap-drop=ALL,NET_RAW` is two. */
function separated({ value, at }: Located<string>): Located<string>[] {
  return value.split(',').map((each) => ({ value: each, at }));
}

function mountOf({ name, value, valueAt: at }: Flag): Mount[] {
  if (name === 'volume') return [parseVolume(value, at)];
  if (name === 'tmpfs') return [parseTmpfs(value, at)];
  if (name !== 'mount') return [];
  const fields = new Map(
    value.split(',').map((field) => [field.split('=')[0]?.trim().toLowerCase() ?? '', field.slice(field.indexOf('=') + 1)]),
  );
  const field = (...names: readonly string[]) => names.map((each) => fields.get(each)).find((each) => each !== undefined);
  const readOnly = field('readonly', 'ro');
  const source = field('source', 'src');
  const propagation = field('bind-propagation');
  return [
    {
      type: mountType(field('type')),
      target: field('target', 'destination', 'dst') ?? '',
      readOnly: readOnly !== undefined && !/^(?:false|0)$/.test(readOnly),
      at,
      ...(source === undefined ? {} : { source }),
      ...(propagation === undefined ? {} : { propagation }),
    },
  ];
}

function mountType(type: string | undefined): Mount['type'] {
  if (type === undefined) return 'volume';
  return type === 'bind' || type === 'volume' || type === 'tmpfs' ? type : 'other';
}

function variableOf({ value, at, valueAt }: Flag): Variable {
  const equals = value.indexOf('=');
  if (equals < 0) return { name: value, at };
  const start = Math.min(valueAt.end, valueAt.start + equals + 1);
  return { name: value.slice(0, equals), value: value.slice(equals + 1), at, valueAt: { start, end: Math.max(at.end, valueAt.end) } };
}

function healthOf(flags: readonly Flag[]): ContainerOptions['health'] {
  const off = flags.find((flag) => flag.name === 'no-healthcheck' || (flag.name === 'health-cmd' && flag.value === 'none'));
  if (off) return { value: 'disabled', at: off.at };
  const on = flags.find((flag) => flag.name === 'health-cmd');
  return on && { value: 'checked', at: on.at };
}
