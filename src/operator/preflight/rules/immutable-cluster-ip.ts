import { get, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { ownObjects } from '../own-objects.ts';

export const immutableClusterIP: PreflightRule = {
  code: 'ImmutableClusterIP',
  looksAt: 'A Service that is there stays with or without an address of its own: that cannot be changed.',
  replaces: [],
  next: 'delete the Service; Helm makes it anew, and requests to it fail meanwhile',
  check: (facts) =>
    ownObjects(facts, (wanted, there): readonly Said[] => {
      if (there.kind !== 'Service') return [];
      const isHeadless = (spec: unknown): boolean => textOf(get(spec, 'clusterIP')) === 'None';
      return [
        isHeadless(wanted.spec) === isHeadless(there.spec)
          ? ok(nameOf(there), isHeadless(there.spec) ? 'headless' : 'with an address')
          : failed(
              nameOf(there),
              isHeadless(there.spec) ? 'a headless Service, as it is' : 'a Service with an address, as it is',
              'the other in the values',
            ),
      ];
    }),
};
