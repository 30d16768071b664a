import type { Distro, Package, Report } from '../model/index.ts';

/**
 * What the forms have no field for, or one that says less, by name: written below {@link OURS} by the writers, and read back, so that an
 * image's SBOM is judged as the image is.
 */
export type Facts = Readonly<Record<string, string>>;

/** The namespace of our own names. Source: CycloneDX property taxonomy, "Namespace syntax". */
export const OURS = 'plimsoll:';

/**
 * @param written the name as the form has it, where that is not the ecosystem's whole name
 * @param refOf the reference that a document has for a package's id
 */
export function packageFacts(of: Package, written: string, refOf: (id: string) => string): Facts {
  const { layer, modified, source, evidence } = of;
  return told({
    'class': of.class,
    'type': of.type,
    'name': written === of.name ? undefined : of.name,
    'arch': of.arch,
    'path': of.path === '' ? undefined : of.path,
    'layer:index': layer?.index,
    'layer:digest': layer?.digest,
    'modified:index': modified?.index,
    'modified:digest': modified?.digest,
    'source:name': source?.name,
    'source:version': source?.version,
    'origin': of.origin,
    'maintainer': of.maintainer,
    'module': of.module,
    'ownedBy': of.ownedBy === undefined ? undefined : refOf(of.ownedBy),
    'role': of.role,
    'dev': of.dev ? 'true' : undefined,
    'before': of.before && JSON.stringify(of.before),
    'change': of.before && (of.before.length === 0 ? 'added' : 'changed'),
    'licenses': listed(of.licenses),
    'evidence:kind': evidence.kind,
    'evidence:confidence': evidence.confidence,
    'evidence:detail': evidence.detail,
  });
}

/** What was scanned, the layers that it is made of, what could not be read of it, and in comparisons what is gone. */
export function targetFacts({ inventory, baseline }: Pick<Report, 'inventory' | 'baseline'>): Facts {
  const { target, config, layers, repositories, gaps } = inventory;
  const { platform } = target;
  const { removed } = baseline ?? {};
  return told({
    'kind': target.kind,
    'platform': platform && [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/'),
    'platform:os.version': platform?.['os.version'],
    'repository': target.repository,
    'tags': listed(target.tags),
    'digest': target.digest,
    'configDigest': target.configDigest,
    'indexDigest': target.indexDigest,
    'created': config?.created,
    'repositories': listed(repositories),
    ...Object.assign(
      {},
      ...layers.map((layer) => {
        const at = `layer:${layer.index}`;
        return {
          [`${at}:digest`]: layer.digest,
          [`${at}:diffId`]: layer.diffId,
          [`${at}:createdBy`]: layer.createdBy,
          [`${at}:created`]: layer.created,
          [`${at}:mediaType`]: layer.mediaType,
          [`${at}:size`]: layer.size,
          [`${at}:readMode`]: layer.readMode,
        };
      }),
    ),
    ...Object.fromEntries(gaps.map((gap, i) => [`gap:${i}`, JSON.stringify(gap)])),
    ...(removed
      ? {
          'comparedTo': baseline?.spec,
          'comparedTo:digest': baseline?.digest,
          ...Object.fromEntries(removed.map((each, i) => [`removed:${i}`, JSON.stringify(each)])),
        }
      : {}),
  });
}

/** The release that the packages belong to. `endOfLife` is the day of its end, where that is past. */
export function systemFacts(distro: Distro, endOfLife: string | undefined): Facts {
  return told({
    'id': distro.id,
    'versionId': distro.versionId,
    'idLike': listed(distro.idLike),
    'name': distro.prettyName,
    'codename': distro.codename,
    'parent:id': distro.parent?.id,
    'parent:versionId': distro.parent?.versionId,
    'cpe': distro.cpe,
    'path': distro.path,
    'end-of-life': endOfLife,
  });
}

function listed(texts: readonly string[] | undefined): string | undefined {
  return texts === undefined || texts.length === 0 ? undefined : JSON.stringify(texts);
}

/** Those that there are. */
export function told(said: Readonly<Record<string, string | number | undefined>>): Facts {
  return Object.fromEntries(Object.entries(said).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])));
}
