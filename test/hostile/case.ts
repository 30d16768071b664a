import type { GapCode } from '../../src/model/index.ts';

/** An image, file or server that means harm, and what the program has to say of it. */
export interface HostileCase {
  /** Unique, in kebab-case. */
  readonly id: string;
  /** What is in it, for docs/safety.md. */
  readonly input: string;
  readonly answer: Answer;
  /** Puts it below `folder`, which is empty. */
  make(folder: string): Promise<Made> | Made;
}

export type Answer =
  /** The scan ends with this error. */
  | { readonly error: string }
  | { readonly gap: GapCode }
  /** The input is read as what it is: these packages and no others, without gaps. */
  | { readonly packages: readonly string[]; readonly how: string };

export interface Made {
  /** Arguments of `plimsoll scan`. */
  readonly scan: readonly string[];
  /** Called after the scan: frees what was started, throws where the scan did harm. */
  readonly after?: () => Promise<void> | void;
}
