import { failed, ok, type Said } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { answerTo } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import { isCertManager } from '../controllers.ts';
import type { PreflightRule } from '../facts.ts';
import { CONTROLLERS } from '../questions.ts';
import { needsCertManager } from '../wanted.ts';

export const certManagerRunning: PreflightRule = {
  code: 'CertManagerRunning',
  looksAt: 'The Deployments of cert-manager, its webhook and its cainjector are Available.',
  replaces: ['kubectl -n cert-manager get pods'],
  next: 'see its Pods and their log: kubectl -n cert-manager get pods',
  check: (facts) =>
    needsCertManager(facts.wanted)
      ? ifSeen(answerTo(facts, CONTROLLERS), 'Deployment of cert-manager', (found): readonly Said[] => {
          const deployments = found.filter(isCertManager);
          if (deployments.length === 0)
            return [failed('Deployment of cert-manager', 'one that runs', 'none', 'install cert-manager')];
          return deployments.map((deployment) => {
            const problem = notTrue(deployment, 'Available');
            return problem === undefined
              ? ok(nameOf(deployment), 'Available')
              : failed(nameOf(deployment), 'Available is True', problem);
          });
        })
      : [],
};
