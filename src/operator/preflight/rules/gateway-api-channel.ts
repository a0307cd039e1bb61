import { ok, type Said, warned } from '../../checks/check.ts';
import { one } from '../../checks/facts.ts';
import { definitionOf } from '../../checks/gateway-api.ts';
import { definitionName, KINDS } from '../../checks/kinds.ts';
import type { PreflightRule } from '../facts.ts';
import { neededDefinitions } from '../questions.ts';

const OBJECT = 'definitions of gateway.networking.k8s.io';

export const gatewayApiChannel: PreflightRule = {
  code: 'GatewayApiChannel',
  looksAt: 'All definitions of the Gateway API are of one release and one channel.',
  replaces: [],
  next: 'apply the whole bundle of one release again; half of one was installed',
  check: (facts): readonly Said[] => {
    const definitions = neededDefinitions(facts.wanted)
      .filter((kind) => KINDS[kind].group === 'gateway.networking.k8s.io')
      .flatMap((kind) => {
        const answer = one(facts, 'CustomResourceDefinition', '', definitionName(kind));
        return answer.seen && answer.value !== undefined ? [definitionOf(answer.value)] : [];
      });
    const found = new Set(
      definitions.map(
        ({ channel = 'no channel', bundleVersion = 'no version' }) => `${channel} ${bundleVersion}`,
      ),
    );
    if (found.size === 0) return [];
    const text = [...found].join(' and ');
    return [found.size === 1 ? ok(OBJECT, text) : warned(OBJECT, 'one channel and one release', text)];
  },
};
