import { choose, type Expr, eq, firstNonEmpty, named } from '../template/index.ts';
import { values } from './chart-definition.ts';

const { addressMode, gatewayClassName, gatewayClassProfiles, platform, workload } = values.gatewayAPI;

/**
 * The GatewayClass of each entry (runbook section 4.4.3), the first of these that is not empty:
 *
 * | entry         | own override               | addressMode=single | addressMode=dual    | else             |
 * |---------------|----------------------------|--------------------|---------------------|------------------|
 * | control plane | -                          | profiles.shared    | profiles.edge       | gatewayClassName |
 * | platform      | platform.gatewayClassName  | profiles.shared    | profiles.edge       | gatewayClassName |
 * | workload      | workload.gatewayClassName  | profiles.shared    | profiles.workload   | gatewayClassName |
 */
export const gatewayClass = {
  controlPlane: named(
    'controlPlaneGatewayClass',
    'GatewayClass of the control-plane Gateway.',
    firstNonEmpty(profile(gatewayClassProfiles.edge), gatewayClassName),
  ),
  platform: named(
    'platformGatewayClass',
    'GatewayClass of the platform Gateway.',
    firstNonEmpty(platform.gatewayClassName, profile(gatewayClassProfiles.edge), gatewayClassName),
  ),
  workload: named(
    'workloadGatewayClass',
    'GatewayClass of the workload Gateway.',
    firstNonEmpty(workload.gatewayClassName, profile(gatewayClassProfiles.workload), gatewayClassName),
  ),
} as const;

function profile(whenDual: Expr<string>): Expr<string> {
  return choose(eq(addressMode, 'single'), gatewayClassProfiles.shared, whenDual);
}
