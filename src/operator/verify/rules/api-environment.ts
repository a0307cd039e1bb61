import { listed } from '../../../text/listed.ts';
import { failed, ok, type Said, unknown } from '../../checks/check.ts';
import { configOf, gatewayVariables } from '../../checks/deployment-config.ts';
import { nameOf } from '../../checks/object-name.ts';
import { partOf, type VerifyRule } from '../facts.ts';

export const apiEnvironment: VerifyRule = {
  code: 'ApiEnvironment',
  looksAt: 'The API has the variables KUBEBYON_GATEWAY_API_ and each is of its grammar.',
  replaces: [
    "kubectl -n kubebyon-system get pod -l app.kubernetes.io/name=kubebyon -o yaml | rg 'KUBEBYON_GATEWAY_API_'",
  ],
  next: 'helm upgrade with the values of this release; see docs/runtime.md, Variables',
  check: (facts): readonly Said[] => {
    const api = partOf(facts, 'api');
    if (api === undefined) return [];
    const count = Object.keys(gatewayVariables(api)).length;
    const said = configOf(api);
    if (!said.ok) return [failed(nameOf(api), 'variables of the runtime', listed(said.problems))];
    if (said.config.provider === 'gatewayapi') return [ok(nameOf(api), `${count} variables`)];
    return [
      unknown(
        nameOf(api),
        'variables KUBEBYON_GATEWAY_API_',
        'none: provider haproxy, or values of before',
        'set publicAccess.provider=gatewayapi where the entries are to be Gateways',
      ),
    ];
  },
};
