import { fill } from '../../messages/fill.ts';
import type { SecretTexts } from '../../messages/secrets.ts';
import { livenessText, secretNote, secretRemedy, secretTitle } from '../../messages/secrets.ts';
import type { SecretFinding, SecretLocation, SecretsReport } from '../../model/index.ts';
import { type Cell, type Column, layOutRows } from '../../util/terminal/columns.ts';
import { safeText, wrap } from '../../util/terminal/text.ts';
import type { Painting } from '../palette.ts';
import { shownSecrets } from '../shown.ts';
import type { DisplayFilter } from '../types.ts';
import { freshMark } from './legend.ts';

/** Skipped classes that are named. */
const CLASSES_SHOWN = 4;

/** The secrets as rows, what to do about each kind, and what was looked at. */
export function secretLines(
  report: SecretsReport,
  filter: DisplayFilter,
  layers: boolean,
  texts: SecretTexts,
  paint: Painting,
): string[][] {
  const { colours } = paint;
  const view = shownSecrets(report, filter);
  const rows = view.open.length > 0 ? [table(view.open, layers, texts, paint), advice(view.open, texts, paint)] : [];
  const count = view.open.length + view.hidden;
  const closing = [
    ...(count > 0 ? [colours.bold(fill(texts.total, { count }))] : view.suppressed.length > 0 ? [] : [colours.good(texts.none)]),
    ...(view.hidden > 0 ? [fill(texts.hidden, { count: view.hidden })] : []),
    ...(view.suppressed.length > 0 ? [fill(texts.suppressed, { count: view.suppressed.length })] : []),
    ...(report.asked === undefined ? [] : [askedText(report, report.asked, texts)]),
    colours.dim(fill(texts.scanned, { rules: report.rules, files: report.scanned.files, size: sizeText(report.scanned.bytes) })),
    ...(report.skipped.length > 0 ? [colours.dim(skippedText(report, texts))] : []),
  ];
  return [...rows, closing];
}

function table(found: readonly SecretFinding[], layers: boolean, texts: SecretTexts, { words, colours, width }: Painting): string[] {
  const stated = found.some((each) => stateText(each, texts) !== '');
  const columns: Column[] = [
    { title: words.report['column.severity'], least: 8 },
    { title: texts['column.secret'], least: 14 },
    { title: texts['column.place'], least: 20 },
    ...(layers ? [{ title: words.report['column.layer'] }] : []),
    { title: texts['column.shown'], least: 12 },
    ...(stated ? [{ title: texts['column.state'], least: 12 }] : []),
  ];
  const rows = found.map((each): Cell[] => [
    { text: [words.report[`severity.${each.severity}`], ...freshMark(each, words)].join(' '), paint: colours.severity(each.severity) },
    { text: safeText(secretTitle(each, texts)) },
    { text: safeText(placeText(each.location, texts)) },
    ...(layers ? [{ text: each.location.layer ? `#${each.location.layer.index}` : '', paint: colours.dim }] : []),
    { text: safeText(each.masked), paint: colours.dim },
    ...(stated ? [{ text: safeText(stateText(each, texts)), paint: colours.warn }] : []),
  ]);
  const [titles = [], ...laidOut] = layOutRows(columns, rows, width);
  const heading = `${texts.section} · ${fill(words.report['group.findings'], { count: found.length })}`;
  return [colours.bold(heading), ...titles.map(colours.dim), ...laidOut.flat()];
}

function placeText({ where, path, line, column }: SecretLocation, texts: SecretTexts): string {
  const name = where === 'file' ? path : fill(texts[`where.${where}`], { path });
  return [name, line, line === undefined ? undefined : column].filter((each) => each !== undefined).join(':');
}

function stateText({ visible, hiddenBy, notes = [], live }: SecretFinding, texts: SecretTexts): string {
  const hidden = visible ? [] : [fill(texts['state.hidden'], { layer: hiddenBy?.index ?? '?' })];
  return [...(live ? [livenessText(live, texts)] : []), ...hidden, ...notes.map((note) => secretNote(note, texts))].join('; ');
}

function askedText({ findings }: SecretsReport, requests: number, texts: SecretTexts): string {
  const count = (state: string) => findings.filter(({ live }) => live?.state === state).length;
  return fill(texts.asked, { requests, live: count('live'), dead: count('dead'), unknown: count('unknown') });
}

/** One sentence a kind of secret. */
function advice(found: readonly SecretFinding[], texts: SecretTexts, { colours, width }: Painting): string[] {
  const words = [...new Set(found.map(({ word }) => word))];
  const lines = words.map((word) => `${texts[`word.${word}`]}: ${secretRemedy({ word, visible: true }, texts)}`);
  if (found.some(({ visible }) => !visible)) lines.push(texts['remedy.deleted']);
  return [
    colours.bold(texts['advice.title']),
    ...lines.flatMap((line) => (width === undefined ? [line] : wrap(line, width - 2)).map((part) => `  ${part}`)),
  ];
}

function skippedText({ skipped }: SecretsReport, texts: SecretTexts): string {
  const sum = (of: 'files' | 'bytes') => skipped.reduce((total, each) => total + each[of], 0);
  const largest = skipped
    .slice(0, CLASSES_SHOWN)
    .map((each) => fill(texts['skipped.class'], { class: each.class, size: sizeText(each.bytes), files: each.files.toLocaleString('en') }));
  const classes = [...largest, ...(skipped.length > CLASSES_SHOWN ? ['...'] : [])].join(', ');
  return fill(texts.skipped, { size: sizeText(sum('bytes')), files: sum('files').toLocaleString('en'), classes });
}

const UNITS = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['KB', 1e3],
] as const;

/** `1.2 GB`, `310 MB`, `64 B`. */
function sizeText(bytes: number): string {
  const unit = UNITS.find(([, size]) => bytes >= size);
  if (!unit) return `${bytes} B`;
  const [name, size] = unit;
  return `${(bytes / size).toFixed(bytes / size < 10 ? 1 : 0)} ${name}`;
}
