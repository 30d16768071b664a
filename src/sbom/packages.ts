import { type FoundPackage, normaliseName, type PackageType } from '../model/index.ts';
import { formatPurl, type PackageUrl, parsePurl } from '../util/purl.ts';
import { isOurs, restoredPackage } from './restore.ts';
import type { Component } from './types.ts';

export const OS_TYPES: ReadonlySet<PackageType> = new Set(['deb', 'rpm', 'apk', 'alpm', 'ebuild']);
const LIBRARY_TYPES: ReadonlySet<string> = new Set([
  'npm',
  'pypi',
  'maven',
  'golang',
  'cargo',
  'gem',
  'composer',
  'nuget',
  'conda',
  'hex',
  'pub',
  'swift',
  'cocoapods',
  'conan',
  'cran',
  'hackage',
  'bitnami',
]);

const TYPES: ReadonlySet<string> = new Set([...OS_TYPES, ...LIBRARY_TYPES, 'generic']);

/** What is no package whatever it is called. */
const NO_PACKAGES: ReadonlySet<string> = new Set([
  'operating-system',
  'operating_system',
  'container',
  'file',
  'device',
  'device-driver',
  'firmware',
  'data',
  'platform',
  'machine-learning-model',
  'cryptographic-asset',
  'source',
  'archive',
]);

/**
 * The package that a component is; `undefined` where it is none (the image itself, its system, a file, a lock file that others
 * came from). A component that no purl names, or one of a type that is not known here, is of type `generic`: counted, and assessed
 * by nobody.
 */
export function packageOf(component: Component, detail: string): FoundPackage | undefined {
  const { kind, subject } = component;
  const purl = component.purl === undefined ? undefined : parsePurl(component.purl);
  if (purl === undefined && (subject || kind === 'application')) return undefined;
  if (NO_PACKAGES.has(kind) || purl?.type === 'oci' || purl?.type === 'docker') return undefined;
  const type = typeOf(purl);
  const { name, version } =
    purl !== undefined && type !== 'generic' ? named(type, purl) : { name: component.name, version: component.version ?? '' };
  const identity = {
    type,
    // PyPI's purls have lost the capitals that the project writes.
    name: type === 'pypi' && normaliseName('PyPI', component.name) === normaliseName('PyPI', name) ? component.name : name,
    version,
    purl: purl === undefined ? formatPurl({ type: 'generic', name: name.replaceAll('/', '_'), version }) : formatPurl(purl),
    evidence: { kind: 'sbom', confidence: purl === undefined ? 'low' : 'medium', detail },
  } as const;
  if (isOurs(component)) return restoredPackage(component, identity, TYPES);
  return {
    ...identity,
    ...(OS_TYPES.has(type) ? ofSystem(type, version, component, purl) : {}),
    ...(component.licenses.length > 0 ? { licenses: component.licenses } : {}),
    path: pathOf(component),
    layer: -1,
  };
}

function typeOf(purl: PackageUrl | undefined): PackageType {
  const type = purl?.type ?? 'generic';
  return LIBRARY_TYPES.has(type) || OS_TYPES.has(type as PackageType) ? (type as PackageType) : 'generic';
}

/** Name and version as the ecosystem writes them. Source: purl-spec, PURL-TYPES. */
function named(
  type: PackageType,
  { namespace, name, version = '', qualifiers }: PackageUrl,
): { readonly name: string; readonly version: string } {
  const epoch = qualifiers?.epoch;
  const whole = epoch !== undefined && epoch !== '0' && !/^\d+:/.test(version) ? `${epoch}:${version}` : version;
  const alone = namespace === undefined || (OS_TYPES.has(type) && type !== 'ebuild');
  if (type === 'golang' && name === 'stdlib') return { name, version: version.replace(/^(?:go|v)/, '') };
  return { name: alone ? name : `${namespace}${type === 'maven' ? ':' : '/'}${name}`, version: whole };
}

function ofSystem(type: PackageType, version: string, { properties, supplier }: Component, purl: PackageUrl | undefined) {
  const arch = purl?.qualifiers?.arch;
  const source = sourceOf(type, version, properties, purl);
  const module =
    properties.get('aquasecurity:trivy:Modularitylabel') ?? properties.get('syft:metadata:modularityLabel') ?? purl?.qualifiers?.rpmmod;
  const made = supplier === undefined ? {} : type === 'rpm' ? { origin: supplier } : { maintainer: supplier };
  return {
    ...(arch === undefined ? {} : { arch }),
    ...(source === undefined ? {} : { source }),
    ...(module === undefined ? {} : { module }),
    ...made,
  };
}

/**
 * The source package: the purl qualifier `upstream` (`openssl`, `openssl@3.0.1`, `openssl-3.0.7-1.el9.src.rpm`), or what Trivy writes beside.
 * Source: purl-spec, deb and rpm definitions; Syft's and Trivy's documentation of their properties.
 */
function sourceOf(
  type: PackageType,
  version: string,
  properties: Component['properties'],
  purl: PackageUrl | undefined,
): FoundPackage['source'] {
  const upstream = purl?.qualifiers?.upstream;
  if (upstream !== undefined) {
    const rpm = type === 'rpm' ? /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(upstream) : null;
    if (rpm) return { name: rpm[1]!, version: rpm[2]! };
    const [name = upstream, at = version] = upstream.split('@');
    return { name, version: at };
  }
  const [, built, at] = /^built package from: (\S+)(?: (\S+))?$/.exec(properties.get('sourceInfo') ?? '') ?? [];
  if (built !== undefined) return { name: built, version: at ?? version };
  const said = (key: string) => properties.get(`aquasecurity:trivy:${key}`);
  const name = said('SrcName');
  if (name === undefined) return undefined;
  const [epoch, base, release] = [said('SrcEpoch'), said('SrcVersion'), said('SrcRelease')];
  if (base === undefined) return { name, version };
  return {
    name,
    version: `${epoch !== undefined && epoch !== '0' ? `${epoch}:` : ''}${base}${release === undefined ? '' : `-${release}`}`,
  };
}

/** Of Syft, Trivy, cdxgen and CycloneDX's own tools for npm, as their documentation has them. */
const PATH_KEYS = [
  'syft:location:0:path',
  'aquasecurity:trivy:FilePath',
  'aquasecurity:trivy:PkgPath',
  'FilePath',
  'PkgPath',
  'SrcFile',
  'cdx:npm:package:path',
];

/** `acquired package info from DPKG DB: /var/lib/dpkg/status`, as Syft writes it into SPDX: the first of its files. */
const ACQUIRED = /^acquired package info from [^:]*: ([^,]+)/;

function pathOf({ path, properties }: Component): string {
  const key = PATH_KEYS.find((one) => properties.has(one));
  const told = key === undefined ? ACQUIRED.exec(properties.get('sourceInfo') ?? '')?.[1] : properties.get(key);
  return (told ?? path ?? '').replace(/^(?:\.?\/)+/, '');
}
