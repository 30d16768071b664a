import type { BaseImage, LayerRef, Report } from '../model/index.ts';
import type { DisplayFilter, Origin } from './types.ts';

/** Ours as soon as one place is: nothing is the base's alone that came with a layer of ours too. Undefined where nobody can tell. */
export function originOf(layers: readonly (LayerRef | undefined)[], base: BaseImage | undefined): Origin | undefined {
  if (base === undefined || base.layers === 0 || !layers.some(Boolean)) return undefined;
  return layers.every((layer) => layer && layer.index < base.layers) ? 'base' : 'own';
}

/** What nobody can tell the origin of is shown whichever is asked for. */
export function passesOrigin(layers: readonly (LayerRef | undefined)[], { base }: Report, { origin }: DisplayFilter): boolean {
  return origin === undefined || (originOf(layers, base) ?? origin) === origin;
}

/** The report with those of its secrets and checks that a filter's origin lets through; packages are {@link shown}'s. */
export function ofOrigin(report: Report, filter: DisplayFilter): Report {
  if (filter.origin === undefined) return report;
  const { secrets, checks } = report;
  const passes = ({ location }: { readonly location: { readonly layer?: LayerRef } }): boolean =>
    passesOrigin([location.layer], report, filter);
  return {
    ...report,
    ...(secrets ? { secrets: { ...secrets, findings: secrets.findings.filter(passes) } } : {}),
    ...(checks ? { checks: { ...checks, findings: checks.findings.filter(passes) } } : {}),
  };
}
