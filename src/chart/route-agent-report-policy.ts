import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy';
import { when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { agentPolicy } from './parts/agent-policy.ts';
import { usesAgentPolicy } from './parts/conditions.ts';

/** What an agent may write into the status of a RoutePlan: the item of its own Node, and nothing of the others. */
export const routeAgentReportPolicy = chartObject<IValidatingAdmissionPolicy>(
  'route-agent-report-policy',
  when(
    usesAgentPolicy,
    agentPolicy({
      name: names.routeAgentReports,
      resources: [
        {
          apiGroups: ['kubebyon.app'],
          apiVersions: ['*'],
          operations: ['UPDATE'],
          resources: ['routeplans/status'],
        },
      ],
      variables: [
        { name: 'before', expression: itemsOf('oldObject') },
        { name: 'after', expression: itemsOf('object') },
      ],
      validations: [
        { expression: "variables.node != ''", message: 'the token of a route agent must name its Node' },
        {
          expression:
            'variables.before.filter(item, item.nodeName != variables.node) == variables.after.filter(item, item.nodeName != variables.node)',
          message: 'a route agent reports on its own Node only',
        },
        {
          expression: ['conditions', 'desired', 'observedGeneration'].map(isUnchanged).join(' && '),
          message: 'a route agent writes items of Nodes only',
        },
      ],
    }),
  ),
);

function itemsOf(object: string): string {
  return `has(${object}.status) && has(${object}.status.nodes) ? ${object}.status.nodes : []`;
}

/** Whether a field of the status is as it was, or absent as it was. */
function isUnchanged(field: string): string {
  const isThere = (object: string): string => `(has(${object}.status) && has(${object}.status.${field}))`;
  const same = `object.status.${field} == oldObject.status.${field}`;
  return `${isThere('object')} == ${isThere('oldObject')} && (!${isThere('object')} || ${same})`;
}
