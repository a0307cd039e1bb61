import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesEdgeController } from './parts/conditions.ts';
import { podDisruptionBudget } from './parts/pod-disruption-budget.ts';

const { enabled, minAvailable } = values.edgeController.podDisruptionBudget;

export const edgeControllerPodDisruptionBudget = chartObject<IPodDisruptionBudget>(
  'edge-controller-pod-disruption-budget',
  when(
    and(usesEdgeController, enabled),
    podDisruptionBudget(names.edgeController, 'edge-controller', minAvailable),
  ),
);
