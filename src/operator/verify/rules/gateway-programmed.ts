import { failed, ok } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { gatewaysOf, type VerifyRule } from '../facts.ts';

export const gatewayProgrammed: VerifyRule = {
  code: 'GatewayProgrammed',
  looksAt: 'Each Gateway that is accepted is Programmed: there is something that answers.',
  replaces: [
    'kubectl -n kubebyon-system describe gateway <control-plane-gateway-name>',
    'kubectl -n <workload-gateway-namespace> describe gateway <workload-gateway-name>',
  ],
  next: 'see the Pods and the Service that its controller makes for it',
  check: (facts) =>
    gatewaysOf(facts)
      .filter(({ gateway }) => notTrue(gateway, 'Accepted') === undefined)
      .map(({ gateway }) => {
        const problem = notTrue(gateway, 'Programmed');
        return problem === undefined
          ? ok(nameOf(gateway), 'Programmed')
          : failed(nameOf(gateway), 'Programmed is True', problem, `see why: ${kubectlDescribe(gateway)}`);
      }),
};
