import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition';
import { when } from '../template/index.ts';
import { values } from '../values/chart-definition.ts';
import { chartObject } from './chart-object.ts';
import { resourceDefinition } from './parts/resource-definition.ts';
import { routePlanSchema } from './parts/route-plan-schema.ts';

/**
 * The kind by which the API tells the route agents which routes to install. Kept when the release is uninstalled:
 * deleting a definition deletes every object of it. It belongs to every revision, whatever is enabled: a rollback to a
 * revision that has it, from one that has not, finds an object that Helm does not expect, and fails.
 */
export const routePlanDefinition = chartObject<ICustomResourceDefinition>(
  'route-plan-definition',
  when(
    values.crds.install,
    resourceDefinition({
      kind: 'RoutePlan',
      shortName: 'krp',
      component: 'route-agent',
      columns: [
        { name: 'Cluster', type: 'string', jsonPath: '.spec.clusterID' },
        { name: 'Routes', type: 'integer', jsonPath: '.status.desired' },
        { name: 'Applied', type: 'string', jsonPath: '.status.conditions[?(@.type=="Applied")].status' },
        { name: 'Stale', type: 'string', jsonPath: '.status.conditions[?(@.type=="Stale")].status' },
      ],
      schema: routePlanSchema,
    }),
  ),
);
