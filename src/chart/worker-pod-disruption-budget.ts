import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { when } from '../template/index.ts';
import { workerValues } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { podDisruptionBudget } from './parts/pod-disruption-budget.ts';

const { enabled, minAvailable } = workerValues.podDisruptionBudget;

export const workerPodDisruptionBudget = chartObject<IPodDisruptionBudget>(
  'worker-pod-disruption-budget',
  when(enabled, podDisruptionBudget(names.worker, 'worker', minAvailable)),
);
