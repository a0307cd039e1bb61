import { at, get, listOf, textOf } from './json.ts';
import { GATEWAY_GROUP } from './objects.ts';
import type { Host } from './world.ts';

/** At which apiVersion the host serves what the planner writes; undefined: not at all. */
export interface Apis {
  readonly tlsRoute?: string;
  readonly httpRoute?: string;
  readonly listenerSet?: string;
  readonly certificate?: string;
  readonly routePlan?: string;
}

/** Newest first. Envoy Gateway up to 1.7 watches TLSRoute v1alpha3 only, so older versions are taken when v1 is not served. */
const WANTED = {
  tlsRoute: [GATEWAY_GROUP, 'TLSRoute', ['v1', 'v1alpha3', 'v1alpha2']],
  httpRoute: [GATEWAY_GROUP, 'HTTPRoute', ['v1']],
  listenerSet: [GATEWAY_GROUP, 'ListenerSet', ['v1']],
  certificate: ['cert-manager.io', 'Certificate', ['v1']],
  routePlan: ['kubebyon.app', 'RoutePlan', ['v1alpha1']],
} as const;

export function apisOf(host: Pick<Host, 'apis'>): Apis {
  const served = host.apis === undefined ? undefined : new Set(host.apis);
  const pick = ([group, kind, versions]: readonly [string, string, readonly string[]]):
    | string
    | undefined => {
    const version = versions.find((one) => served === undefined || served.has(`${group}/${one}/${kind}`));
    return version === undefined ? undefined : `${group}/${version}`;
  };
  const entries = Object.entries(WANTED).map(([name, wanted]) => [name, pick(wanted)] as const);
  return Object.fromEntries(entries.filter(([, version]) => version !== undefined));
}

/** Ports of a Service's spec. */
export function servicePorts(spec: unknown): readonly { readonly name?: string; readonly port?: number }[] {
  return listOf(at(spec, 'ports')).map((entry) => {
    const port = get(entry, 'port');
    const name = textOf(get(entry, 'name'));
    return {
      ...(typeof port === 'number' ? { port } : {}),
      ...(name === undefined ? {} : { name }),
    };
  });
}
