import type { SecretRule } from '../types.ts';
import { aiRules } from './ai.ts';
import { awsRules } from './cloud-aws.ts';
import { azureRules } from './cloud-azure.ts';
import { googleRules } from './cloud-google.ts';
import { codeHostRules } from './code-hosts.ts';
import { registryRules } from './registries.ts';

/** Every rule that ships, by area. */
export const SECRET_RULES: readonly SecretRule[] = [
  ...awsRules,
  ...googleRules,
  ...azureRules,
  ...codeHostRules,
  ...registryRules,
  ...aiRules,
];
