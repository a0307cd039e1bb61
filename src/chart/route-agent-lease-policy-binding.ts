import type { IValidatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
import { when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { agentPolicyBinding } from './parts/agent-policy.ts';
import { usesAgentPolicy } from './parts/conditions.ts';

export const routeAgentLeasePolicyBinding = chartObject<IValidatingAdmissionPolicyBinding>(
  'route-agent-lease-policy-binding',
  when(usesAgentPolicy, agentPolicyBinding(names.routeAgentLeases)),
);
