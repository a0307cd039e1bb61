import type { INamedRuleWithOperations } from 'kubernetes-models/admissionregistration.k8s.io/v1/NamedRuleWithOperations';
import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy';
import type { IValidatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
import type { IValidation } from 'kubernetes-models/admissionregistration.k8s.io/v1/Validation';
import type { IVariable } from 'kubernetes-models/admissionregistration.k8s.io/v1/Variable';
import { concat, type Expr, release, type Template } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { names, namespaces } from '../../values/names.ts';
import type { Whole } from '../manifest.ts';
import { clusterMetadata } from './metadata.ts';
import { serviceAccountName } from './pod.ts';

const REGISTRATION = 'admissionregistration.k8s.io/v1';

export interface AgentRule {
  readonly name: Expr<string>;
  /** Of what in the namespace of the RoutePlans. */
  readonly resources: readonly INamedRuleWithOperations[];
  readonly variables?: readonly IVariable[];
  /** What must hold; `variables.node` is the Node of the agent that writes. */
  readonly validations: readonly IValidation[];
}

/** A rule for what route agents write. Nobody else is asked anything. */
export function agentPolicy({
  name,
  resources,
  variables = [],
  validations,
}: AgentRule): Template<Whole<IValidatingAdmissionPolicy>> {
  return {
    apiVersion: REGISTRATION,
    kind: 'ValidatingAdmissionPolicy',
    metadata: clusterMetadata(name, 'route-agent'),
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespaces.routePlan } },
        resourceRules: resources,
      },
      matchConditions: [
        {
          name: 'is-route-agent',
          expression: concat(
            "request.userInfo.username == 'system:serviceaccount:",
            release.namespace,
            ':',
            serviceAccountName(values.routeAgent, names.routeAgent),
            "'",
          ),
        },
      ],
      variables: [NODE, ...variables],
      validations: [...validations],
    },
  };
}

/** Binds a rule of that name: what breaks it is refused. */
export function agentPolicyBinding(name: Expr<string>): Template<Whole<IValidatingAdmissionPolicyBinding>> {
  return {
    apiVersion: REGISTRATION,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: clusterMetadata(name, 'route-agent'),
    spec: { policyName: name, validationActions: ['Deny'] },
  };
}

/** The token of a Pod names the Node that it was made for. */
const CLAIM = 'authentication.kubernetes.io/node-name';

const NODE: IVariable = {
  name: 'node',
  expression: `has(request.userInfo.extra) && '${CLAIM}' in request.userInfo.extra ? request.userInfo.extra['${CLAIM}'][0] : ''`,
};
