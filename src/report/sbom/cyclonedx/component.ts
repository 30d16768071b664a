import type { Distro, Package, PackageEvidence, Report } from '../../../model/index.ts';
import { type Facts, OURS, packageFacts, systemFacts } from '../../../sbom/facts.ts';
import { present } from '../../../util/present.ts';
import { parsePurl } from '../../../util/purl.ts';
import { cpeOf, endOfLifeOf } from '../contents.ts';
import type { BomComponent, BomLicense, BomProperty, BomTechnique } from './schema.ts';

const TECHNIQUE: Readonly<Record<PackageEvidence['kind'], BomTechnique>> = {
  'package-database': 'manifest-analysis',
  'package-metadata': 'manifest-analysis',
  'lock-file': 'manifest-analysis',
  'pom-properties': 'manifest-analysis',
  'jar-manifest': 'manifest-analysis',
  'file-name': 'filename',
  'build-info': 'binary-analysis',
  'binary-content': 'binary-analysis',
  'sbom': 'other',
};

const CONFIDENCE: Readonly<Record<PackageEvidence['confidence'], number>> = { high: 1, medium: 0.7, low: 0.3 };

/** A package, with where and how it was found. */
export function packageComponent(of: Package, prefix: string): BomComponent {
  const { evidence, maintainer } = of;
  const { group, name } = names(of);
  const licenses = licensesOf(of);
  const confidence = CONFIDENCE[evidence.confidence];
  const method = { technique: TECHNIQUE[evidence.kind], confidence, value: evidence.detail ?? evidence.kind };
  const purl = parsePurl(of.purl) === undefined ? undefined : of.purl;
  return {
    'type': 'library',
    'bom-ref': prefix + of.id,
    ...(group === undefined ? {} : { group }),
    name,
    'version': of.version,
    ...(maintainer === undefined ? {} : { supplier: { name: maintainer } }),
    ...(licenses.length === 0 ? {} : { licenses }),
    ...(purl === undefined ? {} : { purl }),
    'evidence': {
      identity: [{ field: 'purl', confidence, ...(purl === undefined ? {} : { concludedValue: purl }), methods: [method] }],
      occurrences: [{ location: of.path }],
    },
    'properties': properties(packageFacts(of, name, (id) => prefix + id)),
  };
}

/** The release that the packages belong to. */
export function systemComponent(distro: Distro, report: Report, prefix: string): BomComponent {
  return {
    'type': 'operating-system',
    'bom-ref': `${prefix}os:${distro.id}`,
    'name': distro.id,
    ...(distro.versionId === undefined ? {} : { version: distro.versionId }),
    ...present({ cpe: cpeOf(distro) }),
    'properties': properties(systemFacts(distro, endOfLifeOf(report))),
  };
}

/** Our own facts. */
export function properties(facts: Facts): readonly BomProperty[] {
  return Object.entries(facts).map(([name, value]) => ({ name: OURS + name, value }));
}

function names({ type, name }: Package): { readonly group?: string; readonly name: string } {
  const cut = type === 'maven' ? name.lastIndexOf(':') : name.startsWith('@') || type === 'composer' ? name.indexOf('/') : -1;
  return cut <= 0 ? { name } : { group: name.slice(0, cut), name: name.slice(cut + 1) };
}

function licensesOf({ licenseExpression: expression, licenses }: Package): readonly BomLicense[] {
  if (expression !== undefined) return [{ expression, acknowledgement: 'declared' }];
  return (licenses ?? []).filter(Boolean).map((name) => ({ license: { name, acknowledgement: 'declared' as const } }));
}
