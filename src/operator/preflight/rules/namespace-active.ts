import { failed, ok, type Said } from '../../checks/check.ts';
import { ifThere } from '../../checks/look.ts';
import type { PreflightRule } from '../facts.ts';
import { namespacesOf } from '../wanted.ts';

export const namespaceActive: PreflightRule = {
  code: 'NamespaceActive',
  looksAt: 'None of these namespaces is being deleted.',
  replaces: [],
  next: 'wait until it is gone, or see what keeps it: kubectl get namespace NAME -o yaml',
  check: (facts) =>
    namespacesOf(facts.wanted).flatMap((name) =>
      ifThere(facts, 'Namespace', '', name, ({ metadata }): readonly Said[] => [
        metadata.deletionTimestamp === undefined
          ? ok(`Namespace ${name}`, 'Active')
          : failed(`Namespace ${name}`, 'Active', `it is being deleted since ${metadata.deletionTimestamp}`),
      ]),
    ),
};
