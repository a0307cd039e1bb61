import { failed } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { all } from '../../checks/facts.ts';
import { ofAll } from '../../checks/look.ts';
import { kubectlGet, nameOf } from '../../checks/object-name.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const edgeClusterReady: VerifyRule = {
  code: 'EdgeClusterReady',
  looksAt: 'Each EdgeCluster is Ready, by the controller; the reason is that of the first thing that is not.',
  replaces: [],
  next: 'docs/operations.md, Conditions, says what to do about each reason',
  check: (facts) =>
    // Where the API keeps the entries there need not be the kind.
    all(facts, 'EdgeCluster').seen
      ? ofAll(facts, 'EdgeCluster', undefined, (clusters) =>
          ofMany(clusters, 'EdgeClusters', (cluster) => {
            const problem = notTrue(cluster, 'Ready');
            const { namespace = '', name } = cluster.metadata;
            return problem === undefined
              ? undefined
              : failed(
                  nameOf(cluster),
                  'Ready is True',
                  problem,
                  `see its conditions: ${kubectlGet('EdgeCluster', namespace, name)}`,
                );
          }),
        )
      : [],
};
