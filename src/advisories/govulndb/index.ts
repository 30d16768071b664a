import type { Advisory } from '../../model/index.ts';
import { type Fields, fields, strings } from '../../util/fields.ts';
import { type OsvAffected, rangeEntries } from '../osv-record.ts';
import { osvSource } from '../osv-source.ts';

/** The Go vulnerability database: modules with the import paths and symbols that are vulnerable. */
export const govulndb = osvSource({
  id: 'govulndb',
  title: 'Go vulnerability database',
  licence: 'CC-BY-4.0',
  homepage: 'https://vuln.go.dev',
  file: /^govulndb$/,
  records: /\/GO-[^/]+\.json$/,
  accepts: (ecosystem) => ecosystem === 'Go',
  detail: (affected) => {
    const imports = importPaths(affected.specific);
    const ranges = customRanges(affected);
    return { ...(imports.length > 0 ? { imports } : {}), ...(ranges ? { ranges } : {}) };
  },
});

function importPaths(specific: Fields): NonNullable<Advisory['imports']> {
  const list = specific.imports;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => {
    const { path, symbols } = fields(item);
    if (typeof path !== 'string') return [];
    const names = strings(symbols);
    return [names.length > 0 ? { path, symbols: names } : { path }];
  });
}

/**
 * Where the report's bounds are no released module versions, the plain range says "every version" and the bounds stand in
 * `custom_ranges`. Source: vuln.go.dev, "Go vulnerability database", ecosystem_specific.
 */
function customRanges(affected: OsvAffected) {
  const everything = affected.ranges.length === 1 && affected.ranges[0]?.events.length === 1;
  const custom = rangeEntries(affected.specific.custom_ranges);
  return everything && custom !== undefined && custom.length > 0 ? custom.map((range) => range.events) : undefined;
}
