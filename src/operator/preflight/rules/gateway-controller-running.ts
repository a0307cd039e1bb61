import { get, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said, warned } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { all, answerTo } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import { ENVOY_GATEWAY, isEnvoyGateway } from '../controllers.ts';
import type { PreflightRule } from '../facts.ts';
import { CONTROLLERS } from '../questions.ts';
import { classesOf } from '../wanted.ts';

export const gatewayControllerRunning: PreflightRule = {
  code: 'GatewayControllerRunning',
  looksAt: 'The Deployment of Envoy Gateway is Available, where a class is of it.',
  replaces: [
    'kubectl wait --timeout=5m -n envoy-gateway-system deployment/envoy-gateway --for=condition=Available',
  ],
  next: 'see its Pods and their log; without it no Gateway gets an address and no route is taken up',
  check: (facts) => {
    const classes = all(facts, 'GatewayClass');
    const names = classesOf(facts.wanted);
    const isOfEnvoy =
      classes.seen &&
      classes.value.some(
        ({ metadata, spec }) =>
          names.has(metadata.name) && textOf(get(spec, 'controllerName')) === ENVOY_GATEWAY,
      );
    if (!isOfEnvoy) return [];
    return ifSeen(answerTo(facts, CONTROLLERS), 'Deployment of Envoy Gateway', (found): readonly Said[] => {
      const deployments = found.filter(isEnvoyGateway);
      if (deployments.length === 0)
        return [
          warned(
            'Deployment of Envoy Gateway',
            'one with the label app.kubernetes.io/name=gateway-helm',
            'none in this cluster',
            'see where the controller of the class runs; outside the cluster it cannot be looked at',
          ),
        ];
      return deployments.map((deployment) => {
        const problem = notTrue(deployment, 'Available');
        return problem === undefined
          ? ok(nameOf(deployment), 'Available')
          : failed(nameOf(deployment), 'Available is True', problem);
      });
    });
  },
};
