import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { type Expr, release, type Template } from '../../template/index.ts';
import type { Whole } from '../manifest.ts';
import { objectAnnotations, objectLabels } from './metadata.ts';
import { type PodValues, serviceAccountName } from './pod.ts';

/**
 * The ServiceAccount of a Pod.
 *
 * @param usesApi whether the process talks to the API server; else the Pod gets no token.
 */
export function serviceAccount(
  pod: PodValues,
  defaultName: Expr<string>,
  component: string,
  usesApi: boolean,
): Template<Whole<IServiceAccount>> {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: serviceAccountName(pod, defaultName),
      namespace: release.namespace,
      labels: objectLabels(component),
      annotations: objectAnnotations(pod.serviceAccount.annotations),
    },
    automountServiceAccountToken: usesApi,
  };
}
