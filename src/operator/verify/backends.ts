import { servicePorts } from '../../planner/world/apis.ts';
import { at, get, listOf, textOf, textsOf } from '../../planner/world/json.ts';
import { label } from '../../planner/world/objects.ts';
import { answerTo, one, type SeenObject } from '../checks/facts.ts';
import { placeName } from '../checks/object-name.ts';
import { runtimeObjects, type VerifyFacts } from './facts.ts';
import { OUR_SERVICES, OUR_SLICES } from './questions.ts';
import type { Backend } from './routes.ts';

/** Services of the runtime, each the backend of one cluster. */
export function shimServices(facts: VerifyFacts): readonly SeenObject[] {
  return runtimeObjects(answerTo(facts, OUR_SERVICES)).filter(({ kind }) => kind === 'Service');
}

/** What was read of the Services that routes name; made once for a check, because there are thousands. */
export interface Backends {
  /** What is wrong with the Service that a route names; of one that could not be read nothing is known. */
  serviceProblem(backend: Backend): string | undefined;
  /** What is wrong with the endpoints of a Service. */
  endpointsProblem(backend: Backend): string | undefined;
  /** Addresses behind a Service; undefined where its EndpointSlices could not be read. */
  addressesOf(backend: Pick<Backend, 'namespace' | 'name'>): readonly string[] | undefined;
}

export function readBackends(facts: VerifyFacts): Backends {
  const ours = answerTo(facts, OUR_SERVICES);
  const services = new Map((ours.seen ? ours.value : []).map((object) => [placeOf(object.metadata), object]));
  const slicesOf = readSlices(facts);

  const serviceOf = (backend: Backend): SeenObject | 'unknown' | undefined => {
    const found = services.get(placeOf(backend));
    if (found !== undefined) return found;
    const other = one(facts, 'Service', backend.namespace, backend.name);
    if (other.seen) return other.value;
    // Those of the runtime are all known: what is called like one and is not among them is not there.
    return ours.seen && backend.name.startsWith('kubebyon-edge-') ? undefined : 'unknown';
  };
  return {
    serviceProblem: (backend) => {
      const service = serviceOf(backend);
      const name = placeName('Service', backend.namespace, backend.name);
      if (service === undefined) return `${name} is not there`;
      if (service === 'unknown') return undefined;
      const ports = servicePorts(service.spec).flatMap(({ port }) => port ?? []);
      if (backend.port === undefined || ports.includes(backend.port)) return undefined;
      return `${name} has no port ${backend.port}, only ${ports.join(', ')}`;
    },
    endpointsProblem: (backend) => {
      const slices = slicesOf(backend);
      if (slices === undefined) return undefined;
      if (slices.length === 0) return 'no EndpointSlice';
      const endpoints = slices.flatMap(({ endpoints }) => listOf(endpoints));
      if (endpoints.length === 0) return 'EndpointSlices without endpoints';
      const isReady = (endpoint: unknown): boolean => at(endpoint, 'conditions', 'ready') !== false;
      return endpoints.some(isReady) ? undefined : `${endpoints.length} endpoints, none of them ready`;
    },
    addressesOf: (backend) =>
      slicesOf(backend)
        ?.flatMap(({ endpoints }) => listOf(endpoints))
        .flatMap((endpoint) => textsOf(get(endpoint, 'addresses'))),
  };
}

/** The EndpointSlices by their Service; undefined where they could not be read. */
function readSlices(
  facts: VerifyFacts,
): (backend: Pick<Backend, 'namespace' | 'name'>) => readonly SeenObject[] | undefined {
  const ours = answerTo(facts, OUR_SLICES);
  const ofRelease = answerTo(facts, { kind: 'EndpointSlice', namespace: facts.release.namespace });
  const read = [ours, ofRelease].flatMap((answer) => (answer.seen ? answer.value : []));
  const distinct = [...new Map(read.map((slice) => [placeOf(slice.metadata), slice])).values()];
  const byService = Map.groupBy(distinct, (slice) =>
    placeOf({
      namespace: slice.metadata.namespace ?? '',
      name: label(slice, 'kubernetes.io/service-name') ?? '',
    }),
  );
  return (backend) => {
    const found = byService.get(placeOf(backend));
    if (found !== undefined) return found;
    const isKnown = ours.seen || (backend.namespace === facts.release.namespace && ofRelease.seen);
    return isKnown ? [] : undefined;
  };
}

function placeOf({ namespace = '', name }: { readonly namespace?: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

/** All addresses of some Nodes. */
export function nodeAddresses(nodes: readonly SeenObject[]): ReadonlySet<string> {
  return new Set(
    nodes.flatMap(({ status }) =>
      listOf(get(status, 'addresses')).flatMap((one) => textOf(get(one, 'address')) ?? []),
    ),
  );
}
