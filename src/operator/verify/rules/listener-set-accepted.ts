import { failed } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { ofAll } from '../../checks/look.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import type { VerifyRule } from '../facts.ts';
import { listenerSetNamespace, ourListenerSets } from '../listener-sets.ts';
import { ofMany } from '../routes.ts';

export const listenerSetAccepted: VerifyRule = {
  code: 'ListenerSetAccepted',
  looksAt:
    'With gatewayAPI.workload.listenerSets each ListenerSet of the runtime is accepted and Programmed.',
  replaces: [],
  next: 'see that the controller of the class takes ListenerSets, and that the workload Gateway allows them',
  check: (facts) => {
    const namespace = listenerSetNamespace(facts);
    if (namespace === undefined) return [];
    return ofAll(facts, 'ListenerSet', namespace, () =>
      ofMany(ourListenerSets(facts), 'ListenerSets', (set) => {
        const problem = notTrue(set, 'Accepted') ?? notTrue(set, 'Programmed');
        return problem === undefined
          ? undefined
          : failed(nameOf(set), 'Accepted and Programmed', problem, `see why: ${kubectlDescribe(set)}`);
      }),
    );
  },
};
