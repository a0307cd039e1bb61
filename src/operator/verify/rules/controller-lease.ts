import { failed, ok, type Said } from '../../checks/check.ts';
import { one } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { placeName } from '../../checks/object-name.ts';
import { keeperOf, runtimeConfig, type VerifyRule } from '../facts.ts';
import { leaseProblem } from '../leases.ts';

/** That of the controller; test/operator compares it. */
export const CONTROLLER_LEASE = 'kubebyon-edge-sync';

export const controllerLease: VerifyRule = {
  code: 'ControllerLease',
  looksAt: 'Somebody keeps the entries: the Lease kubebyon-edge-sync is held and was renewed in time.',
  replaces: [],
  next: 'see the Pods and the log of the edge controller, or of the API where that keeps the entries',
  check: (facts): readonly Said[] => {
    if (runtimeConfig(facts) === undefined) return [];
    const { namespace } = facts.release;
    const object = placeName('Lease', namespace, CONTROLLER_LEASE);
    return ifSeen(one(facts, 'Lease', namespace, CONTROLLER_LEASE), object, (lease): readonly Said[] => {
      const keeper = keeperOf(facts)?.metadata.name ?? 'the controller';
      const problem = lease === undefined ? 'no Lease: it has never run' : leaseProblem(lease, facts.now);
      return [
        problem === undefined
          ? ok(object, 'held and renewed')
          : failed(
              object,
              `that ${keeper} renews it`,
              problem,
              `kubectl -n ${namespace} logs deployment/${keeper}`,
            ),
      ];
    });
  },
};
