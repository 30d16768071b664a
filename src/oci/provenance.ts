import type { Digest } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';
import { parsePurl } from '../util/purl.ts';
import { isDigest } from './digest.ts';
import { asObject, type JsonObject, Malformed, optionalList, optionalObject, optionalText, parseJsonObject } from './json.ts';
import { type ImageReference, tryReference } from './reference.ts';

/** An image that a build began with, or took something from. */
export interface BuildImage {
  readonly reference: ImageReference;
  /** Stored digests of its layers, bottom first, where the build tells them. */
  readonly layers?: readonly Digest[];
}

const MAX_MATERIALS = 10_000;
const MAX_STEPS = 100_000;
const MAX_LAYERS = 1000;

/** Images that builders use and no image is built on. */
const FRONTENDS = /^docker\.io\/(?:docker\/(?:dockerfile|buildkit-syft-scanner)|moby\/buildkit)$/;

/** What every version of the predicate's type begins with. */
export const PROVENANCE = 'https://slsa.dev/provenance/';

/**
 * The images that a statement on provenance names, in its order; none of a statement on something else, or, where `about` is given, on none
 * of these. Envelopes are opened, and their signatures not looked at. Source: SLSA provenance v0.2 (`materials`) and v1
 * (`resolvedDependencies`); BuildKit, docs/attestations/slsa-definitions.md, for the layers of each build step.
 *
 * @throws Malformed
 */
export function buildImages(bytes: Bytes, about?: readonly Digest[]): readonly BuildImage[] {
  const statement = statementOf(parseJsonObject(bytes));
  if (!statement || optionalText(statement.predicateType, 'predicateType')?.startsWith(PROVENANCE) === false) return [];
  if (about && !subjects(statement).some((digest) => about.some((one) => one === digest))) return [];
  const predicate = optionalObject(statement.predicate, 'predicate') ?? {};
  const definition = optionalObject(predicate.buildDefinition, 'buildDefinition') ?? {};
  const materials = [
    ...optionalList(predicate.materials, 'materials', MAX_MATERIALS),
    ...optionalList(definition.resolvedDependencies, 'resolvedDependencies', MAX_MATERIALS),
  ];
  const layers = layersOf(predicate, definition);
  const seen = new Set<string>();
  return materials.flatMap((one, i) => {
    const reference = imageOf(asObject(one, `material ${i}`));
    if (!reference || FRONTENDS.test(nameOf(reference)) || seen.has(keyOf(reference))) return [];
    seen.add(keyOf(reference));
    const known = layers.get(keyOf(reference));
    return [{ reference, ...(known ? { layers: known } : {}) }];
  });
}

/**
 * The in-toto statement: the document itself, or what is in the envelope that it is, or in the one of the Sigstore bundle that it is;
 * undefined where there is something else. Source: secure-systems-lab/dsse, protocol.md and envelope.md (base64 of either alphabet);
 * sigstore/protobuf-specs, sigstore_bundle.proto.
 */
function statementOf(document: JsonObject): JsonObject | undefined {
  if (document.verificationMaterial !== undefined || document.dsseEnvelope !== undefined) {
    const inner = optionalObject(document.dsseEnvelope, 'dsseEnvelope');
    return inner && statementIn(inner);
  }
  return document.payload === undefined ? document : statementIn(document);
}

function statementIn({ payloadType, payload }: JsonObject): JsonObject | undefined {
  if (optionalText(payloadType, 'payloadType') !== 'application/vnd.in-toto+json') return undefined;
  const text = optionalText(payload, 'payload') ?? '';
  if (!/^[\w+/-]*={0,2}$/.test(text)) throw new Malformed('payload is not base64');
  return parseJsonObject(Buffer.from(text, 'base64'));
}

/** `sha256:...` of all that the statement is about. Source: in-toto attestation framework, "Statement". */
function subjects({ subject }: JsonObject): readonly string[] {
  return optionalList(subject, 'subject', MAX_MATERIALS).flatMap((one, i) => {
    const digests = optionalObject(asObject(one, `subject ${i}`).digest, 'digest') ?? {};
    return Object.entries(digests).map(([algorithm, hex]) => `${algorithm}:${optionalText(hex, 'digest')}`);
  });
}

/** `pkg:docker/debian@12?platform=linux%2Famd64` and `pkg:oci/debian@sha256:...?repository_url=...`. */
function imageOf(material: JsonObject): ImageReference | undefined {
  const purl = parsePurl(optionalText(material.uri, 'uri') ?? '');
  if (purl?.type !== 'docker' && purl?.type !== 'oci') return undefined;
  const { namespace, name, version, qualifiers } = purl;
  const sha256 = optionalText(optionalObject(material.digest, 'digest')?.sha256, 'digest.sha256');
  const stated = `sha256:${sha256}`;
  const digest = isDigest(stated) ? stated : [version, qualifiers?.digest].find((one) => one !== undefined && isDigest(one));
  const repository = purl.type === 'oci' ? (qualifiers?.repository_url ?? name) : [namespace, name].filter(Boolean).join('/');
  const tag = purl.type === 'oci' ? qualifiers?.tag : version?.includes(':') ? undefined : version;
  return tryReference(`${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`);
}

/** The layers of the steps that are images, by image. */
function layersOf(predicate: JsonObject, definition: JsonObject): ReadonlyMap<string, readonly Digest[]> {
  const internal = optionalObject(definition.internalParameters, 'internalParameters');
  const config = optionalObject(predicate.buildConfig ?? internal?.buildConfig, 'buildConfig');
  const metadata = optionalObject(predicate.metadata, 'metadata');
  const details = optionalObject(optionalObject(predicate.runDetails, 'runDetails')?.metadata, 'runDetails.metadata');
  const buildkit = optionalObject(metadata?.['https://mobyproject.org/buildkit@v1#metadata'] ?? details?.buildkit_metadata, 'metadata');
  const stacks = optionalObject(buildkit?.layers, 'layers') ?? {};
  const known = new Map<string, readonly Digest[]>();
  for (const [i, step] of optionalList(config?.llbDefinition, 'llbDefinition', MAX_STEPS).entries()) {
    const { id, op } = asObject(step, `step ${i}`);
    const source = optionalObject(optionalObject(optionalObject(op, 'op')?.Op, 'Op')?.source, 'source');
    const identifier = optionalText(source?.identifier, 'identifier') ?? '';
    const reference = identifier.startsWith('docker-image://') ? tryReference(identifier.slice('docker-image://'.length)) : undefined;
    const [stack] = optionalList(stacks[`${optionalText(id, 'id')}:0`], 'layers', MAX_LAYERS);
    if (reference && stack !== undefined) known.set(keyOf(reference), digestsOf(stack));
  }
  return known;
}

function digestsOf(stack: unknown): readonly Digest[] {
  return optionalList(stack, 'layers', MAX_LAYERS).map((one, i) => {
    const digest = optionalText(asObject(one, `layer ${i}`).digest, 'digest') ?? '';
    if (!isDigest(digest)) throw new Malformed(`layer ${i} has no digest`);
    return digest;
  });
}

/** The digest settles which image it is. */
function keyOf(reference: ImageReference): string {
  return `${nameOf(reference)} ${reference.digest ?? reference.tag ?? ''}`;
}

function nameOf({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}
