import type { Catalogues } from '../../messages/index.ts';
import type { Change, Finding, Report } from '../../model/index.ts';
import { safeText, truncate } from '../../util/terminal/text.ts';
import type { Painting } from '../palette.ts';

/** The layers that rows point at: number, digest, and the instruction that made each. */
export function layerLegend(report: Report, findings: readonly Finding[], { words, colours, width }: Painting): string[] {
  const used = new Set(
    findings.flatMap((finding) =>
      finding.locations.flatMap(({ layer, modified }) => [layer, modified].flatMap((each) => (each ? [each.index] : []))),
    ),
  );
  for (const { location, hiddenBy } of report.secrets?.findings ?? []) {
    for (const layer of [location.layer, hiddenBy]) if (layer) used.add(layer.index);
  }
  for (const { location } of report.checks?.findings ?? []) if (location.layer) used.add(location.layer.index);
  const layers = report.inventory.layers.filter((layer) => used.has(layer.index));
  if (layers.length === 0) return [];
  const lines = new Map(report.dockerfile?.layers.map(({ layer, line }) => [layer, line]));
  const rows = layers.map((layer) => {
    const digest = layer.digest.slice(layer.digest.indexOf(':') + 1, layer.digest.indexOf(':') + 13);
    const line = lines.get(layer.index);
    const at = line === undefined ? '' : `${safeText(report.dockerfile?.file ?? '')}:${line} `;
    const text = `#${layer.index} ${digest} ${at}${safeText((layer.createdBy ?? '').replace(/\s+/g, ' '))}`.trimEnd();
    return colours.dim(`  ${width === undefined ? text : truncate(text, width - 2)}`);
  });
  return [words.report['layers.title'], ...rows];
}

/** The mark of what is new against a baseline. */
export function freshMark({ change }: { readonly change?: Change }, words: Catalogues): readonly string[] {
  return change === undefined || change === 'unchanged' ? [] : [words.report[`mark.${change}`]];
}

/** What the marks in the rows mean; only those that occur. */
export function legend(findings: readonly Finding[], words: Catalogues): string[] {
  return [
    ...(findings.some((each) => each.kev || each.epss) ? [words.report['legend.exploit']] : []),
    ...(findings.some(({ locations }) => locations.some(({ modified }) => modified)) ? [words.report['legend.modified']] : []),
    ...(findings.some((each) => each.verdict === 'undecided') ? [words.report['legend.undecided']] : []),
    ...(findings.some((each) => each.change === 'new-by-disclosure') ? [words.report['legend.new-by-disclosure']] : []),
  ];
}
