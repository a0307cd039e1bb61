import { installed } from '../../checks/installed.ts';
import type { KindName } from '../../checks/kinds.ts';
import type { PreflightRule } from '../facts.ts';
import { neededDefinitions } from '../questions.ts';

const OF_THE_STANDARD: readonly KindName[] = ['Gateway', 'GatewayClass', 'HTTPRoute'];

export const gatewayApiInstalled: PreflightRule = {
  code: 'GatewayApiInstalled',
  looksAt: 'The definitions of Gateway, GatewayClass and HTTPRoute are there and served.',
  replaces: [
    'kubectl get crd gateways.gateway.networking.k8s.io',
    'kubectl get crd httproutes.gateway.networking.k8s.io',
  ],
  next: 'install the Gateway API, 1.5.1 or newer: kubectl apply --server-side -f standard-install.yaml of its release',
  check: (facts) =>
    neededDefinitions(facts.wanted)
      .filter((kind) => OF_THE_STANDARD.includes(kind))
      .flatMap((kind) => installed(facts, kind)),
};
