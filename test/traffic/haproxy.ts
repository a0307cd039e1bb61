import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEED_CONFIG } from '../../src/chart/haproxy/seed-config.ts';
import { CONTROL_PLANE_PORT, controlPlaneAddress, NODE_ADDRESS } from '../../tools/lab/addresses.ts';
import { controlPlaneName } from '../../tools/lab/clusters.ts';
import type { RunningPod } from '../../tools/lab/kubelet/running-pod.ts';
import type { Lab } from '../../tools/lab/lab.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import { targetOf } from '../support/worlds.ts';
import type { Expected } from './expected.ts';
import { ofCustomer } from './names.ts';

/** Where haproxy listens: in the Pod of the API, or on its Node with `api.hostNetwork`. */
export const HAPROXY_PORTS = { pod: 8_443, node: 443 } as const;

/** Writes what the API writes for its haproxy: a backend for each cluster, and whose a name is. Gives where it listens. */
export async function configureHaproxy(
  lab: Lab,
  clusters: readonly number[],
  at: keyof typeof HAPROXY_PORTS = 'pod',
): Promise<{ readonly address: string; readonly port: number }> {
  const pod = await haproxyPod(lab, at);
  const backends = clusters.map(
    (index) =>
      `\nbackend be_cp_${index}\n    server api ${controlPlaneAddress(index)}:${CONTROL_PLANE_PORT} check\n`,
  );
  const map = clusters.map((index) => `${controlPlaneName(index)} be_cp_${index}\n`);
  const write = (name: string, text: string): void => {
    const file = join(pod.folder, 'haproxy-runtime', name);
    writeFileSync(`${file}.tmp`, text);
    renameSync(`${file}.tmp`, file);
  };
  write('sni.map', map.join(''));
  write('haproxy.cfg', SEED_CONFIG + backends.join(''));
  return { address: at === 'node' ? NODE_ADDRESS : pod.address, port: HAPROXY_PORTS[at] };
}

async function haproxyPod({ kubelet }: Lab, at: keyof typeof HAPROXY_PORTS): Promise<RunningPod> {
  const find = () =>
    kubelet
      .pods()
      .find(
        ({ pod, programs }) =>
          programs().haproxy !== undefined && (pod.spec.hostNetwork === true) === (at === 'node'),
      );
  await waitUntil('a Pod with haproxy runs', () => find() !== undefined);
  const pod = find();
  if (pod === undefined) throw new Error('the Pod with haproxy is gone');
  return pod;
}

/** Control planes by SNI through haproxy, and nothing for other names (runbook 5.1). */
export function throughHaproxy(
  { address, port }: { readonly address: string; readonly port: number },
  clusters: readonly number[],
): readonly Expected[] {
  return [
    ...clusters.map((index): Expected => {
      const host = controlPlaneName(index);
      return { asked: { scheme: 'https', address, port, host }, says: `200 c-${index} as ${host}` };
    }),
    // Also without a name, and for names of other entries.
    ...['nobody.cp.example.com', 'nobody.test', ofCustomer(1), targetOf(1), ''].map(
      (sni): Expected => ({
        asked: { scheme: 'https', address, port, host: controlPlaneName(1), sni },
        says: 'none',
      }),
    ),
  ];
}
