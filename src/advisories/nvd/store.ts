import { gunzipSync, gzipSync } from 'node:zlib';
import { type Fields, fields } from '../../util/fields.ts';
import type { Mirror } from '../types.ts';
import { PAGE_SIZE } from './api.ts';

/**
 * A line is one CVE, `{"id":"CVE-2021-44228",…}`: the API's object without its texts, references and CPE names, which are nine tenths
 * of its size and are not read.
 */
const ID = /^\{"id":"([^"]+)"/;
const MAX_FILE = 512 << 20;

/** Name of the file that has the CVEs from number `start` on. */
export function fileName(start: number): string {
  return `cves-${String(start).padStart(7, '0')}.jsonl.gz`;
}

/** Number of the first CVE of a file. */
export function startOf(name: string): number {
  return Number(/^cves-(\d+)\.jsonl\.gz$/.exec(name)?.[1] ?? Number.NaN);
}

export function writeCves(mirror: Mirror, name: string, cves: readonly Fields[]): void {
  writeLines(mirror, name, cves.map(lineOf));
}

/** Has the mirror hold each of these instead of what it holds of them; those that it has not yet come last. */
export function replaceCves(mirror: Mirror, cves: readonly Fields[]): void {
  const changed = new Map(cves.flatMap((cve) => (typeof cve.id === 'string' ? [[cve.id, lineOf(cve)]] : [])));
  const names = mirror.names().filter((name) => startOf(name) >= 0);
  let last: readonly string[] = [];
  for (const name of names) {
    const lines = readLines(mirror, name);
    const next = lines.map((line) => taken(changed, line) ?? line);
    if (next.some((line, number) => line !== lines[number])) writeLines(mirror, name, next);
    last = next;
  }
  const added = [...changed.values()];
  const end = names.at(-1) ?? fileName(0);
  if (added.length === 0) return;
  const room = Math.max(0, PAGE_SIZE - last.length);
  if (room > 0) writeLines(mirror, end, [...last, ...added.slice(0, room)]);
  for (let from = room; from < added.length; from += PAGE_SIZE)
    writeLines(mirror, fileName(startOf(end) + PAGE_SIZE + from - room), added.slice(from, from + PAGE_SIZE));
}

function taken(changed: Map<string, string>, line: string): string | undefined {
  const id = ID.exec(line)?.[1] ?? '';
  const next = changed.get(id);
  changed.delete(id);
  return next;
}

function lineOf(cve: Fields): string {
  const { id, published, lastModified, vulnStatus, metrics, weaknesses } = cve;
  const scores = Object.entries(fields(metrics)).flatMap(([name, list]) => (Array.isArray(list) ? [[name, list.map(scoreOf)]] : []));
  return JSON.stringify({ id, published, lastModified, vulnStatus, metrics: Object.fromEntries(scores), weaknesses });
}

function scoreOf(value: unknown) {
  const { source, type, cvssData } = fields(value);
  return { source, type, cvssData: { vectorString: fields(cvssData).vectorString } };
}

function readLines(mirror: Mirror, name: string): readonly string[] {
  const text = gunzipSync(mirror.read(name), { maxOutputLength: MAX_FILE }).toString('utf8');
  return text.split('\n').filter((line) => line !== '');
}

function writeLines(mirror: Mirror, name: string, lines: readonly string[]): void {
  mirror.write(name, gzipSync(`${lines.join('\n')}\n`));
}
