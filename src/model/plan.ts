import type { ComparedSide } from './comparison.ts';
import type { Digest } from './digest.ts';
import type { ReportWarning } from './report.ts';
import type { SeverityLevel } from './severity.ts';
import type { BaseImage } from './standing.ts';

/** What to change in an image, from what can be had: other base images and updates of packages. */
export interface Plan {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'plimsoll'; readonly version: string };
  /** RFC 3339. */
  readonly createdAt: string;
  readonly target: ComparedSide;
  readonly base?: BaseImage;
  /** Best first. */
  readonly candidates: readonly BaseCandidate[];
  /** Those that were to be tried and could not be scanned, in the order in which they were. */
  readonly unscanned: readonly UnscannedBase[];
  /** Each step with what it removes beyond those before it: the fewest that remove what can be removed, by the largest first; note `not-proven` where perhaps fewer would do. */
  readonly steps: readonly PlanStep[];
  /** Fixes that are published and cannot be installed from what the image has configured. */
  readonly unreachable: readonly UnreachableFix[];
  /** Findings that count, and what is left of them after all steps. */
  readonly findings: number;
  readonly left: number;
  /** Of the scan that all this rests on. */
  readonly warnings: readonly ReportWarning[];
  /** What a reader must know; of the catalogue of recommendations. */
  readonly notes: readonly { readonly code: PlanNote; readonly params: Readonly<Record<string, string | number>> }[];
}

export type PlanNote =
  | 'no-base'
  | 'no-name'
  | 'no-layers'
  | 'no-tags'
  | 'offline-index'
  | 'no-image'
  | 'not-proven'
  | 'other-layers'
  | 'unopened';
export type SeverityCounts = Readonly<Partial<Record<SeverityLevel, number>>>;

/** An image that could be built on instead, held against what comes from the base now. */
export interface BaseCandidate {
  readonly name: string;
  /** `other-release`: newer or slimmer by its tag, and on another release of the distribution than its tag says. */
  readonly kind: 'rebuilt' | 'newer' | 'slimmer' | 'other-release' | 'other-distribution' | 'next-major';
  readonly digest?: Digest;
  /** RFC 3339. */
  readonly created?: string;
  /** Bytes of its layers as stored. */
  readonly size: number;
  readonly removed: SeverityCounts;
  readonly added: SeverityCounts;
  readonly left: SeverityCounts;
  /** Packages that come from the base now and are not in it, by name; at most 50. What is ours may need them. */
  readonly lacks: readonly string[];
  readonly lacksCount: number;
}

/** An image that could be built on instead, and that nothing more is known of than this. */
export interface UnscannedBase extends Pick<BaseCandidate, 'name' | 'kind' | 'digest' | 'created'> {
  readonly size?: number;
  /** Why it was not scanned: a code of docs/errors.md. */
  readonly code: string;
}

export interface PlanStep {
  readonly kind: 'base' | 'os' | 'library';
  readonly code:
    | 'base'
    | 'os-update'
    | 'npm-direct'
    | 'npm-refresh'
    | 'npm-parent'
    | 'npm-override'
    | 'pypi-direct'
    | 'pypi-refresh'
    | 'pypi-parent'
    | 'embedded'
    | 'update';
  readonly params: Readonly<Record<string, string>>;
  /** A command to be run in a build, or the line of a Dockerfile. */
  readonly command?: string;
  /** Lines of a unified difference, where a Dockerfile was given. */
  readonly diff?: readonly string[];
  /** Of the worst finding that it removes. */
  readonly severity: SeverityLevel;
  /** Findings that it removes by itself, and beyond the steps before it; removed after it in all. */
  readonly findings: number;
  readonly more: number;
  readonly total: number;
}

export interface UnreachableFix {
  readonly package: string;
  readonly installed: string;
  readonly version: string;
  readonly reason: 'no-manager' | 'no-repositories' | 'no-pocket' | 'other-release' | 'pro';
  readonly severity: SeverityLevel;
  readonly findings: number;
}
