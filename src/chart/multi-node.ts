import type { ChartObject } from './chart-object.ts';
import { singleNodeObjects } from './single-node.ts';
import { workerDeployment } from './worker-deployment.ts';
import { workerPodDisruptionBudget } from './worker-pod-disruption-budget.ts';
import { workerServiceAccount } from './worker-service-account.ts';

/** The objects of the multi-node chart: everything of the single-node chart, and the worker. */
export const multiNodeObjects: readonly ChartObject[] = [
  ...singleNodeObjects,
  workerDeployment,
  workerPodDisruptionBudget,
  workerServiceAccount,
];
