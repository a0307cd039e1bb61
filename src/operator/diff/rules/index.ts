import type { DiffRule } from '../rule.ts';
import { DEFINITION_RULES } from './definitions.ts';
import { GATEWAY_RULES } from './gateways.ts';
import { IMMUTABLE_RULES } from './immutable.ts';
import { PERMISSION_RULES } from './permissions.ts';
import { RUNTIME_RULES } from './runtime.ts';
import { SERVICE_RULES } from './services.ts';
import { WORKLOAD_RULES } from './workloads.ts';

/** Every rule about what a change means; docs/diff.md shows them. */
export const DIFF_RULES: readonly DiffRule[] = [
  ...IMMUTABLE_RULES,
  ...GATEWAY_RULES,
  ...RUNTIME_RULES,
  ...SERVICE_RULES,
  ...WORKLOAD_RULES,
  ...PERMISSION_RULES,
  ...DEFINITION_RULES,
];
