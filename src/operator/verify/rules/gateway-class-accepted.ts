import { get, textOf } from '../../../planner/world/json.ts';
import { classesAccepted } from '../../checks/shared.ts';
import { gatewaysOf, type VerifyRule } from '../facts.ts';

export const gatewayClassAccepted: VerifyRule = {
  code: 'GatewayClassAccepted',
  looksAt: 'A controller has accepted the class of each Gateway.',
  replaces: ['kubectl get gatewayclass'],
  next: 'see that the controller of the class runs, and its parametersRef',
  check: (facts) =>
    classesAccepted(
      facts,
      new Set(gatewaysOf(facts).map(({ gateway }) => textOf(get(gateway.spec, 'gatewayClassName')) ?? '')),
    ),
};
