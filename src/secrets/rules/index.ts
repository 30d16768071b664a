import type { SecretRule } from '../types.ts';
import { aiRules } from './ai.ts';
import { chatRules } from './chat.ts';
import { ciRules } from './ci.ts';
import { awsRules } from './cloud-aws.ts';
import { azureRules } from './cloud-azure.ts';
import { googleRules } from './cloud-google.ts';
import { hostRules } from './cloud-hosts.ts';
import { codeHostRules } from './code-hosts.ts';
import { databaseRules } from './databases.ts';
import { frameworkRules } from './frameworks.ts';
import { genericRules } from './generic.ts';
import { identityRules } from './identity.ts';
import { koreaRules } from './korea.ts';
import { mailRules } from './mail.ts';
import { observabilityRules } from './observability.ts';
import { paymentRules } from './payment.ts';
import { registryRules } from './registries.ts';
import { saasRules } from './saas.ts';

/** Every rule that ships, by area. */
export const SECRET_RULES: readonly SecretRule[] = [
  ...awsRules,
  ...googleRules,
  ...azureRules,
  ...hostRules,
  ...codeHostRules,
  ...registryRules,
  ...ciRules,
  ...identityRules,
  ...saasRules,
  ...databaseRules,
  ...observabilityRules,
  ...chatRules,
  ...mailRules,
  ...paymentRules,
  ...aiRules,
  ...koreaRules,
  ...frameworkRules,
  ...genericRules,
];
