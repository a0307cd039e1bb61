import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { podDisruptionBudget } from './parts/pod-disruption-budget.ts';

const { enabled, minAvailable } = values.api.podDisruptionBudget;

export const apiPodDisruptionBudget = chartObject<IPodDisruptionBudget>(
  'api-pod-disruption-budget',
  when(enabled, podDisruptionBudget(names.api, 'api', minAvailable)),
);
