import type { SecretNote } from '../model/index.ts';
import type { FoundSecret } from './types.ts';

/**
 * Adds what only the day and the other files tell: certificates that are expired or not valid yet at `now`, and private keys whose certificate was
 * found too. Certificates with nothing to say of them are left out, so what comes back is what is reported. Pure.
 */
export function judgeSecrets<T extends { readonly path: string; readonly found: FoundSecret }>(
  places: readonly T[],
  now: Date,
): readonly T[] {
  const certificates = new Map<string, string>();
  for (const { path, found } of places) {
    const { facts } = found;
    if (facts?.kind === 'certificate' && facts.publicKey !== undefined && !certificates.has(facts.publicKey))
      certificates.set(facts.publicKey, path);
  }
  return places.flatMap((place) => {
    const { facts } = place.found;
    if (facts === undefined) return [place];
    const notes = [
      ...(place.found.notes ?? []),
      ...(facts.kind === 'certificate' ? validity(place.found, now) : beside(place.found, certificates)),
    ];
    if (facts.kind === 'certificate' && notes.length === 0) return [];
    return [notes.length === 0 ? place : { ...place, found: { ...place.found, notes } }];
  });
}

function validity({ facts }: FoundSecret, now: Date): SecretNote[] {
  const { notBefore, notAfter, subject = '' } = facts!;
  if (notAfter !== undefined && Date.parse(notAfter) < now.getTime())
    return [{ code: 'expired', params: { date: notAfter.slice(0, 10), subject } }];
  if (notBefore !== undefined && Date.parse(notBefore) > now.getTime())
    return [{ code: 'not-yet-valid', params: { date: notBefore.slice(0, 10), subject } }];
  return [];
}

function beside({ facts }: FoundSecret, certificates: ReadonlyMap<string, string>): SecretNote[] {
  const path = facts?.publicKey === undefined ? undefined : certificates.get(facts.publicKey);
  return path === undefined ? [] : [{ code: 'beside-certificate', params: { path } }];
}
