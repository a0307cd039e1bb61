/**
 * Holds the lab of a person: brings it up in the network of this process, and takes it down when it is asked to end. Its
 * argument is the number of clusters.
 */
import { once } from 'node:events';
import { targetOf } from '../../test/support/worlds.ts';
import { EVERYTHING } from './chart.ts';
import { startLab } from './lab.ts';
import { LAB_ID } from './own-network.ts';
import { writeState } from './state.ts';

const asked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
const id = process.env[LAB_ID] ?? '';
writeState({ id, pid: process.pid });
const lab = await startLab();
try {
  await lab.upgrade({ chart: 'multi-node', values: EVERYTHING, helm: '4.3' });
  const count = Number(process.argv[2]);
  for (let index = 1; index <= count; index += 1) {
    await lab.setHostnames(index, [`app${index}.edge.example.com`, `www.customer${index}.test`]);
    console.log(`cluster c-${index}: ${targetOf(index)}`);
  }
  writeState({ id, pid: process.pid, kubeconfig: lab.host.kubeconfig });
  await asked;
} finally {
  await lab.stop();
}
