import { listenersOf } from '../../../planner/world/objects.ts';
import { ok, warned } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { gatewaysOf, type VerifyRule } from '../facts.ts';

/** Gateway API: a Gateway has at most so many listeners. */
const MOST = 64;
const NEAR = 58;

export const listenerRoom: VerifyRule = {
  code: 'ListenerRoom',
  looksAt: 'The workload Gateway has room for further hostnames: of 64 listeners more than 6 are free.',
  replaces: [],
  next: 'set gatewayAPI.workload.listenerSets=true, with a controller that takes ListenerSets',
  check: (facts) =>
    gatewaysOf(facts)
      .filter(({ entry }) => entry.role === 'workload')
      .map(({ gateway }) => {
        const count = listenersOf(gateway).length;
        return count < NEAR
          ? ok(nameOf(gateway), `${count} of ${MOST} listeners`)
          : warned(nameOf(gateway), `fewer than ${NEAR} listeners`, `${count} of ${MOST}`);
      }),
};
