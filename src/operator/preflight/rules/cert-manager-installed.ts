import { installed } from '../../checks/installed.ts';
import { KINDS } from '../../checks/kinds.ts';
import type { PreflightRule } from '../facts.ts';
import { neededDefinitions } from '../questions.ts';

export const certManagerInstalled: PreflightRule = {
  code: 'CertManagerInstalled',
  looksAt: 'With certificates of cert-manager its definitions are there and served.',
  replaces: ['kubectl get crd certificates.cert-manager.io'],
  next: 'install cert-manager with crds.enabled=true, or switch gatewayAPI.workload.certManager off',
  check: (facts) =>
    neededDefinitions(facts.wanted)
      .filter((kind) => KINDS[kind].group === 'cert-manager.io')
      .flatMap((kind) => installed(facts, kind)),
};
