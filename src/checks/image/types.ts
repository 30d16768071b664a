import type { CheckFinding, ImageConfig, LayerRef, TargetInfo } from '../../model/index.ts';

/** What a walk tells of an entry beside its name. */
export interface EntryFacts {
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** A file or folder of an image whose owner or mode checks care about. */
export interface ModeFact {
  /** Without leading slash. */
  readonly path: string;
  /** Permission bits, those for setuid, setgid and sticky included. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly folder: boolean;
}

/** A file that a build leaves behind without anybody wanting it. */
export interface LeftFact {
  readonly path: string;
  readonly size: number;
  /** `apt-lists`, `pip-cache`, `repository`: what it belongs to. */
  readonly kind: string;
}

/** What the reading of one layer, or of a folder, tells of its files. Survives JSON, and holds no password's hash. */
export interface LayerFacts {
  /** Setuid, setgid, writable by everybody. */
  readonly modes: readonly ModeFact[];
  readonly left: readonly LeftFact[];
  /** Files that say something by being there: `usr/sbin/sshd`. */
  readonly present: readonly { readonly path: string }[];
  /** `etc/passwd`, `etc/group`, the second field cut to what kind it is. */
  readonly accounts: readonly { readonly path: string; readonly text: string }[];
  /** Of the configuration files of the layer. */
  readonly files: readonly { readonly path: string; readonly findings: readonly CheckFinding[] }[];
  /** Configuration files that were looked at. */
  readonly read: number;
}

/** Something of a layer that the final file system has. */
export type Visible<T> = T & { readonly layer?: LayerRef };

/** An image as its rules see it: its configuration, and what the final file system holds. */
export interface BuiltImage {
  readonly target: TargetInfo;
  /** Absent for folders. */
  readonly config?: ImageConfig;
  readonly modes: readonly Visible<ModeFact>[];
  readonly left: readonly Visible<LeftFact>[];
  readonly present: readonly Visible<{ readonly path: string }>[];
  readonly accounts: readonly Visible<{ readonly path: string; readonly text: string }>[];
  readonly now: Date;
}
