import { ISOLATION_RULES } from './isolation-rules.ts';
import { OPERATION_RULES } from './operation-rules.ts';
import type { ContainerRule } from './rule.ts';
import { SURFACE_RULES } from './surface-rules.ts';

/** Every rule that Compose files and command lines share. */
export const CONTAINER_RULES: readonly ContainerRule[] = [...ISOLATION_RULES, ...SURFACE_RULES, ...OPERATION_RULES];
