import { hash } from 'node:crypto';
import { hidingLayers, type LayerFile } from '../../image/merge/index.ts';
import {
  type LayerInfo,
  type LayerRef,
  SEVERITIES,
  type SecretFinding,
  type SecretLocation,
  type SecretsReport,
} from '../../model/index.ts';
import { judgeSecrets } from '../../secrets/judge.ts';
import type { FoundSecret } from '../../secrets/types.ts';
import { compareText } from '../../util/compare-text.ts';
import { layerRef } from '../inventory/layer-ref.ts';
import type { FileSecrets, Skipped } from './collector.ts';
import type { ConfigSecret } from './configuration.ts';
import type { LayerSecrets } from './secrets-pass.ts';

/** What was found in a target, and what of it is named in a report. */
export interface Settling {
  /** Bottom first; a folder, an archive or a text is one without a shadow. */
  readonly layers: readonly LayerSecrets[];
  /** Of an image, instructions masked. */
  readonly infos: readonly LayerInfo[];
  readonly configuration: readonly ConfigSecret[];
  /** Part of every fingerprint. */
  readonly repository?: string | undefined;
  /** `stdin`: the one text was standard input. */
  readonly where: 'file' | 'stdin';
  /** By which certificates are judged. */
  readonly now: Date;
}

/** A secret at a place, before places that are the same are told as one. */
interface Placed {
  readonly secret: FoundSecret;
  readonly location: SecretLocation;
  readonly layer: number;
  /** Index of the layer that deleted or replaced it. */
  readonly hiddenBy?: number | undefined;
}

/** Findings in the order of the report. Pure. */
export function settleSecrets({ layers, infos, configuration, repository, where, now }: Settling): SecretFinding[] {
  const refs = infos.map(layerRef);
  const files = [...placedFiles(layers, refs, where), ...configuration.map((one) => ({ ...one, layer: 0 }))];
  const places = files.map((place) => ({ ...place, path: place.location.path, found: place.secret }));
  const judged = judgeSecrets(places, now).map(({ found, ...place }) => ({ ...place, secret: found }));
  const groups = Map.groupBy(judged, ({ secret, location }) => [location.where, location.path, secret.rule, secret.hash].join('\0'));
  return [...groups].map(([place, same]) => finding(same, refs, fingerprint(repository ?? '', place))).sort(inOrder);
}

/** What was read and what was left out, over all layers. */
export function countsOf(layers: readonly LayerSecrets[]): Pick<SecretsReport, 'scanned' | 'skipped'> {
  const skipped = new Map<string, Skipped>();
  for (const one of layers.flatMap((layer) => layer.skipped)) {
    const sum = skipped.get(one.class) ?? { class: one.class, files: 0, bytes: 0 };
    skipped.set(one.class, { class: one.class, files: sum.files + one.files, bytes: sum.bytes + one.bytes });
  }
  const sum = (of: (layer: LayerSecrets) => number): number => layers.reduce((total, layer) => total + of(layer), 0);
  return {
    scanned: { files: sum(({ scanned }) => scanned.files), bytes: sum(({ scanned }) => scanned.bytes) },
    skipped: [...skipped.values()].sort((a, b) => b.bytes - a.bytes || compareText(a.class, b.class)),
  };
}

function placedFiles(layers: readonly LayerSecrets[], refs: readonly LayerRef[], where: 'file' | 'stdin'): Placed[] {
  const files = layers.flatMap((layer, index) => layer.files.map((file) => ({ ...file, layer: index })));
  const all = [...files, ...linked(layers, files)];
  const shadows = layers.flatMap(({ shadow }) => shadow ?? []);
  const hiding = shadows.length === 0 ? [] : hidingLayers(shadows, all);
  return all.flatMap(({ path, secrets, layer, replaced }, i) => {
    const ref = refs[layer];
    const hiddenBy = replaced ? layer : hiding[i];
    return secrets.map((secret) => {
      const { line, column, character } = secret;
      const position = {
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
        ...(character === undefined ? {} : { character }),
      };
      return { secret, location: { where, path, ...position, ...(ref ? { layer: ref } : {}) }, layer, hiddenBy };
    });
  });
}

type FileOfLayer = FileSecrets & LayerFile;

/** Hard links with what their targets hold: a link in an upper layer keeps a secret that was deleted under its own name. */
function linked(layers: readonly LayerSecrets[], files: readonly FileOfLayer[]): FileOfLayer[] {
  const byPath = Map.groupBy(files, ({ path }) => path);
  return layers.flatMap(({ links }, layer) =>
    links.flatMap(({ path, target }) => {
      const content = byPath.get(target)?.findLast((file) => file.layer <= layer);
      if (content === undefined) return [];
      const link = { path, secrets: content.secrets, layer };
      byPath.set(path, [...(byPath.get(path) ?? []), link]);
      return [link];
    }),
  );
}

/** The same secret at the same place, in one layer or several, is one finding: that of the lowest layer that brought it. */
function finding(same: readonly Placed[], refs: readonly LayerRef[], print: string): SecretFinding {
  const [first] = same as [Placed];
  const shown = same.find(({ hiddenBy }) => hiddenBy === undefined);
  const { secret, location } = shown ?? (same.at(-1) as Placed);
  const hider = shown ? undefined : refs[same.at(-1)?.hiddenBy ?? -1];
  const { layer } = first.location;
  return {
    kind: 'secret',
    id: secret.rule,
    service: secret.service,
    word: secret.word,
    severity: secret.severity,
    masked: secret.masked,
    ...(secret.snippet === undefined ? {} : { snippet: secret.snippet }),
    location: { ...location, ...(layer ? { layer } : {}) },
    hash: secret.hash,
    fingerprint: print,
    visible: shown !== undefined,
    ...(hider ? { hiddenBy: hider } : {}),
    ...(secret.notes ? { notes: secret.notes } : {}),
    ...(secret.ignored ? { suppressed: secret.ignored } : {}),
  };
}

function fingerprint(repository: string, place: string): string {
  return hash('sha256', `${repository}\0${place}`, 'hex');
}

/** Worst first, then by place and rule, as code units compare: the same on every machine. */
export function inOrder(a: SecretFinding, b: SecretFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.location.where, b.location.where) ||
    compareText(a.location.path, b.location.path) ||
    (a.location.line ?? 0) - (b.location.line ?? 0) ||
    compareText(a.id, b.id) ||
    compareText(a.hash, b.hash)
  );
}
