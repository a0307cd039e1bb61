import type { GatewayApiConfig } from '../../contract/runtime-config.ts';
import { parseTime } from '../../planner/world/clock.ts';
import { entryOf } from '../../planner/world/json.ts';
import type { World } from '../../planner/world/world.ts';
import type { Answer, SeenObject } from '../checks/facts.ts';
import { KINDS, type KindName } from '../checks/kinds.ts';
import { questionKey } from '../checks/question.ts';
import { OUR_SERVICES, OUR_SLICES, tlsSecrets } from '../verify/questions.ts';
import type { RequestFacts } from '../verify/request-facts.ts';
import type { WhyFacts } from './facts.ts';

const KINDS_OF_A_WORLD = [
  'Gateway',
  'HTTPRoute',
  'TLSRoute',
  'ListenerSet',
  'Certificate',
  'RoutePlan',
  'Service',
  'EndpointSlice',
] as const;

/**
 * What a World says about a hostname, as if it had been read of a cluster. What is no part of a World, such as classes and
 * Deployments, is not known.
 *
 * @param config what the runtime is told, from the environment beside the World.
 */
export function worldFacts(world: World, config: GatewayApiConfig, hostname: string): WhyFacts {
  const answers: Record<string, Answer> = {};
  const objects: readonly SeenObject[] = world.host.objects.map((object) => object);
  const ofKind = (kind: KindName): readonly SeenObject[] => objects.filter((object) => object.kind === kind);
  for (const kind of KINDS_OF_A_WORLD) answers[questionKey({ kind })] = { seen: true, value: ofKind(kind) };
  answers[questionKey(OUR_SERVICES)] = { seen: true, value: ofKind('Service') };
  answers[questionKey(OUR_SLICES)] = { seen: true, value: ofKind('EndpointSlice') };
  answers[questionKey({ kind: 'EdgeCluster' })] = { seen: true, value: clustersOf(world) };
  const secrets = ofKind('Secret');
  for (const namespace of new Set(objects.map(({ metadata }) => metadata.namespace ?? ''))) {
    const here = secrets.filter(({ metadata }) => metadata.namespace === namespace);
    answers[questionKey(tlsSecrets(namespace))] = { seen: true, value: here };
  }
  return {
    now: parseTime(world.now) ?? 0,
    version: { seen: false, why: 'a World does not say it', next: 'ask the cluster' },
    answers,
    release: { name: 'kubebyon', namespace: config.controlPlane.gateway.namespace },
    hostnames: [hostname],
    hostname,
    requests: dnsOf(world, hostname),
    rights: {},
    config,
  };
}

/** Clusters of the inventory, as the EdgeClusters that say the same. */
function clustersOf({ inventory }: World): readonly SeenObject[] {
  return inventory.clusters.map(({ namespace, ...spec }) => ({
    apiVersion: `${KINDS.EdgeCluster.group}/${KINDS.EdgeCluster.version}`,
    kind: 'EdgeCluster',
    metadata: { name: spec.id, namespace },
    spec,
  }));
}

/** What resolvers have said; a World keeps names and addresses of each answer. */
function dnsOf({ dns }: World, hostname: string): readonly RequestFacts[] {
  const answers = entryOf(dns, hostname) ?? [];
  const [first] = answers;
  if (first === undefined) return [];
  const target = { hostname, role: 'workload', addresses: [], tls: false, paths: [] } as const;
  const said = [...new Set(answers.flatMap(({ a = [], aaaa = [] }) => [...a, ...aaaa]))];
  const failure = answers.find(({ error }) => error !== undefined)?.error ?? 'an answer without addresses';
  return [{ target, dns: said.length > 0 ? { ok: true, value: said } : { ok: false, error: failure } }];
}
