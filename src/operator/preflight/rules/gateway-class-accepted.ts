import { failed, ok, type Said } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { ifThere } from '../../checks/look.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { classesOf } from '../wanted.ts';

export const gatewayClassAccepted: PreflightRule = {
  code: 'GatewayClassAccepted',
  looksAt: 'A controller has accepted each of these classes.',
  replaces: ['kubectl get gatewayclass'],
  next: 'see that the controller of the class runs, and its parametersRef',
  check: (facts) =>
    [...classesOf(facts.wanted).keys()].flatMap((name) =>
      ifThere(facts, 'GatewayClass', '', name, (object): readonly Said[] => {
        const problem = notTrue(object, 'Accepted');
        return [
          problem === undefined
            ? ok(nameOf(object), 'Accepted')
            : failed(
                nameOf(object),
                'Accepted is True',
                problem,
                `see that its controller runs: ${kubectlDescribe(object)}`,
              ),
        ];
      }),
    ),
};
