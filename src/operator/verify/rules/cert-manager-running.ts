import { certManagerRuns } from '../../checks/shared.ts';
import { runtimeIssuers } from '../certificates.ts';
import type { VerifyRule } from '../facts.ts';

export const certManagerRunning: VerifyRule = {
  code: 'CertManagerRunning',
  looksAt: 'The Deployments of cert-manager are Available, where certificates are of it.',
  replaces: ['kubectl -n cert-manager get pods'],
  next: 'see its Pods and their log; certificates that are there serve until they end',
  check: (facts) => (runtimeIssuers(facts).length === 0 ? [] : certManagerRuns(facts)),
};
