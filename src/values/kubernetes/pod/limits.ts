import { inside, mapOf, mapsOf, numberOf, type Place, type Sound, tell, textOf } from '../meaning/report.ts';
import { type ChartPod, containersOf, usesHostNetwork } from './pod.ts';

/** What depends on the Pod as a whole: how long it may take to end, and whose network it is on. */
export function checkLimits(pod: ChartPod, place: Place): void {
  const grace = graceOf(pod);
  checkSleep(pod.values, grace, place);
  for (const { container, path } of containersOf(pod)) {
    if (path === undefined) continue;
    const at = inside(place, ...path);
    checkSleep(container, grace, at);
    if (usesHostNetwork(pod) && path[0] === 'extraContainers') checkHostPorts(container, at);
  }
  if (usesHostNetwork(pod)) checkSysctls(pod.values, place);
}

/** A period that is refused itself says nothing about others. */
function graceOf({ values }: ChartPod): number {
  const grace = numberOf(values, 'terminationGracePeriodSeconds') ?? 0;
  return Number.isInteger(grace) && grace >= 0 ? grace : Number.POSITIVE_INFINITY;
}

/** A container may not sleep longer than its Pod has to end. Source: `validateSleepAction`. */
function checkSleep(holder: Sound, grace: number, place: Place): void {
  for (const event of ['postStart', 'preStop']) {
    const sleep = mapOf(mapOf(mapOf(holder, 'lifecycle') ?? {}, event) ?? {}, 'sleep') ?? {};
    const seconds = numberOf(sleep, 'seconds') ?? 0;
    if (seconds <= grace) continue;
    tell(place, ['lifecycle', event, 'sleep', 'seconds'], {
      code: 'PartOutOfRange',
      message: `expected at most terminationGracePeriodSeconds (${grace}), found ${seconds}`,
      hint: 'raise terminationGracePeriodSeconds, or sleep less',
    });
  }
}

/** Source: `validatePodHostNetworkDeps`. */
function checkHostPorts(container: Sound, place: Place): void {
  for (const [index, port] of mapsOf(container, 'ports')) {
    const hostPort = numberOf(port, 'hostPort') ?? 0;
    if (hostPort === 0 || hostPort === port.containerPort) continue;
    tell(place, ['ports', index, 'hostPort'], {
      code: 'PartsContradict',
      message: `expected hostPort as containerPort on the network of the Node, found ${hostPort}`,
      hint: 'remove hostPort',
    });
  }
}

/** Source: `ValidateHostSysctl`. */
function checkSysctls(values: Sound, place: Place): void {
  for (const [index, sysctl] of mapsOf(mapOf(values, 'podSecurityContext') ?? {}, 'sysctls')) {
    const name = textOf(sysctl, 'name');
    if (!/^net[./]/.test(name)) continue;
    tell(place, ['podSecurityContext', 'sysctls', index, 'name'], {
      code: 'PartsContradict',
      message: `expected no sysctl of the network on the network of the Node, found ${name}`,
      hint: 'set it on the Node, or use a network of its own',
    });
  }
}
