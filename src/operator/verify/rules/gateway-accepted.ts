import { failed, ok } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { classProblem } from '../chain.ts';
import { gatewaysOf, type VerifyRule } from '../facts.ts';

export const gatewayAccepted: VerifyRule = {
  code: 'GatewayAccepted',
  looksAt: 'Its controller has accepted each Gateway.',
  replaces: [
    'kubectl -n kubebyon-system describe gateway <control-plane-gateway-name>',
    'kubectl -n <workload-gateway-namespace> describe gateway <workload-gateway-name>',
  ],
  next: 'see the message; when nobody has looked at it, see that the controller of its class runs',
  check: (facts) =>
    gatewaysOf(facts).map(({ gateway }) => {
      const problem = notTrue(gateway, 'Accepted');
      if (problem === undefined) return ok(nameOf(gateway), 'Accepted');
      const behind = classProblem(facts, gateway);
      return failed(
        nameOf(gateway),
        'Accepted is True',
        behind === undefined ? problem : `${problem}, because ${behind}`,
        `see why: ${kubectlDescribe(gateway)}`,
      );
    }),
};
