import { failed, ok, type Said } from '../../checks/check.ts';
import { one } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import type { PreflightRule } from '../facts.ts';
import { namespacesOf } from '../wanted.ts';

export const namespaceExists: PreflightRule = {
  code: 'NamespaceExists',
  looksAt:
    'Each namespace that something is installed into is there; Helm makes that of the release only, with --create-namespace.',
  replaces: [],
  next: 'kubectl create namespace NAME; for that of the release also helm install --create-namespace',
  check: (facts) =>
    namespacesOf(facts.wanted).flatMap((name) =>
      ifSeen(one(facts, 'Namespace', '', name), `Namespace ${name}`, (found): readonly Said[] => [
        found === undefined
          ? failed(`Namespace ${name}`, 'a namespace', 'none', `kubectl create namespace ${name}`)
          : ok(`Namespace ${name}`, 'it is there'),
      ]),
    ),
};
