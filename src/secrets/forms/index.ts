import type { SecretForm, SecretRule } from '../types.ts';
import { credentialFileRules } from './credential-files.ts';
import { kubernetesSecret } from './kubernetes-secret.ts';
import { pemCertificate, pemKey } from './pem.ts';
import { puttyKey } from './putty.ts';

export { binaryFormFacts, binaryForms } from './binary.ts';

/** Forms found in text. */
export const textForms: readonly (SecretForm | SecretRule)[] = [...credentialFileRules, pemKey, pemCertificate, puttyKey, kubernetesSecret];
