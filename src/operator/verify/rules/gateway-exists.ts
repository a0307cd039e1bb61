import { failed, ok } from '../../checks/check.ts';
import { ofAll } from '../../checks/look.ts';
import { placeName } from '../../checks/object-name.ts';
import { entriesOf, type VerifyRule } from '../facts.ts';

export const gatewayExists: VerifyRule = {
  code: 'GatewayExists',
  looksAt: 'The Gateways that the variables of the API name are there.',
  replaces: [
    'kubectl -n kubebyon-system get gateway',
    'kubectl -n <workload-gateway-namespace> get gateway <workload-gateway-name>',
    'kubectl -n kubebyon-system get gateway <platform-gateway-name>',
  ],
  next: 'helm upgrade with the values of this release: the chart makes the Gateways',
  check: (facts) =>
    ofAll(facts, 'Gateway', undefined, (gateways) =>
      entriesOf(facts).map(({ role, namespace, name }) => {
        const object = placeName('Gateway', namespace, name);
        return gateways.some(({ metadata }) => metadata.name === name && metadata.namespace === namespace)
          ? ok(object, `the ${role} entry`)
          : failed(object, `the Gateway of the ${role} entry`, 'none');
      }),
    ),
};
