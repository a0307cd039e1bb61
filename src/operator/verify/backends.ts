import { servicePorts } from '../../planner/world/apis.ts';
import { at, get, listOf, textOf, textsOf } from '../../planner/world/json.ts';
import { label } from '../../planner/world/objects.ts';
import { answerTo, type ClusterFacts, one, type SeenObject } from '../checks/facts.ts';
import { placeName } from '../checks/object-name.ts';
import { runtimeObjects, type VerifyFacts } from './facts.ts';
import { OUR_SERVICES, OUR_SLICES } from './questions.ts';
import type { Backend } from './routes.ts';

/** Services of the runtime, each the backend of one cluster. */
export function shimServices(facts: VerifyFacts): readonly SeenObject[] {
  return runtimeObjects(answerTo(facts, OUR_SERVICES)).filter(({ kind }) => kind === 'Service');
}

/** The Service of a backend; of what could not be read nothing is known. */
function serviceOf(facts: ClusterFacts, { namespace, name }: Backend): SeenObject | 'unknown' | undefined {
  const ours = answerTo(facts, OUR_SERVICES);
  const found = ours.seen
    ? ours.value.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace)
    : undefined;
  if (found !== undefined) return found;
  const other = one(facts, 'Service', namespace, name);
  if (other.seen) return other.value;
  // Those of the runtime are all known: what is called like one and is not among them is not there.
  return ours.seen && name.startsWith('kubebyon-edge-') ? undefined : 'unknown';
}

/** What is wrong with the Service that a route names. */
export function backendProblem(facts: ClusterFacts, backend: Backend): string | undefined {
  const service = serviceOf(facts, backend);
  const name = placeName('Service', backend.namespace, backend.name);
  if (service === undefined) return `${name} is not there`;
  if (service === 'unknown') return undefined;
  const ports = servicePorts(service.spec).flatMap(({ port }) => port ?? []);
  if (backend.port === undefined || ports.includes(backend.port)) return undefined;
  return `${name} has no port ${backend.port}, only ${ports.join(', ')}`;
}

/** What is wrong with the endpoints of a Service. */
export function endpointsProblem(facts: VerifyFacts, { namespace, name }: Backend): string | undefined {
  const slices = slicesOf(facts, namespace, name);
  if (slices === undefined) return undefined;
  if (slices.length === 0) return 'no EndpointSlice';
  const endpoints = slices.flatMap(({ endpoints }) => listOf(endpoints));
  if (endpoints.length === 0) return 'EndpointSlices without endpoints';
  const ready = endpoints.filter((endpoint) => at(endpoint, 'conditions', 'ready') !== false);
  return ready.length > 0 ? undefined : `${endpoints.length} endpoints, none of them ready`;
}

/** The EndpointSlices of a Service; undefined where they could not be read. */
export function slicesOf(
  facts: VerifyFacts,
  namespace: string,
  name: string,
): readonly SeenObject[] | undefined {
  const ours = answerTo(facts, OUR_SLICES);
  const ofRelease = answerTo(facts, { kind: 'EndpointSlice', namespace: facts.release.namespace });
  const isOfService = (slice: SeenObject): boolean =>
    slice.metadata.namespace === namespace && label(slice, 'kubernetes.io/service-name') === name;
  const found = [ours, ofRelease].flatMap((answer) => (answer.seen ? answer.value.filter(isOfService) : []));
  const isKnown = (namespace === facts.release.namespace && ofRelease.seen) || ours.seen;
  const distinct = [...new Map(found.map((slice) => [slice.metadata.name, slice])).values()];
  return distinct.length === 0 && !isKnown ? undefined : distinct;
}

/** Addresses behind a Service. */
export function addressesBehind(facts: VerifyFacts, { metadata }: SeenObject): readonly string[] {
  const slices = slicesOf(facts, metadata.namespace ?? '', metadata.name) ?? [];
  return slices
    .flatMap(({ endpoints }) => listOf(endpoints))
    .flatMap((endpoint) => textsOf(get(endpoint, 'addresses')));
}

/** All addresses of some Nodes. */
export function nodeAddresses(nodes: readonly SeenObject[]): ReadonlySet<string> {
  return new Set(
    nodes.flatMap(({ status }) =>
      listOf(get(status, 'addresses')).flatMap((one) => textOf(get(one, 'address')) ?? []),
    ),
  );
}
