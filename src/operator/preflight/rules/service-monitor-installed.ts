import { installed } from '../../checks/installed.ts';
import type { PreflightRule } from '../facts.ts';
import { neededDefinitions } from '../questions.ts';

export const serviceMonitorInstalled: PreflightRule = {
  code: 'ServiceMonitorInstalled',
  looksAt: 'With edgeController.serviceMonitor.enabled the definition of ServiceMonitor is there.',
  replaces: [],
  next: 'install the Prometheus operator, or set edgeController.serviceMonitor.enabled=false',
  check: (facts) =>
    neededDefinitions(facts.wanted).includes('ServiceMonitor') ? installed(facts, 'ServiceMonitor') : [],
};
