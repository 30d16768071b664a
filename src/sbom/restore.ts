import { catalogues } from '../messages/index.ts';
import type { Digest, Distro, FoundPackage, Gap, LayerInfo, LayerRef, PackageEvidence, PackageType, TargetInfo } from '../model/index.ts';
import { fields, list } from '../util/fields.ts';
import { OURS } from './facts.ts';
import type { Component } from './types.ts';

type Properties = Component['properties'];

/** Our facts out of the text of an SPDX annotation, by their whole names; none of any other text. */
export function annotatedFacts(comment: unknown): readonly (readonly [string, string])[] {
  if (typeof comment !== 'string' || !comment.startsWith('{"plimsoll":')) return [];
  const said = Object.entries(fields(fields(parsed(comment)).plimsoll));
  return said.flatMap(([key, value]) => (typeof value === 'string' ? [[OURS + key, value] as const] : []));
}

/** What {@link targetFacts} wrote. */
export interface RestoredTarget {
  readonly target: Partial<Pick<TargetInfo, 'repository' | 'tags' | 'digest' | 'configDigest' | 'indexDigest' | 'platform'>>;
  readonly layers: readonly LayerInfo[];
  readonly repositories?: readonly string[];
  readonly gaps: readonly Gap[];
}

/** More layers than any runtime mounts. */
const MAX_LAYERS = 1024;
const MAX_GAPS = 1000;

/** Of a component that is a target as we write it; undefined of any other. Facts that are not as we write them are left out. */
export function restoredTarget({ properties }: Component): RestoredTarget | undefined {
  const said = sayer(properties);
  if (said('kind') === undefined) return undefined;
  const [os, architecture, variant] = said('platform')?.split('/') ?? [];
  const osVersion = said('platform:os.version');
  const tags = texts(said('tags'));
  const repositories = texts(said('repositories'));
  return {
    target: {
      ...one('repository', said('repository')),
      ...(tags === undefined ? {} : { tags }),
      ...one('digest', digest(said('digest'))),
      ...one('configDigest', digest(said('configDigest'))),
      ...one('indexDigest', digest(said('indexDigest'))),
      ...(os && architecture
        ? { platform: { os, architecture, ...one('variant', variant), ...(osVersion === undefined ? {} : { 'os.version': osVersion }) } }
        : {}),
    },
    layers: layersOf(said),
    ...(repositories === undefined ? {} : { repositories }),
    gaps: gapsOf(said),
  };
}

function layersOf(said: (key: string) => string | undefined): readonly LayerInfo[] {
  const layers: LayerInfo[] = [];
  for (let index = 0; index < MAX_LAYERS; index++) {
    const of = (key: string) => said(`layer:${index}:${key}`);
    const stored = digest(of('digest'));
    if (stored === undefined) break;
    layers.push({
      index,
      digest: stored,
      ...one('diffId', digest(of('diffId'))),
      ...one('createdBy', of('createdBy')),
      mediaType: of('mediaType') ?? '',
      size: whole(of('size')) ?? 0,
      ...one('created', of('created')),
      ...(of('readMode') === 'lazy' ? { readMode: 'lazy' as const } : {}),
    });
  }
  return layers;
}

function gapsOf(said: (key: string) => string | undefined): readonly Gap[] {
  const known = catalogues('en').gap;
  const gaps: Gap[] = [];
  for (let i = 0; i < MAX_GAPS; i++) {
    const text = said(`gap:${i}`);
    if (text === undefined) break;
    const { code, params, stage, path, layer, incomplete } = fields(parsed(text));
    if (typeof code !== 'string' || !Object.hasOwn(known, code) || typeof stage !== 'string') continue;
    const filled = Object.entries(fields(params)).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
    gaps.push({
      code: code as Gap['code'],
      params: Object.fromEntries(filled) as Gap['params'],
      stage,
      ...(typeof path === 'string' ? { path } : {}),
      ...one('layer', digest(layer)),
      incomplete: incomplete === true,
    });
  }
  return gaps;
}

