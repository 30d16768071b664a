import { fill } from '../../messages/fill.ts';
import { type Catalogues, catalogues } from '../../messages/index.ts';
import type { Distro, Finding, Report } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import { groups } from '../groups.ts';
import { ofOrigin } from '../origin.ts';
import { type Painting, palette } from '../palette.ts';
import { platformName } from '../platform-name.ts';
import { shown } from '../shown.ts';
import type { Rendering, Reporter, Shown, Writer } from '../types.ts';
import { groupLines } from './group.ts';
import { layerLegend, legend } from './legend.ts';
import { summary } from './summary.ts';

/** For people: groups of findings as aligned columns, then what the reader must know before trusting them. */
export const table: Reporter = {
  id: 'table',
  mediaType: 'text/plain',
  async write(whole, out, how) {
    const report = ofOrigin(whole, how.filter);
    const words = catalogues(how.language);
    const colours = palette(how.colour);
    const view = shown(report, how.filter);
    const sections = groups(report, view.findings).filter((group) => group.entries.length > 0);
    const paint = { words, colours, width: how.width };

    write(out, title(report, words, how));
    for (const group of sections) write(out, groupLines(report, group, paint));
    for (const lines of await secretSections(report, how, paint)) write(out, lines);
    for (const lines of await checkSections(report, how, paint)) write(out, lines);
    for (const lines of await importedSections(report, how, paint)) write(out, lines);
    const standing = await standingSection(report, view, how, paint);
    if (how.filter.showSuppressed) write(out, standing.suppressed);
    write(out, [...layerLegend(report, view.findings, paint), ...legend(view.findings, words)]);
    write(out, summary(report, view, paint, standing.lines));
  },
  async writePlatforms({ reports, failed }, out, how) {
    const several = reports.length + failed.length > 1;
    for (const report of reports) {
      if (several) write(out, heading(platformName(report.inventory.target), how));
      await this.write(report, out, how);
    }
    const { errors } = catalogues(how.language);
    for (const { platform, digest, error } of failed) {
      write(out, [...heading(platform ?? digest, how), safeText(`${fill(errors[error.code].what, error.params)} [${error.code}]`)]);
    }
  },
  async writeComparison({ comparison }, out, how) {
    const [{ comparisonSheet }, { sheetText }] = await Promise.all([import('../comparison-sheet.ts'), import('../sheet-text.ts')]);
    out.write(sheetText(comparisonSheet(comparison, how.language), how));
  },
};

async function secretSections(report: Report, how: Rendering, paint: Painting): Promise<string[][]> {
  if (!report.secrets) return [];
  const [{ secretLines }, { secretTexts }] = await Promise.all([import('./secrets.ts'), import('../../messages/secrets.ts')]);
  return secretLines(report.secrets, how.filter, report.inventory.layers.length > 0, secretTexts(how.language), paint);
}

async function checkSections({ checks, inventory }: Report, { filter, language }: Rendering, paint: Painting): Promise<string[][]> {
  if (!checks) return [];
  const [{ checkLines }, { checkTableTexts }] = await Promise.all([import('./checks.ts'), import('../../messages/checks/table.ts')]);
  return checkLines(checks, filter, { layers: inventory.layers.length > 0, language, texts: checkTableTexts(language) }, paint);
}

async function importedSections({ imported }: Report, { filter, language }: Rendering, paint: Painting): Promise<string[][]> {
  if (!imported) return [];
  const [{ importedLines }, { assessWords }] = await Promise.all([import('./imported.ts'), import('../../messages/assess.ts')]);
  return importedLines(imported, filter, assessWords(language), paint);
}

async function standingSection(report: Report, view: Shown, { filter, language }: Rendering, paint: Painting) {
  const lists = filter.showSuppressed === true;
  if (!report.exceptions && !report.baseline && !lists) return { lines: [], suppressed: [] };
  const [{ standingWords }, { standingLines }] = await Promise.all([
    import('../../messages/standing-text.ts'),
    import('../standing-text.ts'),
  ]);
  const words = standingWords(language);
  const lines = standingLines(report, words);
  if (!lists) return { lines, suppressed: [] };
  const { suppressedLines } = await import('./suppressed.ts');
  return { lines, suppressed: suppressedLines(report, view, filter, language, words, paint) };
}

function heading(name: string, how: Rendering): string[] {
  return [palette(how.colour).bold(`== ${safeText(name)} ==`)];
}

function title(report: Report, words: Catalogues, how: Rendering): string[] {
  const { target, distro } = report.inventory;
  const os = distro ? ` (${distro.prettyName ?? `${distro.id} ${distro.versionId ?? ''}`.trim()})` : '';
  const name = `${target.name}${os} ${platformName(target)}`.trim();
  const lines = [palette(how.colour).bold(safeText(name))];
  if (target.digest) lines.push(safeText(target.digest));
  const dead = report.findings.find((finding) => finding.kind === 'end-of-life');
  if (dead) lines.push(palette(how.colour).warn(endOfLife(dead, distro, words)));
  return lines;
}

function endOfLife(finding: Finding, distro: Distro | undefined, words: Catalogues): string {
  const name = safeText(distro?.prettyName ?? finding.package.name);
  const date = finding.published?.slice(0, 10);
  if (date === undefined) return fill(words.report['end-of-life.plain'], { name });
  const key = finding.severities[0]?.label === 'extended' ? 'end-of-life.extended' : 'end-of-life.since';
  return fill(words.report[key], { name, date });
}

function write(out: Writer, lines: readonly string[]): void {
  if (lines.length > 0) out.write(`${lines.join('\n')}\n\n`);
}
