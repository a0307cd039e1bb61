import { failed, ok, type Said } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { gatewayProblem } from '../../verify/chain.ts';
import { gatewaysBehind, notFound, type WhyLink } from '../facts.ts';

export const gatewayLink: WhyLink = {
  code: 'HostnameGateway',
  looksAt: 'The Gateway of its entry is there, accepted and Programmed.',
  replaces: [],
  next: 'kubebyon-gateway verify tells of the Gateway and of what is behind it',
  check: (facts): readonly Said[] => {
    const gateways = gatewaysBehind(facts);
    if (gateways.length === 0)
      return [notFound(facts, facts.hostname, 'a Gateway of its entry', ['Gateway', 'EdgeCluster'])];
    return gateways.map((gateway) => {
      const problem = gatewayProblem(facts, gateway) ?? notTrue(gateway, 'Programmed');
      return problem === undefined
        ? ok(nameOf(gateway), 'Accepted and Programmed')
        : failed(nameOf(gateway), 'Accepted and Programmed', problem, `see why: ${kubectlDescribe(gateway)}`);
    });
  },
};
