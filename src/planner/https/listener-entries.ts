import { GATEWAY_GROUP } from '../world/objects.ts';
import type { PlannedGateway } from '../world/planned.ts';
import { inSlices, type Slices } from '../world/slices.ts';
import type { KubeObject } from '../world/world.ts';
import type { DedicatedHostname } from './hostname-plan.ts';
import type { PlacedListener } from './listeners-observed.ts';
import type { RouteNamespaces } from './route-namespaces.ts';

/** An entry as we write it. */
export type Listener = PlannedGateway['spec']['listeners'][number] & { readonly hostname: string };

/**
 * What was worked out about data that never changes in place, by that data: whatever moves one listener, the step looks at
 * all of them. An engine keeps it between plans; it says nothing that the step would not.
 */
export interface KeptListeners {
  /** The same object for the same request, so that a comparison that was made once need not be made again. */
  readonly dedicated: WeakMap<
    DedicatedHostname,
    { readonly entry: Listener; readonly namespaces: RouteNamespaces }
  >;
  /** Numbers of our ListenerSets. */
  readonly numbers: WeakMap<KubeObject, number>;
  /** Entries that a set, as it was observed, was found to have. */
  readonly entries: WeakMap<KubeObject, readonly Listener[]>;
}

export function keptListeners(): KeptListeners {
  return { dedicated: new WeakMap(), numbers: new WeakMap(), entries: new WeakMap() };
}

/**
 * An HTTPS entry that serves these Secrets in this order.
 *
 * @param namespaces what the chart's HTTP listener admits.
 */
export function httpsListener(
  name: string,
  hostname: string,
  secrets: readonly string[],
  namespaces: RouteNamespaces,
): Listener {
  return {
    name,
    port: 443,
    protocol: 'HTTPS',
    hostname,
    tls: {
      mode: 'Terminate',
      certificateRefs: secrets.map((secret) => ({ group: '', kind: 'Secret', name: secret })),
    },
    allowedRoutes: { namespaces, kinds: [{ group: GATEWAY_GROUP, kind: 'HTTPRoute' }] },
  };
}

/** The entry of a self-managed hostname, with its own Secret. */
export function dedicatedListener(
  { dedicated }: KeptListeners,
  request: DedicatedHostname,
  namespaces: RouteNamespaces,
): Listener {
  const kept = dedicated.get(request);
  if (kept?.namespaces === namespaces) return kept.entry;
  const entry = httpsListener(request.name, request.hostname, [request.name], namespaces);
  dedicated.set(request, { entry, namespaces });
  return entry;
}

/** Makes entries that nobody has made, with pauses, so that an arrangement finds that done. */
export function* makeEntries(
  kept: KeptListeners,
  requests: readonly DedicatedHostname[],
  namespaces: RouteNamespaces | undefined,
): Slices<void> {
  const [first] = requests;
  // Once the first is made nearly all are, and the few that are new are made on the way.
  if (namespaces === undefined || first === undefined) return;
  if (kept.dedicated.get(first)?.namespaces === namespaces) return;
  yield* inSlices(requests, 512, (request) => dedicatedListener(kept, request, namespaces));
}

/** An entry that is kept as it is, in our own spelling. */
export function asObserved({ entry }: PlacedListener, namespaces: RouteNamespaces): Listener {
  return httpsListener(entry.name, entry.hostname ?? '', entry.secretNames, namespaces);
}
