import { fill } from '../../messages/fill.ts';
import type { Catalogues } from '../../messages/index.ts';
import type { Finding, PackageType, Report } from '../../model/index.ts';
import { type Cell, type Column, layOutRows } from '../../util/terminal/columns.ts';
import { safeText, wrap } from '../../util/terminal/text.ts';
import type { Group, GroupEntry } from '../groups.ts';
import { layersText } from '../layers-text.ts';
import type { Painting } from '../palette.ts';
import { freshMark } from './legend.ts';

const TITLES: Partial<Record<PackageType, string>> = {
  apk: 'Alpine',
  deb: 'Debian (dpkg)',
  rpm: 'RPM',
  alpm: 'Arch',
  npm: 'Node.js (npm)',
  pypi: 'Python (PyPI)',
  maven: 'Java (Maven)',
  golang: 'Go',
  cargo: 'Rust (Cargo)',
  gem: 'Ruby (gem)',
  composer: 'PHP (Composer)',
  nuget: '.NET (NuGet)',
};

/** Below this many columns a path gets a line of its own: squeezed into a column it could not be read or copied. */
const ROOM_FOR_PATHS = 110;

/** A heading and the rows of one group. */
export function groupLines(report: Report, group: Group, { words, colours, width }: Painting): string[] {
  const exploit = group.entries.some(({ finding }) => finding.kev || finding.epss);
  const layers = report.inventory.layers.length > 0;
  const paths = group.class === 'library' && group.path === undefined;
  const pathsBelow = paths && width !== undefined && width < ROOM_FOR_PATHS;
  const columns: Column[] = [
    { title: words.report['column.severity'], least: 8 },
    { title: words.report['column.id'], least: 14 },
    ...(exploit ? [{ title: words.report['column.exploit'], least: 4 }] : []),
    { title: words.report['column.package'], least: 12 },
    { title: words.report['column.installed'], least: 11 },
    { title: words.report['column.fixed'], least: 11 },
    ...(layers ? [{ title: words.report['column.layer'] }] : []),
    ...(paths && !pathsBelow ? [{ title: words.report['column.path'], least: 20 }] : []),
  ];
  const rows = group.entries.map((entry): Cell[] => [
    { text: severityText(entry.finding, words), paint: colours.severity(entry.finding.severity) },
    { text: safeText(entry.finding.id) },
    ...(exploit ? [{ text: exploitText(entry.finding), paint: entry.finding.kev ? colours.bad : colours.dim }] : []),
    { text: safeText(packageText(entry.finding)) },
    { text: safeText(entry.finding.package.version) },
    fixCell(entry.finding, words, colours),
    ...(layers ? [{ text: layerText(entry), paint: colours.dim }] : []),
    ...(paths && !pathsBelow ? [{ text: pathText(entry, words), paint: colours.dim }] : []),
  ]);
  const [titles = [], ...laidOut] = layOutRows(columns, rows, width);
  const below = (entry: GroupEntry | undefined): string[] =>
    entry && pathsBelow ? wrap(pathText(entry, words), width - 2).map((line) => colours.dim(`  ${line}`)) : [];
  return [
    colours.bold(heading(group, words)),
    ...titles.map(colours.dim),
    ...laidOut.flatMap((lines, i) => [...lines, ...below(group.entries[i])]),
  ];
}

function heading(group: Group, words: Catalogues): string {
  const title =
    group.path === undefined ? (TITLES[group.type] ?? group.type) : `${safeText(group.path)} (${TITLES[group.type] ?? group.type})`;
  const kind = group.class === 'os' ? ` · ${words.report['group.os']}` : '';
  return `${title}${kind} · ${fill(words.report['group.findings'], { count: group.entries.length })}`;
}

function severityText(finding: Finding, words: Catalogues): string {
  const word = words.report[`severity.${finding.severity}`];
  const fresh = freshMark(finding, words);
  if (finding.kind === 'malware') return [word, words.report['mark.malware'], ...fresh].join(' ');
  return [word, ...(finding.verdict === 'undecided' ? [words.report['mark.undecided']] : []), ...fresh].join(' ');
}

function exploitText({ kev, epss }: Finding): string {
  const percent = epss ? `${epss.score >= 0.01 ? Math.round(epss.score * 100) : '<1'}%` : '';
  return [kev ? 'KEV' : '', percent].filter(Boolean).join(' ');
}

function packageText({ package: of }: Finding): string {
  return of.source && of.source.name !== of.name ? `${of.name} (${of.source.name})` : of.name;
}

function fixCell(finding: Finding, words: Catalogues, colours: Painting['colours']): Cell {
  if (finding.fix.versions.length > 0) return { text: safeText(finding.fix.versions.join(', ')), paint: colours.good };
  return { text: words.report[`fix.${finding.fix.state}`], paint: colours.dim };
}

function layerText({ locations }: GroupEntry): string {
  const sorted = [...locations].sort((a, b) => (a.layer?.index ?? 0) - (b.layer?.index ?? 0));
  return [...new Set(sorted.map(layersText))].filter(Boolean).join(' ');
}

function pathText({ locations }: GroupEntry, words: Catalogues): string {
  const [first, ...more] = locations;
  if (!first) return '';
  const owner = first.ownedBy === undefined ? '' : ` [${first.ownedBy}]`;
  return `${safeText(first.path + owner)}${more.length > 0 ? ` ${fill(words.report['more.paths'], { count: more.length })}` : ''}`;
}
