import { RUNTIME_FIELD_MANAGER } from '../../contract/labels.ts';
import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import type { SharedSteps } from '../context.ts';
import type { Action } from '../world/action.ts';
import { says } from '../world/compare.ts';
import { compareText } from '../world/json.ts';
import { GATEWAY_GROUP } from '../world/objects.ts';
import { applyId, NOTHING, type Part, preconditionOf } from '../world/part.ts';
import type { KubeObject } from '../world/world.ts';
import type { Listener } from './listener-entries.ts';

/**
 * Our entries of the workload Gateway, all in one write: what is not sent, our field manager gives up. So it
 * needs the state that was seen: an older one would lack listeners that redirects have come to rest on.
 */
export function gatewayPart(
  shared: SharedSteps,
  workload: WorkloadConfig,
  gateway: KubeObject,
  entries: readonly Listener[],
): Part {
  const owned = [...shared.listeners.own.values()].filter(({ parent }) => parent.kind === 'Gateway');
  const sorted = [...entries].sort((a, b) => compareText(a.name, b.name));
  const same =
    owned.length === sorted.length &&
    sorted.every((entry) =>
      owned.some((placed) => placed.entry.name === entry.name && says(placed.entry.raw, entry)),
    );
  if (same) return NOTHING;
  const { namespace, name } = workload.gateway;
  const reference = { apiVersion: `${GATEWAY_GROUP}/v1`, kind: 'Gateway', namespace, name };
  const action: Action = {
    id: applyId(reference),
    verb: 'apply',
    object: {
      apiVersion: reference.apiVersion,
      kind: 'Gateway',
      metadata: { name, namespace },
      spec: { listeners: sorted },
    },
    fieldManager: RUNTIME_FIELD_MANAGER,
    precondition: preconditionOf(gateway, 'state'),
    after: [],
    reason: `${sorted.length} HTTPS listeners of ours`,
    cluster: null,
  };
  return { ...NOTHING, actions: [action] };
}
