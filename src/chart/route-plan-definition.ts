import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition';
import { entries, when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { chartObject } from './chart-object.ts';
import { objectLabels } from './parts/metadata.ts';
import { routePlanSchema } from './parts/route-plan-schema.ts';

const { commonAnnotations, crds } = values;

/**
 * The kind by which the API tells the route agents which routes to install. Kept when the release is uninstalled:
 * deleting a definition deletes every object of it. It belongs to every revision, whatever is enabled: a rollback to a
 * revision that has it, from one that has not, finds an object that Helm does not expect, and fails.
 */
export const routePlanDefinition = chartObject<ICustomResourceDefinition>(
  'route-plan-definition',
  when(crds.install, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'routeplans.kubebyon.app',
      labels: objectLabels('route-agent'),
      annotations: entries({ 'helm.sh/resource-policy': 'keep' }, commonAnnotations),
    },
    spec: {
      group: 'kubebyon.app',
      scope: 'Namespaced',
      names: {
        kind: 'RoutePlan',
        listKind: 'RoutePlanList',
        plural: 'routeplans',
        singular: 'routeplan',
        shortNames: ['krp'],
      },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Cluster', type: 'string', jsonPath: '.spec.clusterID' },
            { name: 'Routes', type: 'integer', jsonPath: '.status.desired' },
            { name: 'Applied', type: 'string', jsonPath: '.status.conditions[?(@.type=="Applied")].status' },
            { name: 'Stale', type: 'string', jsonPath: '.status.conditions[?(@.type=="Stale")].status' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: { openAPIV3Schema: routePlanSchema },
        },
      ],
    },
  }),
);
