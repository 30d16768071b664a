import { createHash, createHmac } from 'node:crypto';
import type { Bytes } from '../../util/bytes.ts';
import { derChildren, readDer } from './der.ts';
import { type KeystoreFacts, KNOWN_PASSWORDS } from './java-keystore.ts';

/** Object identifiers in DER: pkcs-12 keyBag and pkcs8ShroudedKeyBag, PKCS#7 data (RFC 7292, RFC 2315). */
const KEY_BAG = Buffer.from('060b2a864886f70d010c0a0101', 'hex');
const SHROUDED_KEY_BAG = Buffer.from('060b2a864886f70d010c0a0102', 'hex');
const DATA = Buffer.from('2a864886f70d010701', 'hex');

const SEQUENCE = 0x30;
const INTEGER = 0x02;
/** Hashes of the password's stretching by identifier (RFC 3279, NIST), with the block size of each in bytes. */
const HASHES: Readonly<Record<string, readonly [name: string, block: number]>> = {
  '2b0e03021a': ['sha1', 64],
  '608648016503040201': ['sha256', 64],
  '608648016503040202': ['sha384', 128],
  '608648016503040203': ['sha512', 128],
};
/** Rounds that are worth trying known passwords for. */
const MAX_ROUNDS = 20_000;

export function isPkcs12(start: Bytes): boolean {
  if (start[0] !== SEQUENCE) return false;
  const at = start[1]! < 0x80 ? 2 : 2 + (start[1]! & 0x7f);
  return start[at] === INTEGER && start[at + 1] === 1 && start[at + 2] === 3 && start[at + 3] === SEQUENCE && start.includes(DATA);
}

/** Reads a PKCS#12 file as far as that goes without its password: bags of keys are named outside of what is encrypted. */
export function readPkcs12(bytes: Bytes): KeystoreFacts | undefined {
  const outer = readDer(bytes);
  const [version, safe, mac] = outer?.tag === SEQUENCE ? derChildren(outer.content) : [];
  if (outer === undefined || version?.tag !== INTEGER || safe?.tag !== SEQUENCE) return undefined;
  const content = authenticatedSafe(safe.content);
  if (content === undefined) return undefined;
  const keys = count(content, KEY_BAG) + count(content, SHROUDED_KEY_BAG);
  const password = keys === 0 || mac === undefined ? undefined : KNOWN_PASSWORDS.find((one) => opens(mac.content, content, one));
  return { keys, ...(password === undefined ? {} : { password }) };
}

/** The octets of ContentInfo { data, [0] OCTET STRING }, which the MAC is made over. */
function authenticatedSafe(contentInfo: Bytes): Bytes | undefined {
  const [type, explicit] = derChildren(contentInfo);
  if (type === undefined || explicit === undefined || !type.content.equals(DATA)) return undefined;
  const octets = readDer(explicit.content);
  return octets?.tag === 0x04 ? octets.content : undefined;
}

function count(bytes: Bytes, needle: Bytes): number {
  let found = 0;
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + 1)) found++;
  return found;
}

/** MacData { DigestInfo, salt, iterations }: HMAC over the content, by a key stretched from the password. */
function opens(macData: Bytes, content: Bytes, password: string): boolean {
  const [info, salt, rounds] = derChildren(macData);
  const [algorithm, digest] = info === undefined ? [] : derChildren(info.content);
  const hash = HASHES[(algorithm && readDer(algorithm.content)?.content.toString('hex')) ?? ''];
  if (salt === undefined || digest === undefined || hash === undefined) return false;
  const iterations = rounds === undefined ? 1 : Number.parseInt(rounds.content.toString('hex'), 16);
  if (!(iterations >= 1 && iterations <= MAX_ROUNDS)) return false;
  const key = stretch(hash, password, salt.content, iterations);
  return createHmac(hash[0], key).update(content).digest().equals(digest.content);
}

/** RFC 7292, appendix B.2, with ID 3 (key of a MAC); a MAC's key is as long as its hash, so one round of the outer loop does. */
function stretch([name, block]: readonly [string, number], password: string, salt: Bytes, iterations: number): Bytes {
  const bmp = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const fill = (bytes: Bytes) => Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes.length === 0 ? 0 : bytes);
  let key: Bytes = Buffer.concat([Buffer.alloc(block, 3), fill(salt), fill(bmp)]);
  for (let i = 0; i < iterations; i++) key = createHash(name).update(key).digest();
  return key;
}
