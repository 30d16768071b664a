import type { ContainerOptions, Located, Mount, Port, Variable } from '../container-options/model.ts';
import { parsePort, parseTmpfs, parseVolume } from '../container-options/short-forms.ts';
import type { Span } from '../types.ts';
import { type Entry, entry, itemsOf, type LocatedMap, scalar, type Located as Value } from './document.ts';

/** One service of a Compose file, with what it takes from `extends` of the same file. */
export interface Service {
  readonly name: string;
  readonly key: Span;
  readonly map: LocatedMap;
  /** True where it extends a service of another file. */
  readonly inherits: boolean;
}

/** The services of a document. */
export function servicesOf(document: Value): Service[] {
  const section = entry(document, 'services')?.value;
  if (section?.kind !== 'map') return [];
  return [...section.entries].flatMap(([name, { key, value }]) => {
    if (value.kind !== 'map') return [];
    const { map, inherits } = extended(value, section, new Set([name]));
    return [{ name, key, map, inherits }];
  });
}

/** Mappings of the extended service first, those of the service itself over them. Source: Compose specification, 05-services.md, extends. */
function extended(map: LocatedMap, section: LocatedMap, seen: Set<string>): { map: LocatedMap; inherits: boolean } {
  const extending = map.entries.get('extends')?.value;
  if (extending === undefined) return { map, inherits: false };
  if (extending.kind === 'map' && extending.entries.has('file')) return { map, inherits: true };
  const name = scalar(extending)?.value ?? scalar(entry(extending, 'service')?.value)?.value ?? '';
  const base = section.entries.get(name)?.value;
  if (base?.kind !== 'map' || seen.has(name)) return { map, inherits: true };
  const above = extended(base, section, seen.add(name));
  return { map: merged(above.map, map), inherits: above.inherits };
}

function merged(base: LocatedMap, own: LocatedMap): LocatedMap {
  const entries = new Map(base.entries);
  for (const [key, { key: at, value }] of own.entries) {
    const below = base.entries.get(key)?.value;
    const both: Value =
      below?.kind === 'map' && value.kind === 'map'
        ? merged(below, value)
        : below?.kind === 'list' && value.kind === 'list'
          ? { kind: 'list', items: [...below.items, ...value.items], at: value.at }
          : value;
    entries.set(key, { key: at, value: both });
  }
  return { kind: 'map', entries, at: own.at };
}

/** What a service starts its containers with. */
export function optionsOf({ name, key, map, inherits }: Service): ContainerOptions {
  const get = (...path: readonly string[]): Entry | undefined => entry(map, ...path);
  const text = (...path: readonly string[]): Located<string> | undefined => scalar(get(...path)?.value);
  const flag = (...path: readonly string[]): Located<boolean> | undefined => {
    const found = get(...path);
    const value = scalar(found?.value)?.value;
    return found && value !== undefined ? { value: /^(?:true|yes|on|1)$/i.test(value), at: whole(found) } : undefined;
  };
  const list = (...path: readonly string[]): Located<string>[] => itemsOf(get(...path)?.value).flatMap((item) => scalar(item) ?? []);
  const limit = (plain: string, deployed: string) => text(plain) ?? text('deploy', 'resources', 'limits', deployed);
  const optional = <K extends string, T>(as: K, value: T | undefined) => (value === undefined ? {} : { [as]: value }) as { [P in K]?: T };

  return {
    resource: `service ${name}`.slice(0, 200),
    at: key,
    builds: get('build') !== undefined || get('provider') !== undefined,
    longRunning: text('restart')?.value !== 'no',
    inherits: inherits || get('provider') !== undefined,
    ...optional('image', text('image')),
    ...optional('user', text('user')),
    ...optional('privileged', flag('privileged')),
    ...optional('readOnly', flag('read_only')),
    capAdd: list('cap_add'),
    capDrop: list('cap_drop'),
    securityOpt: list('security_opt'),
    ...optional('memory', limit('mem_limit', 'memory')),
    ...optional('cpus', limit('cpus', 'cpus')),
    cpuLimited: ['cpu_quota', 'cpu_shares', 'cpuset', 'cpu_percent', 'cpu_count'].some((each) => get(each) !== undefined),
    ...optional('pids', limit('pids_limit', 'pids')),
    ...optional('oomKillDisabled', flag('oom_kill_disable')),
    mounts: [...itemsOf(get('volumes')?.value).flatMap(mountOf), ...list('tmpfs').map(({ value, at }) => parseTmpfs(value, at))],
    namespaces: {
      ...optional('pid', text('pid')),
      ...optional('ipc', text('ipc')),
      ...optional('network', text('network_mode')),
      ...optional('userns', text('userns_mode')),
      ...optional('uts', text('uts')),
      ...optional('cgroup', text('cgroup')),
    },
    devices: itemsOf(get('devices')?.value).flatMap((item) => scalar(item) ?? scalar(entry(item, 'source')?.value) ?? []),
    ports: itemsOf(get('ports')?.value).flatMap(portOf),
    variables: variablesOf(get('environment')?.value),
    ...optional('health', healthOf(get('healthcheck'))),
    ...optional(
      'restart',
      restartOf(text('restart'), text('deploy', 'restart_policy', 'condition'), get('deploy', 'restart_policy', 'max_attempts')),
    ),
    ...optional('apiSocket', flag('use_api_socket')),
    links: list('links'),
  };
}

