import { failed, ok, type Said } from '../../checks/check.ts';
import { one } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { placeName } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { referencesOf } from '../references.ts';

export const secretExists: PreflightRule = {
  code: 'SecretExists',
  looksAt:
    'Each Secret and ConfigMap that values name is there, in the namespace where it is read; with the entries that are named.',
  replaces: [],
  next: 'create it, or correct its name among the values',
  check: (facts) =>
    referencesOf(facts.wanted).flatMap(({ kind, namespace, name, by, key, use }) => {
      const object = placeName(kind, namespace, name);
      return ifSeen(one(facts, kind, namespace, name), object, (found): readonly Said[] => {
        if (found === undefined)
          return [failed(object, `the ${kind} of ${by}`, 'none', createHint(kind, namespace, name, use))];
        if (key !== undefined && found.keys?.includes(key) === false)
          return [failed(object, `an entry ${key} for ${by}`, `only ${found.keys.join(', ') || 'none'}`)];
        return [ok(object, `it is there for ${by}`)];
      });
    }),
};

function createHint(kind: string, namespace: string, name: string, use: string): string {
  if (kind === 'ConfigMap')
    return `kubectl -n ${namespace} create configmap ${name} --from-literal KEY=VALUE`;
  if (use === 'tls') return `kubectl -n ${namespace} create secret tls ${name} --cert=FILE --key=FILE`;
  if (use === 'pull')
    return `kubectl -n ${namespace} create secret docker-registry ${name} --docker-server=HOST --docker-username=USER --docker-password=PASSWORD`;
  return `kubectl -n ${namespace} create secret generic ${name} --from-literal KEY=VALUE`;
}
