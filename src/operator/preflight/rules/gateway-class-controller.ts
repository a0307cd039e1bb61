import { get, textOf } from '../../../planner/world/json.ts';
import { ok, type Said, warned } from '../../checks/check.ts';
import { ENVOY_GATEWAY } from '../../checks/controllers.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { classesOf } from '../wanted.ts';

export const gatewayClassController: PreflightRule = {
  code: 'GatewayClassController',
  looksAt: 'The controller of each class is one that KubeBYON is tried with.',
  replaces: [],
  next: 'try TLS passthrough, redirects and many listeners with this controller before relying on it',
  check: (facts) =>
    [...classesOf(facts.wanted).keys()].flatMap((name) =>
      ifThere(facts, 'GatewayClass', '', name, (object): readonly Said[] => {
        const controller = textOf(get(object.spec, 'controllerName')) ?? '';
        return [
          controller === ENVOY_GATEWAY
            ? ok(nameOf(object), controller)
            : warned(nameOf(object), ENVOY_GATEWAY, controller),
        ];
      }),
    ),
};
