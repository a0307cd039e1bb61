import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { Expr, Template } from '../../template/index.ts';
import type { Whole } from '../manifest.ts';
import { namespacedMetadata, selectorLabels } from './metadata.ts';

/** Keeps a drain from taking too many Pods of a Deployment at once. */
export function podDisruptionBudget(
  name: Expr<string>,
  component: string,
  minAvailable: Expr<number | string>,
): Template<Whole<IPodDisruptionBudget>> {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: namespacedMetadata(name, component),
    spec: {
      minAvailable,
      selector: { matchLabels: selectorLabels(component) },
      // A Pod that is not ready serves nobody: it may go, or it would hold up the drain of its Node for ever.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}
