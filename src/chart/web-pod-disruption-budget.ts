import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { and, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesWeb } from './parts/conditions.ts';
import { podDisruptionBudget } from './parts/pod-disruption-budget.ts';

const { enabled, minAvailable } = values.web.podDisruptionBudget;

export const webPodDisruptionBudget = chartObject<IPodDisruptionBudget>(
  'web-pod-disruption-budget',
  when(and(usesWeb, enabled), podDisruptionBudget(names.web, 'web', minAvailable)),
);
