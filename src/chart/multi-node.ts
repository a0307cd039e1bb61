import type { Chart } from './chart-object.ts';
import { singleNode } from './single-node.ts';
import { workerDeployment } from './worker-deployment.ts';
import { workerPodDisruptionBudget } from './worker-pod-disruption-budget.ts';
import { workerServiceAccount } from './worker-service-account.ts';

/** The multi-node chart: everything of the single-node chart, and the worker. */
export const multiNode: Chart = {
  name: 'kubebyon-multi-node',
  objects: [...singleNode.objects, workerDeployment, workerPodDisruptionBudget, workerServiceAccount],
  tests: singleNode.tests,
};
