import type { IValidatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
import { when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { agentPolicyBinding } from './parts/agent-policy.ts';
import { usesAgentPolicy } from './parts/conditions.ts';

export const routeAgentReportPolicyBinding = chartObject<IValidatingAdmissionPolicyBinding>(
  'route-agent-report-policy-binding',
  when(usesAgentPolicy, agentPolicyBinding(names.routeAgentReports)),
);
