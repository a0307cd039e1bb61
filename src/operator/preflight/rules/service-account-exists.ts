import { failed, ok, type Said } from '../../checks/check.ts';
import { one } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { placeName } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { podTemplates, wantedOf } from '../wanted.ts';

export const serviceAccountExists: PreflightRule = {
  code: 'ServiceAccountExists',
  looksAt: 'A service account that Pods run as and that the release does not make is there.',
  replaces: [],
  next: 'create it, or set serviceAccount.create=true',
  check: (facts) => {
    const made = new Set(wantedOf(facts.wanted, 'ServiceAccount').map(({ metadata }) => metadata.name));
    const names = podTemplates(facts.wanted).flatMap(({ owner, spec }) =>
      typeof spec.serviceAccountName === 'string' && !made.has(spec.serviceAccountName)
        ? [[owner.metadata.namespace ?? '', spec.serviceAccountName] as const]
        : [],
    );
    return [...new Map(names.map((pair) => [pair.join('/'), pair])).values()].flatMap(([namespace, name]) => {
      const object = placeName('ServiceAccount', namespace, name);
      return ifSeen(one(facts, 'ServiceAccount', namespace, name), object, (found): readonly Said[] => [
        found === undefined
          ? failed(
              object,
              'a service account',
              'none',
              `kubectl -n ${namespace} create serviceaccount ${name}`,
            )
          : ok(object, 'it is there'),
      ]);
    });
  },
};
