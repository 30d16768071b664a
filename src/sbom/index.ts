import type { Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import { type Fields, fields, isObject } from '../util/fields.ts';
import { cycloneDx } from './cyclonedx.ts';
import { xmlBom } from './cyclonedx-xml.ts';
import { spdx } from './spdx.ts';
import { isSpdx3, spdx3 } from './spdx3.ts';
import { tagValueDocument } from './tag-value.ts';
import type { SbomDocument } from './types.ts';

export { distroOf } from './distro.ts';
export { OS_TYPES, packageOf } from './packages.ts';
export { restoredLayer, restoredOwner, restoredTarget } from './restore.ts';
export type { Component } from './types.ts';

/**
 * Reads an SBOM: CycloneDX 1.2 to 1.7 as JSON or XML, SPDX 2.2 and 2.3 as JSON or tag-value, SPDX 3.0 as JSON-LD; those in JSON also in
 * the envelopes that services and attestations put around them. Signatures of envelopes are not looked at.
 *
 * @param path for errors: `sbom-malformed` where it is not well-formed, `sbom-unsupported` where it is none of these
 */
export function readSbom(bytes: Bytes, path: string): SbomDocument {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (/^\s*</.test(text)) return fromXml(text, path);
  // What begins as no JSON can be nothing but tag-value.
  if (!/^\s*[[{"\d]/.test(text) && /^SPDXVersion:/m.test(text)) return fromTagValue(text, path);
  return fromJson(text, path);
}

function fromJson(text: string, path: string): SbomDocument {
  let document: ReturnType<typeof fields>;
  try {
    document = unwrapped(fields(JSON.parse(text)));
  } catch (cause) {
    throw malformed(path, cause instanceof Error ? cause.message.slice(0, 200) : String(cause), cause);
  }
  if (document.bomFormat === 'CycloneDX') return cycloneDx(document);
  if (isSpdx2(document.spdxVersion)) return spdx(document);
  if (isSpdx3(document)) return spdx3(document);
  throw new PlimsollError('sbom-unsupported', { path, form: nameOf(document) });
}

/** Envelopes in envelopes: a signed attestation has three. */
const MOST_ENVELOPES = 4;

/**
 * What is in the envelope: `sbom` of GitHub's dependency graph, `SPDX` of what `docker buildx imagetools inspect` prints, `predicate` of an
 * attestation, `payload` of a signed one. Source: GitHub's REST API "Software bill of materials (SBOM)"; in-toto Statement v1; DSSE 1.0.
 */
function unwrapped(document: Fields, deep = 0): Fields {
  const { sbom, SPDX, predicate, payload, payloadType } = document;
  const inner = [sbom, SPDX, predicate].find(isObject) ?? (payloadType === 'application/vnd.in-toto+json' ? decoded(payload) : undefined);
  return inner === undefined || deep === MOST_ENVELOPES ? document : unwrapped(fields(inner), deep + 1);
}

function decoded(payload: unknown): unknown {
  return typeof payload === 'string' ? JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) : undefined;
}

function nameOf(document: ReturnType<typeof fields>): string {
  return typeof document.spdxVersion === 'string' ? document.spdxVersion.slice(0, 40) : 'no SBOM';
}

function fromXml(text: string, path: string): SbomDocument {
  const read = xmlBom(text);
  if (read === undefined) throw new PlimsollError('sbom-unsupported', { path, form: 'XML' });
  if (typeof read === 'string') throw malformed(path, read);
  return cycloneDx(read);
}

function fromTagValue(text: string, path: string): SbomDocument {
  const { document, malformed: wrong } = tagValueDocument(text);
  if (!isSpdx2(document.spdxVersion)) throw new PlimsollError('sbom-unsupported', { path, form: nameOf(document) });
  const read = spdx(document);
  return { ...read, malformed: [...read.malformed, ...wrong] };
}

function isSpdx2(version: unknown): boolean {
  return typeof version === 'string' && /^SPDX-2\.[0-9]+$/.test(version);
}

function malformed(path: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('sbom-malformed', { path, detail }, cause === undefined ? {} : { cause });
}
