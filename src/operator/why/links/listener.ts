import { get, listOf, textOf } from '../../../planner/world/json.ts';
import { conditionOf, listenersOf } from '../../../planner/world/objects.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { conditionText, notTrue } from '../../checks/condition-text.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { gatewaysBehind, listenerNames, type WhyLink } from '../facts.ts';

export const listenerLink: WhyLink = {
  code: 'HostnameListener',
  looksAt:
    'The listeners that its routes name are there, accepted, without a conflict, with their references.',
  replaces: [],
  next: 'see the message',
  check: (facts) =>
    gatewaysBehind(facts).flatMap((gateway) =>
      listenerNames(facts, gateway).map((name): Said => {
        const object = `listener ${name} of ${nameOf(gateway)}`;
        const there = listenersOf(gateway).map((listener) => listener.name);
        if (!there.includes(name)) return failed(object, `a listener ${name}`, `only ${there.join(', ')}`);
        const status = listOf(get(gateway.status, 'listeners')).find(
          (one) => textOf(get(one, 'name')) === name,
        );
        const conditions = get(status, 'conditions') ?? [];
        const conflict =
          conditionOf(conditions, 'Conflicted')?.status === 'True'
            ? conditionText(conditions, 'Conflicted')
            : undefined;
        const problem =
          conflict ??
          ['Accepted', 'ResolvedRefs', 'Programmed']
            .map((type) => notTrue(gateway, type, conditions))
            .find((one) => one !== undefined);
        return problem === undefined
          ? ok(object, 'Accepted and Programmed')
          : failed(
              object,
              'Accepted, ResolvedRefs and Programmed',
              problem,
              `see why: ${kubectlDescribe(gateway)}`,
            );
      }),
    ),
};