/** The release as {@link systemFacts} wrote it. */
export function restoredDistro({ properties }: Component, path: string): Distro | undefined {
  const said = sayer(properties);
  const id = said('id');
  if (id === undefined) return undefined;
  const idLike = texts(said('idLike'));
  const [parent, parentVersion] = [said('parent:id'), said('parent:versionId')];
  return {
    id,
    ...(idLike === undefined ? {} : { idLike }),
    ...one('versionId', said('versionId')),
    ...one('codename', said('codename')),
    ...one('prettyName', said('name')),
    ...((parent === 'debian' || parent === 'ubuntu') && parentVersion !== undefined
      ? { parent: { id: parent, versionId: parentVersion } }
      : {}),
    ...one('cpe', said('cpe')),
    path: said('path') ?? path,
  };
}

const KINDS: Readonly<Record<PackageEvidence['kind'], true>> = {
  'package-database': true,
  'package-metadata': true,
  'lock-file': true,
  'pom-properties': true,
  'jar-manifest': true,
  'file-name': true,
  'build-info': true,
  'binary-content': true,
  'sbom': true,
};
const CONFIDENCES: ReadonlySet<string> = new Set(['high', 'medium', 'low']);

/** True of a component that is a package as we write it. */
export function isOurs({ properties }: Component): boolean {
  return properties.has(`${OURS}type`) && properties.has(`${OURS}evidence:kind`);
}

/** A package as {@link packageFacts} wrote it. The second is what the component says by itself. */
export function restoredPackage(
  component: Component,
  { type, purl, evidence }: Pick<FoundPackage, 'type' | 'purl' | 'evidence'>,
  types: ReadonlySet<string>,
): FoundPackage {
  const said = sayer(component.properties);
  const own = said('type');
  const [kind, confidence, detail] = [said('evidence:kind') ?? '', said('evidence:confidence') ?? '', said('evidence:detail')];
  const seen = Object.hasOwn(KINDS, kind) && CONFIDENCES.has(confidence);
  const [source, sourceVersion] = [said('source:name'), said('source:version')];
  const licenses = texts(said('licenses'));
  return {
    type: own !== undefined && types.has(own) ? (own as PackageType) : type,
    name: said('name') ?? component.name,
    version: component.version ?? '',
    purl,
    ...one('arch', said('arch')),
    ...(source === undefined ? {} : { source: { name: source, version: sourceVersion ?? '' } }),
    ...one('maintainer', said('maintainer')),
    ...one('origin', said('origin')),
    ...one('module', said('module')),
    ...(licenses === undefined ? {} : { licenses }),
    evidence: seen ? ({ kind, confidence, ...one('detail', detail) } as PackageEvidence) : evidence,
    path: said('path') ?? '',
    layer: -1,
    ...(said('dev') === 'true' ? { dev: true } : {}),
    ...one('role', said('role')),
  };
}

/** The layer that a package says it is from, or was last changed by, without the instruction, which only the image says. */
export function restoredLayer({ properties }: Component, which: 'layer' | 'modified'): Pick<LayerRef, 'index' | 'digest'> | undefined {
  const said = sayer(properties);
  const [index, stored] = [whole(said(`${which}:index`)), digest(said(`${which}:digest`))];
  return index === undefined || stored === undefined ? undefined : { index, digest: stored };
}

/** The reference of the package that owns this one's file. */
export function restoredOwner({ properties }: Component): string | undefined {
  return properties.get(`${OURS}ownedBy`);
}

function sayer(properties: Properties): (key: string) => string | undefined {
  return (key) => properties.get(OURS + key);
}

function one<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}

function digest(value: unknown): Digest | undefined {
  return typeof value === 'string' && /^sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/.test(value)
    ? (value as Digest)
    : undefined;
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function texts(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const found = list(parsed(text)).filter((value) => typeof value === 'string');
  return found.length === 0 ? undefined : found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
