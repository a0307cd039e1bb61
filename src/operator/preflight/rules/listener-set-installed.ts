import { installed } from '../../checks/installed.ts';
import type { PreflightRule } from '../facts.ts';
import { neededDefinitions } from '../questions.ts';

export const listenerSetInstalled: PreflightRule = {
  code: 'ListenerSetInstalled',
  looksAt: 'With gatewayAPI.workload.listenerSets the definition of ListenerSet is there and served.',
  replaces: [],
  next: 'install the Gateway API 1.5 or newer, or set gatewayAPI.workload.listenerSets=false',
  check: (facts) =>
    neededDefinitions(facts.wanted).includes('ListenerSet') ? installed(facts, 'ListenerSet') : [],
};
