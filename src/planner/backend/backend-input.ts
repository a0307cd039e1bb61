import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import type { HostFacts } from '../context.ts';
import type { WorkloadClaims } from '../ownership/index.ts';
import type { Tenant } from '../world/world.ts';
import type { Protection } from './protection.ts';

/** What the backends of one cluster are chosen from. */
export interface BackendInput {
  readonly clusterId: string;
  readonly config: WorkloadConfig;
  readonly workload: WorkloadClaims;
  readonly tenant: Tenant;
  readonly host: HostFacts;
  readonly protection: Protection;
}
