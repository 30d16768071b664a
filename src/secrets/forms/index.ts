import type { SecretForm } from '../types.ts';
import { pemCertificate, pemKey } from './pem.ts';
import { puttyKey } from './putty.ts';

export { binaryFormFacts, binaryForms } from './binary.ts';

/** Forms found in text. */
export const textForms: readonly SecretForm[] = [pemKey, pemCertificate, puttyKey];
