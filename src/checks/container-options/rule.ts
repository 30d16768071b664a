import type { SeverityLevel } from '../../model/index.ts';
import type { CheckRule, Reported, Span } from '../types.ts';
import type { ContainerOptions } from './model.ts';

export type Surface = 'compose' | 'run';

/** A rule that Compose files and command lines share; its id is `<surface>/<key>`. */
export interface ContainerRule {
  readonly key: string;
  readonly severity: SeverityLevel;
  /** Clause of section 4 or 5 of the CIS Docker Benchmark 1.6: `5.5`. */
  readonly cis?: string;
  /** Clause of NIST SP 800-190. */
  readonly nist?: string;
  /** Anchors of the option in Docker's reference of both, or a page of its own. */
  readonly reference: { readonly run: string; readonly compose: string } | string;
  readonly optIn?: boolean;
  /** Set where the other surface has no such option. */
  readonly only?: Surface;
  check(container: ContainerOptions, report: (at: Span, reported?: Reported) => void): void;
}

const PAGES: Readonly<Record<Surface, string>> = {
  run: 'https://docs.docker.com/reference/cli/docker/container/run/',
  compose: 'https://docs.docker.com/reference/compose-file/services/',
};
const NIST = 'https://csrc.nist.gov/pubs/sp/800/190/final';

/** The rules as those of one surface, over all containers of a document. */
export function forSurface(rules: readonly ContainerRule[], surface: Surface): CheckRule<readonly ContainerOptions[]>[] {
  const own = rules.filter(({ only }) => only === undefined || only === surface);
  return own.map(({ key, severity, cis, nist, reference, optIn, check }) => ({
    id: `${surface}/${key}`,
    aliases: cis === undefined ? [] : [`CIS-Docker-${cis}`],
    severity,
    benchmarks: [...(cis === undefined ? [] : [`CIS Docker ${cis}`]), ...(nist === undefined ? [] : [`NIST 800-190 ${nist}`])],
    references: [
      typeof reference === 'string' ? reference : `${PAGES[surface]}#${reference[surface]}`,
      ...(nist === undefined ? [] : [NIST]),
    ],
    ...(optIn ? { optIn } : {}),
    check(containers, report) {
      for (const container of containers) {
        check(container, (at, reported) => report(at, { resource: container.resource, ...reported }));
      }
    },
  }));
}
