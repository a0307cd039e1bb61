import { readFileSync } from 'node:fs';
import { list } from '../../tools/lab/kubelet/objects.ts';
import type { RunningPod } from '../../tools/lab/kubelet/running-pod.ts';
import type { Lab } from '../../tools/lab/lab.ts';
import { listenerCount } from './parts.ts';

/** How many listeners the workload Gateway has, and how many ListenerSets there are. */
export async function setsOf(lab: Lab): Promise<readonly [listeners: number, sets: number]> {
  const sets = await list<unknown>(lab.host.api, '/apis/gateway.networking.k8s.io/v1/listenersets');
  return [await listenerCount(lab), sets.length];
}

/** Bytes in memory: Envoy Gateway, the Envoy of the workload entry, the largest edge controller, cert-manager. */
export function memoryOf({ kubelet, programs }: Lab): readonly number[] {
  const { 'envoy-gateway': gateway, 'cert-manager': certManager } = programs();
  const largest = (container: string, isMeant: (pod: RunningPod) => boolean) =>
    Math.max(
      0,
      ...kubelet
        .pods()
        .filter(isMeant)
        .map((pod) => residentBytes(pod.programs()[container]?.pid)),
    );
  const isWorkloads = ({ pod }: RunningPod) =>
    pod.metadata.labels?.['gateway.envoyproxy.io/owning-gateway-name']?.endsWith('-workload-gateway') ===
    true;
  return [
    residentBytes(gateway?.pid),
    largest('envoy', isWorkloads),
    largest('edge-controller', () => true),
    residentBytes(certManager?.pid),
  ];
}

/** What a process has in memory; 0 for one that is not there. */
function residentBytes(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}
