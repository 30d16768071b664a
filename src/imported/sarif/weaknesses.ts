import { type Fields, fields, list, records, text } from '../../util/fields.ts';

/** Weaknesses of one result that are kept. */
const MOST = 20;

/**
 * The `CWE-<number>` of a result: what it and its rule name of a taxonomy called CWE (SARIF 3.27.8, 3.49.15, 3.52), tags as CodeQL writes them
 * (`external/cwe/cwe-079`) and as Semgrep does (`CWE-79: Improper ...`), and a property `cwe` (Snyk Code). Each once, in that order.
 */
export function weaknessesOf(run: Fields): (result: Fields, rule: Fields) => readonly string[] {
  const tool = fields(run.tool);
  const components = [...list(run.taxonomies), ...list(tool.extensions)].map(fields);
  const known = components.filter(isCwe);
  const guids = new Set(known.flatMap(({ guid }) => text(guid) ?? []));

  function ofReference(reference: Fields): readonly string[] {
    const at = fields(reference.toolComponent);
    if (!isCwe(at) && !guids.has(text(at.guid) ?? '')) return [];
    const { index } = reference;
    const taxon = known.find(({ guid }) => at.guid === undefined || guid === at.guid);
    const id = text(reference.id) ?? (typeof index === 'number' ? text(fields(list(taxon?.taxa)[index]).id) : undefined);
    return numbered(/^(?:CWE-)?(\d{1,5})$/i, id);
  }

  return (result, rule) => {
    const references = [...records(result.taxa), ...list(rule.relationships).map((each) => fields(fields(each).target))];
    const properties = [fields(result.properties), fields(rule.properties)];
    const tags = properties.flatMap((each) => list(each.tags));
    const stated = properties.flatMap(({ cwe }) => (Array.isArray(cwe) ? cwe : [cwe]));
    const all = [
      ...references.flatMap(ofReference),
      ...tags.flatMap((tag) => numbered(/^(?:external\/cwe\/)?cwe-(\d{1,5})(?:\D|$)/i, tag)),
      ...stated.flatMap((each) => numbered(/^cwe-(\d{1,5})(?:\D|$)/i, each)),
    ];
    return [...new Set(all)].slice(0, MOST);
  };
}

function isCwe({ name }: Fields): boolean {
  return text(name)?.toUpperCase() === 'CWE';
}

function numbered(form: RegExp, value: unknown): readonly string[] {
  const number = Number(form.exec(text(value) ?? '')?.[1]);
  return number > 0 ? [`CWE-${number}`] : [];
}
