import type { OvalCriteria, OvalDefinition, OvalDocument } from '../oval.ts';
import type { RecordSink } from '../types.ts';

/** `fixed[oracle:release][evr]["arch,arch"] = [package]`, as {@link oracleErratum} takes it. */
type Fixed = Record<string, Record<string, Record<string, string[]>>>;

/** What holds for all that stands below some criteria. */
interface Place {
  readonly release?: string;
  readonly arch?: string;
}

/** `oraclelinux-release`, `redhat-release`: the package that tells release and architecture. */
const RELEASE_PACKAGE = /-release$/;
const MODULE = /^Module ([\w.+-]+:[\w.+-]+) is enabled$/;

/**
 * A patch definition of Oracle as the errata are that were made of it: release, architecture and stream are criteria above
 * those that say which packages are too old. A criterion of another form is counted, and what stands below it left out. Source:
 * https://linux.oracle.com/security/oval; OVAL language 5.11.
 */
export function erratumOf(definition: OvalDefinition, document: OvalDocument, sink: Pick<RecordSink, 'problem'>): object {
  const fixed: Fixed = {};
  const arches = new Map<string, Set<string>>();
  const modules = new Set<string>();
  let odd = definition.criteria === undefined;
  const visit = (criteria: OvalCriteria, above: Place): void => {
    let place = above;
    if (criteria.negated || criteria.criterions.some(({ negated }) => negated)) {
      odd = true;
      return;
    }
    const packages: { name: string; evr: string }[] = [];
    for (const { test: ref, comment } of criteria.criterions) {
      const test = document.test(ref);
      const module = MODULE.exec(comment)?.[1];
      if (module) modules.add(module);
      else if (test?.name && RELEASE_PACKAGE.test(test.name) && test.version)
        place = { ...place, release: /^\^?(\d+)/.exec(test.version)?.[1] ?? '' };
      else if (test?.name && RELEASE_PACKAGE.test(test.name) && test.arch) place = { ...place, arch: test.arch };
      else if (test?.name && test.operation === 'less than' && test.evr) packages.push({ name: test.name, evr: test.evr });
      // The other criterion of a package says who signed it.
      else if (!test?.name || test.evr !== undefined) odd = true;
    }
    for (const { name, evr } of packages) {
      const key = JSON.stringify([place.release ?? '', evr, name]);
      arches.set(key, (arches.get(key) ?? new Set()).add(place.arch ?? ''));
    }
    for (const each of criteria.criteria) visit(each, place);
  };
  if (definition.criteria) visit(definition.criteria, {});
  if (odd) sink.problem('a definition of another form', definition.id || '?');
  for (const [key, list] of arches) {
    const [release, evr, name] = JSON.parse(key) as [string, string, string];
    const byArch = ((fixed[`oracle:${release}`] ??= {})[evr] ??= {});
    (byArch[[...list].filter(Boolean).sort().join()] ??= []).push(name);
  }
  const id = definition.references.find(({ source }) => source === 'elsa')?.id ?? '';
  return {
    id,
    // Streams that the title does not name are in the criteria.
    title: [definition.title, ...modules].join(' '),
    published: definition.issued,
    severity: [definition.severity],
    cves: cvesOf(definition),
    fixed,
  };
}

function cvesOf({ references, cves }: OvalDefinition): readonly object[] {
  const vectors = new Map(cves.map(({ id, attributes }) => [id, /CVSS:.*/.exec(attributes.cvss3 ?? '')?.[0] ?? null]));
  const ids = [...references.filter(({ source }) => source === 'CVE').map(({ id }) => id), ...vectors.keys()];
  return [...new Set(ids)].map((id) => ({ id, cvss: vectors.get(id) ?? null }));
}
