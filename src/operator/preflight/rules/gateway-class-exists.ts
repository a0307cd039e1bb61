import { listed } from '../../../text/listed.ts';
import { failed, ok } from '../../checks/check.ts';
import { ofAll } from '../../checks/look.ts';
import type { PreflightRule } from '../facts.ts';
import { classesOf } from '../wanted.ts';

export const gatewayClassExists: PreflightRule = {
  code: 'GatewayClassExists',
  looksAt: 'Each GatewayClass that the values resolve to is there.',
  replaces: ['kubectl get gatewayclass'],
  next: 'create it, or set gatewayAPI.gatewayClassName, gatewayClassProfiles or the gatewayClassName of the entry; `kubebyon-gateway explain` shows which of them won',
  check: (facts) =>
    ofAll(facts, 'GatewayClass', undefined, (classes) => {
      const names = classes.map(({ metadata }) => metadata.name);
      return [...classesOf(facts.wanted)].map(([name, gateways]) =>
        names.includes(name)
          ? ok(`GatewayClass ${name}`, 'it is there')
          : failed(
              `GatewayClass ${name}`,
              `the class of ${gateways.map(({ metadata }) => `Gateway ${metadata.name}`).join(' and ')}`,
              names.length === 0 ? 'no GatewayClass at all' : `only ${listed(names)}`,
            ),
      );
    }),
};
