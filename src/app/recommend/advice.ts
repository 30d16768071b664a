import type { Edit } from '../../policy/plan.ts';

/** How a package that others ask for comes to a version. */
export interface Advice {
  readonly code: Extract<Edit['code'], `npm-${string}` | `pypi-${string}`>;
  /** Those that keep it back. */
  readonly parents?: string;
  /** What the project itself asks for, and brings those. */
  readonly direct?: string;
  /** Those of the image's own project that the command brings to their latest versions. */
  readonly brings?: readonly string[];
  readonly command: string;
  /** What of the command comes out of the image; undefined where no command can say it. */
  readonly words: readonly string[] | undefined;
}

const MOST_NAMES = 5;

export function listed(names: readonly string[]): string {
  return names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ` (+${names.length - MOST_NAMES})` : '');
}
