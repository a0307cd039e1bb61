import { get, sameData } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { ownObjects } from '../own-objects.ts';

const KINDS: readonly string[] = ['Deployment', 'DaemonSet'];

export const immutableSelector: PreflightRule = {
  code: 'ImmutableSelector',
  looksAt:
    'A Deployment or DaemonSet that is there selects its Pods as the new one does: the selector cannot be changed.',
  replaces: [],
  next: 'delete the object first, which ends its Pods: kubectl delete KIND NAME --cascade=orphan keeps them until the new ones run',
  check: (facts) =>
    ownObjects(facts, (wanted, there): readonly Said[] => {
      if (!KINDS.includes(there.kind)) return [];
      return [
        sameData(get(wanted.spec, 'selector'), get(there.spec, 'selector'))
          ? ok(nameOf(there), 'the same selector')
          : failed(nameOf(there), 'the selector that it has', 'another one in the values'),
      ];
    }),
};
