import type { BinaryForms } from '../engine/stream.ts';
import type { FormMatch, SecretForm } from '../types.ts';
import { isBouncyCastleKeystore, readBouncyCastleKeystore } from './bouncy-castle.ts';
import { readCertificate } from './certificate.ts';
import { derLength } from './der.ts';
import { isJavaKeystore, type KeystoreFacts, readJavaKeystore } from './java-keystore.ts';
import { publicHalf, publicKeyHash, weakness } from './keys.ts';
import { BUNDLES } from './pem.ts';
import { isPkcs12, readPkcs12 } from './pkcs12.ts';

type Form = Omit<SecretForm, 'read' | 'keywords' | 'maxLength'>;

const keystore = { service: 'Java', word: 'keystore', severity: 'high' } as const;
export const binaryFormFacts = {
  jks: { ...keystore, id: 'java-keystore', reference: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html' },
  bks: {
    ...keystore,
    id: 'bouncy-castle-keystore',
    service: 'Bouncy Castle',
    reference: 'https://www.bouncycastle.org/documentation/specification_interoperability/',
  },
  pkcs12: { ...keystore, id: 'pkcs12-keystore', service: 'PKCS#12', reference: 'https://www.rfc-editor.org/rfc/rfc7292' },
  key: {
    service: 'DER',
    word: 'private-key',
    severity: 'critical',
    id: 'der-private-key',
    reference: 'https://www.rfc-editor.org/rfc/rfc5208',
  },
  certificate: {
    service: 'DER',
    word: 'certificate',
    severity: 'low',
    id: 'certificate',
    reference: 'https://www.rfc-editor.org/rfc/rfc5280',
  },
} as const satisfies Record<string, Form>;

/** No key store or key is longer. */
const MAX = 1 << 20;
/** Of these nothing but the name says what they are. */
const ENCRYPTED_STORES = /\.(?:uber|bcfks)$/i;
const BKS = /\.bks$/i;
const DER_NAMES = /\.(?:der|cer|crt|key|pk8|p8|pkcs8)$/i;

type Kind = 'jks' | 'bks' | 'pkcs12' | 'der';

/** Binary files that hold keys, known by their first bytes; by name where the form has no sign of its own. */
export function binaryForms(disabled: ReadonlySet<string>): BinaryForms {
  return {
    wants: (path, start, size) => (kindOf(path, start, size) === undefined ? 0 : MAX),
    read: (path, bytes) => {
      const kind = kindOf(path, bytes, bytes.length);
      const found = kind === undefined ? [] : READERS[kind](bytes, path);
      return found.filter(({ form }) => !disabled.has(form.id));
    },
  };
}

function kindOf(path: string, start: Buffer, size: number): Kind | undefined {
  if (isJavaKeystore(start)) return 'jks';
  if (isPkcs12(start)) return 'pkcs12';
  if (isBouncyCastleKeystore(start) || BKS.test(path) || ENCRYPTED_STORES.test(path)) return 'bks';
  return (DER_NAMES.test(path) && start[0] === 0x30) || isDerKey(start, size) ? 'der' : undefined;
}

/** PKCS#8, PKCS#1 and SEC1 are a SEQUENCE that ends with the file and begins with a version, 0 or 1. */
function isDerKey(start: Buffer, size: number): boolean {
  const outer = derLength(start);
  if (outer === undefined || start[0] !== 0x30 || outer.end !== size) return false;
  return start[outer.start] === 0x02 && start[outer.start + 1] === 1 && start[outer.start + 2]! <= 1;
}

type Reader = (bytes: Buffer, path: string) => readonly (FormMatch & { readonly form: Form })[];

const READERS: Readonly<Record<Kind, Reader>> = {
  jks: (bytes) => store(binaryFormFacts.jks, bytes, readJavaKeystore(bytes)),
  pkcs12: (bytes) => store(binaryFormFacts.pkcs12, bytes, readPkcs12(bytes)),
  bks: (bytes, path) => store(binaryFormFacts.bks, bytes, ENCRYPTED_STORES.test(path) ? { keys: 1 } : readBouncyCastleKeystore(bytes)),
  der: (bytes, path) => {
    const certificate = BUNDLES.test(path) ? undefined : readCertificate(bytes, bytes.length);
    if (certificate !== undefined) return [{ ...certificate, form: binaryFormFacts.certificate }];
    const key = (['pkcs8', 'pkcs1', 'sec1'] as const).map((type) => publicHalf(bytes, type)).find((one) => one !== undefined);
    if (key === undefined) return [];
    const weak = weakness(key);
    const publicKey = publicKeyHash(key);
    return [
      {
        form: binaryFormFacts.key,
        length: bytes.length,
        secret: bytes.toString('base64'),
        masked: '****************',
        ...(weak === undefined ? {} : { notes: [weak] }),
        ...(publicKey === undefined ? {} : { facts: { kind: 'private-key', publicKey } as const }),
      },
    ];
  },
};

/** A store without keys only says whom to trust. */
function store(form: Form, bytes: Buffer, facts: KeystoreFacts | undefined): readonly (FormMatch & { readonly form: Form })[] {
  if (facts === undefined || facts.keys === 0) return [];
  const notes =
    facts.password === undefined
      ? {}
      : { severity: 'critical' as const, notes: [{ code: 'default-password' as const, params: { password: facts.password } }] };
  return [{ form, length: bytes.length, secret: bytes.toString('latin1'), masked: '****************', ...notes }];
}
