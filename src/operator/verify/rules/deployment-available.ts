import { failed } from '../../checks/check.ts';
import { ofAll } from '../../checks/look.ts';
import { availability } from '../../checks/shared.ts';
import { isOfRelease, type VerifyRule } from '../facts.ts';

export const deploymentAvailable: VerifyRule = {
  code: 'DeploymentAvailable',
  looksAt: 'Each Deployment of the release is Available.',
  replaces: ["kubectl -n kubebyon-system get deploy,svc | rg 'kubebyon-web|web'"],
  next: 'see its Pods',
  check: (facts) =>
    ofAll(facts, 'Deployment', facts.release.namespace, (all) => {
      const own = all.filter((one) => isOfRelease(one, facts));
      if (own.length > 0) return own.map(availability);
      const { namespace, name } = facts.release;
      return [
        failed(
          `release ${namespace}/${name}`,
          'its Deployments',
          'none',
          'see helm list -A, and name the release and its namespace',
        ),
      ];
    }),
};
