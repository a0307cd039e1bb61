import { installed } from '../../checks/installed.ts';
import type { PreflightRule } from '../facts.ts';
import { neededDefinitions } from '../questions.ts';

export const tlsRouteInstalled: PreflightRule = {
  code: 'TLSRouteInstalled',
  looksAt: 'The definition of TLSRoute is there and served: control planes are reached through it.',
  replaces: ['kubectl get crd tlsroutes.gateway.networking.k8s.io'],
  next: 'install the Gateway API, 1.5.1 or newer, of any channel; below 1.5 its experimental channel',
  check: (facts) =>
    neededDefinitions(facts.wanted).includes('TLSRoute') ? installed(facts, 'TLSRoute') : [],
};
