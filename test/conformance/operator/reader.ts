import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { isRecord } from '../../../src/text/json.ts';
import type { KubeObject } from '../support/api-client.ts';
import { NAMESPACE, type Stage, type Undo } from './stage.ts';

/** A Role or ClusterRole. */
export interface Role extends KubeObject {
  readonly rules: readonly { readonly resources: readonly string[] }[];
}

export function isRole(value: unknown): value is Role {
  return isRecord(value) && Array.isArray(value.rules);
}

/** Somebody who may read some things and no others. */
export interface Reader {
  readonly kubeconfig: string;
  /** Takes a resource out of the roles. */
  without(resource: string): Promise<void>;
  remove: Undo;
}

/** A service account with some roles and nothing else, and a kubeconfig with its token. */
export async function readerWith(
  stage: Pick<Stage, 'cluster' | 'add' | 'change'>,
  name: string,
  roles: readonly Role[],
): Promise<Reader> {
  const { api, kubeconfig } = stage.cluster;
  const account = `reader-${name}`;
  const undos: Undo[] = [
    await stage.add({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: account, namespace: NAMESPACE },
    }),
  ];
  for (const role of roles) {
    undos.push(await stage.add(role), await stage.add(bindingOf(role, account)));
  }
  const token = await api.request({
    method: 'POST',
    path: `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${account}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
  });
  if (!token.ok) throw new Error(token.message);
  const { status } = token.object;
  const file = join(dirname(kubeconfig), `kubeconfig-${name}`);
  const config: unknown = load(readFileSync(kubeconfig, 'utf8'));
  const user = { token: isRecord(status) ? status.token : '' };
  writeFileSync(
    file,
    JSON.stringify({ ...(isRecord(config) ? config : {}), users: [{ name: 'admin', user }] }),
  );
  return {
    kubeconfig: file,
    without: async (resource) => {
      for (const { kind, metadata } of roles) {
        if (kind !== 'ClusterRole' && kind !== 'Role') continue;
        await stage.change(
          kind,
          metadata.name,
          (role) => {
            role.rules = role.rules.filter(
              ({ resources }: { resources: string[] }) => !resources.includes(resource),
            );
          },
          metadata.namespace,
        );
      }
    },
    remove: async () => {
      for (const undo of undos.toReversed()) await undo();
    },
  };
}

function bindingOf({ kind, metadata }: Role, account: string): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: NAMESPACE }],
  };
}
