import { get, textOf } from '../../src/planner/world/json.ts';

/** What an element of a list is called in a fixture; undefined when it lacks what would name it. */
export type Identity = (element: unknown) => string | undefined;

/**
 * Lists of a world whose elements have a name of their own, so that a fixture can change one of them. In a path `*` stands
 * for one key or element and `**` for any number of them. All other lists are values, and stand whole.
 */
const IDENTITIES: Readonly<Record<string, Identity>> = {
  'inventory.clusters': field('id'),
  'inventory.clusters.*.hostnames': field('hostname'),
  'host.objects': objectIdentity,
  'host.objects.*.metadata.managedFields': field('manager'),
  'host.objects.*.spec.listeners': field('name'),
  'host.objects.*.status.listeners': field('name'),
  'host.objects.*.**.conditions': field('type'),
  'host.nodes': field('name'),
  'tenants.*.nodes': field('name'),
  'tenants.*.pods': namespacedName,
  'tenants.*.services': namespacedName,
  'dns.*': field('resolver'),
  'probes.*': probeIdentity,
};

/** How the elements of the list at a path of a world are named; undefined when that list is a value. */
export function identityAt(path: readonly string[]): Identity | undefined {
  return Object.entries(IDENTITIES).find(([pattern]) => matches(pattern.split('.'), path))?.[1];
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return path.length === 0;
  if (head === '**') return matches(rest, path) || (path.length > 0 && matches(pattern, path.slice(1)));
  return path.length > 0 && (head === '*' || head === path[0]) && matches(rest, path.slice(1));
}

function field(key: string): Identity {
  return (element) => textOf(get(element, key));
}

/** `Service vc-1/vc`; of what stands in no namespace `GatewayClass eg`. */
function objectIdentity(object: unknown): string | undefined {
  const kind = textOf(get(object, 'kind'));
  const name = namespacedName(get(object, 'metadata'));
  return kind === undefined || name === undefined ? undefined : `${kind} ${name}`;
}

/** `ingress/ingress-1`. */
function namespacedName(element: unknown): string | undefined {
  const namespace = textOf(get(element, 'namespace'));
  const name = textOf(get(element, 'name'));
  return namespace === undefined || name === undefined ? name : `${namespace}/${name}`;
}

/** `host-a 10.1.1.5:80`: who asked, and what. */
function probeIdentity(probe: unknown): string {
  return `${get(probe, 'vantage')} ${get(probe, 'address')}:${get(probe, 'port')}`;
}
