import { textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { referencesOf } from '../references.ts';

const TYPES: Readonly<Record<string, readonly string[]>> = {
  tls: ['kubernetes.io/tls'],
  pull: ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'],
};

export const secretType: PreflightRule = {
  code: 'SecretType',
  looksAt:
    'A Secret with a certificate is of type kubernetes.io/tls, one for pulling images of type kubernetes.io/dockerconfigjson.',
  replaces: [],
  next: 'delete it and create it anew with `kubectl create secret tls` or `docker-registry`: the type of a Secret cannot be changed',
  check: (facts) =>
    referencesOf(facts.wanted)
      .filter(({ kind }) => kind === 'Secret')
      .flatMap(({ namespace, name, use }) => {
        const types = TYPES[use];
        if (types === undefined) return [];
        return ifThere(facts, 'Secret', namespace, name, (secret): readonly Said[] => {
          const type = textOf(secret.type) ?? 'no type';
          return [
            types.includes(type)
              ? ok(nameOf(secret), type)
              : failed(nameOf(secret), types.join(' or '), type),
          ];
        });
      }),
};
