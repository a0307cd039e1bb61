import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEED_CONFIG } from '../../src/chart/haproxy/seed-config.ts';
import { CONTROL_PLANE_PORT, controlPlaneAddress } from '../../tools/lab/addresses.ts';
import { controlPlaneName } from '../../tools/lab/clusters.ts';
import type { RunningPod } from '../../tools/lab/kubelet/running-pod.ts';
import type { Lab } from '../../tools/lab/lab.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import type { Expected } from './expected.ts';

/** Where haproxy listens in the Pod of the API. */
const PORT = 8_443;

/** Writes what the API writes for its haproxy: a backend for each cluster, and whose a name is. Gives the Pod's address. */
export async function configureHaproxy(lab: Lab, clusters: readonly number[]): Promise<string> {
  const pod = await haproxyPod(lab);
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
  return pod.address;
}

async function haproxyPod({ kubelet }: Lab): Promise<RunningPod> {
  const find = () => kubelet.pods().find(({ programs }) => programs().haproxy !== undefined);
  await waitUntil('a Pod with haproxy runs', () => find() !== undefined);
  const pod = find();
  if (pod === undefined) throw new Error('the Pod with haproxy is gone');
  return pod;
}

/** Control planes by SNI through haproxy, and nothing for other names (runbook 5.1). */
export function throughHaproxy(address: string, clusters: readonly number[]): readonly Expected[] {
  return [
    ...clusters.map((index): Expected => {
      const host = controlPlaneName(index);
      return { asked: { scheme: 'https', address, port: PORT, host }, says: `200 c-${index} as ${host}` };
    }),
    { asked: { scheme: 'https', address, port: PORT, host: 'nobody.cp.example.com' }, says: 'none' },
  ];
}
