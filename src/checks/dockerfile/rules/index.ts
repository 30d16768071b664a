import type { RuleFacts } from '../../types.ts';
import { pragmaRules } from '../pragmas.ts';
import { aptRules } from './apt.ts';
import { baseImageRules } from './base-image.ts';
import { commandRules } from './commands.ts';
import { downloadRules } from './downloads.ts';
import { fileRules } from './files.ts';
import { formRules } from './form.ts';
import { hardeningRules } from './hardening.ts';
import { type DockerfileRule, REFERENCE } from './kit.ts';
import { labelRules } from './labels.ts';
import { languageRules } from './languages.ts';
import { packageRules } from './packages.ts';
import { releaseRules } from './releases.ts';
import { runtimeRules } from './runtime.ts';
import { stageRules } from './stages.ts';
import { variableRules } from './variables.ts';

/** What BuildKit would refuse. `expected` is the form of the instruction. */
export const SYNTAX: RuleFacts = { id: 'dockerfile/syntax', aliases: [], severity: 'high', references: [REFERENCE] };

/** Empty, or nothing but comments and arguments. */
export const NO_FROM: RuleFacts = { id: 'dockerfile/no-from', aliases: [], severity: 'high', references: [REFERENCE] };

export const RULES: readonly DockerfileRule[] = [
  ...baseImageRules,
  ...stageRules,
  ...formRules,
  ...variableRules,
  ...aptRules,
  ...packageRules,
  ...releaseRules,
  ...languageRules,
  ...commandRules,
  ...downloadRules,
  ...fileRules,
  ...hardeningRules,
  ...runtimeRules,
  ...labelRules,
  ...pragmaRules,
];
