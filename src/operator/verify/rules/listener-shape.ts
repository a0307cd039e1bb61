import { at, get, listOf, textOf } from '../../../planner/world/json.ts';
import { type ListenerEntry, listenersOf } from '../../../planner/world/objects.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { type Entry, gatewaysOf, runtimeConfig, type VerifyRule } from '../facts.ts';

export const listenerShape: VerifyRule = {
  code: 'ListenerShape',
  looksAt:
    'The listeners of the chart are as the runbook says: TLS 443 passed through for TLSRoutes of all namespaces, HTTPS 443 of the platform, HTTP 80 of workloads.',
  replaces: ['kubectl -n kubebyon-system describe gateway <control-plane-gateway-name>'],
  next: 'helm upgrade with the values of this release; somebody has changed the listener by hand',
  check: (facts) => {
    const config = runtimeConfig(facts);
    return gatewaysOf(facts).flatMap(({ entry, gateway }): readonly Said[] => {
      const name = {
        'control-plane': config?.controlPlane.listenerName,
        workload: config?.workload?.httpListenerName,
        platform: 'https',
      }[entry.role];
      const listener = listenersOf(gateway).find((one) => one.name === name);
      if (listener === undefined) return [];
      const object = `listener ${listener.name} of ${nameOf(gateway)}`;
      const found = shapeOf(listener);
      const expected = SHAPES[entry.role];
      return [found === expected ? ok(object, found) : failed(object, expected, found)];
    });
  },
};

/** Runbook sections 5.2, 5.3 and 6.5. */
const SHAPES: Readonly<Record<Entry['role'], string>> = {
  'control-plane': 'TLS 443 Passthrough for TLSRoute from All',
  platform: 'HTTPS 443 Terminate for HTTPRoute from Same',
  workload: 'HTTP 80 for HTTPRoute from All',
};

function shapeOf({ protocol = 'no protocol', port = 0, raw }: ListenerEntry): string {
  const mode = protocol === 'HTTP' ? '' : ` ${textOf(at(raw, 'tls', 'mode')) ?? 'Terminate'}`;
  const kinds = listOf(at(raw, 'allowedRoutes', 'kinds')).map((kind) => textOf(get(kind, 'kind')) ?? '');
  const from = textOf(at(raw, 'allowedRoutes', 'namespaces', 'from')) ?? 'Same';
  return `${protocol} ${port}${mode} for ${kinds.join(', ') || 'every kind'} from ${from}`;
}
