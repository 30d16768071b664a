import type { Span } from '../types.ts';

/** A value, and where it is written. */
export interface Located<T> {
  readonly value: T;
  readonly at: Span;
}

/** A folder, file or volume that a container sees. */
export interface Mount {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'other';
  /** Path on the host or name of a volume; absent for tmpfs and anonymous volumes. */
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** `rshared`, `rslave`...; absent where it is the default, rprivate. */
  readonly propagation?: string;
  /** Of a tmpfs: programs in it may be run. Docker's default is noexec. */
  readonly exec?: boolean;
  readonly at: Span;
}

/** A published port. Ranges stand as written: `8000-8010`. */
export interface Port {
  readonly hostIp?: string;
  /** Absent: the engine takes a free one. */
  readonly hostPort?: string;
  readonly containerPort: string;
  readonly at: Span;
}

export interface Variable {
  readonly name: string;
  /** Absent where it is passed on from the environment. */
  readonly value?: string;
  readonly at: Span;
  readonly valueAt?: Span;
}

const NAMESPACES = ['pid', 'ipc', 'network', 'userns', 'uts', 'cgroup'] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** What one container is started with, whether a Compose file or a command line says so. Values are as written. */
export interface ContainerOptions {
  /** `service db`, `docker run nginx:1.27`. */
  readonly resource: string;
  /** Where what is missing is reported. */
  readonly at: Span;
  readonly image?: Located<string>;
  /** True: built here, so that `image` is only the name that it is given. */
  readonly builds: boolean;
  /** True: runs on in the background. What makes sense for services only is asked of no other. */
  readonly longRunning: boolean;
  /** True: takes options from elsewhere that cannot be read here, so that a missing one says nothing. */
  readonly inherits: boolean;
  readonly user?: Located<string>;
  readonly privileged?: Located<boolean>;
  readonly readOnly?: Located<boolean>;
  readonly capAdd: readonly Located<string>[];
  readonly capDrop: readonly Located<string>[];
  readonly securityOpt: readonly Located<string>[];
  readonly memory?: Located<string>;
  readonly cpus?: Located<string>;
  /** True where the share of the CPU is limited in another way than `cpus`. */
  readonly cpuLimited: boolean;
  readonly pids?: Located<string>;
  readonly oomKillDisabled?: Located<boolean>;
  readonly mounts: readonly Mount[];
  readonly namespaces: Readonly<Partial<Record<Namespace, Located<string>>>>;
  readonly devices: readonly Located<string>[];
  readonly ports: readonly Port[];
  readonly publishAll?: Located<boolean>;
  readonly variables: readonly Variable[];
  readonly health?: Located<'checked' | 'disabled'>;
  readonly restart?: Located<string>;
  /** The engine's socket is handed in with its credentials. */
  readonly apiSocket?: Located<boolean>;
  readonly links: readonly Located<string>[];
}
