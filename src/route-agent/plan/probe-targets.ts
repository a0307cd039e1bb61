import { contains, parseIp } from '../../text/ip.ts';
import type { PlanReport, ProbeTarget } from '../types.ts';

const MAX_TARGETS = 3;

/**
 * What of a plan may be tried: only what the kernel sends by a route of this plan. Anything else would leave by the default
 * route.
 */
export function probeTargets({ plan, effective }: PlanReport): readonly ProbeTarget[] {
  return plan.probes.slice(0, MAX_TARGETS).filter(({ address, port }) => {
    const ip = parseIp(address);
    const isPort = Number.isInteger(port) && port >= 1 && port <= 65_535;
    return isPort && ip !== undefined && effective.some((range) => contains(range, ip));
  });
}
