import { get, textOf } from '../../../planner/world/json.ts';
import { ok, type Said, warned } from '../../checks/check.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { wantedOf } from '../wanted.ts';

export const gatewayClassChange: PreflightRule = {
  code: 'GatewayClassChange',
  looksAt:
    'A Gateway that is there already keeps its class; with another one it gets another public address.',
  replaces: [],
  next: 'keep the class, or lower the TTL of its DNS names first and be ready to change them',
  check: (facts) =>
    wantedOf(facts.wanted, 'Gateway').flatMap((wanted) =>
      ifThere(
        facts,
        'Gateway',
        wanted.metadata.namespace ?? '',
        wanted.metadata.name,
        (there): readonly Said[] => {
          const before = textOf(get(there.spec, 'gatewayClassName')) ?? '';
          const after = textOf(get(wanted.spec, 'gatewayClassName')) ?? '';
          return [
            before === after
              ? ok(nameOf(there), `class ${before}`)
              : warned(nameOf(there), `class ${before} as now`, `class ${after} in the values`),
          ];
        },
      ),
    ),
};
