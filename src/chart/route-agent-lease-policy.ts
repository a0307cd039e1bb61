import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy';
import { routeAgentLeaseName } from '../contract/runtime-names.ts';
import { when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { agentPolicy } from './parts/agent-policy.ts';
import { usesAgentPolicy } from './parts/conditions.ts';

/** Which Lease an agent may write: that of its own Node, so that none can pretend that another one lives. */
export const routeAgentLeasePolicy = chartObject<IValidatingAdmissionPolicy>(
  'route-agent-lease-policy',
  when(
    usesAgentPolicy,
    agentPolicy({
      name: names.routeAgentLeases,
      resources: [
        {
          apiGroups: ['coordination.k8s.io'],
          apiVersions: ['*'],
          operations: ['CREATE', 'UPDATE'],
          resources: ['leases'],
        },
      ],
      validations: [
        {
          expression: `variables.node != '' && object.metadata.name == '${routeAgentLeaseName('')}' + variables.node`,
          message: 'a route agent gives signs of life of its own Node only',
        },
      ],
    }),
  ),
);
