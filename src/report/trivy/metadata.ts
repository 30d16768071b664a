import { isDeepStrictEqual } from 'node:util';
import type { ImageConfig, Inventory, Report } from '../../model/index.ts';
import type { TrivyMetadata } from './schema.ts';

/** What the report says of the artifact itself. */
export function metadata(report: Report): TrivyMetadata {
  const { inventory } = report;
  const { target, config, layers } = inventory;
  const os = operatingSystem(report);
  return {
    ...(layers.length > 0 ? { Size: layers.reduce((sum, layer) => sum + layer.size, 0) } : {}),
    ...(os ? { OS: os } : {}),
    ...(target.configDigest ? { ImageID: target.configDigest } : {}),
    ...(layers.length > 0 ? { DiffIDs: diffIds(inventory) } : {}),
    ...(target.tags?.length ? { RepoTags: target.tags.map((tag) => withRepository(tag, target.repository)) } : {}),
    ...(target.repository && target.digest ? { RepoDigests: [`${target.repository}@${target.digest}`] } : {}),
    ...(config ? { ImageConfig: imageConfig(config) } : {}),
  };
}

/** What is the same for all platforms, and the digests of all. */
export function commonMetadata(all: readonly TrivyMetadata[]): TrivyMetadata {
  const [first = {}, ...others] = all;
  const same = Object.entries(first).filter(([key, value]) =>
    others.every((each) => isDeepStrictEqual(each[key as keyof TrivyMetadata], value)),
  );
  const digests = all.flatMap((each) => each.RepoDigests ?? []);
  return { ...Object.fromEntries(same), ...(digests.length > 0 ? { RepoDigests: digests } : {}) };
}

function operatingSystem(report: Report): TrivyMetadata['OS'] {
  const { distro } = report.inventory;
  if (!distro) return undefined;
  const endOfLife = report.findings.some((finding) => finding.kind === 'end-of-life');
  return { Family: distro.id, Name: distro.versionId ?? '', ...(endOfLife ? { EOSL: true as const } : {}) };
}

function diffIds(inventory: Inventory): readonly string[] {
  return inventory.config?.diffIds ?? inventory.layers.flatMap((layer) => layer.diffId ?? []);
}

function withRepository(tag: string, repository: string | undefined): string {
  return repository === undefined || tag.includes('/') || tag.includes(':') ? tag : `${repository}:${tag}`;
}

/** Back into the names of the OCI image specification, config.md, as Trivy shows it. */
function imageConfig(config: ImageConfig): object {
  const { user, env, entrypoint, cmd, workingDir, labels, exposedPorts, volumes, healthcheck } = config.config;
  return {
    architecture: config.architecture,
    ...(config.variant === undefined ? {} : { variant: config.variant }),
    ...(config.created === undefined ? {} : { created: config.created }),
    history: config.history.map((entry) => ({
      ...(entry.created === undefined ? {} : { created: entry.created }),
      ...(entry.createdBy === undefined ? {} : { created_by: entry.createdBy }),
      ...(entry.comment === undefined ? {} : { comment: entry.comment }),
      ...(entry.emptyLayer ? { empty_layer: true } : {}),
    })),
    os: config.os,
    rootfs: { type: 'layers', diff_ids: config.diffIds },
    config: {
      ...(user === undefined ? {} : { User: user }),
      ...(env.length > 0 ? { Env: env } : {}),
      ...(entrypoint === undefined ? {} : { Entrypoint: entrypoint }),
      ...(cmd === undefined ? {} : { Cmd: cmd }),
      ...(workingDir === undefined ? {} : { WorkingDir: workingDir }),
      ...(Object.keys(labels).length > 0 ? { Labels: labels } : {}),
      ...(exposedPorts.length > 0 ? { ExposedPorts: emptyObjects(exposedPorts) } : {}),
      ...(volumes.length > 0 ? { Volumes: emptyObjects(volumes) } : {}),
      ...(healthcheck === undefined ? {} : { Healthcheck: { Test: healthcheck.test } }),
    },
  };
}

function emptyObjects(names: readonly string[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}