/** `environment` and `build.args`, as a mapping or as a list of `NAME=value`. */
export function variablesOf(value: Value | undefined): Variable[] {
  if (value?.kind === 'map') {
    return [...value.entries].map(([name, { key, value: given }]) => {
      const found = scalar(given);
      return {
        name,
        at: found ? { start: key.start, end: Math.max(key.end, found.at.end) } : key,
        ...(found ? { value: found.value, valueAt: found.at } : {}),
      };
    });
  }
  return itemsOf(value).flatMap((item) => {
    const found = scalar(item);
    if (!found) return [];
    const equals = found.value.indexOf('=');
    if (equals < 0) return [{ name: found.value, at: found.at }];
    const start = Math.min(found.at.end, found.at.start + equals + 1);
    return [
      { name: found.value.slice(0, equals), value: found.value.slice(equals + 1), at: found.at, valueAt: { start, end: found.at.end } },
    ];
  });
}

function mountOf(item: Value): Mount[] {
  const short = scalar(item);
  if (short) return [parseVolume(short.value, short.at)];
  if (item.kind !== 'map') return [];
  const type = scalar(entry(item, 'type')?.value)?.value;
  const source = scalar(entry(item, 'source')?.value);
  const propagation = scalar(entry(item, 'bind', 'propagation')?.value)?.value;
  return [
    {
      type: type === 'bind' || type === 'volume' || type === 'tmpfs' ? type : 'other',
      target: scalar(entry(item, 'target')?.value)?.value ?? '',
      readOnly: /^true$/i.test(scalar(entry(item, 'read_only')?.value)?.value ?? ''),
      at: source?.at ?? item.at,
      ...(source === undefined ? {} : { source: source.value }),
      ...(propagation === undefined ? {} : { propagation }),
    },
  ];
}

function portOf(item: Value): Port[] {
  const short = scalar(item);
  if (short) return [parsePort(short.value, short.at)];
  if (item.kind !== 'map') return [];
  const target = scalar(entry(item, 'target')?.value);
  const published = scalar(entry(item, 'published')?.value);
  const hostIp = scalar(entry(item, 'host_ip')?.value)?.value;
  return [
    {
      containerPort: target?.value ?? '',
      at: published?.at ?? target?.at ?? item.at,
      ...(published === undefined ? {} : { hostPort: published.value }),
      ...(hostIp === undefined ? {} : { hostIp }),
    },
  ];
}

function healthOf(found: Entry | undefined): ContainerOptions['health'] {
  if (!found) return undefined;
  const off = scalar(entry(found.value, 'disable')?.value)?.value === 'true';
  const [first] = itemsOf(entry(found.value, 'test')?.value);
  return { value: off || scalar(first)?.value === 'NONE' ? 'disabled' : 'checked', at: found.key };
}

function restartOf(
  plain: Located<string> | undefined,
  condition: Located<string> | undefined,
  attempts: Entry | undefined,
): Located<string> | undefined {
  if (plain) return plain;
  if (!condition) return undefined;
  return attempts ? { value: 'on-failure:5', at: condition.at } : condition;
}

function whole({ key, value }: Entry): Span {
  return { start: key.start, end: Math.max(key.end, value.at.end) };
}
