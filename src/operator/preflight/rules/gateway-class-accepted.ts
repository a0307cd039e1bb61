import { classesAccepted } from '../../checks/shared.ts';
import type { PreflightRule } from '../facts.ts';
import { classesOf } from '../wanted.ts';

export const gatewayClassAccepted: PreflightRule = {
  code: 'GatewayClassAccepted',
  looksAt: 'A controller has accepted each of these classes.',
  replaces: ['kubectl get gatewayclass'],
  next: 'see that the controller of the class runs, and its parametersRef',
  check: (facts) => classesAccepted(facts, classesOf(facts.wanted).keys()),
};
