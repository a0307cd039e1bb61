import { get, listOf, textOf } from '../../../planner/world/json.ts';
import { warned } from '../../checks/check.ts';
import { conditionText } from '../../checks/condition-text.ts';
import { all, type SeenObject } from '../../checks/facts.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const hostnameReady: VerifyRule = {
  code: 'HostnameReady',
  looksAt: 'The conditions of each hostname of an EdgeCluster are True.',
  replaces: [],
  next: 'kubebyon-gateway why HOSTNAME shows the first broken link',
  check: (facts) => {
    const clusters = all(facts, 'EdgeCluster');
    if (!clusters.seen) return [];
    const entries = clusters.value.flatMap((cluster) =>
      listOf(get(cluster.status, 'hostnames')).map((entry) => ({ cluster, entry })),
    );
    return ofMany(entries, 'hostnames', problemOf);
  },
};

function problemOf({ cluster, entry }: { readonly cluster: SeenObject; readonly entry: unknown }) {
  const hostname = textOf(get(entry, 'hostname')) ?? '';
  const conditions = get(entry, 'conditions');
  const bad = listOf(conditions).find((one) => get(one, 'status') !== 'True');
  if (bad === undefined) return undefined;
  return warned(
    `${hostname} of ${nameOf(cluster)}`,
    'all its conditions True',
    conditionText(conditions, textOf(get(bad, 'type')) ?? ''),
    `kubebyon-gateway why ${hostname}`,
  );
}
