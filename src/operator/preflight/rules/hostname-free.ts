import { listenersOf } from '../../../planner/world/objects.ts';
import { ok, type Said, warned } from '../../checks/check.ts';
import { ofAll } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { wantedOf } from '../wanted.ts';

export const hostnameFree: PreflightRule = {
  code: 'HostnameFree',
  looksAt: 'No listener of another Gateway has the hostname of the platform.',
  replaces: [],
  next: 'take the hostname off the other Gateway, or set another gatewayAPI.platform.hostname',
  check: (facts) => {
    const own = new Set(wantedOf(facts.wanted, 'Gateway').map(nameOf));
    const hostnames = new Set(
      wantedOf(facts.wanted, 'Gateway').flatMap((gateway) =>
        listenersOf(gateway).flatMap(({ hostname }) => hostname ?? []),
      ),
    );
    if (hostnames.size === 0) return [];
    return ofAll(facts, 'Gateway', undefined, (gateways): readonly Said[] =>
      [...hostnames].map((hostname) => {
        const other = gateways.find(
          (gateway) =>
            !own.has(nameOf(gateway)) &&
            listenersOf(gateway).some((listener) => listener.hostname === hostname),
        );
        return other === undefined
          ? ok(hostname, 'no other Gateway has it')
          : warned(hostname, 'no other Gateway with this hostname', nameOf(other));
      }),
    );
  },
};
