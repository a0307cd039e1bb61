import { envoyGatewayRuns } from '../../checks/shared.ts';
import type { PreflightRule } from '../facts.ts';
import { classesOf } from '../wanted.ts';

export const gatewayControllerRunning: PreflightRule = {
  code: 'GatewayControllerRunning',
  looksAt: 'The Deployment of Envoy Gateway is Available, where a class is of it.',
  replaces: [
    'kubectl wait --timeout=5m -n envoy-gateway-system deployment/envoy-gateway --for=condition=Available',
  ],
  next: 'see its Pods and their log; without it no Gateway gets an address and no route is taken up',
  check: (facts) => envoyGatewayRuns(facts, new Set(classesOf(facts.wanted).keys())),
};
