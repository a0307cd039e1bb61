import { installed } from '../../checks/installed.ts';
import { runtimeConfig, type VerifyRule } from '../facts.ts';

export const definitionsInstalled: VerifyRule = {
  code: 'TLSRouteInstalled',
  looksAt: 'The definition of TLSRoute is there and served: control planes are reached through it.',
  replaces: ['kubectl get crd tlsroutes.gateway.networking.k8s.io'],
  next: 'install the Gateway API, 1.5.1 or newer, of any channel; below 1.5 its experimental channel',
  check: (facts) => (runtimeConfig(facts) === undefined ? [] : installed(facts, 'TLSRoute')),
};
