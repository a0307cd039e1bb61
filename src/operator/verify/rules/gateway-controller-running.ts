import { get, textOf } from '../../../planner/world/json.ts';
import { envoyGatewayRuns } from '../../checks/shared.ts';
import { gatewaysOf, type VerifyRule } from '../facts.ts';

export const gatewayControllerRunning: VerifyRule = {
  code: 'GatewayControllerRunning',
  looksAt: 'The Deployment of Envoy Gateway is Available, where a Gateway is of it.',
  replaces: [
    'kubectl wait --timeout=5m -n envoy-gateway-system deployment/envoy-gateway --for=condition=Available',
  ],
  next: 'see its Pods and their log; without it no route is taken up',
  check: (facts) =>
    envoyGatewayRuns(
      facts,
      new Set(gatewaysOf(facts).map(({ gateway }) => textOf(get(gateway.spec, 'gatewayClassName')) ?? '')),
    ),
};
