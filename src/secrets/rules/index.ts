import type { SecretRule } from '../types.ts';
import { aiRules } from './ai.ts';
import { chatRules } from './chat.ts';
import { awsRules } from './cloud-aws.ts';
import { azureRules } from './cloud-azure.ts';
import { googleRules } from './cloud-google.ts';
import { hostRules } from './cloud-hosts.ts';
import { codeHostRules } from './code-hosts.ts';
import { databaseRules } from './databases.ts';
import { mailRules } from './mail.ts';
import { observabilityRules } from './observability.ts';
import { paymentRules } from './payment.ts';
import { registryRules } from './registries.ts';

/** Every rule that ships, by area. */
export const SECRET_RULES: readonly SecretRule[] = [
  ...awsRules,
  ...googleRules,
  ...azureRules,
  ...hostRules,
  ...codeHostRules,
  ...registryRules,
  ...databaseRules,
  ...observabilityRules,
  ...chatRules,
  ...mailRules,
  ...paymentRules,
  ...aiRules,
];
