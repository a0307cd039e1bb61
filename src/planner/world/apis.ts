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
  /** Of what is not served: which versions are expected, and which others there are. */
  readonly unmet: Readonly<Partial<Record<keyof typeof WANTED, string>>>;
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
  const unmet = Object.entries(WANTED)
    .filter(([, wanted]) => pick(wanted) === undefined)
    .map(([name, wanted]) => [name, unmetText(wanted, host.apis ?? [])] as const);
  return {
    ...Object.fromEntries(entries.filter(([, version]) => version !== undefined)),
    unmet: Object.fromEntries(unmet),
  };
}

/** `expected TLSRoute of gateway.networking.k8s.io at v1, v1alpha3 or v1alpha2, found v1beta1`. */
function unmetText(
  [group, kind, versions]: readonly [string, string, readonly string[]],
  apis: readonly string[],
): string {
  const found = apis
    .filter((one) => one.startsWith(`${group}/`) && one.endsWith(`/${kind}`))
    .map((one) => one.slice(group.length + 1, -kind.length - 1));
  const expected = [versions.slice(0, -1).join(', '), ...versions.slice(-1)].filter((one) => one !== '');
  return `expected ${kind} of ${group} at ${expected.join(' or ')}, found ${found.join(', ') || 'none'}`;
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
