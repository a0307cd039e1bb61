import { certManagerRuns } from '../../checks/shared.ts';
import type { PreflightRule } from '../facts.ts';
import { needsCertManager } from '../wanted.ts';

export const certManagerRunning: PreflightRule = {
  code: 'CertManagerRunning',
  looksAt: 'The Deployments of cert-manager, its webhook and its cainjector are Available.',
  replaces: ['kubectl -n cert-manager get pods'],
  next: 'see its Pods and their log: kubectl -n cert-manager get pods',
  check: (facts) => (needsCertManager(facts.wanted) ? certManagerRuns(facts) : []),
};
