import type { Cluster } from '../../test/conformance/support/cluster.ts';
import {
  controllerDeployment,
  type InstalledController,
} from '../../test/conformance/support/controller-deployment.ts';
import { applyAs } from './access.ts';

/**
 * Writes the Deployment that a controller has where it is installed by its chart. It runs as a plain program here; its Pod
 * counts as running.
 */
export async function writeController(host: Cluster, controller: InstalledController): Promise<void> {
  await applyAs(host, 'operator', controllerDeployment(controller));
}
