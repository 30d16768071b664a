import type { Report } from '../../../model/index.ts';
import { type Facts, targetFacts, told } from '../../../sbom/facts.ts';
import { shown } from '../../shown.ts';
import type { DisplayFilter } from '../../types.ts';
import { imagePurl } from '../contents.ts';
import { uuidOf } from '../identity.ts';
import { packageComponent, properties, systemComponent } from './component.ts';
import { asOf } from './older.ts';
import type { Bom, BomComponent, BomHash, BomVersion, BomVulnerability } from './schema.ts';
import { vulnerability } from './vulnerability.ts';

/** The reports of one image's platforms as one document; at least one. Packages are all there, whatever the filter hides of findings. */
export function bom(reports: readonly Report[], filter: DisplayFilter, version: BomVersion = '1.6'): Bom {
  const parts = reports.map((report, i) => part(report, filter, reports.length > 1 ? `${i}/` : ''));
  const [first] = parts;
  const [report] = reports;
  if (first === undefined || report === undefined) throw new RangeError('a document of no report');
  const several = parts.length > 1;
  const root = several ? wholeImage(reports) : first.image;
  const content = {
    components: several ? parts.map(({ image, components }) => ({ ...image, components })) : first.components,
    dependencies: [
      ...(several ? [{ ref: rootRef(root), dependsOn: parts.map(({ image }) => rootRef(image)) }] : []),
      ...parts.flatMap(({ dependencies }) => dependencies),
    ],
    compositions: parts.map(({ image, whole }) => ({
      aggregate: whole ? ('unknown' as const) : ('incomplete' as const),
      assemblies: [rootRef(image)],
    })),
    // None is said where none was looked for.
    ...(report.database ? { vulnerabilities: parts.flatMap(({ vulnerabilities }) => vulnerabilities) } : {}),
  };
  const whole: Bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf({ version, root, ...content })}`,
    version: 1,
    metadata: {
      timestamp: report.createdAt,
      lifecycles: [{ phase: 'post-build' }],
      tools: { components: [{ type: 'application', name: report.tool.name, version: report.tool.version }] },
      component: root,
      properties: properties(
        told({
          'database:digest': report.database?.digest,
          'database:builtAt': report.database?.builtAt,
          'database:starter': report.database?.starter ? 'true' : undefined,
        }),
      ),
    },
    ...content,
  };
  return asOf(whole, version);
}

interface Part {
  readonly image: BomComponent;
  readonly components: readonly BomComponent[];
  readonly dependencies: Bom['dependencies'];
  readonly vulnerabilities: readonly BomVulnerability[];
  /** False where packages may be missing. */
  readonly whole: boolean;
}

/** `prefix` keeps the references of several platforms apart. */
function part(report: Report, filter: DisplayFilter, prefix: string): Part {
  const { packages, distro, gaps } = report.inventory;
  const image = imageComponent(report, prefix);
  const system = distro && systemComponent(distro, report, prefix);
  const ref = (id: string): string => prefix + id;
  const owned = Map.groupBy(
    packages.filter((each) => each.ownedBy !== undefined),
    (each) => each.ownedBy as string,
  );
  const view = shown(report, filter);
  const known = new Set(packages.map((each) => each.id));
  return {
    image,
    components: [...(system ? [system] : []), ...packages.map((each) => packageComponent(each, prefix))],
    dependencies: [
      {
        ref: rootRef(image),
        dependsOn: [
          ...(system ? [rootRef(system)] : []),
          ...packages.filter((each) => each.ownedBy === undefined || !known.has(each.ownedBy)).map((each) => ref(each.id)),
        ],
      },
      ...packages.flatMap(({ id }) => {
        const files = owned.get(id);
        return files ? [{ ref: ref(id), dependsOn: files.map((each) => ref(each.id)) }] : [];
      }),
    ],
    vulnerabilities: [...view.findings, ...view.suppressed, ...view.notApplicable]
      .filter((finding) => finding.kind !== 'end-of-life')
      .map((finding, i) =>
        vulnerability(finding, { prefix, number: i, known, image: rootRef(image), feeds: report.database?.feeds ?? [] }),
      ),
    whole: !gaps.some((gap) => gap.incomplete),
  };
}

function imageComponent(report: Report, prefix: string): BomComponent {
  const { target } = report.inventory;
  const { digest, tags } = target;
  const purl = imagePurl(target);
  const version = digest ?? tags?.[0];
  return {
    'type': target.kind === 'image' ? 'container' : target.kind === 'dir' ? 'application' : 'operating-system',
    'bom-ref': `${prefix}${digest ?? 'target'}`,
    'name': target.name,
    ...(version === undefined ? {} : { version }),
    ...(digest === undefined ? {} : { hashes: [hash(digest)] }),
    ...(purl === undefined ? {} : { purl }),
    'properties': properties({ ...targetFacts(report), ...goneFacts(report) }),
  };
}

/** In comparisons: flaws that are not there any more. */
function goneFacts({ baseline }: Report): Facts {
  const fixed = baseline?.removed ? baseline.fixed : [];
  return Object.fromEntries(fixed.map(({ fingerprint: _print, ...each }, i) => [`fixed:${i}`, JSON.stringify(each)]));
}

/** The image that several platforms are of. */
function wholeImage(reports: readonly Report[]): BomComponent {
  const target = reports[0]?.inventory.target;
  return {
    'type': 'container',
    'bom-ref': target?.indexDigest ?? 'target',
    'name': target?.name ?? '',
    ...(target?.indexDigest === undefined ? {} : { version: target.indexDigest, hashes: [hash(target.indexDigest)] }),
  };
}

function rootRef(component: BomComponent): string {
  return component['bom-ref'] ?? component.name;
}

function hash(digest: string): BomHash {
  const [algorithm = '', content = ''] = digest.split(':');
  return { alg: algorithm === 'sha512' ? 'SHA-512' : algorithm === 'sha384' ? 'SHA-384' : 'SHA-256', content };
}
