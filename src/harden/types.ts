import type { HardenWords } from '../messages/harden.ts';
import type { ImageConfig } from '../model/index.ts';

/** What is known of an image, as far as its privileges go. Paths have a leading slash. */
export interface ImageFacts {
  /** For people: the reference or path. */
  readonly name: string;
  /** What it can be pulled by, where that is known. */
  readonly reference?: string;
  readonly config: ImageConfig;
  /** Texts of /etc/passwd and /etc/group, where the image has them. */
  readonly passwd?: string;
  readonly group?: string;
  /** Folders that somebody other than root owns, or that groups or everybody may write, sorted by path. */
  readonly folders: readonly FolderFact[];
  /** Programs that run as their owner or group (setuid, setgid), sorted. */
  readonly setuid: readonly string[];
  /** Programs with capabilities of their own, sorted. */
  readonly capable: readonly string[];
  /** Programs that change the user and then run another (`gosu`, `su-exec`), sorted. */
  readonly userSwitchers: readonly string[];
}

export interface FolderFact {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  /** Permission bits. */
  readonly mode: number;
  /** True where no file lies below it in the image: a volume on it hides nothing. */
  readonly empty: boolean;
}

/** Why a line stands there: a key of src/messages/harden. */
export interface Reason {
  readonly code: ReasonCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type ReasonCode = keyof HardenWords;

export interface Mount {
  readonly path: string;
  /** Of its volume: letters, digits and dashes. */
  readonly name: string;
  readonly reason: Reason;
}

/** The least privileges that the image is known to run with. */
export interface Plan {
  readonly name: string;
  /** For the place where an image is named; `your-image` where no reference is known. */
  readonly reference: string;
  /** Absent where the image's user is not known by number. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** True where the program runs as root. */
  readonly root: boolean;
  readonly userReasons: readonly Reason[];
  /** To be added after all were dropped. */
  readonly capabilities: readonly { readonly name: string; readonly reason: Reason }[];
  /** The lowest port below 1024 that the image exposes. */
  readonly lowPort?: number;
  readonly mounts: readonly Mount[];
  readonly escalation: readonly Reason[];
  /** Folders that the user may write and that were not made a mount, for what lies in them. */
  readonly writable: readonly string[];
}
